import type { BitMatrix } from '../data/bit-matrix'
import type { Session } from '../engine/contract'
import type { Connectivity } from '../made/connectivity'
import { ensembleLogLikelihood } from '../made/likelihood'

/** The likelihood of a set of rows under an ensemble. */
export interface Evaluation {
  /** Mean NLL in nats. */
  readonly nll: number
  /** Half-width of the 95% confidence interval of the mean, in nats: 1.96 standard errors. */
  readonly interval95: number
  readonly rows: number
  readonly connectivities: number
}

/** One call to the engine should take about so long, so that a pause is answered at once. */
const CALL_SECONDS = 0.1
const FIRST_ROWS = 100

/**
 * Scores rows under an ensemble, a slice at a time.
 * @param between called between slices with the share done, 0..1; what it throws ends the evaluation.
 */
export async function evaluate(
  session: Session,
  rows: BitMatrix,
  connectivities: readonly Connectivity[],
  between: (share: number) => Promise<void>,
): Promise<Evaluation> {
  let sum = 0
  let sumOfSquares = 0
  let sliceRows = Math.min(FIRST_ROWS, rows.rows)
  let callConnectivities = 1
  for (let start = 0; start < rows.rows; ) {
    const slice = rows.slice(start, Math.min(rows.rows, start + sliceRows))
    const scored: Float64Array[] = []
    while (scored.length < connectivities.length) {
      const some = connectivities.slice(scored.length, scored.length + callConnectivities)
      const began = performance.now()
      scored.push(...(await session.logLikelihood(slice, some)))
      const seconds = (performance.now() - began) / 1000
      await between((start + (slice.rows * scored.length) / connectivities.length) / rows.rows)
      if (seconds > CALL_SECONDS / 2) continue
      if (callConnectivities < connectivities.length) callConnectivities *= 2
      else sliceRows = Math.min(2 * sliceRows, 10_000)
    }
    for (const logLikelihood of ensembleLogLikelihood(scored)) {
      sum -= logLikelihood
      sumOfSquares += logLikelihood * logLikelihood
    }
    start += slice.rows
  }
  const nll = sum / rows.rows
  const variance = Math.max(0, sumOfSquares / rows.rows - nll * nll)
  const interval95 = 1.96 * Math.sqrt(variance / rows.rows)
  return { nll, interval95, rows: rows.rows, connectivities: connectivities.length }
}
