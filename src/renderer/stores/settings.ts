import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { ask } from '../bridge'
import { engineOptions as engineNames } from '../logic/field-texts'
import { useWindowStore } from './window'
import { t } from '../words'
import type { AppInfo, ChosenRunsFolder, EngineReport, Params, Settings } from '../../shared/contract'
import type { TransferProgress } from '../../shared/runs-folders'

/** Settings of the application, the engines of this computer, and what is running. */
export const useSettingsStore = defineStore('settings', () => {
  const settings = ref<Settings | null>(null)
  const engines = ref<EngineReport[] | null>(null)
  const info = ref<AppInfo | null>(null)
  /** Runs on their way into another folder. */
  const transfer = ref<TransferProgress | null>(null)
  let isChoosing = false

  const language = computed(() => settings.value?.language ?? 'system')
  const theme = computed(() => settings.value?.theme ?? 'system')
  const engineChoice = computed(() => settings.value?.engine ?? 'auto')
  /** As `process.platform`; empty before it is known. */
  const platform = computed(() => info.value?.platform.split(' ')[0] ?? '')
  const isMac = computed(() => platform.value === 'darwin')
  /** What the automatic choice is made among. */
  const candidates = computed(() => (engines.value ?? []).filter(({ mayBeFastest }) => mayBeFastest))
  /** The engine that a new run would take; of several that may be the fastest, the first. */
  const chosenEngine = computed(() => {
    const available = (engines.value ?? []).filter((engine) => engine.available)
    return available.find(({ id }) => id === engineChoice.value) ?? available[0] ?? null
  })

  /** The choices of an engine, with what they compute on; what is not there is marked and cannot be chosen. */
  const engineOptions = computed(() =>
    engineNames().map((option) => {
      const report = engines.value?.find(({ id }) => id === option.value)
      if (report === undefined || option.value === 'cpu') return { ...option, disabled: false }
      const engine = option.label
      if (!report.available) return { ...option, label: t('frame.engine.absent', { engine }), disabled: true }
      const isOnGpu = report.device?.kind === 'gpu'
      const label = isOnGpu ? t('frame.engine.on-gpu', { engine }) : t('frame.engine.on-cpu', { engine })
      return { ...option, label, disabled: false }
    }),
  )

  async function load(): Promise<void> {
    settings.value = await ask('settings.get')
    info.value = await ask('app.info')
    const { settingsFailure } = info.value
    if (settingsFailure) useWindowStore().fail('frame.settings', settingsFailure)
  }

  async function loadEngines(): Promise<void> {
    engines.value = await ask('engines.list')
  }

  async function change(part: Params<'settings.set'>): Promise<void> {
    try {
      settings.value = await ask('settings.set', part)
    } catch (thrown) {
      // What could not be kept holds all the same.
      settings.value = await ask('settings.get')
      throw thrown
    }
  }

  /** Asks for another folder of runs. @returns what came of it; null if the person cancelled */
  async function chooseRunsFolder(): Promise<ChosenRunsFolder | null> {
    isChoosing = true
    try {
      const chosen = await ask('settings.chooseRunsFolder')
      if (chosen) settings.value = chosen.settings
      return chosen
    } finally {
      isChoosing = false
      transfer.value = null
    }
  }

  async function useFormerFolder(path: string): Promise<void> {
    settings.value = await ask('settings.useFormerFolder', { path })
  }

  function hear(progress: TransferProgress): void {
    // An event may arrive after the answer that it came before.
    if (isChoosing) transfer.value = progress
  }

  return {
    settings,
    platform,
    isMac,
    engines,
    info,
    language,
    theme,
    engineChoice,
    candidates,
    chosenEngine,
    engineOptions,
    load,
    loadEngines,
    change,
    chooseRunsFolder,
    useFormerFolder,
    transfer,
    hear,
  }
})
