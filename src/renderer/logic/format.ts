/** Numbers in words for a person; English figures, one form per quantity everywhere. */

const MINUS = '−'

/** A whole number with thousands separated, such as 50,000. */
export function formatWhole(value: number): string {
  return Math.round(value).toLocaleString('en').replace('-', MINUS)
}

/** From here on a loss is that of a run that diverges, and only its order of magnitude is told. */
const ENORMOUS = 1e7

/** A number too large to be written out, such as 3.4e38. */
function formatEnormous(value: number): string {
  return value.toExponential(1).replace('e+', 'e').replace('-', MINUS)
}

/** A loss or log-likelihood in nats, two decimals (one from 1,000 on), without its unit. */
export function formatNats(value: number): string {
  if (!Number.isFinite(value)) return 'not a number'
  if (Math.abs(value) >= ENORMOUS) return formatEnormous(value)
  const digits = Math.abs(value) >= 1000 ? 1 : 2
  return value
    .toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
    .replace('-', MINUS)
}

/** The number at a tick of an axis, with as many decimals as tell neighbours `step` apart from each other. */
export function formatTick(value: number, step: number): string {
  if (Math.abs(value) >= ENORMOUS) return formatEnormous(value)
  const digits = step >= 1 ? 0 : Math.min(6, Math.ceil(-Math.log10(step) - 1e-9))
  return value
    .toLocaleString('en', {
      maximumFractionDigits: digits,
      minimumFractionDigits: Number.isInteger(value) ? 0 : digits,
    })
    .replace('-', MINUS)
}

/** Nats per row as bits per input: nats / (D ln 2). */
export function bitsPerInput(nats: number, columns: number): number {
  return nats / (columns * Math.LN2)
}

/** Bits per input with three decimals, without its unit. */
export function formatBitsPerInput(nats: number, columns: number): string {
  const bits = bitsPerInput(nats, columns)
  return Math.abs(bits) >= ENORMOUS ? formatEnormous(bits) : bits.toFixed(3).replace('-', MINUS)
}

/** What an input of this data is called. */
export function bitsUnit(isPicture: boolean): string {
  return isPicture ? 'bits/pixel' : 'bits/input'
}

/** A share of one as per cent with one decimal. */
export function formatShare(share: number): string {
  return `${(100 * share).toFixed(1)}%`
}

/** A number of bytes in powers of 1024, about three figures. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2
  return `${value.toFixed(digits)} ${units[unit]}`
}

/** A length of time in its two largest units; `seconds` may be a fraction. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'unknown'
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return pair(whole, 60, 'min', 1, 's')
  if (whole < 86_400) return pair(whole, 3600, 'h', 60, 'min')
  return pair(whole, 86_400, 'd', 3600, 'h')
}

function pair(seconds: number, large: number, largeName: string, small: number, smallName: string): string {
  const first = Math.floor(seconds / large)
  const rest = Math.floor((seconds % large) / small)
  return rest === 0 ? `${first} ${largeName}` : `${first} ${largeName} ${rest} ${smallName}`
}

/** A length of time that is only known roughly: "about 3 h". */
export function aboutWords(seconds: number): string {
  if (seconds < 10) return 'a few seconds'
  const steps = [5, 10, 30, 60, 300, 600, 1800, 3600, 6 * 3600, 86_400] as const
  const step = steps.findLast((one) => seconds >= 6 * one) ?? 1
  return `about ${formatDuration(Math.round(seconds / step) * step)}`
}

/** Time left, coarser the longer it is, so that it does not flicker. */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 10) return 'a few seconds left'
  if (seconds < 60) return `${Math.round(seconds / 5) * 5} s left`
  if (seconds < 600) return `${formatDuration(Math.round(seconds / 10) * 10)} left`
  return `${formatDuration(Math.round(seconds / 60) * 60)} left`
}

/** A moment (milliseconds since 1970) as a person would say it at `now`. */
export function formatMoment(moment: number, now: number): string {
  const then = new Date(moment)
  const time = then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  const days = Math.round((startOfDay(new Date(now)) - startOfDay(then)) / 86_400_000)
  if (days === 0) return `today ${time}`
  if (days === 1) return `yesterday ${time}`
  const sameYear = then.getFullYear() === new Date(now).getFullYear()
  return then.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  })
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

/** A setting's number without noise: 0.001, 1e-8, 500. */
export function formatSetting(value: number): string {
  const plain = String(value)
  return plain.length > 8 && value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : plain
}

/** "1 epoch", "2 epochs". */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${formatWhole(value)} ${value === 1 ? one : many}`
}

/** The name at the end of a path. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path
}
