import { formatNats } from '../../logic/format'
import { locale, t } from '../../words'
import type { AskedAnswer } from '../../../shared/questions'

/** Below it a probability is told by its logarithm. */
const LEAST_SHOWN = 1e-6

/** A share as per cent with two or three figures, such as 0.31% or 94.2%. */
export function formatPercent(share: number): string {
  const most =
    share >= 0.9995 || share === 0 ? 1 : Math.min(6, Math.max(1, 2 - Math.floor(Math.log10(100 * share)) - 1))
  return share.toLocaleString(locale(), { style: 'percent', minimumFractionDigits: 0, maximumFractionDigits: most })
}

/** The chance of a bar in at most six letters, never rounded to certainty. */
export function formatBar(chance: number): string {
  const share = (value: number): string =>
    value.toLocaleString(locale(), { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 })
  if (chance === 0 || chance >= CERTAIN) return chance.toLocaleString(locale(), { style: 'percent' })
  if (chance < 0.0005) return `<${share(0.001)}`
  if (chance >= 0.9995) return `>${share(0.999)}`
  return share(chance)
}
/** What differs less from one is a matter of rounding. */
const CERTAIN = 1 - 1e-6

/** Half of the 95% interval around what has that standard error. */
export function halfInterval(standardError: number): number {
  return 1.96 * standardError
}

/** p(evidence) with its 95% interval, in figures. */
export function evidenceFigure({ evidence }: AskedAnswer): string {
  const { logProbability, relativeError } = evidence
  if (logProbability === -Infinity) return t('ask.none-met')
  const probability = Math.exp(logProbability)
  if (probability < LEAST_SHOWN) {
    const logp = formatNats(logProbability)
    return relativeError === 0
      ? t('ask.log-p', { logp })
      : t('ask.log-p.about', { logp, error: formatNats(halfInterval(relativeError)) })
  }
  const share = formatPercent(Math.min(1, probability))
  if (relativeError === 0) return share
  return t('ask.about', { share, error: formatPercent(Math.min(1, halfInterval(probability * relativeError))) })
}
