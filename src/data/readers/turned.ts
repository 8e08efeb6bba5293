import type { Text } from '../../base/advice'
import { StudioError } from '../../base/failure'
import { bytesSource } from '../../made/safetensors'
import { say } from '../../words/say'
import type { ReadingChoices } from '../reading-choices'
import { allBytes, lookInto, type Content } from './content'
import { formatOf } from './delimited'
import { guessDialect } from './dialect'
import { decoderOf } from './encodings'
import type { Reading } from './reading'
import { allRows, isRemark, type SampleRow } from './sample-rows'
import { sampleText, textEncoding } from './text-blocks'

/** A table is held in memory several times over to be turned. */
const MOST_BYTES = 64 * 1024 ** 2

/** A table of text whose rows are columns, and how that was written. */
export interface TurnedText {
  readonly content: Content
  /** The format in words, as the file itself is written. */
  readonly format: Text
  /** How the text is to be read now. */
  readonly choices: ReadingChoices
  /** How the file itself was read. */
  readonly readAs: ReadingChoices
}

/**
 * A table of text with its rows and columns exchanged, as CSV: lines above the table and remarks left out, what stands in
 * the first column is in the first row.
 * @throws StudioError 'too-large'; 'invalid-data' where rows are not alike; 'invalid-settings' for an encoding that does
 * not fit
 */
export async function turnedText(content: Content, reading: Reading, choices: ReadingChoices): Promise<TurnedText> {
  const encoding = textEncoding(content, choices.encoding)
  const bytes = await allBytes(content, say('read.format.text'), reading, { most: MOST_BYTES })
  const decoder = decoderOf(encoding.name)
  const text = (decoder.write(bytes) + decoder.end()).replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  const { skip, header, ...others } = choices
  // Where the table begins is found as in one that stands upright; what is a name is another question.
  const upright = skip === undefined ? others : { ...others, skip }
  const dialect = guessDialect(sampleText(content, encoding), content.isWhole, upright)
  const { separator, preamble, remarkMarks, decimalComma } = dialect
  const written = allRows(text, separator === 'none' ? ',' : separator, preamble)
  const rows =
    separator === 'none'
      ? written.map(({ fields }) => Array.from(fields.join('')))
      : alignedFields(
          written.filter((row) => !isRemark(row, separator, remarkMarks)),
          content.name,
        )
  const turned = rows[0].map((_, column) => rows.map((row) => quoted(row[column])).join(','))
  const source = bytesSource(new TextEncoder().encode(`${turned.join('\n')}\n`))
  const decimal = decimalComma === null ? '.' : ','
  return {
    content: await lookInto(source, content.name, reading),
    format: formatOf(separator),
    choices: {
      ...others,
      ...(header === undefined ? {} : { header }),
      separator: ',',
      encoding: 'utf-8',
      comment: '',
      decimal,
    },
    readAs: { transpose: true, separator, encoding: encoding.name, decimal, skip: preamble, comment: remarkMarks },
  }
}

/** The fields of rows that are all of one length; the name above row names may be left out, as R's write.table does. */
function alignedFields(rows: readonly SampleRow[], name: string): (readonly string[])[] {
  const [first, ...others] = rows
  const width = others[0]?.fields.length ?? first.fields.length
  const all = first.fields.length === width - 1 ? [{ ...first, fields: ['', ...first.fields] }, ...others] : rows
  const strange = all.find(({ fields }) => fields.length !== width)
  if (strange === undefined) return all.map(({ fields }) => fields)
  throw new StudioError(
    'invalid-data',
    say('read.table.turned-width', { line: strange.line + 1, file: name, fields: strange.fields.length, width }),
    say('read.table.turned-width.hint'),
  )
}

function quoted(field: string): string {
  return /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}
