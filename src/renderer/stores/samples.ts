import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { ask, attempt } from '../bridge'
import { Pager } from '../logic/pager'
import { hasModel } from '../logic/run-words'
import { useRunStore } from './run'
import { useRunsStore } from './runs'
import { useWindowStore } from './window'
import { failureOf } from '../../base/failure'
import type { DrawnPage, ModelChoice, SampleSource } from '../../shared/samples'
import type { ColumnHistogram, TableColumn } from '../../shared/table-view'
import { say } from '../../words/say'

/** How far one can scroll. */
export const MOST_SAMPLES = 100_000
/** Rows of a page; of wide rows fewer, so that it has not more than so many inputs. */
const PAGE = { rows: 100, inputs: 500_000 } as const
const MOST_PAGES = 60

export type SampleView = 'table' | 'bits' | 'probabilities'

/** A value of a drawn row. */
export interface DrawnCell {
  /** Null where there is no value. */
  readonly text: string | null
  /** The probability that it was drawn with, of a number that of its bin; null where it is not known. */
  readonly chance: number | null
  /** How many inputs are drawn when it is known. */
  readonly knownAfter: number
}

/** What the samples are, which is known when the first are here. */
export interface SampleShape extends Pick<DrawnPage, 'columns' | 'picture' | 'hasColumns'> {
  /** The columns of the table that they are rows of; null where they are none. */
  readonly table: readonly TableColumn[] | null
}

/** The samples that are browsed: of which model, by which ordering, from which seed. */
export const useSamplesStore = defineStore('samples', () => {
  const runs = useRunsStore()
  const live = useRunStore()
  const wantedRunId = ref<string | null>(null)
  const model = ref<ModelChoice>('best')
  const connectivity = ref(0)
  const seed = ref(1)
  const wantedView = ref<SampleView>('table')
  const scale = ref(2)
  const scrollTop = ref(0)
  /** The sample that is enlarged. */
  const enlarged = ref<number | null>(null)
  const arrivals = ref(0)
  const isFailed = ref(false)
  /** The order in which the inputs of the samples are drawn, 0-based; null until the first samples are here. */
  const order = shallowRef<Int32Array | null>(null)
  /** Null until the first samples of the run are here. */
  const shape = shallowRef<SampleShape | null>(null)
  /** How often the values of each column of a table occur in the first samples. */
  const histograms = shallowRef<readonly ColumnHistogram[]>([])
  const view = computed<SampleView>({
    get: () => (wantedView.value === 'table' && !shape.value?.table ? 'bits' : wantedView.value),
    set: (wanted) => (wantedView.value = wanted),
  })

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
  const source = computed<SampleSource | null>(() => {
    if (!run.value || !hasModel(run.value)) return null
    const kept: ModelChoice = model.value === 'best' && !run.value.hasBest ? 'latest' : model.value
    const choice: ModelChoice = kept === 'latest' && !run.value.hasLatest ? 'best' : kept
    return {
      runId: run.value.id,
      model: choice,
      connectivity: Math.min(connectivity.value, Math.max(0, run.value.connectivities - 1)),
      seed: seed.value,
    }
  })

  const sourceKey = computed(() => JSON.stringify(source.value))
  const rowsPerPage = computed(() =>
    Math.max(1, Math.min(PAGE.rows, Math.floor(PAGE.inputs / Math.max(1, run.value?.columns ?? 1)))),
  )

  const pager = new Pager<DrawnPage>(
    (page) => {
      const asked = source.value
      if (!asked) return Promise.reject(new Error('there is no model'))
      const count = rowsPerPage.value
      return ask('samples.draw', { source: asked, first: page * count, count }).then((drawn) => {
        if (!isStillAsked(asked)) return drawn
        const { columns, picture, hasColumns, table } = drawn
        // The columns of a run stay the same.
        if (shape.value === null) shape.value = { columns, picture, hasColumns, table: table?.columns ?? null }
        if (order.value === null && table) void countValues(asked)
        order.value = drawn.order
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

  /** Sample `index` as values 0..255; null until it is drawn. */
  function sampleAt(index: number): {
    readonly values: Uint8Array
    readonly isBits: boolean
    readonly logLikelihood: number
    /** Where the model has learnt one. */
    readonly label: string | null
  } | null {
    const page = pager.get(Math.floor(index / rowsPerPage.value))
    if (!page) return null
    const offset = index - page.first
    const isBits = view.value !== 'probabilities'
    const from = isBits ? page.bits : page.probabilities
    return {
      values: from.subarray(offset * page.columns, (offset + 1) * page.columns),
      isBits,
      logLikelihood: page.logLikelihoods[offset],
      label: page.labels?.[offset] ?? null,
    }
  }

  /** What a column of sample `index` holds, and the chance that it was drawn with; undefined until it is drawn. */
  function cellAt(index: number, column: number): DrawnCell | undefined {
    const page = pager.get(Math.floor(index / rowsPerPage.value))
    if (!page?.table) return undefined
    const { columns, cells, chances, knownAfter } = page.table
    const place = (index - page.first) * columns.length + column
    return { text: cells[place], chance: chances?.[place] ?? null, knownAfter: knownAfter?.[column] ?? 0 }
  }

  function isStillAsked(asked: SampleSource): boolean {
    return sourceKey.value === JSON.stringify(asked)
  }

  /** Counts the values of the first samples. What fails here fails where they are drawn, and is told there. */
  async function countValues(asked: SampleSource): Promise<void> {
    const counted = await attempt(ask('samples.histograms', { source: asked }))
    if ('value' in counted && isStillAsked(asked)) histograms.value = counted.value
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
    if (source.value && shape.value?.table) void countValues(source.value)
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
  watch([sourceKey, version], ([now], [before]) => (now === before ? follow() : redraw()))
  watch(
    () => run.value?.id,
    () => {
      connectivity.value = 0
      scrollTop.value = 0
      shape.value = null
      histograms.value = []
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
    enlarged,
    arrivals,
    isFailed,
    order,
    shape,
    histograms,
    sampleAt,
    cellAt,
    redraw,
    browse,
    throwDice,
  }
})
