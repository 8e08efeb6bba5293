import { onBeforeUnmount, ref, type Ref } from 'vue'
import { useReducedMotion } from '../../composables/useReducedMotion'

/** How long a whole birth takes at normal speed. */
const SECONDS = 4

export interface Replay {
  /** How many inputs are drawn. */
  readonly step: Ref<number>
  readonly isPlaying: Ref<boolean>
  /** 1 is normal. */
  readonly speed: Ref<number>
  toggle(): void
  scrub(step: number): void
  /** Plays from the beginning; with less motion it is shown whole. */
  begin(): void
  toEnd(): void
}

/** Plays the drawing of `length()` inputs, one after another. */
export function useReplay(length: () => number): Replay {
  const step = ref(0)
  const isPlaying = ref(false)
  const speed = ref(1)
  const isCalm = useReducedMotion()
  let position = 0
  let before = 0
  let frame = 0

  function advance(time: number): void {
    const passed = before === 0 ? 0 : (time - before) / 1000
    // With less motion the picture changes four times a second instead of sixty.
    if (!isCalm.value || passed > 0.25 || before === 0) {
      before = time
      position = Math.min(length(), position + (passed * speed.value * length()) / SECONDS)
      step.value = Math.floor(position)
    }
    if (step.value >= length()) isPlaying.value = false
    else if (isPlaying.value) frame = requestAnimationFrame(advance)
  }

  function toggle(): void {
    if (isPlaying.value) {
      isPlaying.value = false
      cancelAnimationFrame(frame)
      return
    }
    if (step.value >= length()) position = 0
    isPlaying.value = true
    before = 0
    frame = requestAnimationFrame(advance)
  }

  function scrub(to: number): void {
    isPlaying.value = false
    cancelAnimationFrame(frame)
    position = to
    step.value = to
  }

  function begin(): void {
    scrub(isCalm.value ? length() : 0)
    if (!isCalm.value) toggle()
  }

  onBeforeUnmount(() => cancelAnimationFrame(frame))
  return { step, isPlaying, speed, toggle, scrub, begin, toEnd: () => scrub(length()) }
}
