import { LIMITS, type KernelFunctions } from '../src/engine/cpu/kernel-functions'
import { median } from './quantile'

/** What the machine can do at most, measured with the threads that the engine may use, or on its GPU. */
export interface MachineLimits {
  /** The inner kernel on data in the nearest cache, all threads together; on a GPU, multiply-adds in registers. */
  readonly peakGflops: number
  /** Memory bandwidth, all threads together. */
  readonly gigabytesPerSecond: number
  /** One barrier between the threads; null with one thread, and on a GPU. */
  readonly barrierMicroseconds: number | null
}

const SAMPLES = 5
/** Portions of each limit that take some milliseconds. */
const PORTIONS = { arithmetic: 20_000, memory: 3, barrier: 10_000 } as const

/** Measures what bounds a build of the kernels, in about a tenth of a second. */
export async function measureLimits<Handle, Build>(
  kernels: KernelFunctions<Handle, Build>,
  build: Build,
  threads: number,
): Promise<MachineLimits> {
  const handle = kernels.open(
    build,
    threads,
    Int32Array.of(2, 0, 0, 0, 1),
    Float64Array.of(0, 0.1, 0, 0, 0, 0, 0, 0, 0, 0),
    null,
  )
  kernels.use(handle, threads)
  /** How much a millisecond brings: the difference between one and two helpings, so that the way there does not count. */
  const rate = async (limit: keyof typeof PORTIONS): Promise<number> => {
    const timed = async (repeats: number): Promise<readonly [done: number, ms: number]> => {
      const began = performance.now()
      const done = await kernels.measure(handle, LIMITS[limit], repeats)
      return [done, performance.now() - began]
    }
    const rates: number[] = []
    for (let i = 0; i < SAMPLES; i++) {
      const [once, onceMs] = await timed(PORTIONS[limit])
      const [twice, twiceMs] = await timed(2 * PORTIONS[limit])
      rates.push((twice - once) / Math.max(1e-3, twiceMs - onceMs))
    }
    return median(rates)
  }
  const limits = {
    peakGflops: (await rate('arithmetic')) / 1e6,
    gigabytesPerSecond: (await rate('memory')) / 1e6,
    barrierMicroseconds: threads > 1 ? 1000 / (await rate('barrier')) : null,
  }
  kernels.close(handle)
  return limits
}
