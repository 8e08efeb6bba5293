import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { ask } from '../bridge'
import { Pager } from '../logic/pager'
import { hasModel } from '../logic/run-words'
import { useRunStore } from './run'
import { useRunsStore } from './runs'
import { useWindowStore } from './window'
import { failureOf } from '../../base/failure'
import type { DrawnPage, ModelChoice, SampleSource } from '../../shared/samples'
import { labelColumns, variablesFor } from '../../made/variables'
import { say } from '../../words/say'

/** How far one can scroll. */
export const MOST_SAMPLES = 100_000
const PAGE = 100
const MOST_PAGES = 60

/** Pages of the row of a class: their numbers follow those of the class before. */
const PAGES_EACH = MOST_SAMPLES / PAGE

export type SampleView = 'bits' | 'probabilities'

/** Of a model with a label: samples as they come, a row for each class, or those of the class with that number. */
export type ClassChoice = 'any' | 'each' | number

/** A sample as it is looked at. */
export interface ShownSample {
  readonly values: Uint8Array
  readonly isBits: boolean
  readonly logLikelihood: number
  /** The word of its class; null without a label. */
  readonly word: string | null
}

/** The samples that are browsed: of which model, by which ordering, from which seed. */
export const useSamplesStore = defineStore('samples', () => {
  const runs = useRunsStore()
  const live = useRunStore()
  const wantedRunId = ref<string | null>(null)
  const model = ref<ModelChoice>('best')
  const connectivity = ref(0)
  const seed = ref(1)
  const view = ref<SampleView>('bits')
  const scale = ref(2)
  const scrollTop = ref(0)
  /** The class that was asked for, whatever the model knows. */
  const wantedClass = ref<ClassChoice>('any')
  /** The sample that is enlarged, and the row of a class that it is in. */
  const enlarged = ref<number | null>(null)
  const enlargedRow = ref(0)
  /** Whether a person is asked what is to be written. */
  const isExporting = ref(false)
  const arrivals = ref(0)
  const isFailed = ref(false)
  /** The order in which the inputs of the samples are drawn, 0-based; null until the first samples are here. */
  const order = shallowRef<Int32Array | null>(null)

  /** The run under way is offered from the beginning; its samples follow. */
  const offered = computed(() =>
    runs.kept.filter((candidate) => hasModel(candidate) || (live.isBusy && candidate.id === live.activeId)),
  )
  /** The run that is pinned or was chosen, else the one that trains or has just trained, else the newest with a model. */
  const run = computed(
    () =>
      offered.value.find(({ id }) => id === wantedRunId.value) ??
      offered.value.find(({ id }) => id === runs.pinnedId) ??
      offered.value.find(({ id }) => id === live.activeId) ??
      runs.withModels[0] ??
      null,
  )
  const isUnderWay = computed(() => live.isBusy && run.value?.id === live.activeId)
  const words = computed(() => run.value?.label?.words ?? [])
  const classes = computed({
    get: (): ClassChoice => {
      const { value } = wantedClass
      return words.value.length === 0 || (typeof value === 'number' && value >= words.value.length) ? 'any' : value
    },
    set: (choice) => {
      wantedClass.value = choice
      scrollTop.value = 0
    },
  })
  /** Where the label is among the columns; null without one. */
  const labelPlace = computed(() => (run.value?.label ? labelColumns(variablesFor(run.value)) : null))
  const source = computed<SampleSource | null>(() => {
    if (!run.value || !hasModel(run.value)) return null
    const kept: ModelChoice = model.value === 'best' && !run.value.hasBest ? 'latest' : model.value
    const choice: ModelChoice = kept === 'latest' && !run.value.hasLatest ? 'best' : kept
    return {
      runId: run.value.id,
      model: choice,
      connectivity: Math.min(connectivity.value, Math.max(0, run.value.connectivities - 1)),
      seed: seed.value,
      ...(typeof classes.value === 'number' ? { label: classes.value } : {}),
    }
  })

  /** Where the samples of a row of a class come from; there is one row, number 0, unless each class has its own. */
  function sourceOfRow(row: number): SampleSource | null {
    return source.value && classes.value === 'each' ? { ...source.value, label: row } : source.value
  }

  const pager = new Pager<DrawnPage>(
    (page) => {
      const now = source.value
      const asked = sourceOfRow(Math.floor(page / PAGES_EACH))
      if (!asked) return Promise.reject(new Error('there is no model'))
      return ask('samples.draw', { source: asked, first: (page % PAGES_EACH) * PAGE, count: PAGE }).then((drawn) => {
        if (source.value === now) order.value = drawn.order
        return drawn
      })
    },
    MOST_PAGES,
    () => arrivals.value++,
    (thrown) => {
      isFailed.value = true
      const failure = failureOf(thrown)
      if (failure.code !== 'process-lost')
        useWindowStore().fail('samples', failure, { label: say('frame.try-again'), run: redraw })
    },
    1,
  )

  /** Sample `index` of a row of a class as values 0..255; null until it is drawn. */
  function sampleAt(index: number, row = 0): ShownSample | null {
    const page = pager.get(row * PAGES_EACH + Math.floor(index / PAGE))
    if (!page) return null
    const start = (index - page.first) * page.columns
    const isBits = view.value === 'bits'
    const from = isBits ? page.bits : page.probabilities
    return {
      values: from.subarray(start, start + page.columns),
      isBits,
      logLikelihood: page.logLikelihoods[index - page.first],
      word: wordIn(page.bits.subarray(start, start + page.columns)),
    }
  }

  /** The word of the class of a sample. */
  function wordIn(bits: Uint8Array): string | null {
    const { value: place } = labelPlace
    return place ? (words.value[bits.subarray(place.first, place.end).indexOf(1)] ?? null) : null
  }

  function redraw(): void {
    pager.reset()
    order.value = null
    isFailed.value = false
    useWindowStore().mended('samples')
    arrivals.value++
  }

  /** Shows samples of a run in the Samples view. */
  function browse(runId: string): void {
    wantedRunId.value = runId
    useWindowStore().go('samples')
  }

  function throwDice(): void {
    const words = crypto.getRandomValues(new Uint32Array(1))
    seed.value = words[0] % 1_000_000
  }

  /** Draws anew what is shown, and shows it as it was until then. */
  function follow(): void {
    pager.refresh()
    isFailed.value = false
    useWindowStore().mended('samples')
    arrivals.value++
  }

  /** Tells a model from what it was before it was trained further. */
  const version = computed(() => {
    if (!source.value || !run.value) return ''
    const { model, runId } = source.value
    return JSON.stringify([runId, model, model === 'latest' ? run.value.changedAt : run.value.best])
  })
  watch([() => JSON.stringify([source.value, classes.value]), version], ([now], [before]) =>
    now === before ? follow() : redraw(),
  )
  watch(
    () => run.value?.id,
    () => {
      connectivity.value = 0
      scrollTop.value = 0
    },
  )

  // Whoever begins a run wants to see that one next, and what came of it.
  watch([() => live.activeId, () => live.isBusy], () => (wantedRunId.value = null))

  return {
    wantedRunId,
    offered,
    run,
    isUnderWay,
    source,
    model,
    connectivity,
    seed,
    view,
    scale,
    scrollTop,
    words,
    classes,
    labelPlace,
    sourceOfRow,
    enlarged,
    enlargedRow,
    isExporting,
    arrivals,
    isFailed,
    order,
    sampleAt,
    redraw,
    browse,
    throwDice,
  }
})
