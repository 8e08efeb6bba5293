import { computed, type ComputedRef } from 'vue'
import { useAskingStore } from '../stores/asking'
import { useHistoryStore } from '../stores/history'
import { useWindowStore } from '../stores/window'

/** Steps that can be taken back, and taken again. */
export interface Steps {
  readonly canUndo: boolean
  readonly canRedo: boolean
  undo(): void
  redo(): void
}

/** Those of the view that is shown: of what is asked, else of data and model. */
export function useSteps(): ComputedRef<Steps> {
  const [screen, asking, history] = [useWindowStore(), useAskingStore(), useHistoryStore()]
  return computed(() => (screen.view === 'ask' ? asking : history))
}
