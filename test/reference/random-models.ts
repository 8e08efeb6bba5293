import fc from 'fast-check'
import { BitMatrix } from '../../src/data/bit-matrix'
import type { Connectivity } from '../../src/made/connectivity'
import { initialParameters } from '../../src/made/initialisation'
import { PURPOSE, RandomStream } from '../../src/made/random'
import { connectivityAt } from '../../src/made/schedule'
import { ACTIVATIONS, type ModelSpec, type Tensors } from '../../src/made/spec'
import { variablesOf, type VariableKind } from '../../src/made/variables'
import { withVariables } from '../made/arbitraries'

/** Any small architecture. */
export const specs: fc.Arbitrary<ModelSpec> = fc.record({
  inputs: fc.integer({ min: 2, max: 19 }),
  hidden: fc.array(fc.integer({ min: 1, max: 21 }), { minLength: 1, maxLength: 3 }),
  activation: fc.constantFrom(...ACTIVATIONS),
  directConnections: fc.boolean(),
  conditioningWeights: fc.boolean(),
})

/** Any small architecture over variables of these kinds, with or without leading ones; a few have more values than a tile. */
export function specsOver(kinds: readonly VariableKind[]): fc.Arbitrary<ModelSpec> {
  const few = fc.integer({ min: 2, max: 6 })
  const categories = fc.oneof({ arbitrary: few, weight: 5 }, { arbitrary: fc.integer({ min: 15, max: 40 }), weight: 1 })
  return fc.oneof(specs, withVariables(specs, { most: 9, kinds, categories }))
}

/** The same with so few configurations that all can be scored. */
export function smallSpecsOver(kinds: readonly VariableKind[]): fc.Arbitrary<ModelSpec> {
  const small = specs.map((spec) => ({ ...spec, inputs: 2 + (spec.inputs % 8) }))
  return fc.oneof(small, withVariables(specs, { most: 4, kinds, categories: fc.integer({ min: 2, max: 5 }) }))
}

const WIDE = {
  hidden: [203, 77],
  activation: 'relu',
  directConnections: true,
  conditioningWeights: true,
} as const

/** Models whose sums are made in parts, and no width of which is a multiple of a vector. */
export const WIDE_SPECS: Readonly<Record<'bits' | 'table', ModelSpec>> = {
  bits: { ...WIDE, inputs: 131 },
  table: {
    ...WIDE,
    inputs: 135,
    variables: [
      { kind: 'binary', count: 40 },
      { kind: 'categorical', categories: 5, count: 7 },
      { kind: 'binary', count: 9 },
      { kind: 'categorical', categories: 41 },
      { kind: 'categorical', categories: 2, count: 5 },
    ],
    leading: [56],
  },
}

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

/** Rows of fair draws of every variable of a model: of bits, the same as `randomRows`. */
export function randomRowsOf(spec: ModelSpec, count: number, seed: number): BitMatrix {
  const { kinds, first } = variablesOf(spec)
  const stream = new RandomStream(seed, PURPOSE.shuffle, 1_000_000)
  const rows = new BitMatrix(count, spec.inputs)
  for (let row = 0; row < count; row++)
    kinds.forEach((kind, v) => {
      const value = stream.below(kind === 'binary' ? 2 : first[v + 1] - first[v])
      if (kind === 'categorical') rows.set(row, first[v] + value)
      else if (value === 1) rows.set(row, first[v])
    })
  return rows
}

/** A mask of variables that are known in each row, in all of their columns. */
export function randomKnownOf(spec: ModelSpec, count: number, seed: number): BitMatrix {
  const { of, count: variables } = variablesOf(spec)
  const chosen = rowArrays(randomRows(count, variables, seed))
  return BitMatrix.fromBytes(
    count,
    spec.inputs,
    chosen.flatMap((row) => [...of].map((variable) => row[variable])),
  )
}

/**
 * Evidence for some groups of particles: about half of the variables are known, categorical ones often as several values that they
 * may have.
 */
export function randomEvidence(
  spec: ModelSpec,
  count: number,
  seed: number,
  { severalValues } = { severalValues: true },
): { readonly rows: BitMatrix; readonly known: BitMatrix } {
  const { kinds, first } = variablesOf(spec)
  const rows = randomRowsOf(spec, count, seed)
  const stream = new RandomStream(seed, PURPOSE.shuffle, 1_000_001)
  for (let row = 0; row < count; row++)
    kinds.forEach((kind, v) => {
      if (!severalValues || kind === 'binary' || stream.below(2) === 0) return
      for (let d = first[v]; d < first[v + 1]; d++) if (stream.below(2) === 0) rows.set(row, d)
    })
  return { rows, known: randomKnownOf(spec, count, seed + 1) }
}

/** Every configuration of the variables of a model, a row each. */
export function allRowsOf(spec: ModelSpec): BitMatrix {
  const { kinds, first } = variablesOf(spec)
  let rows: number[][] = [[]]
  kinds.forEach((kind, v) => {
    const width = first[v + 1] - first[v]
    const values =
      kind === 'binary'
        ? [[0], [1]]
        : Array.from({ length: width }, (_, c) => Array.from({ length: width }, (_, i) => (i === c ? 1 : 0)))
    rows = rows.flatMap((row) => values.map((value) => [...row, ...value]))
  })
  return BitMatrix.fromBytes(rows.length, spec.inputs, rows.flat())
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
