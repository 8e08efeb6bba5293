import { readFileSync } from 'node:fs'
import type { Arithmetic } from './arithmetic'
import type { Build } from './builds'
import type { Timing } from './interleave'
import type { Job } from './jobs'
import type { MachineLimits } from './limits'
import { median, quantile } from './quantile'

/** The last-level cache of a large GPU, which WebGPU does not tell. */
const GPU_CACHE = 64 * 1024 ** 2

/** The times of one contestant in milliseconds for the whole job. */
export interface Figure {
  readonly ms: number
  readonly quartiles: readonly [number, number]
  readonly isScaled: boolean
}

/** The fastest of PyTorch's settings in one case, and the medians of all of them. */
export interface BestOfPyTorch extends Figure {
  readonly setting: string
  readonly settings: Readonly<Record<string, number>>
}

/** One line of the table. */
export interface Result {
  readonly job: Job
  readonly build: Build
  readonly rounds: number
  readonly threads: number | null
  readonly ours: Figure
  readonly pytorch: BestOfPyTorch | null
  readonly tensorflow: Figure | null
  readonly arithmetic: Arithmetic
  readonly limits: MachineLimits | null
}

/** Median and quartiles of a timing. */
export function figureOf({ rounds, isScaled }: Timing): Figure {
  return { ms: median(rounds), quartiles: [quantile(rounds, 0.25), quantile(rounds, 0.75)], isScaled }
}

export function bestOfPyTorch(timings: readonly Timing[]): BestOfPyTorch | null {
  const figures = timings
    .filter(({ contestant }) => contestant.side === 'pytorch')
    .map((timing) => ({
      ...figureOf(timing),
      setting: [timing.contestant.name, timing.variant].filter((word) => word !== '').join(', '),
    }))
  if (figures.length === 0) return null
  const best = figures.reduce((a, b) => (b.ms < a.ms ? b : a))
  return { ...best, settings: Object.fromEntries(figures.map(({ setting, ms }) => [setting, ms])) }
}

/** The multiply-adds that count: a processor skips inputs that are zero, a GPU takes all alike. */
function countedMultiplyAdds({ arithmetic, build }: Result): number | null {
  return build.engine.id === 'webgpu' ? arithmetic.multiplyAdds : arithmetic.neededMultiplyAdds
}

/** Billions of floating-point operations a second on kept weights; null where the work depends on what is drawn. */
export function gflops(result: Result): number | null {
  const multiplyAdds = countedMultiplyAdds(result)
  return multiplyAdds === null ? null : (2 * multiplyAdds) / result.ours.ms / 1e6
}

/** The achieved parts of the peak and of the bandwidth of a GPU; memory traffic as `Arithmetic` counts it. */
export function sharesOf(result: Result): { readonly ofPeak: number; readonly ofBandwidth: number } | null {
  const { limits, build, arithmetic, ours } = result
  const achieved = gflops(result)
  if (!limits || achieved === null || build.engine.id !== 'webgpu') return null
  return {
    ofPeak: achieved / limits.peakGflops,
    ofBandwidth: arithmetic.bytes / ours.ms / 1e6 / limits.gigabytesPerSecond,
  }
}

/** The least milliseconds that the arithmetic takes at the machine's peak, and the memory if the model does not fit a cache. */
export function boundOf(result: Result): { readonly arithmeticMs: number; readonly memoryMs: number } | null {
  const { arithmetic, limits, build } = result
  const multiplyAdds = countedMultiplyAdds(result)
  if (!limits || multiplyAdds === null) return null
  const fitsCache = 3 * 4 * arithmetic.keptWeights <= (build.engine.id === 'webgpu' ? GPU_CACHE : lastLevelCache())
  return {
    arithmeticMs: (2 * multiplyAdds) / limits.peakGflops / 1e6,
    memoryMs: fitsCache ? 0 : arithmetic.bytes / limits.gigabytesPerSecond / 1e6,
  }
}

/** Bytes of the last-level cache, as Linux tells; 32 MiB elsewhere. */
function lastLevelCache(): number {
  try {
    const text = readFileSync('/sys/devices/system/cpu/cpu0/cache/index3/size', 'utf8')
    return Number.parseInt(text, 10) * 1024
  } catch {
    return 32 * 1024 ** 2
  }
}
