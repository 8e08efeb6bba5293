import { defineStore } from 'pinia'
import { ask, attempt } from '../bridge'
import { hasModel } from '../logic/run-words'
import { useDataStore } from './data'
import { useRunsStore } from './runs'
import { useSamplesStore } from './samples'
import { useWindowStore } from './window'

/** What a person opens from outside: dropped on the window, double-clicked, or named on the command line. */
export const useOpeningStore = defineStore('opening', () => {
  const screen = useWindowStore()
  const data = useDataStore()
  const runs = useRunsStore()
  const samples = useSamplesStore()

  /** Opens a file or folder in the view that it belongs to: data, a run, or a model to draw from. */
  async function open(path: string): Promise<void> {
    const answer = await attempt(ask('runs.take', { path }))
    if ('failure' in answer) return screen.fail(screen.view, answer.failure)
    const { value: taken } = answer
    if (taken.kind === 'data') return data.openFile(path)
    await runs.refresh()
    const run = runs.find(taken.runId)
    if (run && hasModel(run)) return samples.browse(run.id)
    runs.place = 'runs'
    runs.pickedId = taken.runId
    screen.go('runs')
  }

  /** At the start: what the application was opened with. */
  async function begin(): Promise<void> {
    await screen.attend('frame.opening', async () => {
      for (const path of await ask('app.openedWith')) await open(path)
    })
  }

  return { open, begin }
})
