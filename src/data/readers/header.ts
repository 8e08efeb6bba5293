import type { Separator } from '../reading-choices'
import { isNumberOrMissing } from './field'
import { isMissingMark, missingMarks } from './missing-marks'
import { isRemark, type SampleRow } from './sample-rows'

/** What stands above the rows of a table of text. */
export interface Head {
  /** Lines above the first row. */
  readonly linesAbove: number
  /** How many of them are neither names nor anything else that is read. */
  readonly preamble: number
  /** The names of the columns, if they stand there: as in the sample, one character for each byte. */
  readonly header: readonly string[] | null
  /** How many rows the names stand in, where these were joined; otherwise 1. */
  readonly joined: number
  /** Whether the first field of each row is the row's name, which the header does not name: as R writes tables. */
  readonly hasRowNames: boolean
  /** What each column is, if the file declares it as Orange does. */
  readonly roles: readonly ColumnRole[] | null
}

/** What a file declares of a column. */
export interface ColumnRole {
  readonly kind: 'numbers' | 'words' | 'text' | 'undeclared'
  readonly use: 'input' | 'label' | 'left-out'
}

const AMONG_NUMBERS = missingMarks()
/** A first row that counts 0, 1, 2 … holds names if it is at least so long. */
const LEAST_NUMBERED = 5

interface Surroundings {
  readonly separator: Separator
  readonly marks: string
  /** Whether the rows end with a separator, which the line above them need not. */
  readonly endsWithSeparator: boolean
  /** Lines that are above everything and not looked at. */
  readonly above: number
  /** Whether the first row holds names, if a person says so. */
  readonly choice: boolean | undefined
}

/**
 * What stands above the rows.
 * @param rows of the table's width, from the first one on
 * @param all rows of the sample
 */
export function headOf(rows: readonly SampleRow[], all: readonly SampleRow[], surroundings: Surroundings): Head {
  const { above, choice } = surroundings
  const body = rows.slice(choice === undefined ? paddedRows(rows) : 0)
  if (body.length === 0) return nothing(above, above)
  const [first] = body
  const orange = choice === undefined ? orangeHead(body) : null
  if (orange) return orange
  const deep = choice === undefined ? deepHead(body) : null
  if (deep)
    return {
      ...nothing(body[deep.rows].line, body[deep.first].line),
      header: deep.header,
      joined: deep.rows - deep.first,
    }
  const lineAbove = all.findLast(({ line }) => line < first.line && line >= above)
  const names = choice === false ? null : choice === true ? first.fields : headerOf(body.map(({ fields }) => fields))
  if (names) {
    const next = body.at(1)?.line ?? first.line + 1
    return { ...nothing(next, first.line), header: names }
  }
  if (choice === undefined && lineAbove) {
    const named = namesAbove(lineAbove, body, surroundings)
    if (named) return { ...nothing(first.line, lineAbove.line), ...named }
  }
  return nothing(first.line, first.line)
}

function nothing(linesAbove: number, preamble: number): Head {
  return { linesAbove, preamble, header: null, joined: 1, hasRowNames: false, roles: null }
}

/** Rows at the top that hold one field and nothing else, above one that is full: titles that a spreadsheet padded with separators. */
function paddedRows(rows: readonly SampleRow[]): number {
  const width = rows[0]?.fields.length ?? 0
  const filled = ({ fields }: SampleRow): number => fields.filter((field) => field !== '').length
  const first = rows.findIndex((row) => filled(row) > 1)
  return width > 2 && first > 0 && filled(rows[first]) >= width - 1 ? first : 0
}

/** Names in a line above that is no row: behind a remark's mark, as NumPy writes them, or one fewer than the fields, as R does. */
function namesAbove(
  line: SampleRow,
  body: readonly SampleRow[],
  { separator, marks, endsWithSeparator }: Surroundings,
): Pick<Head, 'header' | 'hasRowNames' | 'roles'> | null {
  const width = body[0].fields.length
  const isMarked = isRemark(line, separator, marks)
  const fields = isMarked ? withoutMark(line.fields, separator) : line.fields
  if (!fields.every(isName) || new Set(fields).size < fields.length) return null
  if (isMarked) return fields.length === width ? { header: fields, hasRowNames: false, roles: null } : null
  if (endsWithSeparator && fields.length === width) return { header: fields, hasRowNames: false, roles: null }
  if (fields.length !== width - 1) return null
  const rowNames = body.map((row) => row.fields[0])
  if (new Set(rowNames).size < rowNames.length) return null
  return { header: ['', ...fields], hasRowNames: true, roles: null }
}

function withoutMark(fields: readonly string[], separator: Separator): string[] {
  const [first = '', ...others] = fields
  const bare = first.replace(/^[#%|]+\s*/, '')
  return bare === '' && separator === 'blank' ? others : [bare, ...others]
}

/** Names may stand this far down, and in so many rows. */
const [MOST_ABOVE, MOST_JOINED] = [50, 3]
const LEAST_BELOW = 5
/** Of the rows below names so many have numbers in all columns of numbers. */
const NEARLY_ALL = 0.95

/**
 * Names that are not in the first row alone: below other rows of as many fields, as instruments write what they measured with, or
 * in several rows, the units in the last. There are at least two columns of numbers, which all have words up to there.
 * @returns the names, the first row of them, and how many rows there are up to the values
 */
function deepHead(body: readonly SampleRow[]): { header: readonly string[]; first: number; rows: number } | null {
  const half = body.slice(Math.ceil(body.length / 2))
  if (half.length < LEAST_BELOW) return null
  const ofNumbers = body[0].fields.flatMap((_, column) => {
    const texts = half.map(({ fields }) => fields[column] ?? '')
    return texts.every(isNumberOrMissing) && !texts.every(isMissingMark) ? [column] : []
  })
  if (ofNumbers.length < 2) return null
  const textsIn = ({ fields }: SampleRow): string[] => ofNumbers.map((column) => fields[column] ?? '')
  const areNames = (row: SampleRow): boolean => textsIn(row).every(isLabelText)
  const last = body.slice(0, Math.min(MOST_ABOVE, body.length - half.length)).findLastIndex(areNames)
  if (last < 1) return null
  // Above years, a name that stands in both rows tells that they are names.
  const isAlike = ({ fields }: SampleRow): boolean =>
    fields.some((field, column) => field !== '' && field === body[last].fields[column])
  if (!body.slice(0, last).every((row) => textsIn(row).some(isLabelText) || isAlike(row))) return null
  const below = body.slice(last + 1)
  const plain = below.filter((row) => textsIn(row).every(isNumberOrMissing)).length
  if (plain < NEARLY_ALL * below.length) return null
  // Names that come again, and units, need those above them.
  const areAlike = new Set(body[last].fields).size < body[last].fields.length
  const isUnits = last === 1 && areNames(body[0])
  if (areAlike && last >= MOST_JOINED) return null
  const top = isUnits || areAlike ? 0 : last
  const names = body.slice(top, last + 1).map(({ fields }) => fields)
  const header = names[0].map((_, column) => [...new Set(names.map((row) => row[column] ?? ''))].join(' ').trim())
  return { header, first: top, rows: last + 1 }
}

function isLabelText(text: string): boolean {
  return isName(text) && !AMONG_NUMBERS.isAmongNumbers(text)
}

function isName(text: string): boolean {
  return text !== '' && !isNumberOrMissing(text)
}

/** The first row, if it reads like names: no numbers, no two alike, and unlike what stands below. */
function headerOf([first, ...rows]: readonly (readonly string[])[]): readonly string[] | null {
  if (!first) return null
  // One line of different words alone: names to which the rows are lacking.
  if (rows.length === 0)
    return first.length > 1 && first.every(isName) && new Set(first).size === first.length ? first : null
  // The first name may be left out: that of the row numbers.
  const names = first[0] === '' ? first.slice(1) : first
  if (names.length >= LEAST_NUMBERED && names.every((name, i) => name === String(i))) return first
  const below = (column: number): string[] =>
    rows.map((row) => row[column] ?? '').filter((text) => !isMissingMark(text))
  const columns = first.map((_, column) => below(column))
  // A word above nothing but numbers is a name, and so are those beside it, though some be missing or alike.
  const isNoNumber = (text: string): boolean => !isNumberOrMissing(text)
  // So are names that elsewhere are no values: "inf", or "Na" for sodium.
  const mayBeName = (text: string): boolean => isNoNumber(text) || /^\p{L}+$/u.test(text)
  const isAboveNumbers = (text: string, column: number): boolean =>
    isNoNumber(text) && columns[column].length > 0 && columns[column].every(isNumberOrMissing)
  if (first.every((text) => text === '' || mayBeName(text)) && first.some(isAboveNumbers)) return first
  if (names.length === 0 || names.some(isMissingMark) || new Set(names).size < names.length) return null
  if (names.some((name) => isNumberOrMissing(name))) return areNumbered(names, rows) ? first : null
  return first.every((name, column) => !columns[column].includes(name)) ? first : null
}

/** Names of which a few are numbers, such as "label, 0, 1, 2": counted up, over rows that are not. */
function areNumbered(names: readonly string[], rows: readonly (readonly string[])[]): boolean {
  const numbers = names.filter((name) => isNumberOrMissing(name)).map(Number)
  const counted = numbers.length > 2 && numbers.every((number, i) => i === 0 || number === numbers[i - 1] + 1)
  return counted && numbers.length < names.length && rows.length > 0
}

const ORANGE_KINDS: Readonly<Record<string, ColumnRole['kind']>> = {
  ...{ c: 'numbers', continuous: 'numbers', d: 'words', discrete: 'words', s: 'text', string: 'text' },
  ...{ t: 'undeclared', time: 'undeclared', basket: 'text', '': 'undeclared' },
}
const ORANGE_USES: Readonly<Record<string, ColumnRole['use']>> = {
  ...{ '': 'input', class: 'label', c: 'label', meta: 'left-out', m: 'left-out', ignore: 'left-out', i: 'left-out' },
}

/** Orange's three lines: names, types, and what each column is for. */
function orangeHead(rows: readonly SampleRow[]): Head | null {
  const [names, types, uses] = rows
  if (uses === undefined || !types.fields.some((type) => type !== '')) return null
  const kindOf = (type: string): ColumnRole['kind'] | null => {
    if (Object.hasOwn(ORANGE_KINDS, type.toLowerCase())) return ORANGE_KINDS[type.toLowerCase()]
    // A list of values declares words: "low high".
    return /^\S+( \S+)+$/.test(type) ? 'words' : null
  }
  const useOf = (use: string): ColumnRole['use'] | null => {
    const [word] = use
      .toLowerCase()
      .split(' ')
      .filter((part) => !part.includes('='))
    return Object.hasOwn(ORANGE_USES, word ?? '') ? ORANGE_USES[word ?? ''] : null
  }
  const kinds = types.fields.map(kindOf)
  const columnUses = uses.fields.map(useOf)
  if (kinds.includes(null) || columnUses.includes(null) || !names.fields.every((name) => !isNumberOrMissing(name)))
    return null
  const roles = kinds.map((kind, i) => ({ kind: kind ?? 'undeclared', use: columnUses[i] ?? 'input' }))
  const next = rows.at(3)?.line ?? uses.line + 1
  return { ...nothing(next, names.line), header: names.fields, roles }
}
