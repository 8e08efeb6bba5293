import type { BitMatrix } from '../data/bit-matrix'
import type { Session } from '../engine/contract'
import type { ModelSpec } from '../made/spec'
import { variablesOf } from '../made/variables'
import { prefixesFor, type AskedModel, type Prefix } from './assignments'
import { setValue, valuesOf, type Evidence } from './evidence'
import { logChances, logTerm, type Passed } from './chances'

/** How many partial rows go on at every variable. */
const BEAM = 16

/** The likeliest row that a search has found. */
export interface MostProbable {
  /** `[1, D]` */
  readonly row: BitMatrix
  /**
   * log p(row) under the connectivity that it was found with, nats: the likeliest row of all has at least this.
   */
  readonly logProbability: number
}

/**
 * The likeliest row with the evidence, by beam search in the order of each connectivity in turn: a bound, since what is dropped on
 * the way might have become likelier. One pass of up to `BEAM` rows for every variable that is open.
 * @param between called between passes with the share done, 0..1; what it throws ends the search
 */
export async function mostProbable(
  session: Pick<Session, 'conditionals'>,
  model: AskedModel,
  evidence: Evidence,
  between: (share: number) => Promise<void> = async () => undefined,
): Promise<MostProbable> {
  const prefixes = prefixesFor(model, evidence)
  let best: MostProbable | null = null
  for (const [k, prefix] of prefixes.entries()) {
    const found = await searchOrder(session, model, evidence, prefix, (share) => between((k + share) / prefixes.length))
    if (best === null || found.logProbability > best.logProbability) best = found
  }
  if (best === null) throw new Error('a model has at least one connectivity')
  return best
}

/** A row that is decided up to a place, with log p of that. */
interface PartialRow {
  readonly row: number
  readonly value: number
  readonly log: number
}

async function searchOrder(
  session: Pick<Session, 'conditionals'>,
  { spec }: AskedModel,
  evidence: Evidence,
  { connectivity, byPlace }: Prefix,
  between: (share: number) => Promise<void>,
): Promise<MostProbable> {
  const variables = variablesOf(spec)
  const values = Array.from(byPlace, (variable) => valuesOf(evidence, variables, variable))
  let rows = evidence.bits.select([0])
  byPlace.forEach((variable, place) => setValue(rows, 0, variables, variable, values[place][0]))
  const openPlaces = values.flatMap((ofOne, place) => (ofOne.length > 1 ? [place] : []))
  for (const [i, place] of openPlaces.entries()) {
    await between(i / openPlaces.length)
    const logits = await session.conditionals(rows, connectivity)
    const variable = byPlace[place]
    const partials: PartialRow[] = []
    for (let row = 0; row < rows.rows; row++) {
      const before = logUpTo(spec, { rows, logits }, row, byPlace, place)
      const logs = logChances(spec, logits, row, variable)
      for (const value of values[place]) partials.push({ row, value, log: before + logs[value] })
    }
    partials.sort((a, b) => b.log - a.log)
    const kept = partials.slice(0, BEAM)
    const next = rows.select(kept.map(({ row }) => row))
    kept.forEach(({ value }, row) => setValue(next, row, variables, variable, value))
    rows = next
  }
  const logits = await session.conditionals(rows, connectivity)
  const logs = Array.from({ length: rows.rows }, (_, row) =>
    logUpTo(spec, { rows, logits }, row, byPlace, byPlace.length),
  )
  const best = logs.reduce((most, log, row) => (log > logs[most] ? row : most), 0)
  return { row: rows.slice(best, best + 1), logProbability: logs[best] }
}

/** log p of the variables at the first places of a row, nats. */
function logUpTo(spec: ModelSpec, passed: Passed, row: number, byPlace: Int32Array, places: number): number {
  return byPlace.subarray(0, places).reduce((sum, variable) => sum + logTerm(spec, passed, row, variable), 0)
}
