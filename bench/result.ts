import { readFileSync } from 'node:fs'
import type { Arithmetic } from './arithmetic'
import type { Build } from './builds'
import type { Timing } from './interleave'
import type { Job } from './jobs'
import type { MachineLimits } from './limits'
import { median, quantile } from './quantile'

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
    .map((timing) => ({ ...figureOf(timing), setting: [timing.contestant.name, timing.variant].filter((word) => word !== '').join(', ') }))
  if (figures.length === 0) return null
  const best = figures.reduce((a, b) => (b.ms < a.ms ? b : a))
  return { ...best, settings: Object.fromEntries(figures.map(({ setting, ms }) => [setting, ms])) }
}

/** Billions of floating-point operations a second on kept weights; null where the work depends on what is drawn. */
export function gflops({ arithmetic, ours }: Result): number | null {
  return arithmetic.neededMultiplyAdds === null ? null : (2 * arithmetic.neededMultiplyAdds) / ours.ms / 1e6
}

/** The least milliseconds that the arithmetic takes at the machine's peak, and the memory if the model does not fit a cache. */
export function boundOf({ arithmetic, limits }: Result): { readonly arithmeticMs: number; readonly memoryMs: number } | null {
  if (!limits || arithmetic.neededMultiplyAdds === null) return null
  const fitsCache = 3 * 4 * arithmetic.keptWeights <= lastLevelCache()
  return {
    arithmeticMs: (2 * arithmetic.neededMultiplyAdds) / limits.peakGflops / 1e6,
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
