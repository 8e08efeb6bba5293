import { defineStore } from 'pinia'
import { watch } from 'vue'
import { ask, attempt } from '../bridge'
import { useAskingStore } from './asking'
import { useDataStore } from './data'
import { useModelStore } from './model'
import { usePaintingStore } from './painting'
import { useRememberedStore } from './remembered'
import { useRunStore } from './run'
import { useRunTableStore } from './run-table'
import { useRunsStore } from './runs'
import { useSamplesStore } from './samples'
import { useWindowStore } from './window'
import type { DataSource } from '../../shared/data-source'
import { NEW_SESSION, type Session } from '../../shared/session'

/** What has changed is kept when it has rested so long. */
const REST_MS = 250

/** What is being done, kept as it changes, so that the next start begins where this one ended. */
export const useSessionStore = defineStore('session', () => {
  const remembered = useRememberedStore()
  let kept: Session = NEW_SESSION

  /**
   * At the start: brings back what was being done, but for data and runs, and for what a person has begun anew meanwhile.
   * @returns what was open, if anything
   */
  async function begin(): Promise<DataSource | null> {
    const [model, painting, screen, asking] = [useModelStore(), usePaintingStore(), useWindowStore(), useAskingStore()]
    const table = useRunTableStore()
    const seen = (): readonly string[] =>
      [model.draft, painting.tools, screen.view, table.state].map((one) => JSON.stringify(one))
    const before = seen()
    const answer = await attempt(ask('session.get'))
    // Without it the window begins as at the first start.
    if ('failure' in answer) return null
    kept = answer.value
    Object.assign(remembered.scroll, kept.scroll)
    remembered.openedBefore(kept.recent)
    const [isDraft, areTools, isView, isTable] = seen().map((one, i) => one === before[i])
    if (kept.draft && isDraft) model.takeUp(kept.draft, kept.isNameOwn)
    // Before it is shown, which is before the runs are known.
    if (asking.wantedRunId === null) asking.takeUp(kept.asked)
    if (isTable) table.state = { ...kept.runTable }
    if (areTools) painting.tools = { ...kept.painting }
    if (isView) screen.go(kept.view)
    return kept.data
  }

  /** Once data and runs are there: brings back which ones were looked at, and keeps what changes from now on. */
  function goOn(): void {
    const [data, runs, run, samples] = [useDataStore(), useRunsStore(), useRunStore(), useSamplesStore()]
    const there = (id: string | null): string | null => (runs.find(id) ? id : null)
    // What was picked meanwhile stays.
    runs.pinnedId ??= there(kept.pinned)
    runs.pickedId ??= there(kept.chosen.runs)
    samples.wantedRunId ??= there(kept.chosen.samples)
    if (run.activeId === null) run.pickedId ??= there(kept.chosen.train)
    if (JSON.stringify(data.summary?.source) === JSON.stringify(kept.data))
      data.scrollTop = remembered.scroll['data'] ?? 0
    samples.scrollTop = remembered.scroll['samples'] ?? 0
    for (const [name, store] of [
      ['data', data],
      ['samples', samples],
    ] as const)
      watch(
        () => store.scrollTop,
        (top) => (remembered.scroll[name] = top),
      )
    watch(now, keep, { deep: true })
    // What has changed by then, such as the view, is no change any more.
    if (JSON.stringify(now()) !== JSON.stringify(kept)) keep()
  }

  function now(): Session {
    const [data, model, runs, run] = [useDataStore(), useModelStore(), useRunsStore(), useRunStore()]
    return {
      view: useWindowStore().view,
      // What could not be opened again just now may be there the next time.
      data: data.summary?.source ?? kept.data,
      draft: model.draft,
      isNameOwn: model.isNameOwn,
      scroll: { ...remembered.scroll },
      chosen: { train: run.shownId, samples: useSamplesStore().wantedRunId, runs: runs.pickedId },
      asked: useAskingStore().state,
      painting: { ...usePaintingStore().tools },
      pinned: runs.pinnedId,
      runTable: { ...useRunTableStore().state },
      recent: [...remembered.recent],
    }
  }

  let timer: ReturnType<typeof setTimeout> | null = null

  function keep(): void {
    timer ??= setTimeout(() => {
      timer = null
      // Where it cannot be kept, the next start begins with what was kept before.
      void attempt(ask('session.keep', now()))
    }, REST_MS)
  }

  return { begin, goOn }
})
