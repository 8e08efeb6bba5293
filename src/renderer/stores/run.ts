import { defineStore } from 'pinia'
import { computed, nextTick, ref, shallowRef, watch } from 'vue'
import { ask, attempt } from '../bridge'
import { LossSeries, type LossPoint } from '../logic/loss-series'
import { progressOf } from '../logic/run-words'
import { useWindowStore } from './window'
import type { ResumeOffer } from '../../shared/contract'
import {
  isUnderWay,
  NO_STATES,
  runIdIn,
  stateOf,
  withState,
  type EpochRecord,
  type RunEvent,
  type RunState,
  type RunStates,
} from '../../shared/run'
import type { EngineChoice } from '../../made/engines'
import type { RunConfig } from '../../shared/run-config'
import type { SamplePage } from '../../shared/samples'
import { say } from '../../words/say'

/** The curves are drawn anew at most so often. */
const CURVE_MILLISECONDS = 120
/** Where drawing them takes long, at most 1/5 of the time is spent on it. */
const CURVE_SHARE = 4
const MOST_SHEETS = 100

/** The run under way, and the curves of the run that is looked at. */
export const useRunStore = defineStore('run', () => {
  const states = shallowRef<RunStates>(NO_STATES)
  /** What the run under way is at, or else the one that was last. */
  const state = computed(() => states.value.current)
  const offer = ref<ResumeOffer | null>(null)
  /** A past run whose curves are looked at; null follows the run under way. */
  const pickedId = ref<string | null>(null)

  const activeId = computed(() => runIdIn(state.value))
  const shownId = computed(() => pickedId.value ?? activeId.value)
  const isShownActive = computed(() => shownId.value !== null && shownId.value === activeId.value)
  /** What the run that is looked at is at; 'idle' of one that nothing was told of since the start. */
  const shownState = computed(() => (shownId.value === null ? state.value : stateOf(states.value, shownId.value)))
  /** The figures of the run that is looked at. */
  const shownProgress = computed(() => progressOf(shownState.value))
  const isBusy = computed(() => isUnderWay(state.value))
  const progress = computed(() => progressOf(state.value))
  const name = computed(() => (state.value.kind === 'idle' ? '' : state.value.name))

  const series = new LossSeries()
  const losses = shallowRef<readonly LossPoint[]>([])
  const epochs = shallowRef<readonly EpochRecord[]>([])
  const sampleEpochs = shallowRef<readonly number[]>([])
  const minibatchesPerEpoch = ref(1)
  const isLoading = ref(false)
  /** The epoch whose samples are looked at; null follows the newest. */
  const pickedEpoch = ref<number | null>(null)
  const sheet = shallowRef<{ readonly epoch: number; readonly page: SamplePage } | null>(null)
  const sheets = new Map<number, SamplePage>()
  /** Counts how often a run under way was saved: what lists it, or draws from its models, watches it. */
  const saves = ref(0)

  let waiting: RunEvent[] | null = null
  let loadNumber = 0
  let curveTimer: ReturnType<typeof setTimeout> | null = null

  /** Epochs and sheets that are heard of and not shown yet: a small model has many of them in a second. */
  let heardEpochs: EpochRecord[] = []
  let heardSheets: number[] = []
  /** What showing the curves took the last time, in milliseconds. */
  let showingMs = 0

  function publishCurve(): void {
    curveTimer ??= setTimeout(() => void showCurve(), Math.max(CURVE_MILLISECONDS, CURVE_SHARE * showingMs))
  }

  async function showCurve(): Promise<void> {
    const began = performance.now()
    losses.value = [...series.values()]
    const [firstEpoch, firstSheet] = [heardEpochs.at(0)?.epoch, heardSheets.at(0)]
    if (firstEpoch !== undefined)
      epochs.value = [...epochs.value.filter(({ epoch }) => epoch < firstEpoch), ...heardEpochs]
    if (firstSheet !== undefined)
      sampleEpochs.value = [...sampleEpochs.value.filter((epoch) => epoch < firstSheet), ...heardSheets]
    heardEpochs = []
    heardSheets = []
    if (firstSheet !== undefined && pickedEpoch.value === null) void loadSheet()
    await nextTick()
    showingMs = performance.now() - began
    curveTimer = null
  }

  /** Reads the curves of the shown run; what is heard meanwhile is added after. */
  async function loadHistory(): Promise<void> {
    const runId = shownId.value
    const number = ++loadNumber
    waiting = []
    sheets.clear()
    if (runId === null) {
      clearCurves()
      waiting = null
      return
    }
    isLoading.value = true
    const answer = await attempt(ask('run.history', { runId }))
    if (number !== loadNumber) return
    isLoading.value = false
    clearCurves()
    if ('value' in answer) {
      const { value } = answer
      series.load(value.losses)
      losses.value = [...series.values()]
      epochs.value = value.epochs
      sampleEpochs.value = value.sampleEpochs
      minibatchesPerEpoch.value = Math.max(1, value.minibatchesPerEpoch)
    } else if (!isShownActive.value) useWindowStore().fail('train', answer.failure)
    const heard = waiting
    waiting = null
    heard.forEach(hearOfShown)
    void loadSheet()
  }

  function clearCurves(): void {
    series.load([])
    losses.value = []
    epochs.value = []
    sampleEpochs.value = []
    heardEpochs = []
    heardSheets = []
    pickedEpoch.value = null
    sheet.value = null
  }

  function hear(event: RunEvent): void {
    switch (event.type) {
      case 'state':
        hearState(event.state)
        break
      case 'losses':
      case 'epoch':
      case 'samples':
        if (event.runId !== shownId.value) break
        if (waiting) waiting.push(event)
        else hearOfShown(event)
        break
      case 'saved':
        saves.value++
        break
      case 'warning':
        useWindowStore().fail('train.warning', event.failure)
        break
    }
  }

  function hearState(next: RunState): void {
    const before = state.value
    const wasShown = shownId.value
    states.value = withState(states.value, next)
    // It is told again of one that is over, such as by another name.
    if (state.value !== next) return
    // Who looks at it follows what is under way from now on.
    if (pickedId.value !== null && pickedId.value === activeId.value) pickedId.value = null
    const progressNow = progressOf(next)
    if (progressNow && isShownActive.value) minibatchesPerEpoch.value = Math.max(1, progressNow.minibatches)
    if (before.kind === next.kind && runIdIn(before) === runIdIn(next)) return
    // What failed was asked of the run as it was.
    useWindowStore().mended('train')
    if (runIdIn(before) !== runIdIn(next)) useWindowStore().mended('train.warning')
    // A run that goes on may have gone back to its checkpoint: its curve is read again.
    if (before.kind === 'preparing' && shownId.value === wasShown && isShownActive.value) void loadHistory()
  }

  function hearOfShown(event: RunEvent): void {
    switch (event.type) {
      case 'losses':
        series.add(event.firstUpdate, event.losses)
        publishCurve()
        break
      case 'epoch':
        heardEpochs = [...heardEpochs.filter(({ epoch }) => epoch < event.record.epoch), event.record]
        publishCurve()
        break
      case 'samples':
        heardSheets = [...heardSheets.filter((epoch) => epoch < event.epoch), event.epoch]
        sheets.delete(event.epoch)
        publishCurve()
        break
      case 'state':
      case 'saved':
      case 'warning':
        break
    }
  }

  async function loadSheet(): Promise<void> {
    const runId = shownId.value
    const epoch = pickedEpoch.value ?? sampleEpochs.value.at(-1)
    if (runId === null || epoch === undefined) return
    let page = sheets.get(epoch)
    if (!page) {
      const answer = await attempt(ask('run.epochSamples', { runId, epoch }))
      if ('failure' in answer) return
      page = answer.value
      if (runId !== shownId.value) return
      sheets.set(epoch, page)
      for (const oldest of sheets.keys()) {
        if (sheets.size <= MOST_SHEETS) break
        sheets.delete(oldest)
      }
    }
    if (epoch === (pickedEpoch.value ?? sampleEpochs.value.at(-1))) sheet.value = { epoch, page }
  }

  function pickEpoch(epoch: number): void {
    pickedEpoch.value = epoch === sampleEpochs.value.at(-1) ? null : epoch
    void loadSheet()
  }

  async function refreshState(): Promise<void> {
    hearState(await ask('run.state', { runId: null }))
  }

  /** Looks for a run that was interrupted, to offer to go on with it. */
  async function findOffer(): Promise<void> {
    offer.value = await ask('runs.resumable')
  }

  async function begin(): Promise<void> {
    await refreshState()
    await findOffer()
  }

  async function start(runName: string, config: RunConfig): Promise<boolean> {
    const screen = useWindowStore()
    const from = screen.view
    return screen.guard(from, async () => {
      await ask('run.start', { name: runName, config })
      pickedId.value = null
      offer.value = null
      // Who has gone elsewhere meanwhile stays there.
      if (screen.view === from) screen.go('train')
    })
  }

  /** Begins a run in place of the one under way, if any, which is left at its last checkpoint. */
  async function startAnew(runName: string, config: RunConfig): Promise<boolean> {
    const screen = useWindowStore()
    const runId = activeId.value
    if (isUnderWay(state.value) && runId !== null) {
      const isLeft = await screen.guard(screen.view, async () => {
        await ask('run.pause', { runId })
        await ask('run.leave', { runId })
      })
      if (!isLeft) return false
    }
    return start(runName, config)
  }

  /** Goes on with a run from its checkpoint, with other most epochs or on another engine. */
  async function goOn(
    runId: string,
    change: { readonly epochs?: number; readonly engine?: EngineChoice; readonly dataPath?: string } = {},
  ): Promise<void> {
    const screen = useWindowStore()
    const from = screen.view
    const place = from === 'runs' ? 'runs.run' : from
    const answer = await attempt(ask('run.continue', { runId, ...change }))
    if ('value' in answer) {
      screen.mended(place)
      pickedId.value = null
      offer.value = null
      if (screen.view === from) screen.go('train')
      return
    }
    const { failure } = answer
    if (failure.code === 'cancelled' || failure.code === 'process-lost') return
    const find = { label: say('frame.choose-file'), run: () => void findData(runId, change) }
    screen.fail(place, failure, failure.code === 'data-missing' ? find : null)
  }

  /** Asks where the data of a run are now, and goes on with it. */
  async function findData(
    runId: string,
    change: { readonly epochs?: number; readonly engine?: EngineChoice },
  ): Promise<void> {
    const answer = await attempt(ask('data.choose', { what: 'file' }))
    if ('failure' in answer) useWindowStore().fail(useWindowStore().view, answer.failure)
    else if (answer.value) await goOn(runId, { ...change, dataPath: answer.value.path })
  }

  async function pause(): Promise<void> {
    await askOfActive('run.pause')
  }

  async function resume(): Promise<void> {
    await askOfActive('run.resume')
  }

  async function stop(): Promise<void> {
    await askOfActive('run.stop')
  }

  /** Lets go of a run that is paused or held, at its last checkpoint. */
  async function leave(): Promise<boolean> {
    return askOfActive('run.leave')
  }

  /** Asks something of the run under way. @returns whether it was done */
  async function askOfActive(what: 'run.pause' | 'run.resume' | 'run.stop' | 'run.leave'): Promise<boolean> {
    const runId = activeId.value
    if (runId === null) return false
    return useWindowStore().guard('train', async () => {
      await ask(what, { runId })
    })
  }

  function togglePause(): void {
    if (state.value.kind === 'training') void pause()
    else if (state.value.kind === 'paused') void resume()
  }

  /** Shows the curves of a run in Train. */
  function look(runId: string): void {
    pickedId.value = runId === activeId.value ? null : runId
    useWindowStore().go('train')
  }

  watch(shownId, () => void loadHistory(), { flush: 'sync' })

  return {
    state,
    offer,
    pickedId,
    activeId,
    shownId,
    isShownActive,
    shownState,
    shownProgress,
    isBusy,
    progress,
    name,
    losses,
    epochs,
    sampleEpochs,
    minibatchesPerEpoch,
    isLoading,
    pickedEpoch,
    sheet,
    saves,
    hear,
    loadHistory,
    pickEpoch,
    refreshState,
    findOffer,
    begin,
    start,
    startAnew,
    goOn,
    pause,
    resume,
    stop,
    leave,
    togglePause,
    look,
  }
})
