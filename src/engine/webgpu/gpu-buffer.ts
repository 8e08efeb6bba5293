import { StudioError } from '../../base/failure'
import { say, type Sentence } from '../../words/say'

/** A buffer on the GPU, with a number that tells it from all others. */
export interface GpuBuffer {
  readonly id: number
  readonly buffer: GPUBuffer
  readonly bytes: number
}

/** Sizes of buffers are multiples of so many bytes. */
export const BUFFER_UNIT = 16

/** The most bytes that one buffer of a kernel may have. */
export function mostBufferBytes({
  maxStorageBufferBindingSize,
  maxBufferSize,
}: Pick<GPUSupportedLimits, 'maxStorageBufferBindingSize' | 'maxBufferSize'>): number {
  return Math.floor(Math.min(maxStorageBufferBindingSize, maxBufferSize) / BUFFER_UNIT) * BUFFER_UNIT
}

/** What a buffer is needed for, as a person knows it. */
export type BufferUse =
  { readonly kind: 'model' | 'minibatch' | 'rows' } | { readonly kind: 'layer'; readonly layer: string }

/** @throws StudioError 'too-large' if a buffer of `bytes` is more than the `most` that a GPU allows */
export function requireBufferSize(most: number, use: BufferUse, bytes: number): void {
  if (bytes <= most) return
  const hint = use.kind === 'rows' ? say('engine.gpu.fewer-rows') : say('engine.gpu.smaller-model')
  throw new StudioError('too-large', tooLarge(use, { size: megabytes(bytes), most: megabytes(most) }), hint)
}

function tooLarge(use: BufferUse, sizes: { readonly size: number; readonly most: number }): Sentence {
  switch (use.kind) {
    case 'model':
      return say('engine.gpu.large-model', sizes)
    case 'minibatch':
      return say('engine.gpu.large-minibatch', sizes)
    case 'rows':
      return say('engine.gpu.large-rows', sizes)
    case 'layer':
      return say('engine.gpu.large-layer', { ...sizes, layer: use.layer })
  }
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 2 ** 20)
}
