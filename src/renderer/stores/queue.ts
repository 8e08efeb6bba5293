import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { ask } from '../bridge'
import { useRunStore } from './run'
import { useRunsStore } from './runs'
import { useWindowStore, type Place } from './window'
import type { Longer, RunConfig } from '../../shared/run-config'
import type { GroupState } from '../../shared/run-group'
import { EMPTY_QUEUE, moved, type QueueState } from '../../shared/run-queue'
import type { RunSummary } from '../../shared/run'
import { say } from '../../words/say'

/** The runs that are trained one after another. */
export const useQueueStore = defineStore('queue', () => {
  const live = useRunStore()
  const runs = useRunsStore()
  const state = shallowRef<QueueState>(EMPTY_QUEUE)

  /** The run under way, or the group that trains it; null where there is none. */
  const underWayId = computed(() => {
    if (!live.isBusy) return null
    const group = state.value.groups.find(({ runId }) => runId !== null && runId === live.activeId)
    return group?.id ?? live.activeId
  })
  /** Those that wait, in their order. */
  const waiting = computed(() => state.value.runs.filter((id) => id !== underWayId.value))
  /** Those that a person is shown: the one under way first, whether it was put into the queue or not. */
  const shown = computed(() =>
    waiting.value.length === 0 && group(underWayId.value) === null
      ? []
      : [...(underWayId.value === null ? [] : [underWayId.value]), ...waiting.value],
  )
  /** Whether nothing begins and nothing trains until a person says so. */
  const isPaused = computed(() => state.value.isPaused)
  /** Whether a run that is set up now waits for its turn. */
  const isInTurn = computed(() => live.isBusy || (waiting.value.length > 0 && !isPaused.value))
  /** Why those that wait do so, where the run under way is held and nobody has paused it. */
  const held = computed(() => {
    const { state: now } = live
    return waiting.value.length > 0 && now.kind === 'paused' && now.reason !== null
      ? { runId: now.runId, name: now.name, reason: now.reason }
      : null
  })

  /** A group of it by its id; null where there is none. */
  function group(id: string | null): GroupState | null {
    return state.value.groups.find((one) => one.id === id) ?? null
  }

  function hear(next: QueueState): void {
    state.value = next
    // What is listed says what waits.
    void runs.refresh()
  }

  /** Goes on with what was left when the application ended. */
  async function begin(): Promise<void> {
    hear(await ask('queue.begin'))
  }

  /** Puts a new run at its end. @returns whether it is there */
  async function add(name: string, config: RunConfig): Promise<boolean> {
    const { view } = useWindowStore()
    return append(view, name, async () => ask('queue.add', { name, config }))
  }

  /** Puts a run at its end that is to go on when its turn comes. @returns whether it is there */
  async function addLonger({ id: runId, name }: Pick<RunSummary, 'id' | 'name'>, longer: Longer): Promise<boolean> {
    const { view } = useWindowStore()
    return append(view === 'runs' ? 'runs.run' : view, name, async () => ask('queue.longer', { runId, ...longer }))
  }

  async function append(place: Place, name: string, work: () => Promise<unknown>): Promise<boolean> {
    const screen = useWindowStore()
    return screen.guard(place, async () => {
      await work()
      hear(await ask('queue.state'))
      const show = { label: say('list.queue.show'), run: () => screen.go('runs') }
      screen.notice(say('list.queue.added', { name, place: Math.max(1, waiting.value.length) }), show)
    })
  }

  /** Moves a run that waits to another place among those that wait, from 0. */
  async function move(runId: string, place: number): Promise<void> {
    const others = state.value.runs.filter((id) => id === underWayId.value)
    // Shown at once; what is answered says how it really is.
    state.value = { ...state.value, runs: [...others, ...moved(waiting.value, runId, place)] }
    await change(async () => ask('queue.move', { runId, place }))
  }

  /** Takes a run that waits, or a group, out of the queue, which can be undone. */
  async function remove(runId: string, name: string): Promise<void> {
    const place = Math.max(0, waiting.value.indexOf(runId))
    if (!(await change(async () => ask('queue.remove', { runId })))) return
    const undo = {
      label: say('frame.undo'),
      run: () => void change(async () => ask('queue.restore', { runId, place })),
    }
    useWindowStore().notice(say('list.queue.removed', { name }), undo)
  }

  async function pause(): Promise<void> {
    await change(async () => ask('queue.pause'))
  }

  async function goOn(): Promise<void> {
    await change(async () => ask('queue.goOn'))
  }

  async function change(work: () => Promise<QueueState>): Promise<boolean> {
    return useWindowStore().guard('runs.queue', async () => {
      try {
        hear(await work())
      } catch (thrown) {
        hear(await ask('queue.state'))
        throw thrown
      }
    })
  }

  return {
    state,
    underWayId,
    waiting,
    shown,
    isPaused,
    isInTurn,
    held,
    group,
    hear,
    begin,
    add,
    addLonger,
    move,
    remove,
    pause,
    goOn,
  }
})
