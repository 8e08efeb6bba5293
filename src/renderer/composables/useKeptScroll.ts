import { onMounted, type Ref } from 'vue'
import { useRememberedStore } from '../stores/remembered'

/** Scrolls an element to where it was when it was seen last, also before the last start. */
export function useKeptScroll(name: string, element: Readonly<Ref<HTMLElement | null>>): void {
  const remembered = useRememberedStore()
  onMounted(() => {
    const { value } = element
    if (!value) return
    value.scrollTop = remembered.scroll[name] ?? 0
    value.addEventListener('scroll', () => (remembered.scroll[name] = value.scrollTop), { passive: true })
  })
}
