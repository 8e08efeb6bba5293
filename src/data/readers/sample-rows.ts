import type { Separator } from '../reading-choices'
import { isNumberOrMissing } from './field'

/** A row of a sample: its trimmed fields, and the number of the line that it begins on, from 0. */
export interface SampleRow {
  readonly fields: readonly string[]
  readonly line: number
}

/** Lines that begin so may be remarks. The mark | is one in the files of the UCI repository (C4.5). */
export const REMARK_MARKS = '#%|'

/** A line that is drawn of dashes, as programs put one below names or around a table: |---|:--:|, +----+----+, ----,---. */
const RULE = /^(?=.*(?:---|===))[-=+:|,;\t ]+$/
/** What such a line may begin with. */
export const RULE_MARKS = '-=+:|'

/** At least so many rows are looked at, more while they are short: a preamble may be long. */
const SAMPLE_ROWS = 200
const MOST_ROWS = 5000
/** Blanks of ASCII alone: each character is a byte, which may be one of a letter, as the last one of à is. */
const BLANKS_AROUND = /^[\t\n\v\f\r ]+|[\t\n\v\f\r ]+$/g
const SAMPLE_LENGTH = 256 * 1024
/** So many rows at least, and such a share of all, are a table below a long text; another width is settled if more agree on it. */
const [LEAST_BELOW, SHARE_BELOW, SETTLED] = [10, 0.15, 0.95]

/** The rows of a sample, blank ones and lines of dashes left out. A last row that may be cut off is left out, unless it is the only one. */
export function sampleRows(sample: string, separator: Separator, isWhole: boolean, firstLine = 0): SampleRow[] {
  const isEnough = (rows: number, length: number): boolean =>
    rows >= MOST_ROWS || (rows >= SAMPLE_ROWS && length > SAMPLE_LENGTH)
  return rowsUntil(isEnough, sample, separator, isWhole, firstLine)
}

/** All rows of a whole text, blank ones and lines of dashes left out. */
export function allRows(text: string, separator: Separator, firstLine: number): SampleRow[] {
  return rowsUntil(() => false, text, separator, true, firstLine)
}

function rowsUntil(
  isEnough: (rows: number, length: number) => boolean,
  sample: string,
  separator: Separator,
  isWhole: boolean,
  firstLine: number,
): SampleRow[] {
  const rows: SampleRow[] = []
  let fields: string[] = []
  let at = lineStart(sample, firstLine)
  let line = firstLine
  let rowLine = line
  while (at < sample.length && !isEnough(rows.length, at)) {
    if (fields.length === 0) rowLine = line
    const { text, end, lines } = sampleField(sample, at, separator)
    line += lines
    if (separator !== 'blank' || text !== '') fields.push(text)
    at = end + 1
    if (sample[end] !== '\n' && end < sample.length) continue
    if (end >= sample.length && !isWhole && rows.length > 0) return rows
    if ((fields.some((field) => field !== '') || fields.length > 1) && !isRule(fields.join(' ')))
      rows.push({ fields, line: rowLine })
    fields = []
    line++
  }
  // A separator at the very end has an empty field behind it.
  if (isWhole && at >= sample.length && fields.length > 0)
    rows.push({ fields: separator === 'blank' ? fields : [...fields, ''], line: rowLine })
  return rows
}

/** Whether a line is drawn of dashes, and holds nothing. */
export function isRule(line: string): boolean {
  return RULE.test(line)
}

/** Where a line begins, from 0. */
function lineStart(sample: string, line: number): number {
  let at = 0
  for (let i = 0; i < line && at < sample.length; i++) {
    const end = sample.indexOf('\n', at)
    at = end < 0 ? sample.length : end + 1
  }
  return at
}

/** The field that begins at `from`, where what ends it stands, and how many line feeds are in it. */
function sampleField(sample: string, from: number, separator: Separator): { text: string; end: number; lines: number } {
  const isSeparator = (char: string): boolean =>
    separator === 'blank' ? char === ' ' || char === '\t' : char === separator
  let at = from
  let lines = 0
  while (sample[at] === ' ' && separator !== 'blank') at++
  const begin = at
  const isEnd = (from: number): boolean => {
    let next = from
    while (sample[next] === ' ' && separator !== 'blank') next++
    return next >= sample.length || sample[next] === '\n' || sample[next] === '\r' || isSeparator(sample[next])
  }
  let text = ''
  if (sample[at] === '"') {
    for (at++; at < sample.length; at++) {
      if (sample[at] === '\n') lines++
      if (sample[at] !== '"') text += sample[at]
      else if (sample[at + 1] === '"') text += sample[at++]
      else break
    }
    at++
    // Over lines only what ends with them is quoted: else the quotation mark is one of the text, as that of "5 inches is.
    if (/[\n\r]/.test(text) && !isEnd(at)) [at, text, lines] = [begin + 1, '', 0]
  }
  const start = at
  while (at < sample.length && sample[at] !== '\n' && !isSeparator(sample[at])) at++
  const rest = sample.slice(start, at)
  const isQuoted = sample[begin] === '"' && start === begin + 1
  return { text: (text + (isQuoted ? rest.replace(/"$/, '') : rest)).replace(BLANKS_AROUND, ''), end: at, lines }
}

/** The number of fields that a table has, and the number of the row, from 0, that it begins with. */
export interface Width {
  readonly fields: number
  readonly firstRow: number
  /** Of the rows from there on, how many have so many fields; remarks not counted. 0..1 */
  readonly agreeing: number
}

/**
 * How wide a table is that may have other lines above it: the number of fields that most rows have, or that the last
 * ones have, whichever explains more rows.
 */
export function widthOf(rows: readonly SampleRow[], separator: Separator): Width {
  const counts = new Map<number, number>()
  for (const { fields } of rows) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1)
  const [most] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])
  const last = rows.at(-1)?.fields.length ?? 0
  const widths = [most, last].map((fields) => widthFrom(rows, fields, separator))
  // A long text above a table has more lines than it, of any width: what holds to the end is the table.
  const toTheEnd = widths.find(({ fields, firstRow, agreeing }) => {
    const length = rows.length - firstRow
    return fields > 2 && firstRow > 0 && agreeing === 1 && length >= Math.max(LEAST_BELOW, SHARE_BELOW * rows.length)
  })
  if (toTheEnd && !widths.some((one) => one !== toTheEnd && one.agreeing > SETTLED)) return toTheEnd
  return widths.reduce((best, next) => (worth(next, rows.length) > worth(best, rows.length) ? next : best))
}

function widthFrom(rows: readonly SampleRow[], fields: number, separator: Separator): Width {
  const firstRow = Math.max(
    0,
    rows.findIndex((row) => row.fields.length === fields && !isRemark(row, separator)),
  )
  // Rows of numbers are no lines above a table, and two rows are the least that show what a table is.
  const isTable = !rows.slice(0, firstRow).some(isOfNumbers) && rows.length - firstRow >= 2
  if (firstRow > 0 && !isTable) return { fields, firstRow: 0, agreeing: share(rows, fields, separator) }
  return { fields, firstRow, agreeing: share(rows.slice(firstRow), fields, separator) }
}

function isOfNumbers({ fields }: SampleRow): boolean {
  return fields.length > 1 && fields.every(isNumberOrMissing)
}

/** Of some rows, how many have so many fields; remarks not counted. */
function share(rows: readonly SampleRow[], fields: number, separator: Separator): number {
  const counted = rows.filter((row) => row.fields.length === fields || !isRemark(row, separator))
  return counted.length === 0 ? 0 : counted.filter((row) => row.fields.length === fields).length / counted.length
}

/** How well a width explains rows: lines above a table are worse than none. */
function worth({ fields, firstRow, agreeing }: Width, rows: number): number {
  return fields < 2 ? 0 : agreeing - (0.3 * firstRow) / Math.max(1, rows) + Math.log2(fields) / 64
}

/** How well a separator explains rows: that nearly all agree on their number of fields, and how many that is. */
export function scoreOf(rows: readonly SampleRow[], separator: Separator): number {
  return rows.length === 0 ? 0 : worth(widthOf(rows, separator), rows.length)
}

/** Whether a row begins as a remark does. */
export function isRemark({ fields }: SampleRow, separator: Separator, marks = REMARK_MARKS): boolean {
  const first = fields[0] ?? ''
  return first !== '' && marks.includes(first[0]) && first[0] !== separator
}
