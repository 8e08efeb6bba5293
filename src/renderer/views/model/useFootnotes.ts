import { computed } from 'vue'
import { boundsWords, draftOf, NUMBER_BOUNDS, OPTIMIZER_BOUNDS } from '../../logic/draft'
import { formatSetting, formatWhole } from '../../logic/format'
import { presetName } from '../../logic/preset-texts'
import { useModelStore } from '../../stores/model'
import { list, t } from '../../words'
import { DEFAULT_OPTIMIZERS } from '../../../made/optimizer'
import { LIMITS } from '../../../made/spec'
import type { NumberKey, OptimizerKey } from '../../../shared/draft'
import { PRESETS } from '../../../shared/presets'
import { DEFAULT_RUN_CONFIG } from '../../../shared/run-config'

/** What stands below the numbers of a model: what the preset has that was begun with, and what may be typed. */
export function useFootnotes(): {
  readonly number: (key: NumberKey) => string
  readonly optimizer: (key: OptimizerKey) => string
  readonly hidden: () => string
} {
  const model = useModelStore()
  const begun = computed(() => {
    const preset = PRESETS.find(({ id }) => id === (model.preset ?? model.begunWith))
    if (preset === undefined) return null
    const { seed, engine } = DEFAULT_RUN_CONFIG
    return { preset: presetName(preset.id), draft: draftOf({ ...preset.settings, seed, engine }, '') }
  })

  function limits(value: string | undefined, bounds: string): string {
    return begun.value && value !== undefined
      ? t('field.limits.preset', { preset: begun.value.preset, value, bounds })
      : t('field.limits', { bounds })
  }

  function number(key: NumberKey): string {
    if (key === 'seed') return t('field.limits.seed', { value: DEFAULT_RUN_CONFIG.seed })
    return limits(begun.value?.draft.numbers[key], boundsWords(NUMBER_BOUNDS[key]))
  }

  function optimizer(key: OptimizerKey): string {
    const bounds = boundsWords(OPTIMIZER_BOUNDS[key])
    const kind = model.draft.optimizer
    if (begun.value?.draft.optimizer === kind) return limits(begun.value.draft.optimizerNumbers[kind][key], bounds)
    const usual: Partial<Record<OptimizerKey, number>> = DEFAULT_OPTIMIZERS[kind]
    const value = usual[key]
    return value === undefined
      ? t('field.limits', { bounds })
      : t('field.limits.default', { value: formatSetting(value), bounds })
  }

  function hidden(): string {
    const bounds = boundsWords({ ...LIMITS.hiddenUnits, whole: true })
    const layers = LIMITS.hiddenLayers.most
    if (!begun.value) return t('draft.hidden.limits', { bounds, layers })
    const units = list(begun.value.draft.hidden.map((text) => formatWhole(Number(text))))
    return t('draft.hidden.limits.preset', { preset: begun.value.preset, units, bounds, layers })
  }

  return { number, optimizer, hidden }
}
