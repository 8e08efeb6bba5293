import { onBeforeUnmount, onMounted, reactive, type Ref } from 'vue'

/** The inner size of an element in CSS pixels and the number of device pixels to each; kept up to date. */
export function useElementSize(element: Readonly<Ref<HTMLElement | null>>): {
  readonly width: number
  readonly height: number
  readonly ratio: number
} {
  const size = reactive({ width: 0, height: 0, ratio: window.devicePixelRatio })
  const observer = new ResizeObserver(() => measure())
  function measure(): void {
    if (!element.value) return
    size.width = element.value.clientWidth
    size.height = element.value.clientHeight
    size.ratio = window.devicePixelRatio
  }
  onMounted(() => {
    if (element.value) observer.observe(element.value)
    window.addEventListener('resize', measure)
    measure()
  })
  onBeforeUnmount(() => {
    observer.disconnect()
    window.removeEventListener('resize', measure)
  })
  return size
}
