import { encodeModel, type Model } from '../../src/made/model-file'
import { connectivityList, type Schedule } from '../../src/made/schedule'
import { initialParameters } from '../../src/made/initialisation'
import type { ModelSpec } from '../../src/made/spec'

/** What is in the JSON header of a safetensors file. */
export interface ContainerHeader {
  __metadata__?: unknown
  [tensor: string]: unknown
}

export function concatenated(pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(pieces.flatMap((piece) => [...piece]))
}

/** A safetensors file of that header and data, put together by hand. */
export function container(header: unknown, data: Uint8Array = new Uint8Array()): Uint8Array {
  return rawContainer(new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header)), data)
}

export function rawContainer(header: Uint8Array, data: Uint8Array, headerLength = BigInt(header.length)): Uint8Array {
  const prefix = new Uint8Array(8)
  new DataView(prefix.buffer).setBigUint64(0, headerLength, true)
  return concatenated([prefix, header, data])
}

/** Takes a safetensors file apart, independently of the reader under test. */
export function takenApart(bytes: Uint8Array): { header: ContainerHeader; headerEnd: number; data: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headerEnd = 8 + Number(view.getBigUint64(0, true))
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, headerEnd))) as ContainerHeader
  return { header, headerEnd, data: bytes.slice(headerEnd) }
}

/** A model with random parameters and the first `count` pairs of its schedule. */
export function modelOf(spec: ModelSpec, schedule: Schedule, count: number): Model {
  return {
    spec,
    parameters: initialParameters(spec, 'gaussian', schedule.seed),
    connectivities: connectivityList(spec, schedule, count),
    schedule,
  }
}

/** A model file of a few hundred bytes: two inputs, one hidden unit, one pair. */
export function smallModelFile(): Uint8Array {
  const spec: ModelSpec = {
    inputs: 2,
    hidden: [1],
    activation: 'relu',
    directConnections: false,
    conditioningWeights: false,
  }
  return concatenated(encodeModel(modelOf(spec, { orderings: 1, singleOrdering: 'natural', masks: 1, seed: 1 }, 1)))
}
