import {
  hasDecimalComma,
  hasDecimalPoint,
  hasThousandsComma,
  isMissingMark,
  isNumberOrMissing,
  withDecimalPoint,
} from './field'

/** How a table of text is written. */
export interface Dialect {
  /** What stands between two fields; `blank` is any run of spaces and tabs, `none` is nothing: 0100110. */
  readonly separator: ',' | ';' | '\t' | '|' | 'blank' | 'none'
  /** Whether every row ends with a separator after its last field. */
  readonly endsWithSeparator: boolean
  /** Whether every row ends with a full stop after the word in its last field, as in some files of the UCI repository (C4.5). */
  readonly endsWithStop: boolean
  /** A number with a decimal comma, as it stands there, if numbers are written so: "3,14". */
  readonly decimalComma: string | null
  /** A field that may be a number with commas between thousands, if it cannot be told: "1,234". */
  readonly doubtful: string | null
  /** The names of the columns, if the first row holds them: as in the sample, one character for each byte. */
  readonly header: readonly string[] | null
}

const SEPARATORS = [',', ';', '\t', '|', 'blank'] as const
/** So many rows are looked at. */
const SAMPLE_ROWS = 200
/** A separator that so many of the rows agree on is the one. */
const SETTLED = 0.9
/** A first row that counts 0, 1, 2 … holds names if it is at least so long. */
const LEAST_NUMBERED = 5
/** Lines that begin so are remarks. The mark | is one in the files of the UCI repository (C4.5). */
export const REMARK_MARKS = '#%|'

/** Guesses how a table of text is written from its beginning, which is cut off anywhere unless `isWhole`. */
export function guessDialect(sample: string, isWhole: boolean): Dialect {
  if (isUnseparated(sample))
    return {
      separator: 'none',
      endsWithSeparator: false,
      endsWithStop: false,
      decimalComma: null,
      doubtful: null,
      header: null,
    }
  const candidates = SEPARATORS.map((separator) => ({ separator, rows: sampleRows(sample, separator, isWhole) }))
  // Blanks separate fields only where nothing else does: "1 , 0" has two fields. A comma does not separate them where
  // what is between other separators are numbers with a decimal comma: "3,14;2,71" has two fields.
  const { separator, rows } = candidates.reduce((best, next) => {
    const isSettled = next.separator === 'blank' && score(best.rows) > SETTLED
    if (best.separator === ',' && score(next.rows) > SETTLED && hasOnlyDecimalCommas(next.rows)) return next
    return !isSettled && score(next.rows) > score(best.rows) ? next : best
  })
  const endsWithSeparator =
    separator !== 'blank' && rows.length > 0 && rows.every((row) => row.length > 1 && row[row.length - 1] === '')
  const fields = endsWithSeparator ? rows.map((row) => row.slice(0, -1)) : rows
  const decimalComma = decimalCommaIn(fields, separator)
  const doubtful = decimalComma === null ? (fields.flat().find(hasThousandsComma) ?? null) : null
  const plain = decimalComma === null ? fields : fields.map((row) => row.map(withDecimalPoint))
  const header = headerOf(plain)
  const endsWithStop = endWithStop(header ? plain.slice(1) : plain)
  return { separator, endsWithSeparator, endsWithStop, decimalComma, doubtful, header }
}

/** Whether all rows end with a single word and a full stop. */
function endWithStop(rows: readonly string[][]): boolean {
  return (
    rows.length > 0 &&
    rows.every((row) => /^[^\s.]+\.$/.test(row[row.length - 1]) && !isNumberOrMissing(row[row.length - 1]))
  )
}

/** Whether every comma in these fields stands in a number with a decimal comma, and there is one. */
function hasOnlyDecimalCommas(rows: readonly string[][]): boolean {
  const fields = rows.flat().filter((field) => field.includes(','))
  return fields.length > 0 && fields.every(hasDecimalComma)
}

/** A number with a decimal comma, if numbers are written so; between commas only where it can mean nothing else. */
function decimalCommaIn(rows: readonly string[][], separator: Dialect['separator']): string | null {
  const fields = rows.flat()
  if (fields.some(hasDecimalPoint)) return null
  return fields.find((field) => hasDecimalComma(field) && (separator !== ',' || !hasThousandsComma(field))) ?? null
}

/** Rows of zeros and ones without anything between them. */
function isUnseparated(sample: string): boolean {
  const [first, ...others] = sample.split('\n', SAMPLE_ROWS)
  return (
    /^[01]{2,}\s*$/.test(first) && others.slice(0, -1).every((line) => /^[01]*\s*$/.test(line)) && others.length > 0
  )
}

/** How well a separator explains rows: the number of fields that most rows agree on, if nearly all do. */
function score(rows: readonly string[][]): number {
  const counts = new Map<number, number>()
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [width, agreeing] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])
  if (width < 2) return 0
  return agreeing / rows.length + Math.log2(width) / 64
}

/** The rows of a sample as trimmed fields. A last row that may be cut off is left out, unless it is the only one. */
function sampleRows(sample: string, separator: Dialect['separator'], isWhole: boolean): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  const endRow = (): void => {
    const isBlank = row.length === 0 || (row.length === 1 && row[0] === '')
    if (!isBlank) rows.push(row)
    row = []
  }
  while (at < sample.length && rows.length < SAMPLE_ROWS) {
    if (row.length === 0 && REMARK_MARKS.replace(separator, '').includes(sample[at])) {
      at = lineEnd(sample, at) + 1
      continue
    }
    const { text, end } = sampleField(sample, at, separator)
    if (separator !== 'blank' || text !== '') row.push(text)
    if (sample[end] === '\n' || end >= sample.length) {
      if (end >= sample.length && !isWhole && rows.length > 0) return rows
      endRow()
    }
    at = end + 1
  }
  return rows
}

function lineEnd(sample: string, from: number): number {
  const end = sample.indexOf('\n', from)
  return end < 0 ? sample.length : end
}

/** The field that begins at `from`, and where what ends it stands. */
function sampleField(sample: string, from: number, separator: Dialect['separator']): { text: string; end: number } {
  const isSeparator = (char: string): boolean =>
    separator === 'blank' ? char === ' ' || char === '\t' : char === separator
  let at = from
  while (sample[at] === ' ' && separator !== 'blank') at++
  let text = ''
  if (sample[at] === '"') {
    for (at++; at < sample.length; at++) {
      if (sample[at] !== '"') text += sample[at]
      else if (sample[at + 1] === '"') text += sample[at++]
      else break
    }
    at++
  }
  const start = at
  while (at < sample.length && sample[at] !== '\n' && !isSeparator(sample[at])) at++
  return { text: (text + sample.slice(start, at)).trim(), end: at }
}

/** The first row, if it reads like names: no numbers, no two alike, and unlike what stands below. */
function headerOf([first, ...rows]: readonly string[][]): string[] | null {
  if (!first || rows.length === 0) return null
  // The first name may be left out: that of the row numbers.
  const names = first[0] === '' ? first.slice(1) : first
  if (names.length >= LEAST_NUMBERED && names.every((name, i) => name === String(i))) return first
  const below = (column: number): string[] =>
    rows.map((row) => row[column] ?? '').filter((text) => !isMissingMark(text))
  const columns = first.map((_, column) => below(column))
  // A word above nothing but numbers is a name, and so are those beside it, though some be missing or alike.
  const isName = (text: string): boolean => !isNumberOrMissing(text)
  const isAboveNumbers = (text: string, column: number): boolean =>
    isName(text) && columns[column].length > 0 && columns[column].every(isNumberOrMissing)
  if (first.every((text) => text === '' || isName(text)) && first.some(isAboveNumbers)) return first
  if (names.length === 0 || names.some(isMissingMark) || new Set(names).size < names.length) return null
  if (names.some((name) => isNumberOrMissing(name))) return areNumbered(names, rows) ? first : null
  return first.every((name, column) => !columns[column].includes(name)) ? first : null
}

/** Names of which a few are numbers, such as "label, 0, 1, 2": counted up, over rows that are not. */
function areNumbered(names: readonly string[], rows: readonly string[][]): boolean {
  const numbers = names.filter((name) => isNumberOrMissing(name)).map(Number)
  const counted = numbers.length > 2 && numbers.every((number, i) => i === 0 || number === numbers[i - 1] + 1)
  return counted && numbers.length < names.length && rows.length > 0
}
