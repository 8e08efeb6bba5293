import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { painted, pixelsIn, shuffledPixels } from '../logic/painting'
import { useAskingStore } from './asking'
import type { Brush, BrushSize, PaintTools, Region } from '../../shared/painting'
import type { KnownRow } from '../../shared/questions'
import { NEW_SESSION } from '../../shared/session'

/** The least side of a picture that is painted on by a brush of two pixels, unless another is chosen. */
const LARGE_FROM = 13

/** What a picture is painted with, and how much of it is hidden: what is hidden comes back where the cover is drawn aside. */
export const usePaintingStore = defineStore('painting', () => {
  const asking = useAskingStore()
  const tools = ref<PaintTools>({ ...NEW_SESSION.painting })
  /** Of the order in which pixels are hidden that are in none. */
  const seed = ref(anySeed())

  const shape = computed(() => asking.subject?.picture ?? { width: 1, height: 1 })
  const order = computed(() => shuffledPixels(shape.value, seed.value))
  const size = computed({
    get: (): BrushSize => tools.value.size ?? (shape.value.width < LARGE_FROM ? 1 : 2),
    set: (wanted: BrushSize) => (tools.value.size = wanted),
  })
  /** How much of the picture is hidden, 0..1. */
  const share = computed(() => asking.cover?.share ?? 0)

  /** Hides so much of what there was. @param isStep whether that can be taken back by itself */
  function hide(next: number, isStep: boolean): void {
    const { evidence, cover } = asking
    if (evidence === null) return
    const under = cover?.under ?? evidence
    const { region } = tools.value
    const hidden = painted(under, pixelsIn(shape.value, region, next, order.value), 'unknown')
    asking.set(hidden, { under, region, share: next, seed: seed.value }, isStep)
  }

  /** Chooses how it is hidden; where it was not, half of it is. */
  function choose(next: Region): void {
    tools.value.region = next
    seed.value = anySeed()
    // Where nothing is known there is nothing to hide.
    if (share.value > 0 || asking.isKnown) hide(share.value || 0.5, true)
  }

  /** Paints on the picture, and on what is hidden of it. */
  function paint(pixels: readonly number[], isStep: boolean): void {
    asking.change((row) => painted(row, pixels, tools.value.brush), isStep)
  }

  /** Takes up a picture, as much of it hidden as was of the one before. */
  function take(row: KnownRow): void {
    const before = share.value
    asking.takePicture(row)
    if (before > 0) hide(before, false)
  }

  watch(
    () => asking.cover,
    (cover) => {
      if (!cover) return
      tools.value.region = cover.region
      seed.value = cover.seed
    },
    // Whatever hides more of it hides the same pixels.
    { flush: 'sync', immediate: true },
  )

  return {
    tools,
    brush: computed({ get: () => tools.value.brush, set: (wanted: Brush) => (tools.value.brush = wanted) }),
    region: computed(() => tools.value.region),
    size,
    share,
    hide,
    choose,
    paint,
    take,
  }
})

function anySeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]
}
