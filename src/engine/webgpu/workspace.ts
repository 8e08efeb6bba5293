import { largest } from '../../base/extremes'
import type { ModelSpec } from '../../made/spec'
import { kindsIn } from '../../made/variables'
import { requireBufferSize, type GpuBuffer } from './gpu-buffer'
import type { GpuDevice } from './gpu-device'
import { layersOf, levelsOf, type Levels } from './levels'
import type { Inputs } from './products'
import { BUFFER_USAGE } from './usage'
import { cutOf } from './cut'

const FLOAT = Float32Array.BYTES_PER_ELEMENT

/** How large a workspace a call needs. */
export interface WorkspaceSize {
  /** Rows that go through the network at once. */
  readonly rows: number
  /** Rows whose inputs are expanded at once; at least `rows`. */
  readonly inputRows: number
  /** Losses of rows that are kept until they are read. */
  readonly losses: number
  readonly isTraining: boolean
}

/** Buffers for rows on their way through the network, units in order of degree. Vectors are padded as the levels are. */
export interface Workspace {
  readonly size: WorkspaceSize
  /** `[inputRows, D]`, zeros and ones in order of place. */
  readonly inputs: GpuBuffer
  /** Per hidden layer, `[rows, K_l]`. */
  readonly hidden: readonly GpuBuffer[]
  /** Per hidden layer and for the outputs, `[rows, K_l]`; empty unless training. */
  readonly deltas: readonly GpuBuffer[]
  /** The parts of one product, `[parts, rows, units]`. */
  readonly partial: GpuBuffer
  /** NLL of rows, in nats. */
  readonly losses: GpuBuffer
  /** `[rows, D]`, where variables have several columns; null where all are binary. */
  readonly logits: GpuBuffer | null
  readonly all: readonly GpuBuffer[]
}

/** Bytes of the largest buffer of a workspace, by what it is. */
function sizesOf(spec: ModelSpec, { rows, inputRows, losses, isTraining }: WorkspaceSize) {
  const { padded } = levelsOf(spec)
  const [inputs, ...hidden] = padded
  const forward = layersOf(spec).map(({ level, below }) => ({ units: padded[level], terms: padded[below] }))
  const backward = isTraining
    ? forward.slice(1, hidden.length + 1).map(({ units, terms }) => ({ units: terms, terms: units }))
    : []
  const direct = spec.directConnections ? cutOf(rows, inputs, inputs).parts : 0
  const parts = [...forward, ...backward].map(
    ({ units, terms }) => (cutOf(rows, units, terms).parts + (units === inputs ? direct : 0)) * units,
  )
  return {
    inputs: FLOAT * inputRows * inputs,
    hidden: hidden.map((units) => FLOAT * rows * units),
    deltas: isTraining ? [...hidden, inputs].map((units) => FLOAT * rows * units) : [],
    partial: FLOAT * rows * largest(parts),
    losses: FLOAT * losses,
    logits: kindsIn(spec).includes('categorical') ? FLOAT * rows * inputs : 0,
  }
}

/** The most bytes that one buffer of such a workspace takes. */
export function largestBuffer(spec: ModelSpec, size: WorkspaceSize): number {
  const { inputs, hidden, deltas, partial, logits } = sizesOf(spec, size)
  return largest([inputs, partial, logits, ...hidden, ...deltas])
}

/** The inputs of a layer above a level, in a workspace where the rows' own begin at row `firstInputRow`. */
export function inputsOf(below: number, work: Workspace, firstInputRow: number, { padded }: Levels): Inputs {
  if (below > 0) return { buffer: work.hidden[below - 1], first: 0 }
  return { buffer: work.inputs, first: firstInputRow * padded[0] }
}

/** @throws StudioError 'too-large', before anything is allocated, if a buffer would be larger than the GPU allows. */
export function makeWorkspace(gpu: GpuDevice, spec: ModelSpec, size: WorkspaceSize): Workspace {
  requireBufferSize(gpu.mostBytes, { kind: 'minibatch' }, largestBuffer(spec, size))
  const sizes = sizesOf(spec, size)
  const all: GpuBuffer[] = []
  const make = (label: string, bytes: number): GpuBuffer => {
    const buffer = gpu.createBuffer(label, bytes, BUFFER_USAGE.storage)
    all.push(buffer)
    return buffer
  }
  return {
    size,
    inputs: make('inputs', sizes.inputs),
    hidden: sizes.hidden.map((bytes) => make('activations', bytes)),
    deltas: sizes.deltas.map((bytes) => make('deltas', bytes)),
    partial: make('parts-of-products', sizes.partial),
    losses: make('losses', sizes.losses),
    logits: sizes.logits > 0 ? make('logits', sizes.logits) : null,
    all,
  }
}
