import type { ModelSpec } from '../../made/spec'
import { GRANULE } from './wgsl/product'

/**
 * The levels of a model: inputs (0), hidden layers (1..L). Outputs are in the order of the inputs. Widths are padded so
 * that no kernel needs to look at the edge of a vector; what is added is never connected to anything.
 */
export interface Levels {
  /** Units of each level 0..L. */
  readonly widths: readonly number[]
  /** The same, rounded up. */
  readonly padded: readonly number[]
  /** L, the last hidden level. */
  readonly last: number
}

export function levelsOf(spec: ModelSpec): Levels {
  const widths = [spec.inputs, ...spec.hidden]
  return { widths, padded: widths.map(paddedWidth), last: spec.hidden.length }
}

function paddedWidth(width: number): number {
  return Math.ceil(width / GRANULE) * GRANULE
}

/** A matrix of the model: its masked weights from one level to the next, to the outputs, or from inputs to outputs. */
export interface Layer {
  /** How the tensors of the model file begin: `hidden.0`, `output`, `direct`. */
  readonly prefix: string
  /** The level of its inputs. */
  readonly below: number
  /** The level whose order its units are in; 0 for outputs. */
  readonly level: number
  readonly kind: 'hidden' | 'output' | 'direct'
}

/** The layers of a model: hidden ones from the first, then output, then (if any) direct. */
export function layersOf(spec: ModelSpec): Layer[] {
  const hidden = spec.hidden.map((_, l): Layer => ({ prefix: `hidden.${l}`, below: l, level: l + 1, kind: 'hidden' }))
  const output: Layer = { prefix: 'output', below: spec.hidden.length, level: 0, kind: 'output' }
  const direct: Layer = { prefix: 'direct', below: 0, level: 0, kind: 'direct' }
  return [...hidden, output, ...(spec.directConnections ? [direct] : [])]
}
