import { locale, t } from '../words'
import type { LossUnit } from './loss-unit'
import { builtInTable } from '../../shared/data-source'
import type { MessageKey } from '../../words/say'

/** Numbers in the reader's words and figures, one form per quantity everywhere. */

const MINUS = '−'

/** Ways to write numbers, by language and decimals: making one takes far longer than writing a number. */
const writers = new Map<string, Intl.NumberFormat>()

/** A number with that many decimals and thousands separated, as the reader writes it. */
function written(value: number, least: number, most = least): string {
  const key = `${locale()} ${least} ${most}`
  const writer =
    writers.get(key) ?? new Intl.NumberFormat(locale(), { minimumFractionDigits: least, maximumFractionDigits: most })
  writers.set(key, writer)
  return writer.format(value).replace('-', MINUS)
}

/** A whole number with thousands separated, such as 50,000. */
export function formatWhole(value: number): string {
  return written(Math.round(value), 0)
}

/** From here on a loss is that of a run that diverges, and only its order of magnitude is told. */
const ENORMOUS = 1e7

/** A number too large to be written out, such as 3.4e38. */
function formatEnormous(value: number): string {
  return value.toExponential(1).replace('e+', 'e').replace('-', MINUS)
}

/** A loss or log-likelihood in nats, two decimals (one from 1,000 on), without its unit. */
export function formatNats(value: number): string {
  if (!Number.isFinite(value)) return t('number.none')
  if (Math.abs(value) >= ENORMOUS) return formatEnormous(value)
  return written(value, Math.abs(value) >= 1000 ? 1 : 2)
}

/** The number at a tick of an axis, with as many decimals as tell neighbours `step` apart from each other. */
export function formatTick(value: number, step: number): string {
  if (Math.abs(value) >= ENORMOUS) return formatEnormous(value)
  const digits = step >= 1 ? 0 : Math.min(6, Math.ceil(-Math.log10(step) - 1e-9))
  return written(value, Number.isInteger(value) ? 0 : digits, digits)
}

/** Nats per row as bits per input: nats / (inputs · ln 2). */
export function bitsPerInput(nats: number, { inputs }: LossUnit): number {
  return nats / (inputs * Math.LN2)
}

/** Bits per input with three decimals, without its unit. */
export function formatBitsPerInput(nats: number, unit: LossUnit): string {
  const bits = bitsPerInput(nats, unit)
  return Math.abs(bits) >= ENORMOUS ? formatEnormous(bits) : written(bits, 3)
}

/** The unit of bits per input. */
export function bitsUnit({ input }: LossUnit): string {
  return t('number.bits-per', { input })
}

/** A share of one as per cent with one decimal. */
export function formatShare(share: number): string {
  return share
    .toLocaleString(locale(), { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 })
    .replace('-', MINUS)
}

/** From 1024 bytes on, each 1024 times the one before. */
const BYTE_UNITS = [
  'number.kilobytes',
  'number.megabytes',
  'number.gigabytes',
  'number.terabytes',
] as const satisfies readonly MessageKey[]

/** A number of bytes in powers of 1024, about three figures. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return t('number.bytes', { bytes: Math.round(bytes) })
  let size = bytes / 1024
  let unit = 0
  while (size >= 1000 && unit < BYTE_UNITS.length - 1) {
    size /= 1024
    unit++
  }
  return t(BYTE_UNITS[unit], { size: written(size, size >= 100 ? 0 : size >= 10 ? 1 : 2) })
}

/** A length of time in its two largest units; `seconds` may be a fraction. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return t('number.unknown')
  const whole = Math.max(0, Math.round(seconds))
  const [days, hours] = [Math.floor(whole / 86_400), Math.floor((whole % 86_400) / 3600)]
  const [minutes, rest] = [Math.floor((whole % 3600) / 60), whole % 60]
  if (days > 0) return hours > 0 ? t('number.days-hours', { days, hours }) : t('number.days', { days })
  if (hours > 0) return minutes > 0 ? t('number.hours-minutes', { hours, minutes }) : t('number.hours', { hours })
  if (minutes === 0) return t('number.seconds', { seconds: rest })
  return rest > 0 ? t('number.minutes-seconds', { minutes, seconds: rest }) : t('number.minutes', { minutes })
}

/** A length of time that is only known roughly: "about 3 h". */
export function aboutWords(seconds: number): string {
  if (seconds < 10) return t('number.few-seconds')
  const steps = [5, 10, 30, 60, 300, 600, 1800, 3600, 6 * 3600, 86_400] as const
  const step = steps.findLast((one) => seconds >= 6 * one) ?? 1
  return t('number.about', { duration: formatDuration(Math.round(seconds / step) * step) })
}

/** Time left, coarser the longer it is, so that it does not flicker. */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 10) return t('number.few-seconds-left')
  const step = seconds < 60 ? 5 : seconds < 600 ? 10 : 60
  return t('number.left', { duration: formatDuration(Math.round(seconds / step) * step) })
}

/** A moment (milliseconds since 1970) as a person would say it at `now`. */
export function formatMoment(moment: number, now: number): string {
  const then = new Date(moment)
  const days = Math.round((startOfDay(new Date(now)) - startOfDay(then)) / 86_400_000)
  const time = (): string => dated('time', then)
  if (days === 0) return t('number.today', { time: time() })
  if (days === 1) return t('number.yesterday', { time: time() })
  return dated(then.getFullYear() === new Date(now).getFullYear() ? 'day' : 'day-of-year', then)
}

const DATED = {
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { day: 'numeric', month: 'short' },
  'day-of-year': { day: 'numeric', month: 'short', year: 'numeric' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>
const daters = new Map<string, Intl.DateTimeFormat>()

function dated(kind: keyof typeof DATED, date: Date): string {
  const key = `${locale()} ${kind}`
  const dater = daters.get(key) ?? new Intl.DateTimeFormat(locale(), DATED[kind])
  daters.set(key, dater)
  return dater.format(date)
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

/** A setting's number without noise: 0.001, 1e-8, 500. */
export function formatSetting(value: number): string {
  const plain = String(value)
  return plain.length > 8 && value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : plain
}

/** The name at the end of a path. */
export function fileName(path: string): string {
  return builtInTable(path) ?? path.split(/[\\/]/).findLast((part) => part !== '') ?? path
}
