import { BitMatrix } from '../data/bit-matrix'
import type { Session } from '../engine/contract'
import type { Connectivity } from '../made/connectivity'
import { beginsByPlace, columnsByPlace, variablesOf } from '../made/variables'
import type { ModelSpec } from '../made/spec'
import type { Foreseen } from '../shared/samples'

/** How closely it is looked at: at so many moments of a birth, by so many ways on from each. */
export interface Foresight {
  readonly moments: number
  readonly ways: number
}

/** Of wide rows fewer ways are drawn, so that there are at most so many bits in all. */
const MOST = { moments: 56, ways: 32, bits: 4_000_000 } as const
/** Ways on take the dice of samples that are too far away to be looked at. */
const FIRST_WAY = 2 ** 20

/** A row that is born. */
export interface Born {
  /** `[1, D]` */
  readonly row: BitMatrix
  readonly connectivity: Connectivity
  readonly seed: number
  /** How many of the first variables were given before all. */
  readonly given: number
}

/**
 * What a model expects of the inputs that are still to be drawn while a row is born: at each moment the mean, over ways on from
 * there, of the probabilities that they are drawn with. The ways have the same dice at all moments.
 * @param session draws at the temperature at which the row was drawn
 * @param signal gives it up where it aborts
 * @throws StudioError 'cancelled' if it was given up
 */
export async function foresee(
  session: Pick<Session, 'complete'>,
  spec: ModelSpec,
  { row, connectivity, seed, given }: Born,
  signal?: AbortSignal,
  { moments, ways }: Foresight = foresightFor(spec.inputs),
): Promise<Foreseen> {
  const variables = variablesOf(spec)
  const begins = beginsByPlace(variables, connectivity.ordering)
  const order = columnsByPlace(variables, connectivity.ordering)
  const steps = momentsOf(variables.count, moments)
  const probabilities = new Uint8Array(steps.length * spec.inputs)
  const known = new BitMatrix(1, spec.inputs)
  let drawn = 0
  for (const [moment, step] of steps.entries()) {
    for (const end = begins[Math.max(step, given)]; drawn < end; drawn++) known.set(0, order[drawn])
    const all = new Uint32Array(ways)
    const request = { count: ways, first: FIRST_WAY, seed, connectivity }
    const on = await session.complete(row.select(all), known.select(all), request, signal)
    const start = moment * spec.inputs
    for (let column = 0; column < spec.inputs; column++)
      probabilities[start + column] =
        255 * (known.get(0, column) === 1 ? row.get(0, column) : meanOf(on.probabilities, column, spec.inputs)) + 0.5
  }
  return { steps, probabilities }
}

function foresightFor(columns: number): Foresight {
  const ways = Math.floor(MOST.bits / (MOST.moments * columns))
  return { moments: MOST.moments, ways: Math.max(1, Math.min(MOST.ways, ways)) }
}

/** Evenly from nothing drawn to all but one variable, each once. */
function momentsOf(variables: number, most: number): Int32Array {
  const count = Math.min(most, variables)
  return Int32Array.from({ length: count }, (_, moment) => Math.floor((moment * variables) / count))
}

/** The mean of a column of `[rows, columns]`. */
function meanOf(values: Float32Array, column: number, columns: number): number {
  let sum = 0
  for (let at = column; at < values.length; at += columns) sum += values[at]
  return (sum * columns) / values.length
}
