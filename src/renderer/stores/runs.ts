import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { ask, attempt } from '../bridge'
import { foldedRuns } from '../logic/folded-groups'
import { groupedByData } from '../logic/run-groups'
import { builtInName, filledWords, hasModel, withProgress } from '../logic/run-words'
import { useRunStore } from './run'
import { useWindowStore } from './window'
import type { FillingWay } from '../../shared/filling'
import type { FillingProgress, FillingSummary, Params } from '../../shared/contract'
import type { RunSummary } from '../../shared/run'
import type { RunRemarks } from '../../shared/run-remarks'
import type { FormerFolder } from '../../shared/runs-folders'
import type { Verification, VerifyingProgress } from '../../shared/verification'
import { say } from '../../words/say'

/** Filling in, under way. */
export interface Filling {
  readonly progress: FillingProgress
  /** When its present step began, by `performance.now()`. */
  readonly began: number
}

/** What is kept of the run under way is read anew at most so often: small models save many times a second. */
const LIVE_MILLISECONDS = 1000

/** What came of filling in the data of a run. */
export interface FilledRun {
  readonly runId: string
  /** Of the first table. */
  readonly summary: FillingSummary
  readonly way: FillingWay
  readonly tables: number
}

/** Past runs and the bin. */
export const useRunsStore = defineStore('runs', () => {
  const live = useRunStore()
  // Of hundreds, each is looked at again and again, and none is changed in place.
  const list = shallowRef<RunSummary[] | null>(null)
  const bin = shallowRef<RunSummary[]>([])
  /** Folders that were used before, in which there are runs. */
  const elsewhere = ref<FormerFolder[]>([])
  const pickedId = ref<string | null>(null)
  /** The run that was moved to the bin just now: no other one takes its place under the pointer. */
  const removed = shallowRef<{ readonly name: string; readonly binId: string } | null>(null)
  /** The run that is shown although there are newer ones. */
  const pinnedId = ref<string | null>(null)
  const place = ref<'runs' | 'bin'>('runs')
  /** Runs that are picked to be compared: they are listed whatever is folded. */
  const comparedIds = shallowRef<readonly string[]>([])
  /** Whether a person is asked how the data of the picked run are to be filled in. */
  const isAskedToFill = ref(false)
  const filling = shallowRef<Filling | null>(null)
  let isFilling = false
  /** The run that is trained again, to be verified. */
  const verifying = shallowRef<{
    readonly runId: string
    readonly share: number | null
    readonly began: number
  } | null>(null)
  /** What came of it last. */
  const verified = shallowRef<{ readonly runId: string; readonly verification: Verification } | null>(null)
  /** Whether a parcel is being made. */
  const isPacking = ref(false)
  /** What came of the last filling in. */
  const filled = shallowRef<FilledRun | null>(null)

  /** The newest first, each as it is on the disk; those that came with the application have names in every language. */
  const kept = computed(() =>
    (list.value ?? [])
      .map((run) => (run.isBuiltIn ? { ...run, name: builtInName(run) } : run))
      .sort((a, b) => b.createdAt - a.createdAt),
  )
  /** The same, the run under way as far as it is now. */
  const sorted = computed(() =>
    kept.value.map((run): RunSummary => {
      if (run.id !== live.activeId || !live.progress) return run
      const now = withProgress(run, live.progress)
      // What is held could not be written down.
      return run.status === 'training' && live.state.kind === 'paused' ? { ...now, status: 'paused' } : now
    }),
  )
  /** Those of a person's own, which another run would be mistaken for by its name. */
  const names = computed(() => own.value.map(({ name }) => name))
  /** All but those that came with the application. */
  const own = computed(() => (list.value ?? []).filter(({ isBuiltIn }) => !isBuiltIn))
  /** Groups of runs that are listed whole, by their ids. */
  const openGroups = ref<ReadonlySet<string>>(new Set())
  /** The same, of each group of runs only the best, and what is picked or under way. */
  const folded = computed(() => {
    const wanted = [pickedId.value, pinnedId.value, live.isBusy ? live.activeId : null, ...comparedIds.value]
    return foldedRuns(
      sorted.value,
      (groupId) => openGroups.value.has(groupId),
      (runId) => wanted.includes(runId),
    )
  })
  const withModels = computed(() => kept.value.filter(hasModel))
  /** What is listed, by the data that it was trained on: losses on other rows cannot be compared. */
  const groups = computed(() => groupedByData(place.value === 'runs' ? folded.value.runs : bin.value))
  const shown = computed(() => groups.value.flatMap((group) => group.runs))
  /** The run that was picked or is pinned, else the newest; none after one was deleted, until one is picked. */
  const picked = computed(() => {
    if (removed.value !== null) return null
    return (
      shown.value.find(({ id }) => id === pickedId.value) ??
      shown.value.find(({ id }) => id === pinnedId.value) ??
      shown.value[0] ??
      null
    )
  })
  watch([pickedId, place], () => (removed.value = null))

  /** Lists a group of runs whole, or only its best. */
  function toggleGroup(groupId: string): void {
    const isOpen = openGroups.value.has(groupId)
    openGroups.value = isOpen
      ? new Set([...openGroups.value].filter((id) => id !== groupId))
      : new Set([...openGroups.value, groupId])
  }

  /** Pins a run, or lets go of the one that is pinned. */
  function togglePin(runId: string): void {
    pinnedId.value = pinnedId.value === runId ? null : runId
  }

  function find(runId: string | null): RunSummary | null {
    return kept.value.find(({ id }) => id === runId) ?? null
  }

  async function refresh(): Promise<void> {
    await useWindowStore().attend('runs', async () => {
      list.value = await ask('runs.list')
      bin.value = await ask('runs.bin')
      elsewhere.value = await ask('runs.elsewhere')
    })
  }

  let liveTimer: ReturnType<typeof setTimeout> | null = null
  let liveAt = -Infinity

  /** Reads anew, soon, what is kept of the run under way. */
  function refreshLive(): void {
    liveTimer ??= setTimeout(() => void readLive(), Math.max(0, liveAt + LIVE_MILLISECONDS - performance.now()))
  }

  async function readLive(): Promise<void> {
    liveAt = performance.now()
    const runId = live.activeId
    // One that is gone meanwhile goes from the list with the next refresh.
    const answer = runId === null ? null : await attempt(ask('runs.summary', { runId }))
    liveTimer = null
    if (answer === null || 'failure' in answer || list.value === null) return
    list.value = [...list.value.filter(({ id }) => id !== runId), answer.value]
  }

  async function rename(runId: string, name: string): Promise<void> {
    // Shown at once; the list that is read after says how it really is.
    list.value = (list.value ?? []).map((run) => (run.id === runId ? { ...run, name } : run))
    await useWindowStore().guard('runs.run', () => ask('runs.rename', { runId, name }))
    await refresh()
  }

  /** Stars a run, or keeps a note on it. Shown at once; where it cannot be kept, it is as it was. */
  async function remark(runId: string, change: Partial<RunRemarks>): Promise<void> {
    const isKept = useWindowStore().guard('runs.run', () => ask('runs.remark', { runId, ...change }))
    list.value = (list.value ?? []).map((run) => (run.id === runId ? { ...run, ...change } : run))
    if (!(await isKept)) await refresh()
  }

  async function remove(run: RunSummary): Promise<void> {
    const screen = useWindowStore()
    await screen.guard('runs.run', async () => {
      const { binId } = await ask('runs.delete', { runId: run.id })
      if (live.pickedId === run.id) live.pickedId = null
      removed.value = { name: run.name, binId }
      const undo = { label: say('frame.undo'), run: () => void restore(binId) }
      screen.notice(say('frame.runs.binned', { name: run.name }), undo)
    })
    await refresh()
  }

  /** Takes a run out of the bin, by the id that it has there. */
  async function restore(binId: string): Promise<void> {
    const answer = await attempt(ask('runs.restore', { binId }))
    await refresh()
    if ('failure' in answer) return useWindowStore().fail('runs', answer.failure)
    place.value = 'runs'
    pickedId.value = answer.value.id
    removed.value = null
  }

  async function emptyBin(): Promise<void> {
    const screen = useWindowStore()
    const worked = await screen.guard('runs', () => ask('runs.emptyBin'))
    if (worked) screen.notice(say('frame.runs.bin-empty'))
    await refresh()
    if (worked) place.value = 'runs'
  }

  async function reveal(runId: string): Promise<void> {
    await useWindowStore().guard('runs.run', () => ask('runs.reveal', { runId }))
  }

  /** Asks for a place and writes there what a run came to, or several side by side. */
  async function report(runIds: readonly string[], place: 'runs' | 'runs.run'): Promise<void> {
    const screen = useWindowStore()
    await screen.guard(place, async () => {
      const saved = await ask('report.save', { runIds: [...runIds] })
      if (saved) screen.notice(say('frame.runs.reported'), null, saved.path)
    })
  }

  /** Asks for a place and writes a parcel of a run there. */
  async function pack(runId: string): Promise<void> {
    const screen = useWindowStore()
    isPacking.value = true
    await screen.guard('runs.run', async () => {
      const saved = await ask('parcel.save', { runId })
      if (!saved) return
      screen.notice(saved.hasRows ? say('frame.runs.packed') : say('frame.runs.packed.no-rows'), null, saved.path)
    })
    isPacking.value = false
  }

  /** Asks for a place and writes the data of a run there, what is missing filled in by its best model. */
  async function fill(run: RunSummary, choice: Omit<Params<'runs.fill'>, 'runId'>): Promise<void> {
    const screen = useWindowStore()
    isFilling = true
    await screen.guard('runs.run', async () => {
      const done = await ask('runs.fill', { runId: run.id, ...choice })
      if (!done) return
      filled.value = { runId: run.id, summary: done, way: choice.way, tables: choice.times ?? 1 }
      screen.notice(filledWords(done), null, done.path)
    })
    isFilling = false
    filling.value = null
  }

  /** Trains a run again and tells whether its parameters are the same. */
  async function verify(runId: string): Promise<void> {
    verified.value = null
    verifying.value = { runId, share: null, began: performance.now() }
    await useWindowStore().guard('runs.run', async () => {
      verified.value = { runId, verification: await ask('runs.verify', { runId }) }
    })
    verifying.value = null
  }

  async function cancelVerify(): Promise<void> {
    await useWindowStore().guard('runs', () => ask('runs.cancelVerify'))
  }

  function hearVerifying({ runId, share }: VerifyingProgress): void {
    if (verifying.value?.runId === runId) verifying.value = { ...verifying.value, share }
  }

  async function cancelFill(): Promise<void> {
    await useWindowStore().guard('runs', () => ask('runs.cancelFill'))
  }

  function hear(progress: FillingProgress): void {
    // An event may arrive after the answer that it came before.
    if (!isFilling) return
    const isSameStep = filling.value?.progress.step === progress.step
    filling.value = { progress, began: isSameStep && filling.value ? filling.value.began : performance.now() }
  }

  // A run that begins, pauses or ends is listed as it is now.
  watch([() => live.state.kind, () => live.activeId], () => void refresh(), { flush: 'sync' })
  watch(() => live.saves, refreshLive, { flush: 'sync' })
  // Whoever begins a run wants to see that one next, and what came of it.
  watch([() => live.activeId, () => live.isBusy], () => (pickedId.value = null))

  return {
    list,
    isAskedToFill,
    filling,
    filled,
    removed,
    report,
    pack,
    verifying,
    verified,
    verify,
    cancelVerify,
    hearVerifying,
    isPacking,
    fill,
    cancelFill,
    hear,
    elsewhere,
    bin,
    pickedId,
    pinnedId,
    togglePin,
    comparedIds,
    openGroups,
    folded,
    toggleGroup,
    place,
    kept,
    sorted,
    names,
    own,
    withModels,
    groups,
    shown,
    picked,
    find,
    refresh,
    rename,
    remark,
    remove,
    restore,
    emptyBin,
    reveal,
  }
})
