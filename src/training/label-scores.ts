import { BitMatrix } from '../data/bit-matrix'
import type { Session } from '../engine/contract'
import type { Connectivity } from '../made/connectivity'
import type { LabelPlace } from '../made/variables'
import { logLikelihoods } from './evaluation'

/** What a model says of the label of rows, exactly: the label leads, so that p(x, y) of every class y can be summed. */
export interface LabelScores {
  readonly classes: number
  /** p(y | x), `[rows, classes]`. */
  readonly posterior: Float64Array
  /** log p(x, y), nats, `[rows, classes]`. */
  readonly logJoint: Float64Array
  /** log p(x) = log Σ_y p(x, y) of each row, nats, `[rows]`. */
  readonly logEvidence: Float64Array
}

/** Rows of which all classes are scored in one go. */
const ROWS_AT_ONCE = 500

/**
 * Scores rows under an ensemble with every class of their label in turn; what their label is does not matter.
 * @param between called between calls with the share done, 0..1; what it throws ends the work
 * @param known which variables of each row are known, `[rows, V]`, whatever it says of the label; all if absent
 */
export async function scoreLabels(
  session: Pick<Session, 'logLikelihood'>,
  rows: BitMatrix,
  label: LabelPlace,
  connectivities: readonly Connectivity[],
  between: (share: number) => Promise<void>,
  known?: BitMatrix,
): Promise<LabelScores> {
  const classes = label.end - label.first
  const posterior = new Float64Array(rows.rows * classes)
  const logJoint = new Float64Array(rows.rows * classes)
  const logEvidence = new Float64Array(rows.rows)
  for (let start = 0; start < rows.rows; start += ROWS_AT_ONCE) {
    const end = Math.min(rows.rows, start + ROWS_AT_ONCE)
    const slice = rows.slice(start, end)
    const all = withEveryLabel(slice, label)
    const told = (share: number): Promise<void> => between((start + share * slice.rows) / rows.rows)
    const ofAll = known && withLabelKnown(repeated(known.slice(start, end), classes), label)
    const logs = await logLikelihoods(session, all, connectivities, told, ofAll)
    logJoint.set(logs, start * classes)
    for (let row = 0; row < slice.rows; row++) {
      const ofRow = logs.subarray(row * classes, (row + 1) * classes)
      const most = ofRow.reduce((largest, log) => Math.max(largest, log), -Infinity)
      let sum = 0
      for (const log of ofRow) sum += Math.exp(log - most)
      logEvidence[start + row] = most + Math.log(sum)
      for (let y = 0; y < classes; y++)
        posterior[(start + row) * classes + y] = Math.exp(ofRow[y] - logEvidence[start + row])
    }
  }
  return { classes, posterior, logJoint, logEvidence }
}

/** The same, made to say that the label is known. */
function withLabelKnown(known: BitMatrix, { variable }: LabelPlace): BitMatrix {
  for (let row = 0; row < known.rows; row++) known.set(row, variable)
  return known
}

/** Each row so many times, one after another. */
function repeated(rows: BitMatrix, times: number): BitMatrix {
  return rows.select(Uint32Array.from({ length: rows.rows * times }, (_, i) => Math.floor(i / times)))
}

/** Each row once with every class, in the order of the classes, `[rows · classes, D]`. */
function withEveryLabel(rows: BitMatrix, { first, end }: LabelPlace): BitMatrix {
  const classes = end - first
  const all = new BitMatrix(rows.rows * classes, rows.columns)
  for (let row = 0; row < rows.rows; row++) {
    const words = rows.words.subarray(row * rows.wordsPerRow, (row + 1) * rows.wordsPerRow)
    for (let y = 0; y < classes; y++) {
      const at = row * classes + y
      all.words.set(words, at * all.wordsPerRow)
      for (let column = first; column < end; column++) all.clear(at, column)
      all.set(at, first + y)
    }
  }
  return all
}

/** How well the label is told from the rest of a row. */
export interface Classification {
  readonly rows: number
  /** The share of rows whose likeliest class is another one than theirs, 0..1. */
  readonly error: number
  /**
   * The expected calibration error, 0..1: how far the chance that is given to the likeliest class is from how often that is
   * right, on the average over `CALIBRATION_BINS` bins of that chance, weighted by their rows.
   */
  readonly calibrationError: number
  /** How many rows of each class (row) were taken for each class (column), `[classes, classes]`. */
  readonly confusion: Uint32Array
}

export const CALIBRATION_BINS = 15

/** Compares what a model says of labels with what they are. @param truth the class of each row, `[rows]` */
export function classify(
  { classes, posterior }: Pick<LabelScores, 'classes' | 'posterior'>,
  truth: ArrayLike<number>,
): Classification {
  const rows = truth.length
  const confusion = new Uint32Array(classes * classes)
  const [chances, hits, counts] = [0, 0, 0].map(() => new Float64Array(CALIBRATION_BINS))
  let wrong = 0
  for (let row = 0; row < rows; row++) {
    const ofRow = posterior.subarray(row * classes, (row + 1) * classes)
    const guess = ofRow.reduce((best, chance, y) => (chance > ofRow[best] ? y : best), 0)
    confusion[truth[row] * classes + guess]++
    if (guess !== truth[row]) wrong++
    const bin = Math.min(CALIBRATION_BINS - 1, Math.floor(ofRow[guess] * CALIBRATION_BINS))
    chances[bin] += ofRow[guess]
    hits[bin] += guess === truth[row] ? 1 : 0
    counts[bin]++
  }
  const gaps = counts.reduce((sum, _, bin) => sum + Math.abs(chances[bin] - hits[bin]), 0)
  return { rows, error: rows === 0 ? 0 : wrong / rows, calibrationError: rows === 0 ? 0 : gaps / rows, confusion }
}

/** The class of each row by the bits of its label, `[rows]`; −1 where none of them is a one. */
export function labelsIn(rows: BitMatrix, { first, end }: LabelPlace): Int32Array {
  return Int32Array.from({ length: rows.rows }, (_, row) => {
    for (let column = first; column < end; column++) if (rows.get(row, column) === 1) return column - first
    return -1
  })
}
