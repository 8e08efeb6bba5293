import type { MixtureResult } from '../../shared/contract'
import { publishedLoss } from '../../shared/published'
import type { ReferenceLosses } from '../../shared/references'
import type { RunSummary } from '../../shared/run'
import { verdictOn, type BestKnown, type Mark, type Verdict } from '../../shared/verdict'

/** A loss of a run to form a verdict on, nats. */
export interface JudgedLoss {
  readonly nats: number
  readonly interval95: number
  /** Whether training goes on. */
  readonly isLive: boolean
}

/**
 * The verdict on a run; null where there is nothing to compare it with, or no loss yet.
 * @param others all listed runs
 * @param mixture one that was fitted to the same data since the run began
 */
export function verdictOnRun(
  run: RunSummary,
  loss: JudgedLoss | null,
  others: readonly RunSummary[],
  mixture: MixtureResult | null,
): Verdict | null {
  if (loss === null || run.references === null) return null
  const fitted = mixture ?? run.references.mixture
  return verdictOn({
    ...loss,
    columns: run.columns,
    independent: run.references.independent,
    mixture: fitted && { components: fitted.components, nats: fitted.nll.valid },
    best: bestKnown(run, run.references, others),
    isPicture: run.picture !== null,
  })
}

/** The loss of a listed run that is not under way. */
export function keptLoss({ test, best }: Pick<RunSummary, 'test' | 'best'>): JudgedLoss | null {
  if (test) return { nats: test.nll, interval95: test.interval95, isLive: false }
  return best && { nats: best.validNll, interval95: 0, isLive: false }
}

/** The entropy if it is known, else what is published, else the best other run on the same rows. */
function bestKnown(run: RunSummary, { entropy }: ReferenceLosses, others: readonly RunSummary[]): BestKnown | null {
  if (entropy !== null) return { kind: 'entropy', nats: entropy, whose: '', isApproximate: false }
  const published = publishedLoss(run.dataHash, run.config.data)
  if (published) return { kind: 'published', ...published }
  const own = others
    .filter((other) => other.id !== run.id && other.dataHash === run.dataHash && other.test !== null)
    .sort((a, b) => (a.test?.nll ?? 0) - (b.test?.nll ?? 0))
    .at(0)
  return own?.test ? { kind: 'own', nats: own.test.nll, whose: `“${own.name}”`, isApproximate: false } : null
}

/** What a loss on the bar is called. */
export function markName({ key }: Mark, end: Verdict['end']): string {
  switch (key) {
    case 'coins':
      return 'coins'
    case 'independent':
      return 'one by one'
    case 'mixture':
      return 'mixture'
    case 'best':
      return end === 'entropy' ? 'best possible' : end === 'own' ? 'your best' : 'best known'
    case 'model':
      return 'this model'
  }
}

/** A label beside others: where its middle should be, and how wide it is, as shares of the bar. */
export interface Label {
  readonly at: number
  readonly width: number
}

/**
 * Puts labels into rows so that none covers another; they stay within the bar.
 * @returns for each its row, from 0, and where it begins
 */
export function placeLabels(labels: readonly Label[]): { readonly row: number; readonly left: number }[] {
  const ends: number[] = []
  const order = labels.map((_, i) => i).sort((a, b) => labels[a].at - labels[b].at)
  const placed = new Map<number, { readonly row: number; readonly left: number }>()
  for (const i of order) {
    const { at, width } = labels[i]
    const left = Math.max(0, Math.min(1 - width, at - width / 2))
    const free = ends.findIndex((end) => end <= left)
    const row = free < 0 ? ends.length : free
    ends[row] = left + width
    placed.set(i, { row, left })
  }
  return labels.map((_, i) => placed.get(i) ?? { row: 0, left: 0 })
}
