import { variablesOnly } from '../made/variables'
import type { MixtureResult } from './contract'
import { publishedLoss } from './published'
import type { ReferenceLosses } from './references'
import type { RunSummary } from './run'
import { verdictOn, type BestKnown, type Verdict } from './verdict'

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
    ...variablesOnly(run),
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
  return own?.test ? { kind: 'own', nats: own.test.nll, whose: own.name, isApproximate: false } : null
}

/** Whether what a listed run has come to is worse than guessing its inputs one by one. */
export function isPoor(run: RunSummary): boolean {
  return verdictOnRun(run, keptLoss(run), [], null)?.tone === 'amber'
}
