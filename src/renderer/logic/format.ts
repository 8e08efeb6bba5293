import { locale, t } from '../words'
import { builtInTable } from '../../shared/data-source'
import { figuresFor } from '../../shared/figures'
import type { LossUnit } from '../../shared/loss-unit'

export { bitsPerInput, formatSetting } from '../../shared/figures'

export const { formatWhole, formatNats, formatTick, formatBitsPerInput, formatShare, formatBytes, formatDuration } =
  figuresFor({ locale, t })

/** The unit of bits per input. */
export function bitsUnit({ input }: LossUnit): string {
  return t('number.bits-per', { input })
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

/** The name at the end of a path. */
export function fileName(path: string): string {
  return builtInTable(path) ?? path.split(/[\\/]/).findLast((part) => part !== '') ?? path
}
