import { variablesOnly, withoutLabel, type ModelledColumns } from '../made/variables'
import type { MixtureResult } from './contract'
import { publishedLoss } from './published'
import type { ReferenceLosses } from './references'
import type { RunSummary } from './run'
import { verdictOn, type BestKnown, type Verdict } from './verdict'

/** A loss of a run to form a verdict on, nats. */
export interface JudgedLoss {
  readonly nats: number
  readonly interval95: number
  /** Whether it is of the rows without the label that is learnt, of p(x) and not of p(x, y). */
  readonly isUnlabelled: boolean
  /** Whether training goes on. */
  readonly isLive: boolean
}

/** The mixture that was fitted last to data of a hash; null where none was. */
export type MixtureOf = (hash: string) => MixtureResult | null

/**
 * The verdict on a run; null where there is nothing to compare it with, or no loss yet.
 * @param others all listed runs
 * @param mixtureOf those that were fitted since the run began
 */
export function verdictOnRun(
  run: RunSummary,
  loss: JudgedLoss | null,
  others: readonly RunSummary[],
  mixtureOf: MixtureOf,
): Verdict | null {
  if (loss === null || run.references === null) return null
  const rows = rowsOf(run, run.references, loss)
  const fitted = mixtureOf(rows.hash) ?? rows.mixture
  return verdictOn({
    ...loss,
    columns: rows.columns,
    ...variablesOnly(rows),
    independent: rows.independent,
    mixture: fitted && { components: fitted.components, nats: fitted.nll.valid },
    best: bestKnown(run, rows, others),
    isPicture: run.picture !== null,
  })
}

/** The rows that a loss is of, and what is known of them. */
interface JudgedRows extends ModelledColumns, Pick<ReferenceLosses, 'independent' | 'entropy' | 'mixture'> {
  readonly hash: string
  /** Whether they are as others have published results on. */
  readonly canBePublished: boolean
}

function rowsOf(run: RunSummary, references: ReferenceLosses, { isUnlabelled }: JudgedLoss): JudgedRows {
  const { withoutLabel: unlabelled } = references
  if (unlabelled && isUnlabelled)
    return { ...withoutLabel(run), ...unlabelled, entropy: null, mixture: null, canBePublished: true }
  return {
    columns: run.columns,
    ...variablesOnly(run),
    ...references,
    hash: run.dataHash,
    canBePublished: unlabelled === undefined,
  }
}

/** The loss of a listed run that is not under way: of one with a label that of the rows without it, where it is known. */
export function keptLoss({ test, best }: Pick<RunSummary, 'test' | 'best'>): JudgedLoss | null {
  if (test) {
    const { nll, interval95 } = test.label ?? test
    return { nats: nll, interval95, isUnlabelled: test.label !== undefined, isLive: false }
  }
  return best && validationLoss(best, false)
}

/** The loss of a validation: with a label it is that of rows and label. */
export function validationLoss({ validNll }: { readonly validNll: number }, isLive: boolean): JudgedLoss {
  return { nats: validNll, interval95: 0, isUnlabelled: false, isLive }
}

/** The entropy if it is known, else what is published, else the best other run on the same rows. */
function bestKnown(
  run: RunSummary,
  { entropy, hash, canBePublished }: JudgedRows,
  others: readonly RunSummary[],
): BestKnown | null {
  if (entropy !== null) return { kind: 'entropy', nats: entropy, whose: '', isApproximate: false }
  const published = canBePublished ? publishedLoss(hash, run.config.data) : null
  if (published) return { kind: 'published', ...published }
  const [own] = others
    .filter(({ id }) => id !== run.id)
    .flatMap((other) => {
      const nats = testLossOn(other, hash)
      return nats === null ? [] : [{ nats, whose: other.name }]
    })
    .sort((a, b) => a.nats - b.nats)
  return own ? { kind: 'own', ...own, isApproximate: false } : null
}

/** The test loss of a run on rows of that hash, whether or not it has learnt their label too; null where it has none. */
function testLossOn({ dataHash, references, test }: RunSummary, hash: string): number | null {
  if (dataHash === hash) return test?.nll ?? null
  return references?.withoutLabel?.hash === hash ? (test?.label?.nll ?? null) : null
}

/** Whether what a listed run has come to is worse than guessing its inputs one by one. */
export function isPoor(run: RunSummary): boolean {
  return verdictOnRun(run, keptLoss(run), [], () => null)?.tone === 'amber'
}
