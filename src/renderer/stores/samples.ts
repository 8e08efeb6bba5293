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
import { TEMPERATURE } from '../../made/temperature'
import { labelColumns, variablesFor } from '../../made/variables'
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
  const temperature = ref<number>(TEMPERATURE.own)
  const wantedView = ref<SampleView>('table')
  const scale = ref(2)
  const scrollTop = ref(0)
  /** The class that was asked for, whatever the model knows. */
  const wantedClass = ref<ClassChoice>('any')
  /** The sample that is enlarged, and the row of a class that it is in. */
  const enlarged = ref<number | null>(null)
  const enlargedRow = ref(0)
  /** Whether the inputs to come are shown as they are expected while a sample is drawn. */
  const isForeseeing = ref(true)
  /** The sample whose birth is seen beside the others, and the row of a class that it is in. */
  const looked = shallowRef<{ readonly index: number; readonly row: number }>({ index: 0, row: 0 })
  /** Whether a person is asked what is to be written. */
  const isExporting = ref(false)
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
      ...(temperature.value === TEMPERATURE.own ? {} : { temperature: temperature.value }),
    }
  })

  /** Tells what is asked for from anything else. */
  const sourceKey = computed(() => JSON.stringify([source.value, classes.value]))
  const rowsPerPage = computed(() =>
    Math.max(1, Math.min(PAGE.rows, Math.floor(PAGE.inputs / Math.max(1, run.value?.columns ?? 1)))),
  )
  /** Pages of the row of a class: their numbers follow those of the class before. */
  const pagesEach = computed(() => Math.ceil(MOST_SAMPLES / rowsPerPage.value))

  /** Where the samples of a row of a class come from; there is one row, number 0, unless each class has its own. */
  function sourceOfRow(row: number): SampleSource | null {
    return source.value && classes.value === 'each' ? { ...source.value, label: row } : source.value
  }

  const pager = new Pager<DrawnPage>(
    (page) => {
      const asked = sourceOfRow(Math.floor(page / pagesEach.value))
      if (!asked) return Promise.reject(new Error('there is no model'))
      const [count, key] = [rowsPerPage.value, sourceKey.value]
      const first = (page % pagesEach.value) * count
      return ask('samples.draw', { source: asked, first, count }).then((drawn) => {
        if (sourceKey.value !== key) return drawn
        const { columns, picture, hasColumns, table } = drawn
        // The columns of a run stay the same.
        if (shape.value === null) shape.value = { columns, picture, hasColumns, table: table?.columns ?? null }
        if (order.value === null && table) void countValues()
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

  function pageOf(index: number, row: number): DrawnPage | undefined {
    return pager.get(row * pagesEach.value + Math.floor(index / rowsPerPage.value))
  }

  /** Sample `index` of a row of a class as values 0..255; null until it is drawn. */
  function sampleAt(index: number, row = 0): ShownSample | null {
    const page = pageOf(index, row)
    if (!page) return null
    const start = (index - page.first) * page.columns
    const isBits = view.value !== 'probabilities'
    const from = isBits ? page.bits : page.probabilities
    return {
      values: from.subarray(start, start + page.columns),
      isBits,
      logLikelihood: page.logLikelihoods[index - page.first],
      word: page.labels?.[index - page.first] ?? null,
    }
  }

  /** What a column of sample `index` of a row of a class holds, and the chance that it was drawn with; undefined until it is drawn. */
  function cellAt(index: number, column: number, row = 0): DrawnCell | undefined {
    const page = pageOf(index, row)
    if (!page?.table) return undefined
    const { columns, cells, chances, knownAfter } = page.table
    const place = (index - page.first) * columns.length + column
    return { text: cells[place], chance: chances?.[place] ?? null, knownAfter: knownAfter?.[column] ?? 0 }
  }

  /** Counts the values of the first samples. What fails here fails where they are drawn, and is told there. */
  async function countValues(): Promise<void> {
    const { value: asked } = source
    const key = sourceKey.value
    if (!asked) return
    const counted = await attempt(ask('samples.histograms', { source: asked }))
    if ('value' in counted && sourceKey.value === key) histograms.value = counted.value
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
    if (shape.value?.table) void countValues()
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
  /** The samples that are the same throw of the dice: at another temperature they change where they stand. */
  const throwKey = computed(() =>
    JSON.stringify([source.value && { ...source.value, temperature: null }, classes.value]),
  )
  watch([throwKey, version, temperature], ([now], [before]) => (now === before ? follow() : redraw()))
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
    temperature,
    view,
    scale,
    scrollTop,
    words,
    classes,
    labelPlace,
    sourceOfRow,
    enlarged,
    enlargedRow,
    isForeseeing,
    looked,
    isExporting,
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
