import type { BitMatrix } from '../data/bit-matrix'
import type { Session } from '../engine/contract'
import type { Model } from '../made/model-file'
import { labelColumns, variablesOf } from '../made/variables'
import { logLikelihoods } from './evaluation'
import { observedFirst, patternsOf, type RowPattern } from './incomplete-rows'
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
  const label = labelColumns(spec)
  const variables = variablesOf(spec)
  const labelAt = label ? variables.of[label.first] : -1
  const { bits, known, lacksLabel } = rows
  const count = bits.rows
  const logs = new Float64Array(count)
  const logEvidence = new Float64Array(count)
  const classes = label ? label.end - label.first : 0
  const posterior = new Float64Array(count * classes)
  const truth = label && !lacksLabel ? labelsIn(bits, label) : new Int32Array(count).fill(-1)
  let done = 0
  for (const pattern of known ? patternsOf(known) : [allOf(count, variables.count)]) {
    const isKnown = pattern.isKnown.slice()
    const hasLabel = isKnown[labelAt] === 1
    if (label) isKnown[labelAt] = 1
    const under = connectivities.map((connectivity) => observedFirst(connectivity, isKnown))
    const some = bits.select(pattern.rows)
    const share = (part: number): Promise<void> => between((done + part * some.rows) / count)
    if (label) {
      const scores = await scoreLabels(session, some, label, under, share)
      pattern.rows.forEach((row, i) => {
        logEvidence[row] = scores.logEvidence[i]
        posterior.set(scores.posterior.subarray(i * classes, (i + 1) * classes), row * classes)
        if (!hasLabel) truth[row] = -1
        logs[row] = truth[row] < 0 ? logEvidence[row] : scores.logJoint[i * classes + truth[row]]
      })
    } else {
      const scores = await logLikelihoods(session, some, under, share)
      pattern.rows.forEach((row, i) => (logs[row] = scores[i]))
    }
    done += some.rows
  }
  return { logs, label: label ? { logEvidence, classification: classified(classes, posterior, truth) } : null }
}

function allOf(rows: number, variables: number): RowPattern {
  return { rows: Uint32Array.from({ length: rows }, (_, row) => row), isKnown: new Uint8Array(variables).fill(1) }
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
