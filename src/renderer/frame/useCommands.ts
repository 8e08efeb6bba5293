import { onBeforeUnmount, onMounted } from 'vue'
import { useBaselineStore } from '../stores/baseline'
import { useDataStore } from '../stores/data'
import { useRunStore } from '../stores/run'
import { useRunsStore } from '../stores/runs'
import { useWindowStore } from '../stores/window'
import type { MenuCommand, StudioEvent } from '../../shared/contract'
import { VIEWS } from '../../shared/views'

/** What keys do together with Ctrl or ⌘. */
const KEYS: ReadonlyMap<string, MenuCommand> = new Map<string, MenuCommand>([
  ...VIEWS.map(({ id, key }): [string, MenuCommand] => [key, { type: 'show-view', view: id }]),
  ['Enter', { type: 'primary-action' }],
  ['o', { type: 'open-data' }],
])

/** Shortcuts, the system's menu, and everything else that the window hears without asking. */
export function useCommands(): void {
  const screen = useWindowStore()
  const run = useRunStore()
  const runs = useRunsStore()
  const data = useDataStore()
  const baseline = useBaselineStore()

  function obey(command: MenuCommand): void {
    switch (command.type) {
      case 'show-view':
        return screen.go(command.view)
      case 'primary-action':
        return screen.pressPrimary()
      case 'toggle-pause':
        return run.togglePause()
      case 'open-data':
        return void data.choose('file')
    }
  }

  function hear(event: StudioEvent): void {
    switch (event.type) {
      case 'run':
        return run.hear(event.event)
      case 'data':
        data.hear(event.event)
        return baseline.hear(event.event)
      case 'filling':
        return runs.hear(event.progress)
      case 'compute-restarted':
        screen.showFailure(event.failure)
        return void afterRestart()
      case 'open-file':
        return void data.openFile(event.path)
      case 'command':
        return obey(event.command)
    }
  }

  async function afterRestart(): Promise<void> {
    await screen.guard(async () => {
      await run.refreshState()
      await runs.refresh()
      // The new process has opened nothing yet.
      if (data.summary) await data.open(data.summary.source, 'Opening the data again…')
    })
  }

  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      const command = KEYS.get(event.key)
      if (!command) return
      event.preventDefault()
      obey(command)
    } else if (event.key === ' ' && !event.repeat && !takesSpace(event.target)) {
      event.preventDefault()
      run.togglePause()
    }
  }

  let stopHearing: (() => void) | null = null
  onMounted(() => {
    window.addEventListener('keydown', onKey)
    stopHearing = window.studio.onEvent(hear)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('keydown', onKey)
    stopHearing?.()
  })
}

/** Whether Space means something to what has the focus. */
function takesSpace(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, button, summary, a, [role="button"], [contenteditable]') !== null
  )
}
