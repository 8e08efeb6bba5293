import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { painted, pixelsIn, shuffledPixels, type Brush, type Region } from '../logic/painting'
import { useAskingStore } from './asking'
import type { KnownRow } from '../../shared/questions'

/** A picture of which a part is hidden: what is under that, and how it is hidden. */
interface Covered {
  readonly under: KnownRow
  readonly region: Region
  readonly share: number
  readonly order: readonly number[]
}

/** What a picture is painted with, and how much of it is hidden: what is hidden comes back where the cover is drawn aside. */
export const usePaintingStore = defineStore('painting', () => {
  const asking = useAskingStore()
  const brush = ref<Brush>('ink')
  /** Null until one is chosen: small pictures are painted on by a small one. */
  const chosenSize = ref<number | null>(null)
  const region = ref<Region>('bottom')
  /** How much of the picture is hidden, 0..1. */
  const share = ref(0)
  /** What was made by a cover, so that it is found again where steps are taken back. */
  const made = new WeakMap<KnownRow, Covered>()
  /** In which pixels are hidden that are in no order. */
  let order: readonly number[] = []

  const shape = computed(() => asking.subject?.picture ?? { width: 1, height: 1 })
  const size = computed({
    get: () => chosenSize.value ?? (shape.value.width > 12 ? 2 : 1),
    set: (wanted: number) => (chosenSize.value = wanted),
  })

  /** Hides so much of what there was. @param isStep whether that can be taken back by itself */
  function hide(next: number, isStep: boolean): void {
    const { evidence } = asking
    if (evidence === null) return
    const under = made.get(evidence)?.under ?? evidence
    if (order.length !== shape.value.width * shape.value.height) order = shuffledPixels(shape.value)
    share.value = next
    const covered = painted(under, pixelsIn(shape.value, region.value, next, order), 'unknown')
    made.set(covered, { under, region: region.value, share: next, order })
    asking.set(covered, isStep)
  }

  /** Chooses how it is hidden; where it was not, half of it is. */
  function choose(next: Region): void {
    region.value = next
    order = shuffledPixels(shape.value)
    // Where nothing is known there is nothing to hide.
    if (share.value > 0 || asking.isKnown) hide(share.value || 0.5, true)
  }

  /** Paints on the picture, and on what is hidden of it. */
  function paint(pixels: readonly number[], isStep: boolean): void {
    const { evidence } = asking
    if (evidence === null) return
    const next = painted(evidence, pixels, brush.value)
    const cover = made.get(evidence)
    if (cover) made.set(next, { ...cover, under: painted(cover.under, pixels, brush.value) })
    asking.set(next, isStep)
  }

  /** Takes up a picture, as much of it hidden as was of the one before. */
  function take(row: KnownRow): void {
    const before = share.value
    asking.takePicture(row)
    if (before > 0) hide(before, false)
  }

  watch(
    () => asking.evidence,
    (now) => {
      const cover = now && made.get(now)
      share.value = cover?.share ?? 0
      if (cover) [region.value, order] = [cover.region, cover.order]
    },
  )

  return { brush, size, region, share, hide, choose, paint, take }
})
