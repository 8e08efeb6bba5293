import { useCompareStore } from '../../stores/compare'
import { useRunStore } from '../../stores/run'
import { useRunsStore } from '../../stores/runs'
import type { RunSummary } from '../../../shared/run'
import type { RunList } from './useRunList'

/** What is done when something happens in the rows of runs, heard once for them all. */
export interface RowEvents {
  onKey(event: KeyboardEvent): void
  onClick(event: MouseEvent): void
  onDoubleClick(event: MouseEvent): void
  /** The box of a run was ticked. */
  onChange(event: Event): void
}

/**
 * Arrow keys move, Enter and a double click show the curves. Space, a box, and a click with Ctrl, ⌘ or Shift pick what is to be
 * compared; what is in the bin is only looked at.
 * @param move brings the row of a run into sight, and the focus to it
 */
export function useRowEvents(list: RunList, move: (run: RunSummary) => void): RowEvents {
  const [runs, live, compare] = [useRunsStore(), useRunStore(), useCompareStore()]
  /** The run that was picked last, from which Shift picks on. */
  let anchorId: string | null = null
  const canPick = (): boolean => runs.place === 'runs'

  /** The run in whose row something happened. */
  function runOf({ target }: Event): RunSummary | null {
    const id = target instanceof Element ? target.closest<HTMLElement>('[data-run-id]')?.dataset['runId'] : undefined
    return list.runs.value.find((run) => run.id === id) ?? null
  }

  function toggle(run: RunSummary): void {
    compare.pick([run.id], !compare.isPicked(run.id))
    anchorId = run.id
  }

  function onKey(event: KeyboardEvent): void {
    const run = runOf(event)
    if (run === null) return
    if (event.key === 'Enter' && canPick()) return live.look(run.id)
    if (event.key === ' ' && canPick()) {
      event.preventDefault()
      return toggle(run)
    }
    const listed = list.runs.value
    const index = listed.indexOf(run)
    const to = nextIndex(event.key, index, listed.length)
    if (to === index) return
    event.preventDefault()
    runs.pickedId = listed[to].id
    move(listed[to])
  }

  function onClick(event: MouseEvent): void {
    const run = runOf(event)
    // A box in the row says by itself what it does.
    if (run === null || event.target instanceof HTMLInputElement) return
    const listed = list.runs.value
    const anchor = listed.findIndex(({ id }) => id === (anchorId ?? runs.picked?.id))
    if (canPick() && event.shiftKey && anchor >= 0) {
      const at = listed.indexOf(run)
      const ids = listed.slice(Math.min(anchor, at), Math.max(anchor, at) + 1).map(({ id }) => id)
      return compare.pick(ids, true)
    }
    if (canPick() && (event.ctrlKey || event.metaKey)) return toggle(run)
    runs.pickedId = run.id
  }

  return {
    onKey,
    onClick,
    onDoubleClick: (event) => {
      const run = runOf(event)
      if (run !== null && canPick()) live.look(run.id)
    },
    onChange: (event) => {
      const run = runOf(event)
      if (run !== null) toggle(run)
    },
  }
}

function nextIndex(key: string, index: number, count: number): number {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, index + 1)
    case 'ArrowUp':
      return Math.max(0, index - 1)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return index
  }
}
