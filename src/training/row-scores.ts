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
    /** How well the label is told from the rest; null of rows that lack it. */
    readonly classification: Classification | null
  } | null
}

/**
 * Scores rows under the ensemble of the connectivities of a model; under one that learnt a label, every class of it in turn.
 * @param lacksLabel whether the rows lack the label that the model learnt
 * @param between called between calls with the share done, 0..1; what it throws ends the work
 */
export async function scoreRows(
  session: Pick<Session, 'logLikelihood'>,
  rows: BitMatrix,
  { spec, connectivities }: Pick<Model, 'spec' | 'connectivities'>,
  lacksLabel: boolean,
  between: (share: number) => Promise<void>,
): Promise<RowScores> {
  const label = labelColumns(spec)
  if (label === null) return { logs: await logLikelihoods(session, rows, connectivities, between), label: null }
  const scores = await scoreLabels(session, rows, label, connectivities, between)
  const { classes, logJoint, logEvidence } = scores
  if (lacksLabel) return { logs: logEvidence, label: { logEvidence, classification: null } }
  const truth = labelsIn(rows, label)
  return {
    logs: Float64Array.from(truth, (y, row) => logJoint[row * classes + y]),
    label: { logEvidence, classification: classify(scores, truth) },
  }
}
