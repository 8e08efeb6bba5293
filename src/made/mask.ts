import type { Connectivity } from './connectivity'
import { placesOfColumns, variablesOf, type VariableSpec } from './variables'

/** A mask `[out, in]`, row-major: 1 where a connection is kept. For drawing, explaining and checking; engines compare degrees. */
export interface Mask {
  readonly rows: number
  readonly columns: number
  readonly kept: Uint8Array
}

/** The mask into a hidden layer (docs/mathematics.md, Masks): kept where m(k) ≥ m(k'). */
export function hiddenMask(unitDegrees: Int32Array, inputDegrees: Int32Array): Mask {
  return compare(unitDegrees, inputDegrees, (unit, input) => unit >= input)
}

/** The strict mask into the outputs, also of direct connections: kept where m⁰(d) > m(k). */
export function outputMask(places: Int32Array, inputDegrees: Int32Array): Mask {
  return compare(places, inputDegrees, (place, input) => place > input)
}

/** Every mask of a connectivity by the name of the tensor that it applies to; conditioning weights share their layer's. */
export function masksOf(spec: VariableSpec, connectivity: Connectivity): Map<string, Mask> {
  const masks = new Map<string, Mask>()
  const places = placesOfColumns(variablesOf(spec), connectivity.ordering)
  let below = places
  connectivity.degrees.forEach((degrees, l) => {
    const mask = hiddenMask(degrees, below)
    masks.set(`hidden.${l}.weight`, mask)
    masks.set(`hidden.${l}.conditioning`, mask)
    below = degrees
  })
  const output = outputMask(places, below)
  masks.set('output.weight', output)
  masks.set('output.conditioning', output)
  masks.set('direct.weight', outputMask(places, places))
  return masks
}

function compare(units: Int32Array, inputs: Int32Array, keep: (unit: number, input: number) => boolean): Mask {
  const kept = new Uint8Array(units.length * inputs.length)
  units.forEach((unit, k) =>
    inputs.forEach((input, j) => {
      if (keep(unit, input)) kept[k * inputs.length + j] = 1
    }),
  )
  return { rows: units.length, columns: inputs.length, kept }
}
