import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** From here on a window has room for what is pleasant to see and not needed, in pixels. */
const ROOMY = 1241

/** Whether the window has room for more than is needed. */
export function useIsRoomy(): Readonly<Ref<boolean>> {
  const query = matchMedia(`(min-width: ${ROOMY}px)`)
  const isRoomy = ref(query.matches)
  const look = (): void => void (isRoomy.value = query.matches)
  query.addEventListener('change', look)
  onScopeDispose(() => query.removeEventListener('change', look))
  return readonly(isRoomy)
}
