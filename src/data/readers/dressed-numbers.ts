import { isMissingMark, missingMarks } from './missing-marks'

/** How the numbers of a column are written, where that is more than digits, a point and a sign: $1,234.50, 12 %, 3,5 kg, (1 234). */
export interface NumberDress {
  /** What stands before the digits, and behind them: a currency, a unit; empty where nothing does. */
  readonly before: string
  readonly behind: string
  /** What stands between thousands; empty: nothing. */
  readonly group: '' | ',' | '.' | ' ' | "'"
  readonly decimal: '.' | ','
}

type Marks = Pick<NumberDress, 'group' | 'decimal'>

/** In the order in which they are tried. */
const WITH_POINT: readonly Marks[] = [
  { group: '', decimal: '.' },
  { group: ',', decimal: '.' },
  { group: ' ', decimal: '.' },
  { group: "'", decimal: '.' },
]
const WITH_COMMA: readonly Marks[] = [
  { group: '', decimal: ',' },
  { group: '.', decimal: ',' },
  { group: ' ', decimal: ',' },
  { group: "'", decimal: ',' },
]
/** Of the values of a column so many must be numbers in one dress. */
const NEARLY_ALL = 0.9
/** A unit of letters must be there at least so often: "5a" alone may be a name. */
const LEAST_UNITS = 3

const CURRENCY = String.raw`\p{L}{0,3}\p{Sc}|(?:USD|EUR|GBP|JPY|CNY|RMB|KRW|CHF|CAD|AUD|NZD|HKD|SGD|TWD|INR|BRL|MXN|SEK|NOK|DKK|PLN|CZK|HUF|RUB|TRY|ZAR)(?=\s)|(?:kr|Rs|Fr)\.?(?=\s)`
const UNIT = String.raw`%|‰|°|\p{L}{0,3}\p{Sc}|[\p{L}°µμ][\p{L}°µμ/·.²³0-9]{0,11}`
const DRESSED = new RegExp(
  String.raw`^([+-]?)\s?(${CURRENCY}|)\s?([+-]?)((?:\d[\d.,' ]*)?\d|[.,]\d+)((?:[eE][+-]?\d+)?)\s?(${UNIT}|)$`,
  'u',
)
const AMONG_NUMBERS = missingMarks()

interface Parts {
  readonly before: string
  readonly behind: string
  readonly sign: string
  readonly digits: string
  readonly exponent: string
}

/**
 * In which dress nearly all of some texts are numbers; null where they are in none, or are numbers without any.
 * @param texts the values of a column as they are written
 * @param prefersComma whether a comma that may be either is the decimal mark
 */
export function dressOf(texts: readonly string[], prefersComma: boolean): NumberDress | null {
  if (texts.every((text) => text === '' || PLAIN.test(text))) return null
  const known = texts.filter((text) => !isMissingMark(text) && !AMONG_NUMBERS.isAmongNumbers(text))
  const parts = known.flatMap((text) => partsOf(text) ?? [])
  const isEnough = (count: number): boolean => count > 0 && count >= NEARLY_ALL * known.length
  if (!isEnough(parts.length)) return null
  const [before, behind] = [commonOf(parts.map((one) => one.before)), commonOf(parts.map((one) => one.behind))]
  const inUnits = parts.filter((one) => hasUnits(one, { before, behind }))
  if (!isEnough(inUnits.length) || (before !== '' && behind !== '')) return null
  if (/^\p{L}/u.test(behind) && inUnits.filter((one) => one.behind !== '').length < LEAST_UNITS) return null
  const all = prefersComma ? [...WITH_COMMA, ...WITH_POINT] : [...WITH_POINT, ...WITH_COMMA]
  // Of a file with decimal commas the plain numbers of a sample have got points.
  const isPlain = (digits: string): boolean => prefersComma && PLAIN.test(digits)
  const fits = (one: Marks): number => inUnits.filter(({ digits }) => isPlain(digits) || hasMarks(digits, one)).length
  const marks = all.reduce((best, next) => (fits(next) > fits(best) ? next : best))
  if (!isEnough(fits(marks))) return null
  // A list of two numbers has a comma, too.
  const isBare = before === '' && behind === '' && marks.group === ''
  if (isBare && marks.decimal === ',' && !prefersComma) return null
  // Where there is no thousand among the first rows, there may be one below.
  const group = marks.group === '' ? (marks.decimal === '.' ? ',' : '.') : marks.group
  const dress = { before, behind, group, decimal: marks.decimal } as const
  return known.some((text) => !PLAIN.test(text) && numberIn(text, dress) !== null) ? dress : null
}

/** The number that a text is in a dress, or without its units; null if it is none. */
export function numberIn(text: string, dress: NumberDress): number | null {
  const parts = partsOf(text)
  if (parts === null || !hasUnits(parts, dress) || !hasMarks(parts.digits, dress)) return null
  const { sign, digits, exponent } = parts
  const plain = (dress.group === '' ? digits : digits.replaceAll(dress.group, '')).replace(dress.decimal, '.')
  const value = Number(sign + plain + exponent)
  return Number.isFinite(value) ? value : null
}

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
const IN_PARENTHESES = /^\((.*\d.*)\)$/
const SPACES = /[\u00a0\u2007\u2009\u202f]/g

/** What a text that may be a number consists of. Digits, signs and units of full width count as those of half width. */
function partsOf(text: string): Parts | null {
  // Most values are plain, or words.
  if (!/\p{Nd}/u.test(text) || text.length > 40) return null
  const plain = text
    .normalize('NFKC')
    .replaceAll(SPACES, ' ')
    .replaceAll('’', "'")
    .replace(/[−–](?=[\s\p{Sc}.,\d])/u, '-')
    .trim()
  const inside = IN_PARENTHESES.exec(plain)
  const match = DRESSED.exec(inside ? inside[1].trim() : plain)
  if (!match) return null
  const [, first, before, second, digits, exponent, behind] = match
  if ((first !== '' && second !== '') || (inside && (first !== '' || second !== ''))) return null
  // Zeros ahead say that a code is meant: 007.
  if (/^0\d/.test(digits)) return null
  return { before, behind, sign: inside ? '-' : first + second, digits, exponent }
}

/** The unit that is met first; two that differ in an s are one: 1 day, 2 days. */
function commonOf(units: readonly string[]): string {
  return units.find((unit) => unit !== '') ?? ''
}

function hasUnits(
  one: Pick<Parts, 'before' | 'behind'>,
  { before, behind }: Pick<NumberDress, 'before' | 'behind'>,
): boolean {
  const isAlike = (is: string, wanted: string): boolean =>
    is === '' || is === wanted || (is.length > 2 && is.replace(/s$/, '') === wanted.replace(/s$/, ''))
  return isAlike(one.before, before) && isAlike(one.behind, behind)
}

const PATTERNS = new Map<string, RegExp>()

function hasMarks(digits: string, { group, decimal }: Marks): boolean {
  const key = group + decimal
  const known = PATTERNS.get(key)
  const [g, d] = [group === '.' ? '\\.' : group, decimal === '.' ? '\\.' : decimal]
  const whole = group === '' ? '\\d*' : `(?:\\d{1,3}(?:${g}\\d{3})+|\\d*)`
  const pattern = known ?? new RegExp(`^${whole}(?:${d}\\d*)?$`)
  if (!known) PATTERNS.set(key, pattern)
  return pattern.test(digits)
}
