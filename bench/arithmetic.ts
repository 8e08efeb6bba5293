import type { BitMatrix } from '../src/data/bit-matrix'
import type { Connectivity } from '../src/made/connectivity'
import type { ModelSpec } from '../src/made/spec'
import { placesOfColumns, variablesOf } from '../src/made/variables'
import type { Job } from './jobs'
import type { Materials } from './materials'

/** What a job must compute at least, whoever does it. Multiply-adds of masked weights do not count; averages over the connectivities. */
export interface Arithmetic {
  /** Weights that the masks keep. */
  readonly keptWeights: number
  /** Multiply-adds of kept weights in one job, every input taken as a number. */
  readonly multiplyAdds: number
  /** The same, counting first-layer weights only where the input is a one; null where the inputs are yet to be drawn. */
  readonly neededMultiplyAdds: number | null
  /** Bytes to and from memory in one job, if nothing stays in a cache: for a step, weights twice and both moments of Adam once, read and written. */
  readonly bytes: number
}

/** Bytes per kept weight of a step: read forwards; read and written in the update with its two moments. */
const STEP_BYTES = 4 + 6 * 4

export function arithmeticOf(job: Job, { spec, rows, connectivities }: Materials): Arithmetic {
  const ones = onesPerInput(rows)
  const layers = connectivities.map((connectivity) => keptLayers(connectivity, spec, ones))
  const mean = (of: (layer: KeptLayers) => number): number =>
    layers.reduce((sum, layer) => sum + of(layer), 0) / layers.length
  const first = mean(({ first }) => first)
  const firstOnes = mean(({ firstOnes }) => firstOnes)
  const rest = mean(({ rest }) => rest)
  // Forward and weight gradient; the first layer passes no delta on, the others do.
  const [firstPasses, restPasses] = job.kind === 'train' ? [2, 3] : [1, 1]
  const examples = { train: job.minibatch, sample: job.drawn, score: rows.rows * connectivities.length }[job.kind]
  return {
    keptWeights: first + rest,
    multiplyAdds: examples * (firstPasses * first + restPasses * rest),
    neededMultiplyAdds: job.kind === 'sample' ? null : examples * (firstPasses * firstOnes + restPasses * rest),
    bytes: (first + rest) * (job.kind === 'train' ? STEP_BYTES : job.kind === 'score' ? 4 * connectivities.length : 4),
  }
}

interface KeptLayers {
  /** Kept weights of the first layer, and how many of them meet a one in an average row. */
  readonly first: number
  readonly firstOnes: number
  /** Kept weights of all other layers. */
  readonly rest: number
}

function keptLayers({ ordering, degrees }: Connectivity, spec: ModelSpec, ones: Float64Array): KeptLayers {
  const { inputs } = spec
  const places = placesOfColumns(variablesOf(spec), ordering)
  const upTo = cumulated(places, inputs, () => 1)
  const onesUpTo = cumulated(places, inputs, (input) => ones[input])
  const first = sum(degrees[0], (degree) => upTo[degree])
  const firstOnes = sum(degrees[0], (degree) => onesUpTo[degree])
  let below = cumulated(degrees[0], inputs, () => 1)
  let rest = 0
  for (const layer of degrees.slice(1)) {
    rest += sum(layer, (degree) => below[degree])
    below = cumulated(layer, inputs, () => 1)
  }
  rest += sum(places, (place) => below[place - 1])
  return { first, firstOnes, rest }
}

/** Entry m is the sum of the weights of those whose degree (or place) is m or less. */
function cumulated(degrees: Int32Array, inputs: number, weight: (index: number) => number): Float64Array {
  const sums = new Float64Array(inputs + 1)
  degrees.forEach((degree, i) => {
    sums[degree] += weight(i)
  })
  for (let m = 1; m <= inputs; m++) sums[m] += sums[m - 1]
  return sums
}

function sum(values: Int32Array, of: (value: number) => number): number {
  let total = 0
  for (const value of values) total += of(value)
  return total
}

/** The part of the rows that have a one, per input. */
function onesPerInput(rows: BitMatrix): Float64Array {
  return Float64Array.from(rows.columnCounts(), (count) => count / rows.rows)
}
