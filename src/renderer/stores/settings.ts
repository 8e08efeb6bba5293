import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { ask } from '../bridge'
import { ENGINE_OPTIONS } from '../logic/field-texts'
import { useWindowStore } from './window'
import type { AppInfo, EngineReport, Params, Settings } from '../../shared/contract'

/** Settings of the application, the engines of this computer, and what is running. */
export const useSettingsStore = defineStore('settings', () => {
  const settings = ref<Settings | null>(null)
  const engines = ref<EngineReport[] | null>(null)
  const info = ref<AppInfo | null>(null)

  const theme = computed(() => settings.value?.theme ?? 'system')
  const engineChoice = computed(() => settings.value?.engine ?? 'auto')
  /** What the automatic choice is made among. */
  const candidates = computed(() => (engines.value ?? []).filter(({ mayBeFastest }) => mayBeFastest))
  /** The engine that a new run would take; of several that may be the fastest, the first. */
  const chosenEngine = computed(() => {
    const available = (engines.value ?? []).filter((engine) => engine.available)
    return available.find(({ id }) => id === engineChoice.value) ?? available[0] ?? null
  })

  /** The choices of an engine, with what they compute on; what is not there is marked and cannot be chosen. */
  const engineOptions = computed(() =>
    ENGINE_OPTIONS.map((option) => {
      const report = engines.value?.find(({ id }) => id === option.value)
      if (report === undefined || option.value === 'cpu') return { ...option, disabled: false }
      if (!report.available) return { ...option, label: `${option.label}, not available`, disabled: true }
      return {
        ...option,
        label: `${option.label}, on the ${report.device?.kind === 'gpu' ? 'graphics card' : 'processor'}`,
        disabled: false,
      }
    }),
  )

  async function load(): Promise<void> {
    settings.value = await ask('settings.get')
    info.value = await ask('app.info')
    const { damagedSettings } = info.value
    if (damagedSettings === null) return
    useWindowStore().showFailure({
      code: 'damaged-file',
      message: 'The settings could not be read, so MADE Studio started with the usual ones.',
      hint: `The damaged file is kept at ${damagedSettings}.`,
    })
  }

  async function loadEngines(): Promise<void> {
    engines.value = await ask('engines.list')
  }

  async function change(part: Params<'settings.set'>): Promise<void> {
    settings.value = await ask('settings.set', part)
  }

  async function chooseRunsFolder(): Promise<boolean> {
    const changed = await ask('settings.chooseRunsFolder')
    if (changed) settings.value = changed
    return changed !== null
  }

  return {
    settings,
    engines,
    info,
    theme,
    engineChoice,
    candidates,
    chosenEngine,
    engineOptions,
    load,
    loadEngines,
    change,
    chooseRunsFolder,
  }
})
