import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { ask, attempt } from '../bridge'
import { decimate } from '../logic/decimate'
import type { RunSummary } from '../../shared/run'
import type { SamplePage } from '../../shared/samples'

/** A run at a glance, as it was after an epoch. */
export interface Glance {
  readonly epoch: number
  /** Mean validation NLL after its epochs, nats; of very many those that are seen. */
  readonly losses: readonly number[]
  /** What it drew last; null where no sheet is kept. */
  readonly samples: SamplePage | null
}

/** So many columns of pixels a curve has at a glance, at most. */
const COLUMNS = 100
/** So many are kept; those read first are read again when they are seen again. */
const MOST_KEPT = 300

/** Runs at a glance, each read when it is first seen, and again after its epochs. */
export const useGlancesStore = defineStore('glances', () => {
  const kept = shallowRef<ReadonlyMap<string, Glance>>(new Map())
  /** Runs that are waited for, and after which epoch. */
  const wanted = new Map<string, number>()
  let isReading = false

  /** What is known of a run so far. */
  function of(runId: string): Glance | null {
    return kept.value.get(runId) ?? null
  }

  /** A run is seen, as it is after its epochs so far. */
  function see({ id, epoch }: Pick<RunSummary, 'id' | 'epoch'>): void {
    if (of(id)?.epoch === epoch) return
    wanted.set(id, epoch)
    if (!isReading) void readWanted()
  }

  /** One after another: what else the window asks for has its turn between them. */
  async function readWanted(): Promise<void> {
    isReading = true
    for (;;) {
      const next = wanted.entries().next()
      if (next.done) break
      const [runId, epoch] = next.value
      wanted.delete(runId)
      const glance = await read(runId, epoch)
      const others = [...kept.value].filter(([id]) => id !== runId)
      kept.value = new Map([...others, [runId, glance] as const].slice(-MOST_KEPT))
    }
    isReading = false
  }

  /** A run that cannot be read shows nothing here; what is wrong with it is said where it is picked. */
  async function read(runId: string, epoch: number): Promise<Glance> {
    const curve = await attempt(ask('run.curve', { runId }))
    if ('failure' in curve) return { epoch, losses: [], samples: null }
    const { epoch: x, validNll: y, sampleEpochs } = curve.value
    const newest = sampleEpochs.at(-1)
    const page = newest === undefined ? null : await attempt(ask('run.epochSamples', { runId, epoch: newest }))
    return {
      epoch,
      losses: decimate({ x, y }, COLUMNS).map((point) => point.y),
      samples: page === null || 'failure' in page ? null : page.value,
    }
  }

  return { of, see }
})
