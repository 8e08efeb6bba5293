import type { FailureCode } from '../../src/base/failure'
import { decodeModel, type Model } from '../../src/made/model-file'
import { bytesSource } from '../../src/made/safetensors'
import { container, smallModelFile, takenApart, type ContainerHeader } from './container'

export const SENSIBLE: readonly FailureCode[] = [
  'unknown-format',
  'damaged-file',
  'invalid-model',
  'too-large',
  'invalid-settings',
]
export const good = smallModelFile()
export const { header: goodHeader, headerEnd, data: goodData } = takenApart(good)
export const goodMetadata = goodHeader.__metadata__ as Record<string, string>

export function decode(bytes: Uint8Array): Promise<Model> {
  return decodeModel(bytesSource(bytes))
}

/** The small model with its header changed. */
export function withHeader(change: (header: ContainerHeader) => void): Uint8Array {
  const header = structuredClone(goodHeader)
  change(header)
  return container(header, goodData)
}

export function withEntry(name: string, change: object): Uint8Array {
  return withHeader((header) => Object.assign(header[name] as object, change))
}

export function withMetadata(change: Record<string, unknown>): Uint8Array {
  return withHeader((header) => (header.__metadata__ = { ...goodMetadata, ...change }))
}

export function withNumber(tensor: string, index: number, set: (view: DataView, offset: number) => void): Uint8Array {
  const data = goodData.slice()
  const { data_offsets: offsets } = goodHeader[tensor] as { data_offsets: [number, number] }
  set(new DataView(data.buffer), offsets[0] + 4 * index)
  return container(goodHeader, data)
}
