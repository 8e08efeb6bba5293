import type { ReadingChoices, Separator } from '../reading-choices'
import {
  hasDecimalComma,
  hasDecimalPoint,
  hasThousandsComma,
  hasThousandsPoint,
  isNumberOrMissing,
  withDecimalPoint,
} from './field'
import { footOf, totalIn } from './foot'
import { headOf, type Head } from './header'
import { isRemark, REMARK_MARKS, sampleRows, scoreOf, widthOf, type SampleRow } from './sample-rows'

/** How a table of text is written. */
export interface Dialect extends Head {
  readonly separator: Separator
  /** Whether every row ends with a separator after its last field. */
  readonly endsWithSeparator: boolean
  /** Whether every row begins and ends with a bar, as those that are drawn do: | 1 | 2 |. */
  readonly hasBorders: boolean
  /** Whether every row ends with a full stop after the word in its last field, as in some files of the UCI repository (C4.5). */
  readonly endsWithStop: boolean
  /** A number with a decimal comma, as it stands there, if numbers are written so: "3,14". */
  readonly decimalComma: string | null
  /** The line, from 0, from which on what stands there is below the table; null where there is no such, or the end is not known. */
  readonly footLine: number | null
  /** What the last row is called, where that may be the sum of the others. */
  readonly total: string | null
  /** Whether the first line names the separator, and nothing else. */
  readonly namesSeparator: boolean
  /** What lines begin with that are left out where they have not as many fields as a row. */
  readonly remarkMarks: string
  /** The first rows, each with its fields, one character for each byte of them. */
  readonly sample: readonly (readonly string[])[]
}

const GUESSED = [',', ';', '\t', '|', 'blank'] as const
/** A separator that so many of the rows agree on is the one. */
const SETTLED = 0.9
/** Excel's first line that names the separator. */
const NAMED_SEPARATOR = /^"?sep=(.)"?\s*$/i

/**
 * Finds out how a table of text is written from its beginning, which is cut off anywhere unless `isWhole`. What a
 * person chose is so; the rest is guessed.
 */
export function guessDialect(sample: string, isWhole: boolean, choices: ReadingChoices = {}): Dialect {
  const named = NAMED_SEPARATOR.exec(sample.split('\n', 1)[0])
  const isNamed = named !== null && GUESSED.some((one) => one === named[1])
  const above = choices.skip ?? (isNamed ? 1 : 0)
  const separator = choices.separator ?? (isNamed ? (named[1] as Separator) : separatorOf(sample, isWhole, above))
  const marks = (choices.comment ?? REMARK_MARKS).replace(separator, '')
  const written = sampleRows(sample, separator, isWhole, above)
  const hasBorders = separator === '|' && areBordered(written)
  const rows = hasBorders ? written.map(withoutBorder) : written
  if (separator === 'none') return unseparated(above, marks)
  const { fields, firstRow } = widthOf(rows, separator)
  const isSkipped = choices.skip !== undefined
  const body = rows.slice(isSkipped ? 0 : firstRow).filter((row) => isRow(row, fields, separator, marks))
  // What stands below the table need not end as its rows do.
  const whole = body.filter((row) => row.fields.length === fields)
  const endsWithSeparator =
    separator !== 'blank' && fields > 1 && whole.length > 0 && whole.every((row) => row.fields.at(-1) === '')
  const cut = endsWithSeparator ? body.map(withoutEnd) : body
  const decimalComma = decimalCommaIn(cut, separator, choices)
  const plain = decimalComma === null ? cut : cut.map((row) => ({ ...row, fields: row.fields.map(withDecimalPoint) }))
  const head = headOf(plain, rows, { separator, marks, endsWithSeparator, above, choice: choices.header })
  const foot = isWhole && choices.comment !== '' ? footOf(sample, separator, fields, plain) : null
  const below = plain.filter(({ line }) => line >= head.linesAbove && (foot === null || line < foot))
  const endsWithStop = endWithStop(below)
  const total = isWhole ? totalIn(below.map((row) => row.fields)) : null
  const ends = { endsWithSeparator, endsWithStop, footLine: foot, total }
  const found = { separator, namesSeparator: isNamed, hasBorders, ...ends, decimalComma, remarkMarks: marks }
  return { ...found, ...head, sample: below.map((row) => row.fields) }
}

function unseparated(linesAbove: number, remarkMarks: string): Dialect {
  const nothing = {
    hasBorders: false,
    endsWithSeparator: false,
    endsWithStop: false,
    decimalComma: null,
    footLine: null,
    total: null,
  }
  const head = { linesAbove, preamble: linesAbove, header: null, joined: 1, hasRowNames: false, roles: null }
  return { separator: 'none', namesSeparator: false, ...nothing, remarkMarks, ...head, sample: [] }
}

/** Whether rows of several fields have nothing before the first bar, nor behind the last. */
function areBordered(rows: readonly SampleRow[]): boolean {
  const wide = rows.filter(({ fields }) => fields.length > 2)
  return wide.length > 1 && wide.every(({ fields }) => fields[0] === '' && fields.at(-1) === '')
}

function withoutBorder(row: SampleRow): SampleRow {
  return row.fields.length > 2 ? { ...row, fields: row.fields.slice(1) } : row
}

function withoutEnd(row: SampleRow): SampleRow {
  return row.fields.length > 1 && row.fields.at(-1) === '' ? { ...row, fields: row.fields.slice(0, -1) } : row
}

function separatorOf(sample: string, isWhole: boolean, above: number): Separator {
  if (isUnseparated(sample)) return 'none'
  const candidates = GUESSED.map((separator) => ({ separator, rows: sampleRows(sample, separator, isWhole, above) }))
  // Blanks separate fields only where nothing else does: "1 , 0" has two fields. A comma does not separate them where
  // what is between other separators are numbers with a decimal comma: "3,14;2,71" has two fields.
  return candidates.reduce((best, next) => {
    const isSettled = next.separator === 'blank' && agreement(best.rows, best.separator) > SETTLED
    if (best.separator === ',' && agreement(next.rows, next.separator) > SETTLED && hasOnlyDecimalCommas(next.rows))
      return next
    return !isSettled && scoreOf(next.rows, next.separator) > scoreOf(best.rows, best.separator) ? next : best
  }).separator
}

function agreement(rows: readonly SampleRow[], separator: Separator): number {
  const { fields, agreeing } = widthOf(rows, separator)
  return fields < 2 ? 0 : agreeing
}

/** Whether a row of a sample is one of the table: a line that begins as a remark is, if it has the row's number of fields. */
function isRow(row: SampleRow, fields: number, separator: Separator, marks: string): boolean {
  return !isRemark(row, separator, marks) || (separator !== 'blank' && row.fields.length === fields)
}

function fieldsOf(rows: readonly SampleRow[]): string[] {
  return rows.flatMap(({ fields }) => fields)
}

/** Whether all rows end with a single word and a full stop. */
function endWithStop(rows: readonly SampleRow[]): boolean {
  const last = rows.map(({ fields }) => fields.at(-1) ?? '')
  return last.length > 0 && last.every((field) => /^[^\s.]+\.$/.test(field) && !isNumberOrMissing(field))
}

/** Whether every comma in these fields stands in a number with a decimal comma, and there is one. */
function hasOnlyDecimalCommas(rows: readonly SampleRow[]): boolean {
  const fields = fieldsOf(rows).filter((field) => field.includes(','))
  return fields.length > 0 && fields.every(hasDecimalComma)
}

/** Where a person says that there are decimal commas, and no number has one. */
export const NO_EXAMPLE = '0,0'

/** A number with a decimal comma, if numbers are written so; between commas only where it can mean nothing else. */
function decimalCommaIn(rows: readonly SampleRow[], separator: Separator, { decimal }: ReadingChoices): string | null {
  const fields = fieldsOf(rows)
  if (decimal !== undefined)
    return decimal === '.' ? null : (fields.find(hasDecimalComma) ?? fields.find(hasThousandsPoint) ?? NO_EXAMPLE)
  if (fields.some(hasDecimalPoint)) return null
  return fields.find((field) => hasDecimalComma(field) && (separator !== ',' || !hasThousandsComma(field))) ?? null
}

/** Rows of zeros and ones without anything between them. */
function isUnseparated(sample: string): boolean {
  const [first, ...others] = sample.split('\n', 200)
  return (
    /^[01]{2,}\s*$/.test(first) && others.slice(0, -1).every((line) => /^[01]*\s*$/.test(line)) && others.length > 0
  )
}
