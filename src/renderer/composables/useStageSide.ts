import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** The longest side that a picture shown alone may have in a window of that height; both in CSS pixels. */
export function stageSideIn(height: number): number {
  if (height > 720) return 392
  if (height > 560) return 336
  // Beside what stands above and below it in its dialog.
  return Math.max(112, height - 232)
}

/** The same for this window, as it is now. */
export function useStageSide(): Readonly<Ref<number>> {
  const side = ref(stageSideIn(window.innerHeight))
  const measure = (): void => {
    side.value = stageSideIn(window.innerHeight)
  }
  onMounted(() => window.addEventListener('resize', measure))
  onBeforeUnmount(() => window.removeEventListener('resize', measure))
  return side
}
