import { computed, shallowRef, watch, type ComputedRef } from 'vue'
import { isToBeSaid, saidOf, spokenWords, type Said } from '../logic/spoken-run'
import { useRunStore } from '../stores/run'
import type { RunState } from '../../shared/run'

/** What is said aloud of the run that trains, whatever view is shown; empty while there is nothing to say. */
export function useSpokenRun(): ComputedRef<string> {
  const run = useRunStore()
  const spoken = shallowRef<RunState | null>(null)
  let last: Said | null = null
  watch(
    () => run.state,
    (state) => {
      const at = performance.now()
      if (isToBeSaid(last, state, at)) {
        spoken.value = state
        last = saidOf(state, at)
      } else if (last === null || last.kind !== state.kind) last = saidOf(state, at)
    },
    { immediate: true },
  )
  return computed(() => (spoken.value === null ? '' : spokenWords(spoken.value)))
}
