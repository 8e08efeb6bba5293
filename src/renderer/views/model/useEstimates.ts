import { computed, watch, type ComputedRef } from 'vue'
import { aboutWords } from '../../logic/format'
import { useDataStore } from '../../stores/data'
import { useEstimatesStore } from '../../stores/estimates'
import { useModelStore } from '../../stores/model'
import { useRunStore } from '../../stores/run'
import { PRESETS, type PresetId } from '../../../shared/presets'
import type { RunEstimate } from '../../../shared/run'
import type { RunConfig } from '../../../shared/run-config'
import { t } from '../../words'

/** How long the run that is set up, and the presets, take on this computer; measured while nothing else trains. */
export function useEstimates(): {
  readonly draft: ComputedRef<RunEstimate | null>
  /** "about 3 h on this computer"; empty before it is known. */
  presetWords(id: PresetId): string
} {
  const [data, model, run, estimates] = [useDataStore(), useModelStore(), useRunStore(), useEstimatesStore()]
  const presets = computed(() => {
    const { summary } = data
    if (!summary) return []
    const { engine } = model.draft
    return PRESETS.map(({ id, settings }): readonly [PresetId, RunConfig] => [
      id,
      { ...settings, data: summary.source, engine, seed: 1 },
    ])
  })
  watch(
    () => [model.config, presets.value, run.isBusy, data.isChanging] as const,
    ([config, all, isBusy, isChanging]) => {
      if (isBusy || isChanging || !data.summary) return
      if (config) estimates.want('draft', config)
      for (const [id, preset] of all) estimates.want(id, preset)
    },
    { immediate: true },
  )
  return {
    draft: computed(() => (model.config ? estimates.of(model.config) : null)),
    presetWords: (id) => {
      const config = presets.value.find(([preset]) => preset === id)?.[1]
      const estimate = config ? estimates.of(config) : null
      return estimate ? t('draft.preset.time', { time: aboutWords(estimate.seconds) }) : ''
    },
  }
}
