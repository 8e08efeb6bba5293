import type { BitMatrix } from '../data/bit-matrix'
import type { Session } from '../engine/contract'
import type { Model } from '../made/model-file'
import { labelColumns } from '../made/variables'
import { logLikelihoods } from './evaluation'
import { classify, labelsIn, scoreLabels, type Classification } from './label-scores'

/** What a model says of rows. */
export interface RowScores {
  /** The log probability of what each row holds, nats, `[rows]`: of its label, too, where it has one. */
  readonly logs: Float64Array
  /** What a model that learnt a label says besides; null of others. */
  readonly label: {
    /** log p(x) = log Σ_y p(x, y) of each row, nats, `[rows]`. */
    readonly logEvidence: Float64Array
    /** How well the label is told from the rest of the rows that have one; null where none has. */
    readonly classification: Classification | null
  } | null
}

/** Rows that a model scores. */
export interface ScoredRows {
  /** `[rows, D]` */
  readonly bits: BitMatrix
  /** Which variables are known, `[rows, V]`: these alone are scored. Null where all are. */
  readonly known: BitMatrix | null
  /** Whether no row has the label that the model learnt. */
  readonly lacksLabel: boolean
}

/**
 * Scores rows under the ensemble of the connectivities of a model; under one that learnt a label, every class of it in turn.
 * What a row knows comes first in the orderings that it is scored under.
 * @param between called between calls with the share done, 0..1; what it throws ends the work
 */
export async function scoreRows(
  session: Pick<Session, 'logLikelihood'>,
  rows: ScoredRows,
  { spec, connectivities }: Pick<Model, 'spec' | 'connectivities'>,
  between: (share: number) => Promise<void>,
): Promise<RowScores> {
  const { bits, known, lacksLabel } = rows
  const label = labelColumns(spec)
  if (!label) {
    const logs = await logLikelihoods(session, bits, connectivities, between, known ?? undefined)
    return { logs, label: null }
  }
  const scores = await scoreLabels(session, bits, label, connectivities, between, known ?? undefined)
  const { classes, posterior, logJoint, logEvidence } = scores
  const truth = labelsIn(bits, label).map((y, row) => {
    const hasLabel = !lacksLabel && (known === null || known.get(row, label.variable) === 1)
    return hasLabel ? y : -1
  })
  const logs = logEvidence.map((log, row) => (truth[row] < 0 ? log : logJoint[row * classes + truth[row]]))
  return { logs, label: { logEvidence, classification: classified(classes, posterior, truth) } }
}

/** @param truth −1 of rows without a label */
function classified(classes: number, posterior: Float64Array, truth: Int32Array): Classification | null {
  const labelled = Array.from(truth, (_, row) => row).filter((row) => truth[row] >= 0)
  if (labelled.length === 0) return null
  const ofLabelled = new Float64Array(labelled.length * classes)
  labelled.forEach((row, i) => ofLabelled.set(posterior.subarray(row * classes, (row + 1) * classes), i * classes))
  return classify(
    { classes, posterior: ofLabelled },
    labelled.map((row) => truth[row]),
  )
}
