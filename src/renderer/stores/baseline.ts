import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { ask } from '../bridge'
import { useDataStore } from './data'
import { useWindowStore } from './window'
import { MIXTURE_LIMITS, type DataEvent, type MixtureProgress, type MixtureResult } from '../../shared/contract'

const USUAL_COMPONENTS = 50
/** A component is fitted to that many rows, on the average. */
const ROWS_EACH = 10

/** A fit under way. */
export interface Fit {
  readonly components: number
  /** Null before the first report. */
  readonly progress: MixtureProgress | null
}

/** The mixture of Bernoullis that is fitted to the open data on request. */
export const useBaselineStore = defineStore('baseline', () => {
  const data = useDataStore()
  const fit = shallowRef<Fit | null>(null)
  /** What was typed; null: nothing yet. */
  const typed = ref<string | null>(null)
  /** As many as are usual, or fewer where there are few rows to fit them to. */
  const suggested = computed(() => {
    const rows = data.summary?.splits.train.rows ?? USUAL_COMPONENTS * ROWS_EACH
    return Math.max(MIXTURE_LIMITS.components.least, Math.min(USUAL_COMPONENTS, Math.floor(rows / ROWS_EACH)))
  })
  const componentsText = computed({
    get: () => typed.value ?? String(suggested.value),
    set: (text: string) => (typed.value = text),
  })
  /** The newest result for rows of each hash, which also those runs are compared with that began before it was known. */
  const results = shallowRef<ReadonlyMap<string, MixtureResult>>(new Map())

  /** The result for the open data. */
  const result = computed(() => {
    if (!data.summary) return null
    return results.value.get(data.summary.hash) ?? data.summary.references.mixture
  })

  /** The result for rows of a hash; null where there is none. */
  function of(hash: string): MixtureResult | null {
    return results.value.get(hash) ?? null
  }

  async function start(components: number): Promise<void> {
    const { summary } = data
    if (!summary || fit.value) return
    fit.value = { components, progress: null }
    await useWindowStore().guard('data.mixture', async () => {
      const found = await ask('data.fitMixture', { components, seed: 1 })
      results.value = new Map([...results.value, [summary.hash, found]])
    })
    fit.value = null
  }

  async function cancel(): Promise<void> {
    await useWindowStore().guard('data.mixture', () => ask('data.cancelFit'))
  }

  function hear(event: DataEvent): void {
    if (event.type === 'fitting' && fit.value) fit.value = { ...fit.value, progress: event.progress }
  }

  return { fit, componentsText, results, result, of, start, cancel, hear }
})
