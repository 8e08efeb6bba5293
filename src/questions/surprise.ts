import type { BitMatrix } from '../data/bit-matrix'
import type { Session } from '../engine/contract'
import { variablesOf } from '../made/variables'
import type { AskedModel } from './assignments'
import { logTerm } from './chances'

/** How surprising rows are, variable by variable. */
export interface Surprises {
  /** −log p(variable | what is before it), nats, `[rows, V]`; the mean over the connectivities. */
  readonly terms: Float64Array
  /** Their sums: the mean over the connectivities of −log p(row), nats, `[rows]`. */
  readonly sums: Float64Array
}

/**
 * The terms of which the NLL of rows is the sum, exactly under one connectivity. Under several it is their mean, which is at least
 * the NLL of the ensemble (Jensen).
 */
export async function surprises(
  session: Pick<Session, 'conditionals'>,
  { spec, connectivities }: AskedModel,
  rows: BitMatrix,
): Promise<Surprises> {
  const { count } = variablesOf(spec)
  const terms = new Float64Array(rows.rows * count)
  for (const connectivity of connectivities) {
    const logits = await session.conditionals(rows, connectivity)
    for (let row = 0; row < rows.rows; row++)
      for (let v = 0; v < count; v++)
        terms[row * count + v] -= logTerm(spec, { rows, logits }, row, v) / connectivities.length
  }
  const sums = Float64Array.from({ length: rows.rows }, (_, row) =>
    terms.subarray(row * count, (row + 1) * count).reduce((sum, term) => sum + term, 0),
  )
  return { terms, sums }
}
