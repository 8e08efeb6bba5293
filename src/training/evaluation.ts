import type { BitMatrix } from '../data/bit-matrix'
import type { Session } from '../engine/contract'
import type { Connectivity } from '../made/connectivity'
import { ensembleLogLikelihood } from '../made/likelihood'
import { observedFirst, patternsOf } from './incomplete-rows'

/** The likelihood of a set of rows under an ensemble. */
export interface Evaluation {
  /** Mean NLL in nats. */
  readonly nll: number
  /** Half-width of the 95% confidence interval of the mean, in nats: 1.96 standard errors. */
  readonly interval95: number
  readonly rows: number
  readonly connectivities: number
}

/** One call to the engine should take about so long, so that a request is answered at once. */
const CALL_SECONDS = 0.05
/** Rows times connectivities of the first call, when nothing is known about the engine. */
const FIRST_CALL = 10
const MOST_GROWTH = 4
/** Rows of a slice as long as a call does not hold more of them under all connectivities. */
const USUAL_ROWS = 100
const MOST_ROWS = 10_000

/** How much an engine scores in a call of CALL_SECONDS, in rows times connectivities. */
class CallSize {
  private units = FIRST_CALL

  /** Rows of the next slice, which is scored under so many connectivities. */
  rows(connectivities: number): number {
    const whole = Math.floor(this.units / connectivities)
    return Math.min(MOST_ROWS, Math.max(whole, Math.min(USUAL_ROWS, Math.floor(this.units))))
  }

  /** Connectivities of the next calls on a slice of so many rows: at least one. */
  connectivities(rows: number): number {
    return Math.max(1, Math.floor(this.units / rows))
  }

  /** Rows of the next call under so many connectivities: at least one. */
  part(connectivities: number): number {
    return Math.max(1, Math.floor(this.units / connectivities))
  }

  /** So much took so many seconds. What is left over for the last call of a slice says little, unless it was slow. */
  took(units: number, seconds: number): void {
    if (2 * units < this.units && seconds < CALL_SECONDS) return
    this.units = Math.max(1, Math.min(MOST_GROWTH * this.units, (units * CALL_SECONDS) / seconds))
  }
}

/**
 * Scores rows under an ensemble, a slice at a time.
 * @param between called between slices with the share done, 0..1; what it throws ends the evaluation.
 * @param known as in `logLikelihoods`
 */
export async function evaluate(
  session: Pick<Session, 'logLikelihood'>,
  rows: BitMatrix,
  connectivities: readonly Connectivity[],
  between: (share: number) => Promise<void>,
  known?: BitMatrix,
): Promise<Evaluation> {
  return summaryOf(await logLikelihoods(session, rows, connectivities, between, known), connectivities.length)
}

/** The mean NLL of rows of which log p(x) under an ensemble is known, `[rows]`, in nats. */
export function summaryOf(logs: Float64Array, connectivities: number): Evaluation {
  let sum = 0
  let sumOfSquares = 0
  for (const logLikelihood of logs) {
    sum -= logLikelihood
    sumOfSquares += logLikelihood * logLikelihood
  }
  const rows = logs.length
  const nll = sum / rows
  const variance = Math.max(0, sumOfSquares / rows - nll * nll)
  const interval95 = 1.96 * Math.sqrt(variance / rows)
  return { nll, interval95, rows, connectivities }
}

/**
 * log p(x) in nats of rows under an ensemble, `[rows]`, a slice at a time. Of rows that lack values it is log p(observed): each is
 * scored by what it knows, which comes first in the orderings that it is scored under.
 * @param between as in `evaluate`
 * @param known which variables of each row are known, `[rows, V]`; all if absent
 */
export async function logLikelihoods(
  session: Pick<Session, 'logLikelihood'>,
  rows: BitMatrix,
  connectivities: readonly Connectivity[],
  between: (share: number) => Promise<void>,
  known?: BitMatrix,
): Promise<Float64Array> {
  if (!known) return logLikelihoodsOf(session, rows, connectivities, between)
  const all = new Float64Array(rows.rows)
  let done = 0
  for (const { rows: numbers, isKnown } of patternsOf(known)) {
    // Nothing is certain: its logarithm is the zero that stands there.
    if (isKnown.includes(1)) {
      const under = connectivities.map((connectivity) => observedFirst(connectivity, isKnown))
      const logs = await logLikelihoodsOf(session, rows.select(numbers), under, (share) =>
        between((done + share * numbers.length) / rows.rows),
      )
      numbers.forEach((row, i) => (all[row] = logs[i]))
    }
    done += numbers.length
  }
  return all
}

async function logLikelihoodsOf(
  session: Pick<Session, 'logLikelihood'>,
  rows: BitMatrix,
  connectivities: readonly Connectivity[],
  between: (share: number) => Promise<void>,
): Promise<Float64Array> {
  const all = new Float64Array(rows.rows)
  const size = new CallSize()
  for (let start = 0; start < rows.rows;) {
    const slice = rows.slice(start, Math.min(rows.rows, start + size.rows(connectivities.length)))
    const scored = await score(session, slice, connectivities, size, (share) =>
      between((start + slice.rows * share) / rows.rows),
    )
    all.set(ensembleLogLikelihood(scored), start)
    start += slice.rows
  }
  return all
}

/** log p(x) of the rows of a slice under each connectivity, in as many calls as it takes. */
async function score(
  session: Pick<Session, 'logLikelihood'>,
  slice: BitMatrix,
  connectivities: readonly Connectivity[],
  size: CallSize,
  between: (share: number) => Promise<void>,
): Promise<Float64Array[]> {
  const scored = connectivities.map(() => new Float64Array(slice.rows))
  for (let first = 0; first < connectivities.length;) {
    const some = connectivities.slice(first, first + size.connectivities(slice.rows))
    for (let row = 0; row < slice.rows;) {
      const part = slice.slice(row, Math.min(slice.rows, row + size.part(some.length)))
      const began = performance.now()
      const values = await session.logLikelihood(part, some)
      size.took(part.rows * some.length, (performance.now() - began) / 1000)
      for (const [i, ofPart] of values.entries()) scored[first + i].set(ofPart, row)
      row += part.rows
      await between((first + (some.length * row) / slice.rows) / connectivities.length)
    }
    first += some.length
  }
  return scored
}
