import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { ask, attempt } from '../bridge'
import { useDataStore } from './data'
import type { RunEstimate } from '../../shared/run'
import type { RunConfig } from '../../shared/run-config'

/** How long a run rests unchanged before it is timed. */
const REST_MS = 600

/** What this computer can do: about how long runs take on it, and how much memory they may fill. */
export const useEstimatesStore = defineStore('estimates', () => {
  /** Null where it could not be told. */
  const known = shallowRef<ReadonlyMap<string, RunEstimate | null>>(new Map())
  /** Bytes; null before it is known. */
  const memory = ref<number | null>(null)
  /** What is to be timed, what each asked for last. */
  const wanted = new Map<string, RunConfig>()
  let timer: ReturnType<typeof setTimeout> | null = null
  let isMeasuring = false

  /** The estimate for a run on the open data; null where it is not known. */
  function of(config: RunConfig): RunEstimate | null {
    return known.value.get(keyOf(config)) ?? null
  }

  /** Whether it was tried to time the run, whatever came of it. */
  function isTold(config: RunConfig): boolean {
    return known.value.has(keyOf(config))
  }

  /** Times a run soon, one after another. @param who has one run at a time that is to be timed */
  function want(who: string, config: RunConfig): void {
    if (isTold(config)) return
    wanted.set(who, config)
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => void measure(), REST_MS)
  }

  async function measure(): Promise<void> {
    timer = null
    if (isMeasuring) return
    isMeasuring = true
    for (const [who, config] of wanted) {
      wanted.delete(who)
      const answer = await attempt(ask('run.estimate', { config }))
      // While a run is under way nothing is timed; whoever asks again gets it.
      if ('failure' in answer && (answer.failure.code === 'busy' || answer.failure.code === 'process-lost')) continue
      known.value = new Map([...known.value, [keyOf(config), 'value' in answer ? answer.value : null]])
    }
    isMeasuring = false
  }

  async function begin(): Promise<void> {
    const answer = await attempt(ask('run.memory'))
    if ('value' in answer) memory.value = answer.value
  }

  /** What the time depends on. */
  function keyOf(config: RunConfig): string {
    const asTimed = { ...config, learningRateSchedule: 'constant', seed: 0, lookAhead: 0, testPairs: 0 }
    // The same settings are timed once, in whatever order they were put together.
    const fields = Object.entries(asTimed).sort(([one], [other]) => (one < other ? -1 : 1))
    return JSON.stringify([useDataStore().summary?.hash, fields])
  }

  return { memory, of, isTold, want, begin }
})
