import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { draftOf, presetOf, readDraft, type Draft, type FieldId } from '../logic/draft'
import { freeName } from '../logic/run-words'
import { useDataStore } from './data'
import { useRunStore } from './run'
import { useRunsStore } from './runs'
import { useSettingsStore } from './settings'
import { modelSize } from '../../made/size'
import { MNIST_THRESHOLD } from '../../shared/data-source'
import { PRESETS, type PresetId } from '../../shared/presets'
import { DEFAULT_RUN_CONFIG, specOf, type RunConfig } from '../../shared/run-config'

const NO_PROBLEMS: ReadonlyMap<FieldId, string> = new Map()

/** The run that is being set up. */
export const useModelStore = defineStore('model', () => {
  const quick = PRESETS[0]
  const draft = ref<Draft>(draftOf({ ...DEFAULT_RUN_CONFIG, ...quick.settings }, quick.name))
  /** Whether the name was typed, so that presets leave it alone. */
  const isNameOwn = ref(false)
  const isAdvancedOpen = ref(false)

  const data = useDataStore()
  const columns = computed(() => (data.summary && !data.summary.tooFew ? data.summary.columns : 784))
  const reading = computed(() => readDraft(draft.value, data.summary?.source ?? MNIST_THRESHOLD, columns.value))
  const problems = computed(() => (reading.value.ok ? NO_PROBLEMS : reading.value.problems))
  const preset = computed(() => presetOf(draft.value))
  const size = computed(() => {
    if (!reading.value.ok) return null
    const { config } = reading.value
    return modelSize(specOf(config, columns.value), config.optimizer, config.batchSize)
  })
  /** Why Train waits; null if it does not. */
  const waitsFor = computed(() => {
    const run = useRunStore()
    if (!data.summary || data.isChanging) return 'The data are still being opened.'
    if (data.summary.tooFew) return 'The data have too few bits for a model: Data says why, and what there is to do.'
    if (run.state.kind === 'paused') return `“${run.name}” is paused. Resume or stop it first.`
    if (run.isBusy) return `“${run.name}” is training. Stop it first, or wait until it ends.`
    if (reading.value.ok) return null
    const { size: count } = reading.value.problems
    return count === 1 ? 'One setting needs mending first.' : `${count} settings need mending first.`
  })

  function suggestName(): void {
    if (isNameOwn.value) return
    const wanted = PRESETS.find(({ id }) => id === preset.value)?.name ?? 'My model'
    draft.value.name = freeName(wanted.replace(/ \(paper\)$/, ''), useRunsStore().names)
  }

  function applyPreset(id: PresetId): void {
    const chosen = PRESETS.find((one) => one.id === id)
    if (!chosen) return
    const { name, numbers, engine } = draft.value
    draft.value = draftOf({ ...chosen.settings, seed: DEFAULT_RUN_CONFIG.seed, engine }, name)
    draft.value.numbers.seed = numbers.seed
    suggestName()
  }

  /** Takes the settings of another run, under a name of their own. */
  function use(config: RunConfig, name: string): void {
    draft.value = draftOf(config, name)
    isNameOwn.value = false
    draft.value.name = freeName(name, useRunsStore().names)
  }

  async function train(): Promise<void> {
    if (!reading.value.ok) return
    const started = await useRunStore().start(draft.value.name.trim(), reading.value.config)
    if (started) isNameOwn.value = false
  }

  watch(() => [preset.value, useRunsStore().names], suggestName, { immediate: true })
  const settings = useSettingsStore()
  watch(
    () => settings.engineChoice,
    (engine) => {
      draft.value.engine = engine
    },
    { immediate: true },
  )

  return { draft, isNameOwn, isAdvancedOpen, columns, problems, preset, size, waitsFor, applyPreset, use, train }
})
