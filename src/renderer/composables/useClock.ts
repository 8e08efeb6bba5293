import { onBeforeUnmount, readonly, ref, type Ref } from 'vue'

/** The time of `performance.now()`, read again every so many milliseconds. */
export function useClock(interval: number): Readonly<Ref<number>> {
  const now = ref(performance.now())
  const timer = setInterval(() => (now.value = performance.now()), interval)
  onBeforeUnmount(() => clearInterval(timer))
  return readonly(now)
}
