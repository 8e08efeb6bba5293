import { onMounted, type Ref } from 'vue'
import { useRememberedStore } from '../stores/remembered'

/**
 * Scrolls an element to where it was when it was seen last, also before the last start. Where a view is shown as a page it is the
 * view that scrolls.
 */
export function useKeptScroll(name: string, element: Readonly<Ref<HTMLElement | null>>): void {
  const remembered = useRememberedStore()
  onMounted(() => {
    const { value } = element
    if (!value) return
    for (const scroller of [value, value.closest('[data-view]')]) {
      if (scroller === null) continue
      scroller.scrollTop = remembered.scroll[name] ?? 0
      scroller.addEventListener('scroll', () => (remembered.scroll[name] = scroller.scrollTop), { passive: true })
    }
  })
}
