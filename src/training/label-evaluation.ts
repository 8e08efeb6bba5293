import type { BitMatrix } from '../data/bit-matrix'
import type { Session } from '../engine/contract'
import type { Connectivity } from '../made/connectivity'
import type { LabelPlace } from '../made/variables'
import type { LabelError, LabelResult } from '../shared/run'
import { summaryOf } from './evaluation'
import { classify, labelsIn, scoreLabels, type LabelScores } from './label-scores'

/** Rows with their labels. */
export interface LabelledRows {
  /** `[rows, D]` */
  readonly rows: BitMatrix
  /** Which of their variables are known, `[rows, V]`; absent where all are. */
  readonly known?: BitMatrix | undefined
}

/** A label is looked at after each epoch on no more rows: the share of errors is then known to about a per cent. */
export const MOST_ROWS = 1000
/** Scoring so many rows takes no time, however few the validation has. */
const LEAST_SCORED = 1000
/** A test of the label may take so many times as long as the test of the likelihood. */
const MOST_TESTS = 20
/** A table of more classes is none that one could look at. */
const MOST_CONFUSED = 64

/**
 * How often the label of validation rows is told wrongly, on so few of them, evenly spaced and always the same, that it takes no
 * longer than their validation: each is scored with every class.
 * @param between as in `evaluate`
 */
export async function validateLabel(
  session: Pick<Session, 'logLikelihood'>,
  told: LabelledRows,
  label: LabelPlace,
  connectivities: readonly Connectivity[],
  between: (share: number) => Promise<void>,
): Promise<LabelError> {
  const most = affordable(Math.max(told.rows.rows, LEAST_SCORED), label)
  const some = evenlySpaced(told, label, Math.min(MOST_ROWS, most))
  const { error, rows } = classify(...(await scored(session, some, label, connectivities, between)))
  return { error, rows }
}

/**
 * How well the label of test rows is told, and what they are without it; of more than 20 classes on some of the rows, evenly spaced.
 * @param between as in `evaluate`
 */
export async function testLabel(
  session: Pick<Session, 'logLikelihood'>,
  told: LabelledRows,
  label: LabelPlace,
  connectivities: readonly Connectivity[],
  between: (share: number) => Promise<void>,
): Promise<LabelResult> {
  const some = evenlySpaced(told, label, affordable(MOST_TESTS * told.rows.rows, label))
  const [scores, truth] = await scored(session, some, label, connectivities, between)
  const { error, rows, calibrationError, confusion } = classify(scores, truth)
  const { nll, interval95 } = summaryOf(scores.logEvidence, connectivities.length)
  return {
    error,
    rows,
    nll,
    interval95,
    calibrationError,
    confusion: scores.classes <= MOST_CONFUSED ? Array.from(confusion) : null,
  }
}

async function scored(
  session: Pick<Session, 'logLikelihood'>,
  { rows, known }: LabelledRows,
  label: LabelPlace,
  connectivities: readonly Connectivity[],
  between: (share: number) => Promise<void>,
): Promise<[LabelScores, Int32Array]> {
  return [await scoreLabels(session, rows, label, connectivities, between, known), labelsIn(rows, label)]
}

/** Of how many rows all classes can be scored at the cost of scoring so many. */
function affordable(scores: number, { first, end }: LabelPlace): number {
  return Math.max(1, Math.floor(scores / (end - first)))
}

/** So many of the rows that have a label, or all where there are no more. */
function evenlySpaced({ rows, known }: LabelledRows, { variable }: LabelPlace, count: number): LabelledRows {
  const all = Uint32Array.from({ length: rows.rows }, (_, row) => row)
  const labelled = known ? all.filter((row) => known.get(row, variable) === 1) : all
  if (count >= rows.rows && labelled.length === rows.rows) return { rows, known }
  const some = Math.min(count, labelled.length)
  const numbers = Uint32Array.from({ length: some }, (_, i) => labelled[Math.floor((i * labelled.length) / some)])
  return { rows: rows.select(numbers), known: known?.select(numbers) }
}
