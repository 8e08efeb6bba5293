import { onBeforeUnmount, onMounted } from 'vue'
import { useBaselineStore } from '../stores/baseline'
import { useDataStore } from '../stores/data'
import { useRunStore } from '../stores/run'
import { useRunsStore } from '../stores/runs'
import { useWindowStore } from '../stores/window'
import type { MenuCommand, StudioEvent } from '../../shared/contract'

const KEYS: Readonly<Record<string, MenuCommand>> = {
  '1': 'view-data',
  '2': 'view-model',
  '3': 'view-train',
  '4': 'view-samples',
  '5': 'view-runs',
  '6': 'view-learn',
  ',': 'view-settings',
  Enter: 'primary-action',
  o: 'open-data',
}

/** Shortcuts, the system's menu, and everything else that the window hears without asking. */
export function useCommands(): void {
  const screen = useWindowStore()
  const run = useRunStore()
  const runs = useRunsStore()
  const data = useDataStore()
  const baseline = useBaselineStore()

  function obey(command: MenuCommand): void {
    switch (command) {
      case 'view-data':
        return screen.go('data')
      case 'view-model':
        return screen.go('model')
      case 'view-train':
        return screen.go('train')
      case 'view-samples':
        return screen.go('samples')
      case 'view-runs':
        return screen.go('runs')
      case 'view-learn':
        return screen.go('learn')
      case 'view-settings':
        return screen.go('settings')
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
      const command = KEYS[event.key]
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
