import type { BitMatrix } from '../data/bit-matrix'
import { withFirst, type Connectivity } from '../made/connectivity'
import { variablesByPlace } from '../made/ordering'
import { UNLIMITED, type Schedule } from '../made/schedule'
import type { ModelSpec } from '../made/spec'
import { variablesOf } from '../made/variables'
import { isKnown, setValue, valuesOf, type Evidence } from './evidence'

/** What of a model a question needs. */
export interface AskedModel {
  readonly spec: ModelSpec
  readonly connectivities: readonly Connectivity[]
  readonly schedule?: Schedule | undefined
}

/**
 * A connectivity as a question uses it: after the first `prefix` places nothing is known any more. The variables of the prefix that
 * could have several values are told by enumeration, where they are few enough.
 */
export interface Prefix {
  readonly connectivity: Connectivity
  /** Variables by place, `[V]`. */
  readonly byPlace: Int32Array
  readonly places: number
  /** Those of the prefix of which more than one value is possible. */
  readonly open: readonly number[]
  /** In how many ways they can be what they are: a whole number, or Infinity. */
  readonly ways: number
}

/** Whether a model has been trained under fresh orderings, so that whatever is known may come first. */
export function isOrderAgnostic({ schedule }: Pick<AskedModel, 'schedule'>): boolean {
  return schedule?.orderings === UNLIMITED
}

/**
 * The connectivities of a model for a question: those of a model trained under fresh orderings have what is known first, behind
 * what always leads.
 */
export function prefixesFor(model: AskedModel, evidence: Evidence): Prefix[] {
  const variables = variablesOf(model.spec)
  const isMovable = isOrderAgnostic(model)
  const leads = new Set(model.spec.leading)
  return model.connectivities.map((given) => {
    const isFirst = (variable: number): boolean => leads.has(variable) || isKnown(evidence, variables, variable)
    const connectivity = isMovable ? withFirst(given, isFirst) : given
    return prefixOf(connectivity, evidence, model.spec)
  })
}

/** The same with everything in the prefix: all that could be. */
export function wholePrefix({ connectivity, byPlace }: Prefix, evidence: Evidence, spec: ModelSpec): Prefix {
  return prefixUpTo(connectivity, byPlace, byPlace.length, evidence, spec)
}

function prefixOf(connectivity: Connectivity, evidence: Evidence, spec: ModelSpec): Prefix {
  const variables = variablesOf(spec)
  const byPlace = variablesByPlace(connectivity.ordering)
  let places = byPlace.length
  while (places > 0 && !isKnown(evidence, variables, byPlace[places - 1])) places--
  return prefixUpTo(connectivity, byPlace, places, evidence, spec)
}

function prefixUpTo(
  connectivity: Connectivity,
  byPlace: Int32Array,
  places: number,
  evidence: Evidence,
  spec: ModelSpec,
): Prefix {
  const variables = variablesOf(spec)
  const counts = Array.from(byPlace.subarray(0, places), (v) => valuesOf(evidence, variables, v).length)
  const open = Array.from(byPlace.subarray(0, places)).filter((_, place) => counts[place] > 1)
  return { connectivity, byPlace, places, open, ways: counts.reduce((product, count) => product * count, 1) }
}

/**
 * Every way in which the open variables of a prefix can be what they are, as rows `[ways, D]`; what comes after the prefix is any
 * value. The last open variable changes fastest.
 */
export function assignments({ open, ways }: Prefix, evidence: Evidence, spec: ModelSpec): BitMatrix {
  const variables = variablesOf(spec)
  const rows = evidence.bits.select(new Uint32Array(ways))
  const values = open.map((variable) => valuesOf(evidence, variables, variable))
  // A row has one value of each variable, known or not.
  const isOpen = new Set(open)
  for (let variable = 0; variable < variables.count; variable++) {
    if (isOpen.has(variable) || isKnown(evidence, variables, variable)) continue
    for (let row = 0; row < ways; row++) setValue(rows, row, variables, variable, 0)
  }
  let repeats = ways
  open.forEach((variable, i) => {
    repeats /= values[i].length
    for (let row = 0; row < ways; row++)
      setValue(rows, row, variables, variable, values[i][Math.floor(row / repeats) % values[i].length])
  })
  return rows
}
