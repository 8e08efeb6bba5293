import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { ask, attempt } from '../../bridge'
import { useAskingStore, type Told } from '../../stores/asking'
import type { LikeliestRow, NearRow, RowStanding, RowSurprise } from '../../../shared/questions'

/** What there is to learn of the picture as it stands, beside how it could go on. */
export interface PictureFacts {
  /** How surprising it is; null until it is known. */
  readonly surprise: Readonly<ShallowRef<RowSurprise | null>>
  /** Where it would stand among the test rows; null until it is asked for. */
  readonly standing: Readonly<ShallowRef<Told<RowStanding> | null>>
  readonly likeliest: Readonly<ShallowRef<Told<LikeliestRow> | null>>
  readonly near: Readonly<ShallowRef<Told<readonly NearRow[]> | null>>
  /** Which of them is on its way. */
  readonly busy: Readonly<Ref<'standing' | 'likeliest' | 'near' | null>>
  /** Whether something can be asked for. */
  readonly isReady: ComputedRef<boolean>
  readonly findStanding: () => Promise<void>
  readonly findLikeliest: () => Promise<void>
  readonly findNear: () => Promise<void>
}

const NEAR = 6

/** Tells the surprise of the picture whenever its answer is there, and the rest when it is asked for. */
export function usePictureFacts(): PictureFacts {
  const asking = useAskingStore()
  const surprise = shallowRef<RowSurprise | null>(null)
  const standing = shallowRef<Told<RowStanding> | null>(null)
  const likeliest = shallowRef<Told<LikeliestRow> | null>(null)
  const near = shallowRef<Told<readonly NearRow[]> | null>(null)
  const busy = ref<'standing' | 'likeliest' | 'near' | null>(null)
  /** Once it was asked for, it follows what is painted. */
  let wantsStanding = false

  async function findSurprise(): Promise<void> {
    const { source, evidence } = asking
    if (!source || !evidence) return
    const told = await attempt(ask('ask.surprise', { source, row: evidence }))
    if (asking.evidence !== evidence) return
    surprise.value = 'value' in told ? told.value : null
    if (wantsStanding) await findStanding()
  }

  /** Asks for something of the picture as it stands, and keeps it unless the picture has changed. */
  async function find<T>(
    kind: 'standing' | 'likeliest' | 'near',
    work: () => Promise<T>,
    keep: (told: Told<T>) => void,
  ): Promise<void> {
    const { evidence } = asking
    busy.value = kind
    const told = await attempt(work())
    if (busy.value === kind) busy.value = null
    if (asking.evidence === evidence && !('failure' in told && told.failure.code === 'cancelled')) keep(told)
  }

  async function findStanding(): Promise<void> {
    const [{ source }, { value: found }] = [asking, surprise]
    if (!source || !found) return
    wantsStanding = true
    await find(
      'standing',
      () => ask('ask.standing', { source, row: found.bits }),
      (told) => {
        standing.value = told
        // Data that are not there do not come by asking again.
        if ('failure' in told) wantsStanding = false
      },
    )
  }

  async function findLikeliest(): Promise<void> {
    const { source, evidence } = asking
    if (source && evidence)
      await find(
        'likeliest',
        () => ask('ask.likeliest', { source, evidence }),
        (told) => (likeliest.value = told),
      )
  }

  async function findNear(): Promise<void> {
    const [{ source }, { value: found }] = [asking, surprise]
    if (source && found)
      await find(
        'near',
        () => ask('ask.nearest', { source, row: found.bits, count: NEAR }),
        (told) => (near.value = told),
      )
  }

  watch(
    () => asking.evidence,
    () => {
      likeliest.value = null
      near.value = null
    },
  )
  // What is seen first comes first.
  watch(
    () => asking.answer !== null && !asking.isAsking && asking.evidence,
    (settled) => {
      if (settled) void findSurprise()
    },
    { immediate: true },
  )

  return {
    surprise,
    standing,
    likeliest,
    near,
    busy,
    isReady: computed(() => surprise.value !== null),
    findStanding,
    findLikeliest,
    findNear,
  }
}
