import { computed, onBeforeUnmount, onMounted, ref, watch, type ComputedRef } from 'vue'
import { ask, attempt } from '../bridge'
import { useAskingStore } from '../stores/asking'
import { useRunStore } from '../stores/run'
import { useRunsStore } from '../stores/runs'
import { useSamplesStore } from '../stores/samples'
import { useWindowStore } from '../stores/window'
import type { MenuAbility } from '../../shared/menu'
import type { RunSummary } from '../../shared/run'
import { isTextField } from './keys'
import { useSteps } from './useSteps'

/** The run that a person looks at, in whatever view; null where there is none. */
export function useRunInView(): ComputedRef<RunSummary | null> {
  const [screen, live, runs, samples] = [useWindowStore(), useRunStore(), useRunsStore(), useSamplesStore()]
  const asking = useAskingStore()
  return computed(() => {
    switch (screen.view) {
      case 'train':
        return runs.find(live.shownId)
      case 'samples':
        return samples.run
      case 'ask':
        return asking.run
      case 'runs':
        return runs.place === 'runs' ? runs.picked : null
      case 'home':
      case 'data':
      case 'model':
      case 'learn':
      case 'settings':
        return null
    }
  })
}

/** Tells the menu what of it can do something; called once by the frame. */
export function useMenu(): void {
  const steps = useSteps()
  const screen = useWindowStore()
  const live = useRunStore()
  const runs = useRunsStore()
  const samples = useSamplesStore()
  const run = useRunInView()
  const isTyping = ref(false)
  const lookAtFocus = (): void => {
    isTyping.value = isTextField(document.activeElement)
  }
  onMounted(() => {
    window.addEventListener('focusin', lookAtFocus)
    window.addEventListener('focusout', lookAtFocus)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('focusin', lookAtFocus)
    window.removeEventListener('focusout', lookAtFocus)
  })

  const can = computed<Readonly<Record<MenuAbility, boolean>>>(() => ({
    undo: isTyping.value || steps.value.canUndo,
    redo: isTyping.value || steps.value.canRedo,
    'export-samples': samples.source !== null,
    'fill-missing': run.value !== null && run.value.rowsToFill > 0 && run.value.hasBest && runs.filling === null,
    'reveal-run': run.value !== null,
    'primary-action': screen.primary !== null && screen.primary.waitsFor === null,
    'toggle-pause': live.state.kind === 'training' || live.state.kind === 'paused',
  }))
  watch(
    () => (Object.keys(can.value) as MenuAbility[]).filter((ability) => can.value[ability]).join(' '),
    (abilities) => {
      const able = abilities.split(' ').filter((ability): ability is MenuAbility => ability !== '')
      // Where the menu does not hear of it, an item that can do nothing does nothing.
      void attempt(ask('app.menu', { abilities: able }))
    },
    { immediate: true },
  )
}
