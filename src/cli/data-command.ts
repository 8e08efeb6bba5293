import { resolve } from 'node:path'
import { adviceAt, sentenceOf } from '../base/advice'
import { requireEnough, type DataSet, type OpeningOptions } from '../data/data-set'
import { encodeNpz, type NamedArray } from '../data/npz'
import { toUseColumn } from '../data/deciding'
import type { ColumnCoding } from '../data/preparation/coding'
import { SPLITS } from '../data/split'
import { independentNll, shareOfOnes } from '../data/statistics'
import { columnCount, NO_LABEL, type LeftOut, type Table } from '../data/table'
import { variableCount, variablesFor } from '../made/variables'
import { replaceFile } from '../files/durable-file'
import type { ReadingChoices } from '../shared/data-source'
import { summariseTable } from '../shared/summarise-table'
import { tableText } from '../shared/table-words'
import { say, type MessageKey } from '../words/say'
import { columnFacts, columnsInWords, type ColumnFacts } from './column-facts'
import { inColumns } from './columns'
import { dataSourceOf, openData, openingOf, sentencesOn, withLearntLabel, withReadingBar } from './places'
import { inEnglishOnly, remark } from './remark'
import { readingOf, type ColumnOptions, type LayoutOptions } from './reading-options'
import { UsageError } from './usage'
import { t, tell } from './words'

/** Of labels so many are printed. */
const MOST_LISTED = 40
const NAME_WIDTH = 10

/** The options of the commands on data as typed. */
export interface DataOptions extends LayoutOptions, ColumnOptions {
  readonly size?: string
  readonly json?: true
}

export interface ConvertOptions extends DataOptions {
  readonly out: string
}

/**
 * `made data inspect`: what a file holds, and what becomes of it when nothing else is asked for.
 * @throws StudioError 'invalid-data' if too few bits are left for a model, after what was understood was said
 */
export async function inspectCommand(path: string, options: DataOptions, signal: AbortSignal): Promise<void> {
  const data = await openWithBar(path, options, signal, { evenTooFew: true })
  console.log(options.json ? JSON.stringify(factsOf(data)) : inWords(data))
  requireEnough(data)
}

/** `made data convert`: the bits that a model would see, as a .npz file with arrays train, valid and test. */
export async function convertCommand(path: string, options: ConvertOptions, signal: AbortSignal): Promise<void> {
  if (!options.out.endsWith('.npz'))
    throw new UsageError(say('cli.value.ending', { option: '--out', text: options.out, ending: '.npz' }))
  const out = resolve(options.out)
  const data = await openWithBar(path, options, signal)
  signal.throwIfAborted()
  await replaceFile(out, encodeNpz(arraysOf(data)))
  const rows = Object.fromEntries(SPLITS.map((split) => [split, data.splits[split].rows]))
  if (options.json)
    console.log(JSON.stringify({ out, rows, columns: data.columns, notes: inEnglishOnly(sentencesOn(data)) }))
  else {
    remark(sentencesOn(data))
    console.log(t('cli.data.converted', { out, parts: partsInWords(rows), columns: data.columns }))
  }
}

function openWithBar(
  path: string,
  options: DataOptions,
  signal: AbortSignal,
  more: Pick<OpeningOptions, 'evenTooFew'> = {},
): Promise<DataSet> {
  const opening = { ...openingOf(options), ...more }
  const source = withLearntLabel(dataSourceOf(path, readingOf(options)), options)
  return withReadingBar(signal, (reading) => openData(source, { ...reading, ...opening }))
}

function arraysOf({ splits, labels, columns }: DataSet): NamedArray[] {
  return SPLITS.flatMap((split): NamedArray[] => {
    const { rows } = splits[split]
    const values = { name: split, shape: [rows, columns], values: () => splits[split].toBytes() }
    if (!labels) return [values]
    const codes = (): Int32Array => Int32Array.from(labels.codes[split], (code) => (code === NO_LABEL ? -1 : code))
    return [values, { name: `y_${split}`, shape: [rows], values: codes }]
  })
}

/** What `inspect` says, as it stands in its JSON: in English. */
interface Facts {
  readonly name: string
  readonly format: string | null
  readonly files: readonly string[]
  /** What was understood of the file, in words; null of data that are not from a file. */
  readonly understood: string | null
  /** How it was read, where its format leaves a choice. */
  readonly readAs: ReadingChoices
  /** The sheets or tables of its file, one of which it is; none where there are no others. */
  readonly sheets: readonly string[]
  readonly leftOut: readonly { readonly name: string; readonly why: string | null; readonly way: string | null }[]
  readonly missingMarks: readonly string[]
  readonly rows: number
  readonly parts: Readonly<Record<string, number>>
  readonly values: Table['values']['kind'] | null
  readonly columns: number
  readonly columnFacts: readonly ColumnFacts[]
  readonly picture: string | null
  readonly labels: Readonly<Record<string, number>> | null
  /** Null where too few bits are left for a model. */
  readonly prepared: {
    /** Of bits. */
    readonly columns: number
    readonly variables: number
    /** What the label is called that is learnt. */
    readonly label: string | null
    readonly rows: Readonly<Record<string, number>>
    readonly shareOfOnes: number
    /** Nats. */
    readonly independentNll: number
    /** SHA-256 of the binary rows, in hex. */
    readonly hash: string
  } | null
  readonly notes: readonly string[]
}

function factsOf(data: DataSet): Facts {
  const { table, splits, picture, name } = data
  const columns = table?.values.kind === 'columns' ? table.values.columns : []
  const { columns: codings, areVariables } = codingOfColumns(data)
  const rows = Object.fromEntries(SPLITS.map((split) => [split, splits[split].rows]))
  const summary = summariseTable(data)
  return {
    name,
    format: table ? sentenceOf(table.format).english : null,
    files: table?.paths ?? [],
    understood: summary && sentenceOf(tableText(summary)).english,
    readAs: summary?.readAs ?? {},
    sheets: summary?.sheets ?? [],
    leftOut: (summary?.leftOut ?? []).map((column) => ({
      name: column.name,
      why: column.why && sentenceOf(column.why).english,
      way: wayToUse(column),
    })),
    missingMarks: summary?.missing.marks ?? [],
    rows: table?.rows ?? SPLITS.reduce((sum, split) => sum + splits[split].rows, 0),
    parts: table ? Object.fromEntries(table.parts.map((part) => [part.name, part.end - part.start])) : rows,
    values: table?.values.kind ?? null,
    columns: table ? columnCount(table.values) : data.columns,
    columnFacts: columns.map((column, number) => columnFacts(column, codings[number], areVariables)),
    picture: picture ? `${picture.width}×${picture.height}` : null,
    labels: data.labels ? labelCounts(data.labels) : null,
    prepared: data.tooFew
      ? null
      : {
          columns: data.columns,
          variables: variableCount(variablesFor(data)),
          label: data.coding?.label?.name ?? null,
          rows,
          shareOfOnes: shareOfOnes(splits.train),
          independentNll: independentNll(splits.train, splits.valid, data),
          hash: data.hash,
        },
    notes: inEnglishOnly(sentencesOn(data)),
  }
}

function codingOfColumns({ coding }: DataSet): {
  readonly columns: readonly ColumnCoding[]
  readonly areVariables: boolean
} {
  return coding?.kind === 'columns'
    ? { columns: coding.columns, areVariables: coding.areVariables === true }
    : { columns: [], areVariables: false }
}

function wayToUse(column: LeftOut): string | null {
  const advice = toUseColumn(column)
  return advice && adviceAt('options', advice).english
}

function labelCounts({ words, codes }: NonNullable<DataSet['labels']>): Record<string, number> {
  const counts = words.map(() => 0)
  for (const split of SPLITS) for (const code of codes[split]) if (code !== NO_LABEL) counts[code]++
  return Object.fromEntries(words.map((word, code) => [word, counts[code]]))
}

function inWords(data: DataSet): string {
  const facts = factsOf(data)
  const { prepared } = facts
  const summary = summariseTable(data)
  return inColumns(
    [
      [t('cli.data.name'), facts.name],
      [t('cli.data.format'), facts.format ?? t('cli.data.format.built-in')],
      [t('cli.data.files'), facts.files.join('\n')],
      [t('cli.data.read-as'), summary ? tell(sentenceOf(tableText(summary))) : ''],
      [t('cli.data.rows'), t('cli.data.rows.in-parts', { rows: String(facts.rows), parts: partsInWords(facts.parts) })],
      [
        t('cli.data.columns'),
        facts.values === null
          ? String(facts.columns)
          : t(VALUES_IN_WORDS[facts.values], { columns: String(facts.columns) }),
      ],
      ['', columnsInWords(facts.columnFacts)],
      [t('cli.data.pictures'), facts.picture ?? ''],
      [t('cli.data.labels'), labelsInWords(facts.labels ?? {})],
      [t('cli.data.becomes'), prepared ? preparedInWords(prepared) : t('cli.data.becomes.nothing')],
      [t('cli.data.to-beat'), prepared ? t('cli.data.to-beat.loss', { nats: prepared.independentNll.toFixed(4) }) : ''],
      [t('cli.data.notes'), sentencesOn(data).map(tell).join('\n')],
    ],
    NAME_WIDTH,
  )
}

type PreparedFacts = NonNullable<Facts['prepared']>

function preparedInWords({ columns, variables, label, rows, shareOfOnes: ones }: PreparedFacts): string {
  const facts = { columns, parts: partsInWords(rows), share: 100 * ones }
  const becomes =
    variables === columns ? t('cli.data.becomes.bits', facts) : t('cli.data.becomes.variables', { ...facts, variables })
  return label === null ? becomes : [becomes, t('cli.data.becomes.label', { label })].join('\n')
}

const PART_WORDS: Readonly<
  Partial<Record<string, 'cli.data.part.train' | 'cli.data.part.valid' | 'cli.data.part.test' | 'cli.data.part.all'>>
> = {
  train: 'cli.data.part.train',
  valid: 'cli.data.part.valid',
  test: 'cli.data.part.test',
  all: 'cli.data.part.all',
}

function partsInWords(rows: Readonly<Record<string, number>>): string {
  return Object.entries(rows)
    .map(([part, count]) => {
      const key = PART_WORDS[part]
      return t('cli.data.part', { part: key ? t(key) : part, rows: String(count) })
    })
    .join(', ')
}

function labelsInWords(labels: Readonly<Record<string, number>>): string {
  return Object.entries(labels)
    .slice(0, MOST_LISTED)
    .map(([word, count]) => `${word} (${count})`)
    .join(', ')
}

const VALUES_IN_WORDS = {
  bits: 'cli.data.columns.bits',
  grey: 'cli.data.columns.grey',
  columns: 'cli.data.columns.columns',
} as const satisfies Record<Table['values']['kind'], MessageKey>
