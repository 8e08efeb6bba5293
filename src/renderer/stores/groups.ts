import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { ask, attempt } from '../bridge'
import { useCompareStore } from './compare'
import { useQueueStore } from './queue'
import { useRunsStore } from './runs'
import { useWindowStore } from './window'
import { MOST_COMPARED_RUNS } from '../../shared/comparing'
import type { GroupEnd, GroupRequest, GroupResult } from '../../shared/run-group'
import { say } from '../../words/say'

/** Groups of runs that differ in some settings: what came of them. */
export const useGroupsStore = defineStore('groups', () => {
  /** What came of the group that is looked at; null where none is, or nothing can be told of it. */
  const result = shallowRef<GroupResult | null>(null)

  /** Reads what came of a group, which the run that is looked at is of. */
  async function look(groupId: string): Promise<void> {
    const answer = await attempt(ask('group.result', { groupId }))
    result.value = 'value' in answer ? answer.value : null
  }

  /** Puts a group at the end of the queue. @returns whether it is there */
  async function add(name: string, request: GroupRequest): Promise<boolean> {
    const screen = useWindowStore()
    return screen.guard('model.group', async () => {
      await ask('group.add', { ...request, name })
      const show = { label: say('list.queue.show'), run: () => screen.go('runs') }
      screen.notice(say('group.added', { name }), show)
      await useRunsStore().refresh()
    })
  }

  /** Shows the runs of a group side by side, the best of them where there are many. */
  async function compare(groupId: string): Promise<void> {
    const [runs, screen, compared] = [useRunsStore(), useWindowStore(), useCompareStore()]
    await screen.guard('runs.run', async () => {
      const { runs: ids } = await ask('group.result', { groupId })
      await runs.refresh()
      compared.pick(
        compared.picked.map(({ id }) => id),
        false,
      )
      compared.pick(ids.slice(0, MOST_COMPARED_RUNS), true)
      runs.place = 'runs'
      screen.go('runs')
      await compared.open()
    })
  }

  /** A group has come to its end: its best run is the one that is looked at, and what mattered is said. */
  async function hearEnd({ id, name, runs: count }: GroupEnd): Promise<void> {
    const [runs, screen] = [useRunsStore(), useWindowStore()]
    await runs.refresh()
    await look(id)
    const { value } = result
    if (value?.id === id && value.best) runs.pickedId = value.best.runId
    const compareNow = { label: say('group.compare'), run: () => void compare(id) }
    screen.notice(value?.mattered ? say('group.done-told', { name, mattered: value.mattered }) : say('group.done', { name, runs: count }), compareNow) // prettier-ignore
  }

  /** Goes on with a group that was taken out of the queue. */
  async function goOn(groupId: string): Promise<void> {
    const screen = useWindowStore()
    await screen.guard('runs.run', async () => {
      useQueueStore().hear(await ask('queue.restore', { runId: groupId, place: 0 }))
    })
  }

  return { result, look, add, compare, hearEnd, goOn }
})
