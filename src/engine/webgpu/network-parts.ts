import type { ModelSpec } from '../../made/spec'
import type { ConnectivityLayout } from './connectivity-record'
import type { GpuBuffer } from './gpu-buffer'
import type { Recorder } from './recorder'
import type { LayerBuffers } from './weight-store'
import type { SumMethod } from './wgsl/sum'

/** What the passes through a network are made of. */
export interface NetworkParts {
  readonly recorder: Recorder
  readonly spec: ModelSpec
  readonly layout: ConnectivityLayout
  readonly layers: readonly LayerBuffers[]
  readonly connectivities: GpuBuffer
  /** Per layer with biases, what units add whatever the row; the biases themselves without conditioning weights. */
  readonly constants: readonly GpuBuffer[]
  readonly sumMethod: SumMethod
}

/** A connectivity as the kernels see it. */
export interface Seen {
  /** Where its record begins. */
  readonly at: number
  /** Per layer, weights with units and inputs in order of degree. */
  readonly weights: readonly GpuBuffer[]
  /** Whether those are the store itself. */
  readonly isSettled: boolean
}
