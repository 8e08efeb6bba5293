import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { ask, attempt } from '../bridge'
import { pairedTest, pairingOf } from '../../shared/paired-test'
import { useRunsStore } from './runs'
import { useWindowStore } from './window'
import { MOST_COMPARED_RUNS, type ComparedLoss, type ComparingProgress, type RowLosses } from '../../shared/comparing'
import type { RunCurve } from '../../shared/run'

/** Scoring test rows, under way. */
export interface Scoring {
  readonly runId: string
  /** Of all the runs, 0..1. */
  readonly share: number
  /** When it began, by `performance.now()`. */
  readonly began: number
}

/** Runs that are picked to be compared, and what is known of them. */
export const useCompareStore = defineStore('compare', () => {
  const runs = useRunsStore()
  const pickedIds = computed({
    get: () => runs.comparedIds,
    set: (ids) => (runs.comparedIds = ids),
  })
  const isOpen = ref(false)
  /** Whether runs that differ in their seeds alone are taken together. */
  const isGrouped = ref(true)
  /** Which of their losses are compared row by row, where a label is learnt. */
  const wantedLoss = ref<ComparedLoss>('whole')
  const curves = shallowRef<ReadonlyMap<string, RunCurve>>(new Map())
  const losses = shallowRef<ReadonlyMap<string, RowLosses>>(new Map())
  const scoring = shallowRef<Scoring | null>(null)
  let done = 0
  let isGivenUp = false

  /** Those that are listed, in the order of the list. */
  const picked = computed(() => {
    const wanted = new Set(pickedIds.value)
    return runs.sorted.filter(({ id }) => wanted.has(id))
  })
  const isFull = computed(() => picked.value.length >= MOST_COMPARED_RUNS)
  /** Whether a label is learnt, so that there is a p(x) beside p(x, y). */
  const hasLabel = computed(() => picked.value.some(({ label }) => label !== null))
  const compared = computed((): ComparedLoss => (hasLabel.value ? wantedLoss.value : 'whole'))
  const pairing = computed(() => pairingOf(picked.value, compared.value))
  /** Null as long as not all are scored. */
  const test = computed(() => {
    const { runs: paired } = pairing.value
    if (paired.length < 2) return null
    const known = paired.flatMap(({ id }) => {
      const own = losses.value.get(id)
      return own ? [[id, own] as const] : []
    })
    return known.length === paired.length ? pairedTest(new Map(known)) : null
  })

  function isPicked(runId: string): boolean {
    return pickedIds.value.includes(runId)
  }

  /** Picks runs, as far as there is room for them, or lets go of them. */
  function pick(runIds: readonly string[], wanted: boolean): void {
    const others = picked.value.map(({ id }) => id).filter((id) => !runIds.includes(id))
    pickedIds.value = wanted ? [...others, ...runIds].slice(0, MOST_COMPARED_RUNS) : others
  }

  /** Shows those that are picked side by side. */
  async function open(): Promise<void> {
    isOpen.value = true
    await readCurves()
  }

  async function readCurves(): Promise<void> {
    for (const { id } of picked.value) {
      const curve = await attempt(ask('run.curve', { runId: id }))
      // One that cannot be read has no curve; what is wrong with it is said where it is picked.
      if ('value' in curve) curves.value = new Map([...curves.value, [id, curve.value]])
    }
  }

  /** Scores the test rows of those that can be compared row by row. */
  async function score(): Promise<void> {
    const { runs: paired } = pairing.value
    const began = performance.now()
    isGivenUp = false
    losses.value = new Map()
    done = 0
    await useWindowStore().guard('runs', async () => {
      for (const { id } of paired) {
        scoring.value = { runId: id, share: done / paired.length, began }
        const own = await ask('compare.losses', { runId: id, of: compared.value })
        if (isGivenUp) return
        losses.value = new Map([...losses.value, [id, own]])
        done++
      }
    })
    scoring.value = null
  }

  async function cancel(): Promise<void> {
    isGivenUp = true
    await useWindowStore().guard('runs', () => ask('compare.cancel'))
  }

  function hear({ runId, share }: ComparingProgress): void {
    if (scoring.value?.runId !== runId) return
    scoring.value = { ...scoring.value, share: (done + share) / Math.max(1, pairing.value.runs.length) }
  }

  // What was scored was something else.
  watch(compared, () => (losses.value = new Map()))
  // A run that has learnt more since has another model.
  watch(
    () => picked.value.map(({ id, epoch, best }) => `${id} ${epoch} ${best?.epoch ?? 0}`).join('\n'),
    () => {
      losses.value = new Map()
      if (isOpen.value) void readCurves()
    },
  )

  return {
    pickedIds,
    isOpen,
    isGrouped,
    wantedLoss,
    hasLabel,
    curves,
    scoring,
    picked,
    isFull,
    pairing,
    test,
    isPicked,
    pick,
    open,
    score,
    cancel,
    hear,
  }
})
