import { computed, onBeforeUnmount, ref, watch, type Ref } from 'vue'
import { useReducedMotion } from '../../composables/useReducedMotion'

const MILLISECONDS = 2400
/** Of longer rows a screen full is too much to paint again in every frame. */
const MOST_COLUMNS = 4096

export interface GridBirth {
  /** How many inputs of each sample are drawn by now; null: all. */
  readonly step: Readonly<Ref<number | null>>
  /** Shows it again. */
  again(): void
}

/**
 * Lets all samples that show be drawn before one's eyes, input after input, when the first of a model have come; not where less
 * motion is wanted.
 * @param order in which the inputs are drawn; null while there are none
 */
export function useGridBirth(order: () => Int32Array | null): GridBirth {
  const isCalm = useReducedMotion()
  const share = ref(1)
  let began: number | null = null
  let frame = 0

  function advance(time: number): void {
    began ??= time
    share.value = Math.min(1, (time - began) / MILLISECONDS)
    if (share.value < 1) frame = requestAnimationFrame(advance)
  }

  function again(): void {
    cancelAnimationFrame(frame)
    began = null
    share.value = 0
    frame = requestAnimationFrame(advance)
  }

  watch(
    order,
    (now, before) => {
      if (now !== null && before === null && now.length <= MOST_COLUMNS && !isCalm.value) again()
    },
    { immediate: true },
  )
  onBeforeUnmount(() => cancelAnimationFrame(frame))
  const step = computed(() => (share.value < 1 ? Math.floor(share.value * (order()?.length ?? 0)) : null))
  return { step, again }
}
