import fc from 'fast-check'
import { BitMatrix } from '../../src/data/bit-matrix'
import type { Connectivity } from '../../src/made/connectivity'
import { initialParameters } from '../../src/made/initialisation'
import { PURPOSE, RandomStream } from '../../src/made/random'
import { connectivityAt } from '../../src/made/schedule'
import { ACTIVATIONS, type ModelSpec, type Tensors } from '../../src/made/spec'

/** Any small architecture. */
export const specs: fc.Arbitrary<ModelSpec> = fc.record({
  inputs: fc.integer({ min: 2, max: 19 }),
  hidden: fc.array(fc.integer({ min: 1, max: 21 }), { minLength: 1, maxLength: 3 }),
  activation: fc.constantFrom(...ACTIVATIONS),
  directConnections: fc.boolean(),
  conditioningWeights: fc.boolean(),
})

/** An architecture with parameters, biases too, far enough from zero to tell mistakes apart. */
export function randomParameters(spec: ModelSpec, seed: number): Tensors {
  const parameters = initialParameters(spec, 'gaussian', seed)
  const stream = new RandomStream(seed, PURPOSE.initialisation, 1_000_000)
  for (const tensor of parameters.values())
    for (let i = 0; i < tensor.length; i++) tensor[i] = 1.5 * tensor[i] + 0.3 * (stream.uniform() - 0.5)
  return parameters
}

/** A connectivity with a random ordering. */
export function randomConnectivity(spec: ModelSpec, seed: number, index = 0): Connectivity {
  return connectivityAt(spec, { orderings: -1, masks: -1, singleOrdering: 'random', seed }, index)
}

/** Rows of fair bits. */
export function randomRows(count: number, columns: number, seed: number): BitMatrix {
  const stream = new RandomStream(seed, PURPOSE.shuffle, 1_000_000)
  const bytes = Uint8Array.from({ length: count * columns }, () => stream.below(2))
  return BitMatrix.fromBytes(count, columns, bytes)
}

/** The rows of a matrix as arrays of 0 and 1. */
export function rowArrays(rows: BitMatrix): Uint8Array[] {
  const bytes = rows.toBytes()
  return Array.from({ length: rows.rows }, (_, i) => bytes.subarray(i * rows.columns, (i + 1) * rows.columns))
}

/** Every row of `columns` bits. */
export function allRows(columns: number): BitMatrix {
  const rows = new BitMatrix(2 ** columns, columns)
  for (let row = 0; row < rows.rows; row++) rows.words[row] = row
  return rows
}
