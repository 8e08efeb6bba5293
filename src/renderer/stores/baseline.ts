import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { ask } from '../bridge'
import { useDataStore } from './data'
import { useWindowStore } from './window'
import type { DataEvent, MixtureProgress, MixtureResult } from '../../shared/contract'

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
  const componentsText = ref('50')
  /** The newest result for rows of each hash, which also those runs are compared with that began before it was known. */
  const results = shallowRef<ReadonlyMap<string, MixtureResult>>(new Map())

  /** The result for the open data. */
  const result = computed(() => {
    if (!data.summary) return null
    return results.value.get(data.summary.hash) ?? data.summary.references.mixture
  })

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

  return { fit, componentsText, results, result, start, cancel, hear }
})
