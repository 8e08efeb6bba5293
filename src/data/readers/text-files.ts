import { sentenceOf, type Text } from '../../base/advice'
import { say, verbatim, type Sentence } from '../../words/say'
import type { ReadingChoices } from '../reading-choices'
import type { ReadingOptions, Table } from '../table'
import { readArff } from './arff'
import type { Content } from './content'
import { readDelimited } from './delimited'
import type { Format } from './detect'
import { heededChoices, type Way } from './heeded'
import { readJson, readJsonLines } from './json'
import { LibsvmColumns, readLibsvm } from './libsvm'
import { keptFeatures } from './libsvm-features'
import { keptWords } from './sparse-entries'
import { readMatrixMarket } from './matrix-market'
import type { Part } from './part'
import type { Reading } from './reading'
import type { TableBuilder, TableIdentity } from './table-builder'
import { sampleText, textEncoding } from './text-blocks'
import { readTransactions, transactionSeparator } from './transactions'
import { turnedText } from './turned'

type TextFormat = Extract<Format, 'arff' | 'libsvm' | 'transactions' | 'matrix-market' | 'json' | 'json-lines'>

/** So much of a file of text is kept to choose its encoding by. */
const BEGINNING_BYTES = 64 * 1024

const TEXT_FORMATS: Readonly<Record<TextFormat, Sentence>> = {
  arff: verbatim('ARFF'),
  libsvm: verbatim('LIBSVM'),
  transactions: say('read.format.transactions'),
  'matrix-market': say('read.format.matrix-market'),
  json: verbatim('JSON'),
  'json-lines': say('read.format.json-lines'),
}

const WAYS: Readonly<Record<TextFormat, Way>> = {
  arff: 'other-text',
  libsvm: 'other',
  transactions: 'other-text',
  'matrix-market': 'other',
  json: 'other-text',
  'json-lines': 'other-text',
}

/** Reads tables of text, all of which are written as the first is where nothing is chosen. */
export async function readTables(
  parts: readonly Part[],
  builder: TableBuilder,
  identity: TableIdentity,
  choices: ReadingChoices,
  reading: Reading,
): Promise<Table> {
  let format: Text = say('read.format.text')
  for (const { part, content } of parts) {
    builder.beginPart(part)
    const turned = choices.transpose === true ? await turnedText(content, reading, choices) : null
    const text = await readDelimited(turned?.content ?? content, builder, reading, turned?.choices ?? choices)
    builder.readAs ??= { transpose: false, ...text.readAs, ...turned?.readAs }
    builder.beginning ??= content.head.subarray(0, BEGINNING_BYTES)
    format = turned?.format ?? text.format
    reading.fileDone(content.source.size)
  }
  return builder.finish({ ...identity, format: sentenceOf(format) })
}

/** Reads files of text that are written by rules of their own. */
export async function readText(
  format: TextFormat,
  parts: readonly Part[],
  builder: TableBuilder,
  identity: TableIdentity,
  options: ReadingOptions,
  reading: Reading,
): Promise<Table> {
  const files = parts.map(({ content }) => content)
  const kept = format === 'libsvm' ? await keptFeatures(files, builder.wanted, reading) : null
  if (kept)
    builder.notes.add(keptWords(kept.all, builder.wanted ? null : kept.indices.length, 'features', identity.name))
  builder.isSparse = format === 'libsvm'
  const columns = new LibsvmColumns(builder, kept)
  const choices = heededChoices(WAYS[format], identity.name, options, builder.notes)
  for (const { part, content } of parts) {
    builder.beginPart(part)
    await readOther(format, content, builder, columns, choices, reading)
    reading.fileDone(content.source.size)
  }
  return builder.finish({ ...identity, format: TEXT_FORMATS[format] })
}

async function readOther(
  format: TextFormat,
  content: Content,
  builder: TableBuilder,
  columns: LibsvmColumns,
  choices: ReadingChoices,
  reading: Reading,
): Promise<void> {
  switch (format) {
    case 'arff':
      return readArff(content, builder, reading, choices)
    case 'libsvm':
      return readLibsvm(content, builder, columns, reading)
    case 'matrix-market':
      return readMatrixMarket(content, builder, reading)
    case 'json':
      return readJson(content, builder, reading, choices)
    case 'json-lines':
      return readJsonLines(content, builder, reading, choices)
    case 'transactions': {
      const separator = transactionSeparator(
        sampleText(content, textEncoding(content, choices.encoding)),
        content.isWhole,
        builder.wanted,
      )
      return readTransactions(content, separator ?? ',', builder, reading, choices.encoding)
    }
  }
}
