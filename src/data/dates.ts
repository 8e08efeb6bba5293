import { plainDate } from './date-forms'

/** How fine the dates of a column are: what one step of its numbers is. */
export const DATE_UNITS = ['year', 'quarter', 'month', 'day', 'hour', 'minute', 'second'] as const
export type DateUnit = (typeof DATE_UNITS)[number]

/** In which order the parts of a date stand: `clock` is a time of the day alone. */
export const DATE_ORDERS = ['ymd', 'dmy', 'mdy', 'ym', 'my', 'yq', 'compact', 'clock'] as const

/** The order in which a date's parts stand, and what stands between them. */
export interface DateFormat {
  readonly order: (typeof DATE_ORDERS)[number]
  /** Whether a time of the day follows. */
  readonly hasTime: boolean
  /** Whether that has seconds. */
  readonly hasSeconds: boolean
}

/** What the numbers of a column of dates are: so many units since 1970-01-01, or since midnight. */
export interface DateScale {
  readonly unit: DateUnit
  readonly format: DateFormat
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const SECONDS = { day: 86_400, hour: 3600, minute: 60, second: 1 } as const

const TIME = /(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?\s*([AaPp][Mm])?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?/
const PATTERNS: readonly (readonly [DateFormat['order'], RegExp])[] = [
  ['ymd', new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${TIME.source}$`)],
  ['dmy', new RegExp(`^(\\d{1,2})[-/. ](\\d{1,2}|[A-Za-z]{3,9})[-/., ]\\s*(\\d{4}|\\d{2})${TIME.source}$`)],
  ['mdy', new RegExp(`^(\\d{1,2}|[A-Za-z]{3,9})[-/. ](\\d{1,2})[-/., ]\\s*(\\d{4}|\\d{2})${TIME.source}$`)],
  ['compact', new RegExp(`^(\\d{4})(\\d{2})(\\d{2})${TIME.source}$`)],
  ['ym', /^(\d{4})[-/.](\d{1,2})$/],
  ['my', /^(\d{1,2}|[A-Za-z]{3,9})[-/. ](\d{4})$/],
  ['yq', /^(\d{4})[- ]?[Qq]([1-4])$/],
  ['clock', /^(\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?\s*([AaPp][Mm])?$/],
]

/** A date's parts, of those that its format has. */
interface Parts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly seconds: number
  readonly hasTime: boolean
  readonly hasSeconds: boolean
}

/** Of some texts so many must be dates: the others are values that are not known. */
const NEARLY_ALL = 0.9
/** By so many of them it is seen which orders are worth a try. */
const FIRST_LOOK = 20

/**
 * The format in which nearly all of some texts are dates, or null. Where day and month may be either, the day is the one
 * that is the same everywhere while the other varies, as in figures of each month, else the first.
 * @param texts not empty ones
 * @param dayFirst which of day and month comes first, where a person says so
 */
export function dateFormatOf(texts: readonly string[], dayFirst?: boolean): DateFormat | null {
  const first = texts.slice(0, FIRST_LOOK)
  const orders = PATTERNS.map(([order]) => order).filter((order) => mayBe(order, first, dayFirst))
  let best: { readonly order: DateFormat['order']; readonly found: readonly Parts[] } | null = null
  for (const order of orders) {
    // Eight digits, and words such as 12/13, may be anything; numbers are not dates.
    if (order === 'compact' && !texts.every((text) => /^(19|20)\d{6}/.test(text))) continue
    const found = texts.flatMap((text) => partsOf(text, order) ?? partsOf(text, otherOrder(text, order)) ?? [])
    // 1959.5 is a year and a month only among others that all are.
    if (order === 'ym' && found.length < texts.length && texts.some((text) => /^\d+\.\d+$/.test(text))) continue
    if (best === null || found.length > best.found.length) best = { order, found }
  }
  if (best === null || best.found.length < NEARLY_ALL * texts.length) return null
  const order = best.order === 'dmy' && dayFirst === undefined && isMonthFirst(texts) ? 'mdy' : best.order
  const hasSeconds = best.found.some((one) => one.hasSeconds)
  return { order, hasTime: order === 'clock' || best.found.some((one) => one.hasTime), hasSeconds }
}

function mayBe(order: DateFormat['order'], texts: readonly string[], dayFirst: boolean | undefined): boolean {
  if ((order === 'dmy' && dayFirst === false) || (order === 'mdy' && dayFirst === true)) return false
  return 2 * texts.filter((text) => partsOf(text, order) !== null).length >= texts.length
}

/** The order that dates of a column may be in, too, where it tells itself: 3.1.2021 or 3 Jan 2021 among 2021-01-03, and the reverse. */
function otherOrder(text: string, order: DateFormat['order']): DateFormat['order'] | null {
  if (order === 'ymd') return /^\d{1,2}\.|\p{L}{3}/u.test(text) ? 'dmy' : null
  return order === 'dmy' || order === 'mdy' ? 'ymd' : null
}

/** Whether the first number of all varies while the second is the same: 1/1/2021, 2/1/2021, … */
function isMonthFirst(texts: readonly string[]): boolean {
  const numbers = texts.flatMap((text) => [/^(\d{1,2})[-/. ](\d{1,2})[-/. ]/.exec(text) ?? []])
  const [firsts, seconds] = [1, 2].map((at) => new Set(numbers.map((match) => match[at])))
  return firsts.size > 1 && seconds.size === 1 && texts.every((text) => partsOf(text, 'mdy') !== null)
}

/**
 * One of the dates of a column that may begin with the day or the month, where none tells which; null where one does.
 * @param texts not empty ones
 */
export function doubtfulDate(texts: readonly string[], { order }: DateFormat): string | null {
  if (order !== 'dmy' && order !== 'mdy') return null
  const isEither = (text: string): boolean =>
    /^\d{1,2}[-/. ]\d/.test(text) && partsOf(text, 'dmy') !== null && partsOf(text, 'mdy') !== null
  const dates = texts.filter((text) => partsOf(text, order) !== null)
  return dates.every(isEither) ? (dates.find((text) => !/^0?(\d+)[-/. ]0?\1\b/.test(text)) ?? null) : null
}

/** A date in seconds (of months, quarters and years in those) since 1970-01-01; null if the text is none in that format. */
export function dateNumber(text: string, { order }: DateFormat): number | null {
  const parts = partsOf(text, order) ?? partsOf(text, otherOrder(text, order))
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

/**
 * A number of a column of dates in the units of another, of which it is the one that it falls into: noon of a day is that day.
 * @returns null where one of both is a time of the day and the other is none
 */
export function inUnitsOf(value: number, from: DateScale, to: DateScale): number | null {
  const isClock = ({ format }: DateScale): boolean => format.order === 'clock'
  if (isClock(from) !== isClock(to)) return null
  if (from.unit === to.unit) return value
  const seconds = secondsOf(value, from.unit)
  switch (to.unit) {
    case 'year':
    case 'quarter':
    case 'month': {
      const date = new Date(seconds * 1000)
      const months = 12 * (date.getUTCFullYear() - 1970) + date.getUTCMonth()
      return Math.floor(months / { year: 12, quarter: 3, month: 1 }[to.unit])
    }
    case 'day':
    case 'hour':
    case 'minute':
    case 'second':
      return to.unit === 'second' ? seconds : Math.floor(seconds / SECONDS[to.unit])
  }
}

/** When a number of a column of dates begins, in seconds since 1970-01-01 or midnight. */
function secondsOf(value: number, unit: DateUnit): number {
  switch (unit) {
    case 'year':
      return Date.UTC(1970 + value, 0) / 1000
    case 'quarter':
      return Date.UTC(1970, 3 * value) / 1000
    case 'month':
      return Date.UTC(1970, value) / 1000
    case 'day':
    case 'hour':
    case 'minute':
    case 'second':
      return value * SECONDS[unit]
  }
}

/** A number of `dateNumber` as a date. */
export function writtenDateNumber(number: number, format: DateFormat): string {
  const unit = unitOf([number], format)
  return writtenDate(number / stepOf(unit), { unit, format })
}

/** A moment in the form of ISO 8601, the time of the day only if there is one; null if no such day is known. @param seconds since 1970-01-01 */
export function writtenMoment(seconds: number): string | null {
  const date = new Date(seconds * 1000)
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1 || date.getUTCFullYear() > 9999) return null
  const iso = date.toISOString()
  const time = iso.slice(11, iso.endsWith('.000Z') ? 19 : 23)
  return time === '00:00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${time}`
}

/** A text that is a date of any form, in the units of a column; null if it is none. */
export function dateInUnitsOf(text: string, to: DateScale): number | null {
  const format = partsOf(text, to.format.order) === null ? dateFormatOf([text]) : to.format
  const number = format && dateNumber(text, format)
  if (format === null || number === null) return null
  const unit = unitOf([number], format)
  return inUnitsOf(number / stepOf(unit), { unit, format }, to)
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
      const iso = new Date(Math.round(value * SECONDS[unit] * 1000)).toISOString()
      const isWhole = iso.endsWith('.000Z')
      const time = iso.slice(11, !isWhole ? 23 : unit === 'second' || format.hasSeconds ? 19 : 16)
      if (format.order === 'clock') return time
      return unit === 'day' && !format.hasTime ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${time}`
    }
  }
}

function partsOf(text: string, order: DateFormat['order'] | null): Parts | null {
  if (order === null) return null
  const match = PATTERNS.find(([one]) => one === order)?.[1].exec(plainDate(text))
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
      return { year: Number(a), month: Number(b), day: 1, ...NO_TIME }
    case 'clock':
      return { year: 1970, month: 1, day: 1, ...time }
  }
}

type Time = Pick<Parts, 'seconds' | 'hasTime' | 'hasSeconds'>

const NO_TIME: Time = { seconds: 0, hasTime: false, hasSeconds: false }

function timeOf(match: RegExpExecArray, at: number): Time | null {
  const [hour, minute, second, half] = match.slice(at, at + 4) as (string | undefined)[]
  if (hour === undefined) return NO_TIME
  const twelve = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
  const seconds = Number((second ?? '0').replace(',', '.'))
  if (twelve > 24 || Number(minute) > 59 || seconds > 60) return null
  return { seconds: twelve * 3600 + Number(minute) * 60 + seconds, hasTime: true, hasSeconds: second !== undefined }
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
function dated(year: number, month: number, day: number, time: Time): Parts | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  date.setUTCFullYear(year)
  if (month < 1 || month > 12 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  return { year, month, day, ...time }
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
