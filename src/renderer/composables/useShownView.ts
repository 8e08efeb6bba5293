import { computed, nextTick, watch, type ComputedRef } from 'vue'
import { viewOf } from '../../shared/views'
import { useWindowStore } from '../stores/window'
import { tell } from '../words'

/**
 * Makes a change of view known to those who do not see it; called once by the frame. What had the focus may be gone with the
 * view before: then its name has it, from where Tab goes on into the view.
 * @returns the name of the view, to be said aloud
 */
export function useShownView(): ComputedRef<string> {
  const screen = useWindowStore()
  watch(
    () => screen.view,
    async () => {
      await nextTick()
      // At the start nobody has lost it.
      if (!navigator.userActivation.hasBeenActive) return
      if (document.activeElement === null || document.activeElement === document.body)
        document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
    },
  )
  return computed(() => tell(viewOf(screen.view).name))
}
