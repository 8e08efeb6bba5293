/** How fine the dates of a column are: what one step of its numbers is. */
export type DateUnit = 'year' | 'quarter' | 'month' | 'day' | 'hour' | 'minute' | 'second'

/** The order in which a date's parts stand, and what stands between them. */
export interface DateFormat {
  readonly order: 'ymd' | 'dmy' | 'mdy' | 'ym' | 'my' | 'yq' | 'compact' | 'clock'
  /** Whether a time of the day follows. */
  readonly hasTime: boolean
}

/** What the numbers of a column of dates are: so many units since 1970-01-01, or since midnight. */
export interface DateScale {
  readonly unit: DateUnit
  readonly format: DateFormat
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const SECONDS = { day: 86_400, hour: 3600, minute: 60, second: 1 } as const

const TIME = /(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp][Mm])?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?/
const PATTERNS: readonly (readonly [DateFormat['order'], RegExp])[] = [
  ['ymd', new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${TIME.source}$`)],
  ['dmy', new RegExp(`^(\\d{1,2})[-/. ](\\d{1,2}|[A-Za-z]{3,9})[-/., ]\\s*(\\d{4}|\\d{2})${TIME.source}$`)],
  ['mdy', new RegExp(`^(\\d{1,2}|[A-Za-z]{3,9})[-/. ](\\d{1,2})[-/., ]\\s*(\\d{4}|\\d{2})${TIME.source}$`)],
  ['compact', new RegExp(`^(\\d{4})(\\d{2})(\\d{2})${TIME.source}$`)],
  ['ym', /^(\d{4})[-/.](\d{1,2})$/],
  ['my', /^(\d{1,2}|[A-Za-z]{3,9})[-/. ](\d{4})$/],
  ['yq', /^(\d{4})[- ]?[Qq]([1-4])$/],
  ['clock', /^(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?$/],
]

/** A date's parts, of those that its format has. */
interface Parts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly seconds: number
  readonly hasTime: boolean
}

/**
 * The format in which all of some texts are dates, or null. Where day and month may be either, the day comes first unless
 * that is impossible for one of them.
 * @param texts not empty ones
 */
export function dateFormatOf(texts: readonly string[]): DateFormat | null {
  for (const [order] of PATTERNS) {
    // Eight digits, and words such as 12/13, may be anything; numbers are not dates.
    if (order === 'compact' && !texts.every((text) => /^(19|20)\d{6}/.test(text))) continue
    const parts = texts.map((text) => partsOf(text, order))
    if (!parts.every((one) => one !== null)) continue
    return { order, hasTime: order === 'clock' || parts.some((one) => one.hasTime) }
  }
  return null
}

/** A date in seconds (of months, quarters and years in those) since 1970-01-01; null if the text is none in that format. */
export function dateNumber(text: string, { order }: DateFormat): number | null {
  const parts = partsOf(text, order)
  if (parts === null) return null
  switch (order) {
    case 'ym':
    case 'my':
      return (parts.year - 1970) * 12 + parts.month - 1
    case 'yq':
      return (parts.year - 1970) * 4 + parts.month - 1
    case 'clock':
      return parts.seconds
    case 'ymd':
    case 'dmy':
    case 'mdy':
    case 'compact':
      return Date.UTC(parts.year, parts.month - 1, parts.day) / 1000 + parts.seconds
  }
}

/** The coarsest unit that numbers of `dateNumber` are whole in. */
export function unitOf(numbers: Iterable<number>, { order }: DateFormat): DateUnit {
  if (order === 'ym' || order === 'my') return 'month'
  if (order === 'yq') return 'quarter'
  let unit: keyof typeof SECONDS = 'day'
  for (const number of numbers) {
    if (number % SECONDS[unit] === 0) continue
    unit = number % SECONDS.hour === 0 ? 'hour' : number % SECONDS.minute === 0 ? 'minute' : 'second'
    if (unit === 'second') break
  }
  return unit
}

/** What one unit is in the numbers of `dateNumber`. */
export function stepOf(unit: DateUnit): number {
  return unit === 'day' || unit === 'hour' || unit === 'minute' || unit === 'second' ? SECONDS[unit] : 1
}

/** A number of a column of dates as a date, in the form of ISO 8601. @param value in units */
export function writtenDate(value: number, { unit, format }: DateScale): string {
  const whole = Math.round(value)
  switch (unit) {
    case 'year':
      return String(1970 + whole)
    case 'quarter':
      return `${1970 + Math.floor(whole / 4)}-Q${1 + (((whole % 4) + 4) % 4)}`
    case 'month':
      return `${1970 + Math.floor(whole / 12)}-${twoDigits(1 + (((whole % 12) + 12) % 12))}`
    case 'day':
    case 'hour':
    case 'minute':
    case 'second': {
      const iso = new Date(whole * SECONDS[unit] * 1000).toISOString()
      const time = iso.slice(11, unit === 'second' ? 19 : 16)
      if (format.order === 'clock') return time
      return unit === 'day' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${time}`
    }
  }
}

function partsOf(text: string, order: DateFormat['order']): Parts | null {
  const match = PATTERNS.find(([one]) => one === order)?.[1].exec(text)
  if (!match) return null
  const [, a, b, c] = match
  const time = timeOf(match, order === 'clock' ? 1 : 4)
  if (time === null) return null
  switch (order) {
    case 'ymd':
    case 'compact':
      return dated(Number(a), Number(b), Number(c), time)
    case 'dmy':
      return dated(yearOf(c), monthOf(b), Number(a), time)
    case 'mdy':
      return dated(yearOf(c), monthOf(a), Number(b), time)
    case 'ym':
      return dated(Number(a), Number(b), 1, NO_TIME)
    case 'my':
      return dated(Number(b), monthOf(a), 1, NO_TIME)
    case 'yq':
      return { year: Number(a), month: Number(b), day: 1, seconds: 0, hasTime: false }
    case 'clock':
      return { year: 1970, month: 1, day: 1, seconds: time.seconds, hasTime: true }
  }
}

const NO_TIME = { seconds: 0, hasTime: false } as const

function timeOf(match: RegExpExecArray, at: number): { readonly seconds: number; readonly hasTime: boolean } | null {
  const [hour, minute, second, half] = match.slice(at, at + 4) as (string | undefined)[]
  if (hour === undefined) return NO_TIME
  const twelve = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
  if (twelve > 24 || Number(minute) > 59 || Number(second ?? 0) > 60) return null
  return { seconds: twelve * 3600 + Number(minute) * 60 + Number(second ?? 0), hasTime: true }
}

/** Two digits are a year of this century up to 68, as POSIX has it. */
function yearOf(text: string): number {
  const year = Number(text)
  return text.length > 2 ? year : year + (year < 69 ? 2000 : 1900)
}

function monthOf(text: string): number {
  if (/^\d/.test(text)) return Number(text)
  return MONTHS.findIndex((month) => text.toLowerCase().startsWith(month)) + 1
}

/** The parts, if there is such a day. */
function dated(
  year: number,
  month: number,
  day: number,
  { seconds, hasTime }: { seconds: number; hasTime: boolean },
): Parts | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  date.setUTCFullYear(year)
  if (month < 1 || month > 12 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  return { year, month, day, seconds, hasTime }
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
