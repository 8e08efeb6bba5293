import type { Build } from './builds'
import type { Job } from './jobs'
import { boundOf, gflops, sharesOf, type Result } from './result'
import { rowsPerSecond } from './table'

/** A case as one line of JSON. */
export function jsonLine(result: Result, versions: { readonly pytorch: string | null }): string {
  const { job, build, threads, ours, pytorch, tensorflow, arithmetic, limits } = result
  return JSON.stringify({
    case: job.name,
    engine: build.engine.id,
    build: build.name,
    threads,
    masks: job.masks,
    ...measure(job, ours.ms),
    ratio: pytorch ? rounded(pytorch.ms / ours.ms) : null,
    rounds: result.rounds,
    quartilesMs: ours.quartiles.map(rounded),
    scaled: ours.isScaled,
    peer: versions.pytorch,
    peerMs: pytorch ? rounded(pytorch.ms) : null,
    peerQuartilesMs: pytorch ? pytorch.quartiles.map(rounded) : null,
    peerSetting: pytorch?.setting ?? null,
    peerSettings: pytorch
      ? Object.fromEntries(Object.entries(pytorch.settings).map(([name, ms]) => [name, rounded(ms)]))
      : null,
    peerScaled: pytorch?.isScaled ?? null,
    tensorflowMs: tensorflow ? rounded(tensorflow.ms) : null,
    tensorflowRatio: tensorflow ? rounded(tensorflow.ms / ours.ms) : null,
    keptWeights: Math.round(arithmetic.keptWeights),
    multiplyAdds: Math.round(arithmetic.multiplyAdds),
    neededMultiplyAdds: arithmetic.neededMultiplyAdds === null ? null : Math.round(arithmetic.neededMultiplyAdds),
    gflops: roundedOrNull(gflops(result)),
    limits,
    shares: sharesOf(result),
    bound: boundOf(result),
  })
}

/** A case that a build could not do, as one line of JSON. */
export function failedJsonLine(job: Job, build: Build, reason: string): string {
  return JSON.stringify({
    case: job.name,
    engine: build.engine.id,
    build: build.name,
    masks: job.masks,
    failed: reason,
  })
}

function measure(job: Job, ms: number): Readonly<Record<string, number>> {
  switch (job.kind) {
    case 'train':
      return { msPerStep: rounded(ms), examplesPerSecond: rounded(rowsPerSecond(job, ms)) }
    case 'sample':
      return { [`sample${job.drawn}Seconds`]: rounded(ms / 1000) }
    case 'score':
      return { rowsPerSecond: rounded(rowsPerSecond(job, ms)) }
  }
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}

function roundedOrNull(value: number | null): number | null {
  return value === null ? null : rounded(value)
}
