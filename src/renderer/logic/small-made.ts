import { drawDegrees } from '../../made/degrees'
import { masksOf } from '../../made/mask'
import { naturalOrdering, randomOrdering } from '../../made/ordering'
import type { Connectivity } from '../../made/connectivity'
import type { ModelSpec } from '../../made/spec'

/** The network of the Learn view. */
export const SMALL_SPEC: ModelSpec = {
  inputs: 6,
  hidden: [7, 7],
  activation: 'relu',
  directConnections: false,
  conditioningWeights: false,
}

/** A unit of the drawing: layer 0 are the inputs, the last layer the outputs. */
export interface Place {
  readonly layer: number
  readonly unit: number
}

/** A kept connection from `unit` of `layer` to `to` of the next layer. */
export interface Edge {
  readonly layer: number
  readonly unit: number
  readonly to: number
}

/** Connectivity number `index` of a seed, in the natural or in a random order. */
export function smallConnectivity(seed: number, index: number, isNatural: boolean): Connectivity {
  return {
    ordering: isNatural ? naturalOrdering(SMALL_SPEC.inputs) : randomOrdering(SMALL_SPEC.inputs, seed, index),
    degrees: drawDegrees(SMALL_SPEC, seed, index),
  }
}

/** Every connection that the masks keep, layer by layer. */
export function keptEdges(connectivity: Connectivity): Edge[] {
  const masks = masksOf(SMALL_SPEC, connectivity)
  const names = [...connectivity.degrees.map((_, l) => `hidden.${l}.weight`), 'output.weight']
  return names.flatMap((name, layer) => {
    const mask = masks.get(name)
    if (!mask) return []
    const edges: Edge[] = []
    mask.kept.forEach((kept, i) => {
      if (kept === 1) edges.push({ layer, unit: i % mask.columns, to: Math.floor(i / mask.columns) })
    })
    return edges
  })
}

/** Everything that a unit depends on: the edges of all paths into it, and the 0-based inputs that they start from. */
export function pathsInto(
  edges: readonly Edge[],
  place: Place,
): { readonly edges: ReadonlySet<Edge>; readonly inputs: readonly number[] } {
  const used = new Set<Edge>()
  let units = new Set([place.unit])
  for (let layer = place.layer - 1; layer >= 0; layer--) {
    const below = new Set<number>()
    for (const edge of edges)
      if (edge.layer === layer && units.has(edge.to)) {
        used.add(edge)
        below.add(edge.unit)
      }
    units = below
  }
  return { edges: used, inputs: place.layer === 0 ? [] : [...units].sort((a, b) => a - b) }
}
