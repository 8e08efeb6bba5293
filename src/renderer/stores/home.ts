import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { ask } from '../bridge'
import { useWindowStore } from './window'
import { BUILT_IN_RUNS } from '../../shared/built-in-runs'
import type { DrawnPage } from '../../shared/samples'

/** So many digits are drawn at a time. */
const AT_ONCE = 200
/** After so many the dice begin anew. */
const MOST_DIGITS = 100_000

/** The digits that the first page shows: new ones at every start, drawn by the model that came with the application. */
export const useHomeStore = defineStore('home', () => {
  /** The newest digits; null until the first have come. */
  const page = shallowRef<DrawnPage | null>(null)
  const isPaused = ref(false)
  const isDrawn = computed(() => page.value !== null)
  const seed = crypto.getRandomValues(new Uint32Array(1))[0] % 1_000_000
  let drawing: Promise<unknown> | null = null
  let first = 0

  /** Draws further digits; those that are shown stay until they are here. */
  function drawMore(): void {
    if (drawing) return
    const source = { runId: BUILT_IN_RUNS.digits, model: 'best', connectivity: 0, seed } as const
    drawing = useWindowStore().attend('home', async () => {
      page.value = await ask('samples.draw', { source, first, count: AT_ONCE })
      first = (first + AT_ONCE) % MOST_DIGITS
    })
    void drawing.then(() => (drawing = null))
  }

  /** Waits for the digits that are being drawn, if any are. */
  async function drawnSoFar(): Promise<void> {
    await drawing
  }

  return { page, isPaused, isDrawn, drawMore, drawnSoFar }
})
