import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { ask, attempt } from '../bridge'
import { draftOf, presetOf, readDraft, type FieldId } from '../logic/draft'
import { placesOf, withPlaces } from '../logic/draft-places'
import { fieldName } from '../logic/field-texts'
import type { Values } from '../logic/history'
import { runNameOf } from '../logic/preset-texts'
import { freeName } from '../../shared/free-name'
import { useDataStore } from './data'
import { useEstimatesStore } from './estimates'
import { useQueueStore } from './queue'
import { useRunStore } from './run'
import { useRunsStore } from './runs'
import { useSettingsStore } from './settings'
import { useWindowStore } from './window'
import { say } from '../../words/say'
import type { ModelledColumns } from '../../made/variables'
import { modelSize } from '../../made/size'
import { MNIST_THRESHOLD } from '../../shared/data-source'
import type { Draft } from '../../shared/draft'
import { PRESETS, type PresetId } from '../../shared/presets'
import { MOST_MEMORY_SHARE } from '../../shared/setting-limits'
import type { RunSummary } from '../../shared/run'
import { DEFAULT_RUN_CONFIG, specOf } from '../../shared/run-config'
import { language, t } from '../words'

const NO_PROBLEMS: ReadonlyMap<FieldId, string> = new Map()

/** The run that is being set up. */
export const useModelStore = defineStore('model', () => {
  const quick = PRESETS[0]
  const draft = ref<Draft>(draftOf({ ...DEFAULT_RUN_CONFIG, ...quick.settings }, ''))
  /** The preset that the settings were last taken from; null if they came from elsewhere. */
  const begunWith = ref<PresetId | null>(quick.id)
  /** The name of the run that they were taken from; null if they came from elsewhere. */
  const nameOfRun = ref<string | null>(null)
  /** Whether the name was typed, so that presets leave it alone. */
  const isNameOwn = ref(false)
  const isAdvancedOpen = ref(false)

  const data = useDataStore()
  /** The variables that the model is over: those of the open data. */
  const modelled = computed((): ModelledColumns =>
    data.summary && !data.summary.tooFew ? data.summary : { columns: 784 },
  )
  const columns = computed(() => modelled.value.columns)
  const reading = computed(() => readDraft(draft.value, data.summary?.source ?? MNIST_THRESHOLD, modelled.value))
  const problems = computed(() => (reading.value.ok ? NO_PROBLEMS : reading.value.problems))
  /** What would be trained; null while something is wrong with it. */
  const config = computed(() => (reading.value.ok ? reading.value.config : null))
  const preset = computed(() => presetOf(draft.value))
  const size = computed(() => {
    if (!reading.value.ok) return null
    const { config } = reading.value
    const { optimizer, batchSize, averagedEpochs } = config
    return modelSize(specOf(config, modelled.value), optimizer, batchSize, averagedEpochs > 1)
  })
  /** Why Train waits whatever the settings say; null if it does not. */
  const waitsAnyway = computed(() => {
    if (!data.summary || data.isChanging) return t('frame.train.opening')
    if (data.summary.tooFew) return t('frame.train.too-few')
    const { memory } = useEstimatesStore()
    if (size.value && memory !== null && size.value.trainingBytes > MOST_MEMORY_SHARE * memory)
      return t('frame.train.memory')
    return null
  })
  /** The setting that Train waits for, the first of those that are wrong; null if it does not wait for one. */
  const firstWrong = computed<FieldId | null>(() => {
    if (reading.value.ok || waitsAnyway.value !== null) return null
    const [first] = reading.value.problems.keys()
    return first
  })
  /** Why Train waits; null if it does not. */
  const waitsFor = computed(() =>
    firstWrong.value === null
      ? waitsAnyway.value
      : t('draft.wrong', { wrong: problems.value.size, field: fieldName(firstWrong.value) }),
  )

  function suggestName(): void {
    if (isNameOwn.value) return
    draft.value.name = freeName(nameOfRun.value ?? runNameOf(preset.value), useRunsStore().names)
  }

  function applyPreset(id: PresetId): void {
    const chosen = PRESETS.find((one) => one.id === id)
    if (!chosen) return
    const { name, numbers, engine } = draft.value
    draft.value = draftOf({ ...chosen.settings, seed: DEFAULT_RUN_CONFIG.seed, engine }, name)
    draft.value.numbers.seed = numbers.seed
    begunWith.value = id
    nameOfRun.value = null
    suggestName()
  }

  /** The run whose settings were taken; null once that does not matter any more. */
  const origin = shallowRef<RunSummary | null>(null)
  /** The same, where other data are open than that run had. */
  const madeForOther = computed(() => {
    const { value } = origin
    return value && value.dataHash !== '' && data.summary && data.summary.hash !== value.dataHash ? value : null
  })

  /** Takes the settings of another run, under a name of their own. */
  function use(run: RunSummary): void {
    draft.value = draftOf(run.config, run.name)
    begunWith.value = presetOf(draft.value)
    nameOfRun.value = run.name
    isNameOwn.value = false
    suggestName()
    origin.value = run
  }

  /** Opens the data that the settings were made for. @param path where their file is now, if it has moved */
  async function openOwnData(path?: string): Promise<void> {
    const { value: run } = origin
    if (!run) return
    const screen = useWindowStore()
    screen.mended('model.data')
    const own = run.config.data
    const source = own.kind === 'file' && path !== undefined ? { ...own, path } : own
    await data.open(source, say('frame.data.opening', { name: run.dataName }), (failure) => {
      const action = own.kind === 'file' ? { label: say('frame.choose-file'), run: () => void findOwnData() } : null
      screen.fail('model.data', failure, action)
    })
  }

  async function findOwnData(): Promise<void> {
    const answer = await attempt(ask('data.choose', { what: 'file' }))
    if ('failure' in answer) useWindowStore().fail('model.data', answer.failure)
    else if (answer.value) await openOwnData(answer.value.path)
  }

  /** The data that are open are meant. */
  function keepOpenData(): void {
    origin.value = null
    useWindowStore().mended('model.data')
  }

  /** Goes on with a draft of an earlier day. */
  function takeUp(kept: Draft, isOwn: boolean): void {
    draft.value = kept
    begunWith.value = presetOf(kept)
    nameOfRun.value = null
    isNameOwn.value = isOwn
  }

  /** All that a person has set, by its place. */
  const values = computed<Values>(() => ({
    ...placesOf(draft.value),
    begunWith: begunWith.value,
    nameOfRun: nameOfRun.value,
    isNameOwn: isNameOwn.value,
  }))

  /** Sets what some places have, as it was before a change or after it. */
  function restore(wanted: Values): void {
    draft.value = withPlaces(draft.value, wanted)
    const all = { ...values.value, ...wanted }
    begunWith.value = PRESETS.find(({ id }) => id === all['begunWith'])?.id ?? null
    nameOfRun.value = typeof all['nameOfRun'] === 'string' ? all['nameOfRun'] : null
    isNameOwn.value = all['isNameOwn'] === true
    if (origin.value?.name !== nameOfRun.value) origin.value = null
    suggestName()
  }

  /** Trains what is set up: at once, or when those before it are over. */
  async function train(): Promise<void> {
    if (!reading.value.ok) return
    const [name, { config }] = [draft.value.name.trim(), reading.value]
    const queue = useQueueStore()
    const started = await (queue.isInTurn ? queue.add(name, config) : useRunStore().start(name, config))
    // A name that was typed meanwhile is that of the next run.
    if (started && draft.value.name.trim() === name) isNameOwn.value = false
  }

  watch(() => [preset.value, useRunsStore().names, language()], suggestName, { immediate: true })
  const settings = useSettingsStore()
  watch(
    () => settings.engineChoice,
    (engine) => {
      draft.value.engine = engine
    },
    { immediate: true },
  )

  return {
    draft,
    isNameOwn,
    isAdvancedOpen,
    columns,
    problems,
    config,
    preset,
    begunWith,
    size,
    firstWrong,
    waitsFor,
    applyPreset,
    use,
    madeForOther,
    openOwnData,
    keepOpenData,
    takeUp,
    values,
    restore,
    train,
  }
})
