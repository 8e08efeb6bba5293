import { formatNats } from './format'
import type { MixtureOf } from '../../shared/run-verdict'
import { publishedLoss } from '../../shared/published'
import type { RunSummary } from '../../shared/run'
import { t } from '../words'

/** A loss that those of runs are compared with. */
export interface ReferenceLoss {
  /** Mean NLL, nats. */
  readonly nats: number
  /** Whether it is of other rows than its column: of the validation rows, or of another draw of the same pictures. */
  readonly isApproximate: boolean
}

/** What runs on the same rows are compared with: no run, but in the same table. */
export interface ReferenceRow {
  readonly key: 'independent' | 'mixture' | 'published' | 'entropy'
  readonly name: string
  /** Of the validation rows. */
  readonly validation: ReferenceLoss | null
  /** Of the test rows. */
  readonly test: ReferenceLoss | null
  /** Of the test rows without the label that is learnt; where none is, as `test`. */
  readonly unlabelled: ReferenceLoss | null
}

/**
 * What is known of the rows of runs, from bad to good; none where none of the runs kept it.
 * @param runs on the same rows
 * @param mixtureOf those that were fitted since the runs began
 */
export function referenceRows(runs: readonly RunSummary[], mixtureOf: MixtureOf): ReferenceRow[] {
  const run = runs.find(({ references }) => references !== null)
  if (!run?.references) return []
  const { dataHash, config, picture, references } = run
  const { independent, entropy, withoutLabel } = references
  const exact = (nats: number): ReferenceLoss => ({ nats, isApproximate: false })
  const near = (nats: number): ReferenceLoss => ({ nats, isApproximate: true })
  const rows: ReferenceRow[] = [
    {
      key: 'independent',
      name: t('list.reference.independent', { input: picture === null ? 'input' : 'pixel' }),
      validation: exact(independent),
      test: near(independent),
      unlabelled: near(withoutLabel?.independent ?? independent),
    },
  ]
  const mixture = mixtureOf(dataHash) ?? references.mixture
  const unlabelledMixture = withoutLabel ? mixtureOf(withoutLabel.hash) : mixture
  const { components = null } = mixture ?? unlabelledMixture ?? {}
  if (components !== null)
    rows.push({
      key: 'mixture',
      name: t('list.reference.mixture', { components }),
      validation: mixture && exact(mixture.nll.valid),
      test: mixture && exact(mixture.nll.test),
      unlabelled: unlabelledMixture && exact(unlabelledMixture.nll.test),
    })
  // What is published is of rows without labels.
  const published = publishedLoss(withoutLabel?.hash ?? dataHash, config.data)
  if (published) {
    const { nats, isApproximate } = published
    const loss = { nats, isApproximate }
    const name = t('list.reference.published', { whose: published.whose })
    rows.push({ key: 'published', name, validation: null, test: withoutLabel ? null : loss, unlabelled: loss })
  }
  if (entropy !== null) {
    const loss = exact(entropy)
    rows.push({ key: 'entropy', name: t('list.reference.entropy'), validation: loss, test: loss, unlabelled: loss })
  }
  return rows
}

/** A loss to compare with: "206.42", or "≈ 206.42" where it is of other rows. */
export function referenceWords(loss: ReferenceLoss | null): string {
  if (loss === null) return '–'
  const nats = formatNats(loss.nats)
  return loss.isApproximate ? t('list.reference.approximate', { nats }) : nats
}

/** A line of a table in which losses to compare with stand among runs. */
export type RunOrReference =
  { readonly kind: 'run'; readonly run: RunSummary } | { readonly kind: 'reference'; readonly row: ReferenceRow }

/**
 * Puts losses to compare with where they belong among runs that are sorted by a loss, and below all others.
 * @param lossOf what runs are sorted by; undefined where a run has none, as the last ones do
 */
export function amongRuns(
  runs: readonly RunSummary[],
  rows: readonly ReferenceRow[],
  column: 'validation' | 'test' | 'unlabelled' | null,
  lossOf: (run: RunSummary) => number | undefined,
  isDescending: boolean,
): RunOrReference[] {
  const lines: RunOrReference[] = runs.map((run) => ({ kind: 'run', run }))
  const natsOf = (line: RunOrReference): number | undefined =>
    line.kind === 'run' ? lossOf(line.run) : column === null ? undefined : line.row[column]?.nats
  /** Whether a loss comes after another; none comes after all, whichever way they are sorted. */
  const isAfter = (nats: number | undefined, other: number): boolean =>
    nats === undefined || (isDescending ? nats < other : nats > other)
  for (const row of rows) {
    const loss = column === null ? undefined : row[column]?.nats
    const at = loss === undefined ? -1 : lines.findIndex((line) => isAfter(natsOf(line), loss))
    lines.splice(at < 0 ? lines.length : at, 0, { kind: 'reference', row })
  }
  return lines
}
