import { onBeforeUnmount, onMounted } from 'vue'
import { useAskingStore } from '../stores/asking'
import { useBaselineStore } from '../stores/baseline'
import { useCompareStore } from '../stores/compare'
import { useComputeStore } from '../stores/compute'
import { useDataStore } from '../stores/data'
import { useGroupsStore } from '../stores/groups'
import { useOpeningStore } from '../stores/opening'
import { useQueueStore } from '../stores/queue'
import { useRunStore } from '../stores/run'
import { useRunsStore } from '../stores/runs'
import { useSamplesStore } from '../stores/samples'
import { useSettingsStore } from '../stores/settings'
import { useWindowStore } from '../stores/window'
import { speak } from '../words'
import type { StudioEvent } from '../../shared/contract'
import type { MenuCommand } from '../../shared/menu'
import { commandOf, isTextField } from './keys'
import { useRunInView } from './useMenu'
import type { Projector } from './useProjector'
import { useSteps } from './useSteps'

/** Shortcuts, the system's menu, and everything else that the window hears without asking. */
export function useCommands(projector: Projector): void {
  const screen = useWindowStore()
  const run = useRunStore()
  const runs = useRunsStore()
  const queue = useQueueStore()
  const groups = useGroupsStore()
  const data = useDataStore()
  const opening = useOpeningStore()
  const baseline = useBaselineStore()
  const compare = useCompareStore()
  const compute = useComputeStore()
  const settings = useSettingsStore()
  const samples = useSamplesStore()
  const asking = useAskingStore()
  const steps = useSteps()
  const runInView = useRunInView()

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
      case 'undo':
      case 'redo':
        return takeBack(command.type)
      case 'export-samples':
        if (samples.source === null) return
        screen.go('samples')
        samples.isExporting = true
        return
      case 'fill-missing':
        return askToFill()
      case 'toggle-projector':
        return void projector.toggle()
      case 'reveal-run':
        return void (runInView.value && runs.reveal(runInView.value.id))
    }
  }

  function takeBack(way: 'undo' | 'redo'): void {
    // What was typed into a field is the field's own.
    // oxlint-disable-next-line typescript/no-deprecated -- nothing else undoes it from a page
    if (isTextField(document.activeElement)) document.execCommand(way)
    else steps.value[way]()
  }

  function askToFill(): void {
    const { value: run } = runInView
    if (run === null || run.rowsToFill === 0 || !run.hasBest || runs.filling !== null) return
    runs.place = 'runs'
    runs.pickedId = run.id
    screen.go('runs')
    runs.isAskedToFill = true
  }

  function hear(event: StudioEvent): void {
    switch (event.type) {
      case 'run':
        return run.hear(event.event)
      case 'queue':
        return queue.hear(event.state)
      case 'group':
        return void groups.hearEnd(event.ended)
      case 'data':
        data.hear(event.event)
        return baseline.hear(event.event)
      case 'verifying':
        return runs.hearVerifying(event.progress)
      case 'filling':
        return runs.hear(event.progress)
      case 'comparing':
        return compare.hear(event.progress)
      case 'asking':
        return asking.hear(event.progress)
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
    const command = commandOf(event, settings.isMac)
    if (command) {
      // A field of text does this by itself.
      if ((command.type === 'undo' || command.type === 'redo') && isTextField(event.target)) return
      event.preventDefault()
      obey(command)
    } else if (event.key === 'F5' && !event.repeat) {
      event.preventDefault()
      void projector.toggle()
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
