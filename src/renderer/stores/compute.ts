import { defineStore } from 'pinia'
import { ref } from 'vue'
import { ask } from '../bridge'
import { useDataStore } from './data'
import { useQueueStore } from './queue'
import { useRunStore } from './run'
import { useRunsStore } from './runs'
import { useSamplesStore } from './samples'
import { useSettingsStore } from './settings'
import { useWindowStore } from './window'
import type { Failure } from '../../base/failure'

/** The process that reads data, trains and draws: whether it is there, and what happens when it is lost. */
export const useComputeStore = defineStore('compute', () => {
  /** Why it is not there until a person starts it again; null while it is there, or starts again by itself. */
  const stopped = ref<Failure | null>(null)
  const isStarting = ref(false)
  /** What became of the last process, until the person has gone on. */
  const restarted = ref<Failure | null>(null)

  /** At the start of the window, which may have missed what happened before. */
  async function begin(): Promise<void> {
    const state = await ask('app.computeState')
    stopped.value = state?.kind === 'stopped' ? state.failure : null
  }

  function hearStopped(failure: Failure): void {
    stopped.value = failure
    restarted.value = null
  }

  /** It was lost, and another one is there. @param runId the run that was under way */
  async function hearRestarted(failure: Failure, runId: string | null): Promise<void> {
    restarted.value = failure
    await openAgain()
    if (runId !== null) await useWindowStore().attend('frame.compute', () => useRunStore().findOffer())
    await useWindowStore().attend('runs.queue', useQueueStore().begin)
  }

  async function startAgain(): Promise<void> {
    const screen = useWindowStore()
    isStarting.value = true
    await screen.guard('frame.compute', async () => {
      await ask('app.restartCompute')
      stopped.value = null
      await openAgain()
      await useRunStore().findOffer()
      await useQueueStore().begin()
    })
    isStarting.value = false
  }

  /** A new process has opened nothing yet, and what was asked of the one before may not have been answered. */
  async function openAgain(): Promise<void> {
    const screen = useWindowStore()
    const [settings, samples] = [useSettingsStore(), useSamplesStore()]
    if (settings.engines === null) void screen.attend('settings.engine', settings.loadEngines)
    if (samples.isFailed) samples.redraw()
    await screen.attend('train', useRunStore().refreshState)
    await useRunsStore().refresh()
    await useDataStore().openAgain()
  }

  return { stopped, restarted, isStarting, begin, hearStopped, hearRestarted, startAgain }
})
