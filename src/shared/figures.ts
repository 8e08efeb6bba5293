import type { Reader } from '../words/reader'
import type { MessageKey } from '../words/say'
import type { LossUnit } from './loss-unit'

/** Numbers in a reader's words and figures, one form per quantity everywhere. */
export interface Figures {
  /** A whole number with thousands separated, such as 50,000. */
  readonly formatWhole: (value: number) => string
  /** A loss or log-likelihood in nats, two decimals (one from 1,000 on), without its unit. */
  readonly formatNats: (value: number) => string
  /** The number at a tick of an axis, with as many decimals as tell neighbours `step` apart from each other. */
  readonly formatTick: (value: number, step: number) => string
  /** Bits per input with three decimals, without its unit. @param nats a row */
  readonly formatBitsPerInput: (nats: number, unit: LossUnit) => string
  /** A share of one as per cent with one decimal. */
  readonly formatShare: (share: number) => string
  /** A number of bytes in powers of 1024, about three figures. */
  readonly formatBytes: (bytes: number) => string
  /** A length of time in its two largest units; `seconds` may be a fraction. */
  readonly formatDuration: (seconds: number) => string
}

const MINUS = '−'
/** From here on a loss is that of a run that diverges, and only its order of magnitude is told. */
const ENORMOUS = 1e7

/** From 1024 bytes on, each 1024 times the one before. */
const BYTE_UNITS = [
  'number.kilobytes',
  'number.megabytes',
  'number.gigabytes',
  'number.terabytes',
] as const satisfies readonly MessageKey[]

/** Nats per row as bits per input: nats / (inputs · ln 2). */
export function bitsPerInput(nats: number, { inputs }: LossUnit): number {
  return nats / (inputs * Math.LN2)
}

/** A setting's number without noise, the same in every language: 0.001, 1e-8, 500. */
export function formatSetting(value: number): string {
  const plain = String(value)
  return plain.length > 8 && value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : plain
}

/** Ways to write numbers, by language and decimals: making one takes far longer than writing a number. */
const writers = new Map<string, Intl.NumberFormat>()

function writerOf(locale: string, least: number, most: number): Intl.NumberFormat {
  const key = `${locale} ${least} ${most}`
  const writer =
    writers.get(key) ?? new Intl.NumberFormat(locale, { minimumFractionDigits: least, maximumFractionDigits: most })
  writers.set(key, writer)
  return writer
}

/** How numbers are told to a reader. */
export function figuresFor({ locale, t }: Pick<Reader, 'locale' | 't'>): Figures {
  /** A number with that many decimals and thousands separated, as the reader writes it. */
  const written = (value: number, least: number, most = least): string =>
    writerOf(locale(), least, most).format(value).replace('-', MINUS)
  return {
    formatWhole: (value) => written(Math.round(value), 0),
    formatNats: (value) => {
      if (!Number.isFinite(value)) return t('number.none')
      if (Math.abs(value) >= ENORMOUS) return formatEnormous(value)
      return written(value, Math.abs(value) >= 1000 ? 1 : 2)
    },
    formatTick: (value, step) => {
      if (Math.abs(value) >= ENORMOUS) return formatEnormous(value)
      const digits = step >= 1 ? 0 : Math.min(6, Math.ceil(-Math.log10(step) - 1e-9))
      return written(value, Number.isInteger(value) ? 0 : digits, digits)
    },
    formatBitsPerInput: (nats, unit) => {
      const bits = bitsPerInput(nats, unit)
      return Math.abs(bits) >= ENORMOUS ? formatEnormous(bits) : written(bits, 3)
    },
    formatShare: (share) =>
      share
        .toLocaleString(locale(), { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 })
        .replace('-', MINUS),
    formatBytes: (bytes) => {
      if (bytes < 1000) return t('number.bytes', { bytes: Math.round(bytes) })
      let size = bytes / 1024
      let unit = 0
      while (size >= 1000 && unit < BYTE_UNITS.length - 1) {
        size /= 1024
        unit++
      }
      return t(BYTE_UNITS[unit], { size: written(size, size >= 100 ? 0 : size >= 10 ? 1 : 2) })
    },
    formatDuration: (seconds) => {
      if (!Number.isFinite(seconds)) return t('number.unknown')
      const whole = Math.max(0, Math.round(seconds))
      const [days, hours] = [Math.floor(whole / 86_400), Math.floor((whole % 86_400) / 3600)]
      const [minutes, rest] = [Math.floor((whole % 3600) / 60), whole % 60]
      if (days > 0) return hours > 0 ? t('number.days-hours', { days, hours }) : t('number.days', { days })
      if (hours > 0) return minutes > 0 ? t('number.hours-minutes', { hours, minutes }) : t('number.hours', { hours })
      if (minutes === 0) return t('number.seconds', { seconds: rest })
      return rest > 0 ? t('number.minutes-seconds', { minutes, seconds: rest }) : t('number.minutes', { minutes })
    },
  }
}

/** A number too large to be written out, such as 3.4e38. */
function formatEnormous(value: number): string {
  return value.toExponential(1).replace('e+', 'e').replace('-', MINUS)
}
