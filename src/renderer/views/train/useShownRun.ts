import { computed, type ComputedRef } from 'vue'
import { formatNats } from '../../logic/format'
import { lossUnit, type LossUnit } from '../../../shared/loss-unit'
import { keptLoss, validationLoss, verdictOnRun, type JudgedLoss } from '../../../shared/run-verdict'
import type { ReferenceLine } from './reference-lines'
import { useBaselineStore } from '../../stores/baseline'
import { useDataStore } from '../../stores/data'
import { useRunStore } from '../../stores/run'
import { useRunsStore } from '../../stores/runs'
import { variablesOnly } from '../../../made/variables'
import type { MixtureResult } from '../../../shared/contract'
import { likelyCause, type Cause } from '../../../shared/likely-cause'
import type { ReferenceLosses } from '../../../shared/references'
import { isUnderWay, type EpochRecord, type RunSummary } from '../../../shared/run'
import type { Verdict } from '../../../shared/verdict'
import { t } from '../../words'

/** The run whose curves are looked at, with what its figures need. */
export interface ShownRun {
  readonly name: string
  readonly summary: RunSummary | null
  /** Whether an input is a pixel. */
  readonly isPicture: boolean
  readonly unit: LossUnit
  readonly best: { readonly epoch: number; readonly validNll: number } | null
  readonly lastEpoch: EpochRecord | null
  /** Losses to compare with, the least last. */
  readonly references: readonly ReferenceLine[]
  /** How good its model is; null before the first epoch, or where nothing is known to compare it with. */
  readonly verdict: Verdict | null
  /** Why its model is worse than independent bits; null where it is not. */
  readonly cause: Cause | null
}

/** What the Train view shows: the run under way, or a past one that was picked. */
export function useShownRun(): ComputedRef<ShownRun> {
  const run = useRunStore()
  const runs = useRunsStore()
  const data = useDataStore()
  const baseline = useBaselineStore()
  return computed(() => {
    const summary = runs.find(run.shownId)
    const isPicture = (summary ? summary.picture : (data.summary?.picture ?? null)) !== null
    const live = run.shownProgress?.best
    const verdict = summary && verdictOnRun(summary, lossOf(run, summary), runs.kept, baseline.of)
    const independent = summary?.references?.independent
    return {
      name: summary?.name ?? (run.isShownActive ? run.name : ''),
      summary,
      isPicture,
      unit: lossUnit(summary ?? data.summary ?? { columns: 784, picture: null }),
      best: live ?? summary?.best ?? null,
      lastEpoch: run.epochs.at(-1) ?? null,
      verdict,
      cause:
        summary && independent !== undefined && verdict?.tone === 'amber'
          ? likelyCause({
              config: summary.config,
              columns: summary.columns,
              ...variablesOnly(summary),
              independent,
              epochs: run.epochs,
              isOver: !isUnderWay(run.shownState),
            })
          : null,
      references: summary?.references
        ? referenceLines(summary.references, baseline.results.get(summary.dataHash), isPicture)
        : [],
    }
  })
}

/** The loss of the run that is shown, as far as it is. */
function lossOf(run: ReturnType<typeof useRunStore>, summary: RunSummary): JudgedLoss | null {
  const { shownState: state, shownProgress: progress } = run
  if (state.kind === 'idle') return keptLoss(summary)
  if (state.kind === 'finished') return keptLoss({ test: state.result.test, best: state.result.best })
  const best = progress?.best ?? summary.best
  return best && validationLoss(best, isUnderWay(state))
}

/** @param newest a mixture that was fitted to the same data since the run began */
function referenceLines(
  { independent, entropy, mixture }: ReferenceLosses,
  newest: MixtureResult | undefined,
  isPicture: boolean,
): ReferenceLine[] {
  const fitted = newest ?? mixture
  const lines: ReferenceLine[] = [
    {
      key: 'independent',
      label: t('train.chart.independent', { input: isPicture ? 'pixel' : 'input', loss: formatNats(independent) }),
      nats: independent,
    },
  ]
  if (fitted) {
    const { components, nll } = fitted
    const label = t('train.chart.mixture', { components, loss: formatNats(nll.valid) })
    lines.push({ key: 'mixture', label, nats: nll.valid })
  }
  if (entropy !== null)
    lines.push({ key: 'entropy', label: t('train.chart.entropy', { loss: formatNats(entropy) }), nats: entropy })
  return lines
}
