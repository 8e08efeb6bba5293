import { BitMatrix } from '../data/bit-matrix'
import type { Drawn, Session } from '../engine/contract'
import { logSum } from '../made/likelihood'
import type { ModelSpec } from '../made/spec'
import { variablesOf } from '../made/variables'
import type { Prefix } from './assignments'
import type { Evidence } from './evidence'
import { enumerate, posterior } from './exact'

/** A prefix that can be what it is in more ways is not told by enumeration. */
const MOST_WAYS = 1024

/** Rows with what one row lacked, all drawn from p(missing | known) under one connectivity. */
export interface EnumeratedCompletion extends Drawn {
  /** log p(known) under the connectivity, nats. */
  readonly logEvidence: number
}

/** How rows are drawn: so many, named so. */
export interface CompletionDraw {
  readonly count: number
  readonly first: number
  readonly seed: number
  /** In [0, 1): which ways the prefix is drawn in. */
  readonly uniform: number
}

/** Whether what is missing before the last that is known can be told by enumeration: particles may miss the one way that fits. */
export function isEnumerable({ ways }: Prefix): boolean {
  return ways > 1 && ways <= MOST_WAYS
}

/** Completes one row exactly: the prefix by enumeration, as evenly as can be, and the rest in the order of the connectivity. */
export async function completeByEnumeration(
  session: Pick<Session, 'logLikelihood' | 'complete'>,
  spec: ModelSpec,
  evidence: Evidence,
  prefix: Prefix,
  { count, first, seed, uniform }: CompletionDraw,
): Promise<EnumeratedCompletion> {
  const [enumerated] = await enumerate(session, spec, evidence, [prefix])
  const [shares] = posterior([enumerated])
  const rows = enumerated.rows.select(systematic(shares, count, uniform))
  const known = knownIn(spec, prefix).select(new Uint32Array(count))
  const drawn = await session.complete(rows, known, { count, first, seed, connectivity: prefix.connectivity })
  setChances(drawn.probabilities, spec, prefix, enumerated.rows, shares)
  return { ...drawn, logEvidence: logSum(enumerated.logs) }
}

/** So many draws in proportion to the shares, each within one of what it would be on average. */
function systematic(shares: Float64Array, count: number, uniform: number): Uint32Array {
  const drawn = new Uint32Array(count)
  let [way, below] = [0, shares[0]]
  for (let i = 0; i < count; i++) {
    const at = (i + uniform) / count
    while (below <= at && way < shares.length - 1) below += shares[++way]
    // Rounding may lead to the last one, which may be impossible.
    while (shares[way] === 0 && way > 0) way--
    drawn[i] = way
  }
  return drawn
}

/** The columns of a prefix, `[1, D]`. */
function knownIn(spec: ModelSpec, { byPlace, places }: Prefix): BitMatrix {
  const { first } = variablesOf(spec)
  const known = new BitMatrix(1, spec.inputs)
  for (const variable of byPlace.subarray(0, places))
    for (let d = first[variable]; d < first[variable + 1]; d++) known.set(0, d)
  return known
}

/** What was missing in the prefix was drawn with p(column | known). */
function setChances(
  probabilities: Float32Array,
  spec: ModelSpec,
  { open }: Prefix,
  ways: BitMatrix,
  shares: Float64Array,
): void {
  const { first } = variablesOf(spec)
  for (const variable of open)
    for (let d = first[variable]; d < first[variable + 1]; d++) {
      let chance = 0
      for (let way = 0; way < ways.rows; way++) if (ways.get(way, d) === 1) chance += shares[way]
      for (let at = d; at < probabilities.length; at += spec.inputs) probabilities[at] = chance
    }
}
