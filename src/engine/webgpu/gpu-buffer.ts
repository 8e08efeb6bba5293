import { StudioError } from '../../base/failure'

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

/** What a person can do about a model that is too large, and about rows that are. */
const SMALLER_MODEL = 'Use fewer hidden units or a smaller minibatch, or the cpu engine.'
export const FEWER_ROWS = 'Use fewer rows, or the cpu engine.'

/** @throws StudioError 'too-large' if a buffer of `bytes` is more than the `most` that a GPU allows */
export function requireBufferSize(most: number, what: string, bytes: number, hint = SMALLER_MODEL): void {
  if (bytes <= most) return
  throw new StudioError(
    'too-large',
    `The ${what} would take ${megabytes(bytes)} in one piece; this GPU allows ${megabytes(most)}.`,
    hint,
  )
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MB`
}
