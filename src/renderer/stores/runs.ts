import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { ask } from '../bridge'
import { filledWords } from '../logic/run-words'
import { useRunStore } from './run'
import { useWindowStore } from './window'
import type { FillingProgress } from '../../shared/contract'
import type { RunSummary } from '../../shared/run'

/** Filling in, under way. */
export interface Filling {
  readonly progress: FillingProgress
  /** When its present step began, by `performance.now()`. */
  readonly began: number
}

/** Past runs and the bin. */
export const useRunsStore = defineStore('runs', () => {
  const live = useRunStore()
  const list = ref<RunSummary[] | null>(null)
  const bin = ref<RunSummary[]>([])
  const pickedId = ref<string | null>(null)
  const place = ref<'runs' | 'bin'>('runs')
  const filling = shallowRef<Filling | null>(null)

  const sorted = computed(() => [...(list.value ?? [])].sort((a, b) => b.createdAt - a.createdAt))
  const names = computed(() => (list.value ?? []).map(({ name }) => name))
  const withModels = computed(() => sorted.value.filter((run) => run.hasBest || run.hasLatest))
  const shown = computed(() => (place.value === 'runs' ? sorted.value : bin.value))
  const picked = computed(() => shown.value.find(({ id }) => id === pickedId.value) ?? shown.value[0] ?? null)

  function find(runId: string | null): RunSummary | null {
    return list.value?.find(({ id }) => id === runId) ?? null
  }

  async function refresh(): Promise<void> {
    await useWindowStore().guard(async () => {
      list.value = await ask('runs.list')
      bin.value = await ask('runs.bin')
    })
  }

  async function rename(runId: string, name: string): Promise<void> {
    // Shown at once; the list that is read after says how it really is.
    list.value = (list.value ?? []).map((run) => (run.id === runId ? { ...run, name } : run))
    await useWindowStore().guard(() => ask('runs.rename', { runId, name }))
    await refresh()
  }

  async function remove(run: RunSummary): Promise<void> {
    const screen = useWindowStore()
    const worked = await screen.guard(() => ask('runs.delete', { runId: run.id }))
    if (worked) {
      if (live.pickedId === run.id) live.pickedId = null
      screen.notice(`“${run.name}” is in the bin.`, { label: 'Undo', run: () => void restore(run) })
    }
    await refresh()
  }

  async function restore(run: RunSummary): Promise<void> {
    const worked = await useWindowStore().guard(() => ask('runs.restore', { runId: run.id }))
    await refresh()
    if (!worked) return
    place.value = 'runs'
    pickedId.value = run.id
  }

  async function emptyBin(): Promise<void> {
    const screen = useWindowStore()
    const worked = await screen.guard(() => ask('runs.emptyBin'))
    if (worked) screen.notice('The bin is empty. Its runs are in the bin of your system.')
    await refresh()
    if (worked) place.value = 'runs'
  }

  async function reveal(runId: string): Promise<void> {
    await useWindowStore().guard(() => ask('runs.reveal', { runId }))
  }

  /** Asks for a place and writes the data of a run there, what is missing filled in by its best model. */
  async function fill(run: RunSummary, seed: number): Promise<void> {
    const screen = useWindowStore()
    await screen.guard(async () => {
      const done = await ask('runs.fill', { runId: run.id, seed })
      if (done) screen.notice(filledWords(done), null, done.path)
    })
    filling.value = null
  }

  async function cancelFill(): Promise<void> {
    await useWindowStore().guard(() => ask('runs.cancelFill'))
  }

  function hear(progress: FillingProgress): void {
    const isSameStep = filling.value?.progress.step === progress.step
    filling.value = { progress, began: isSameStep && filling.value ? filling.value.began : performance.now() }
  }

  // A run that begins, pauses or ends is listed as it is now.
  watch([() => live.state.kind, () => live.activeId], () => void refresh(), { flush: 'sync' })

  return {
    list,
    filling,
    fill,
    cancelFill,
    hear,
    bin,
    pickedId,
    place,
    sorted,
    names,
    withModels,
    shown,
    picked,
    find,
    refresh,
    rename,
    remove,
    restore,
    emptyBin,
    reveal,
  }
})
