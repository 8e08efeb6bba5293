import { onBeforeUnmount, onMounted } from 'vue'
import { useBaselineStore } from '../stores/baseline'
import { useComputeStore } from '../stores/compute'
import { useDataStore } from '../stores/data'
import { useOpeningStore } from '../stores/opening'
import { useRunStore } from '../stores/run'
import { useRunsStore } from '../stores/runs'
import { useSettingsStore } from '../stores/settings'
import { useWindowStore } from '../stores/window'
import { speak } from '../words'
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
  const opening = useOpeningStore()
  const baseline = useBaselineStore()
  const compute = useComputeStore()
  const settings = useSettingsStore()

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
      case 'transfer':
        return settings.hear(event.progress)
      case 'compute-restarted':
        return void compute.hearRestarted(event.failure, event.runId)
      case 'compute-stopped':
        return compute.hearStopped(event.failure)
      case 'failure':
        return screen.fail('frame', event.failure)
      case 'open-file':
        return void opening.open(event.path)
      case 'language':
        return speak(event.language)
      case 'command':
        return obey(event.command)
    }
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
