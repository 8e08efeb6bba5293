import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { ask, attempt } from '../bridge'
import { fileName } from '../logic/format'
import { Pager } from '../logic/pager'
import { binarizationOf, withBinarization } from '../logic/preparation'
import { useRememberedStore } from './remembered'
import { useWindowStore } from './window'
import { tell } from '../words'
import { failureOf, type Failure } from '../../base/failure'
import type { DataEvent, DataSummary, RowPage, Split } from '../../shared/contract'
import type { FileSource } from '../../shared/session'
import {
  builtInPath,
  builtInTable,
  mergedChoices,
  MNIST_OFFERED,
  syntheticSource,
  type Binarization,
  type BuiltInTable,
  type DataSource,
  type ReadingChoices,
  type SyntheticKind,
} from '../../shared/data-source'
import { inTurn } from '../../base/advice'
import { say, type Sentence } from '../../words/say'

/** Whether rows are looked at as those of their table, as the greys that they were, or as bits. */
export type ShownAs = 'table' | 'grey' | 'binary'

/** One row to draw. */
export interface DataRow {
  /** 0..255, `[columns]`. */
  readonly values: Uint8Array
  /** Its number within its part. */
  readonly number: number
  /** The word of its class; null if it has none. */
  readonly label: string | null
}

/** An opening under way. */
interface Opening {
  /** What is being opened. */
  readonly says: Sentence
  /** 0..1; null before anything is known. */
  readonly share: number | null
  /** When it began, by `performance.now()`. */
  readonly began: number
}

/** Where a change of the preparation is made; `head` where it has no field of its own. */
export type PreparationField =
  | 'head'
  | 'understood'
  | 'reading'
  | 'valuesAs'
  | 'columns'
  | 'label'
  | 'numberBits'
  | 'missing'
  | 'pictureSize'
  | 'picture'
  | 'split'

/** A change that cannot be carried out, and why. */
export interface Refusal {
  readonly wanted: DataSource
  readonly at: PreparationField
  readonly failure: Failure
}

const PAGE_BYTES = 200_000
const MOST_PAGE_ROWS = 250
const MOST_PAGES = 48
/** What gives a file other columns if it is decided otherwise. */
const OF_OTHER_COLUMNS = ['transpose', 'sheet', 'separator'] as const satisfies readonly (keyof ReadingChoices)[]
/** How long a setting must rest before the data are prepared anew. */
const CHANGE_DELAY_MS = 300

/** The data that are open, and the part of them that is looked at. */
export const useDataStore = defineStore('data', () => {
  const summary = shallowRef<DataSummary | null>(null)
  const underWay = shallowRef<Opening | null>(null)
  let lastOpening: Promise<unknown> = Promise.resolve()
  /** The opening under way, and what is being opened in words. */
  const opening = computed(() => underWay.value && { ...underWay.value, words: tell(underWay.value.says) })
  const split = ref<Split>('train')
  const shownAs = ref<ShownAs>('grey')
  /** The class that is looked at, by its number; null for all. */
  const label = ref<number | null>(null)
  const scale = ref(2)
  /** The threshold under the person's hand, before it is let go. */
  const draftThreshold = ref<number | null>(null)
  /** Counts arrivals of rows: what draws them watches it. */
  const arrivals = ref(0)
  const scrollTop = ref(0)
  /** The way of preparing the data that was asked for last, until it is carried out. */
  const pending = shallowRef<DataSource | null>(null)
  let pendingField: PreparationField = 'head'
  /** The change asked for last, if it could not be carried out: its fields stay as they were filled in. */
  const refusal = shallowRef<Refusal | null>(null)
  let pendingTimer: ReturnType<typeof setTimeout> | null = null

  const binarization = computed(() => (summary.value ? binarizationOf(summary.value) : null))
  /** What the fields show: what is asked for, before the rows have followed, and also where it was refused. */
  const shownSource = computed(() => pending.value ?? refusal.value?.wanted ?? summary.value?.source ?? null)
  /** Whether the rows are about to become others. */
  const isChanging = computed(() => opening.value !== null || pending.value !== null)
  /** The threshold to draw with, where the rows can be drawn from their grey values. */
  const shownThreshold = computed(() => {
    if (shownAs.value !== 'binary' || binarization.value?.kind !== 'threshold') return null
    return draftThreshold.value ?? binarization.value.threshold
  })
  /** With a threshold bits are drawn from the grey rows, so that the slider answers at once. */
  const fetchedAs = computed(() => (shownAs.value === 'grey' || shownThreshold.value !== null ? 'grey' : 'binary'))
  const rowsPerPage = computed(() =>
    Math.max(1, Math.min(MOST_PAGE_ROWS, Math.floor(PAGE_BYTES / (summary.value?.columns ?? 1)))),
  )
  /** How many rows there are to look at. */
  const shownRows = computed(() => {
    if (!summary.value) return 0
    const { labels, splits } = summary.value
    return label.value === null || !labels ? splits[split.value].rows : labels.counts[split.value][label.value]
  })

  const pager = new Pager<RowPage>(
    (page) => {
      const start = page * rowsPerPage.value
      const count = Math.max(1, Math.min(rowsPerPage.value, shownRows.value - start))
      return ask('data.rows', { split: split.value, start, count, view: fetchedAs.value, label: label.value })
    },
    MOST_PAGES,
    () => arrivals.value++,
    (thrown) => useWindowStore().report('data', failureOf(thrown)),
  )

  /** Row `index` of those that are looked at; null until it has arrived. */
  function rowAt(index: number): DataRow | null {
    const page = pager.get(Math.floor(index / rowsPerPage.value))
    if (!page) return null
    const offset = index - page.start
    const words = summary.value?.labels?.words ?? []
    return {
      values: page.values.subarray(offset * page.columns, (offset + 1) * page.columns),
      number: page.rows[offset],
      label: page.labels ? (words[page.labels[offset]] ?? null) : null,
    }
  }

  function refresh(): void {
    pager.reset()
    arrivals.value++
  }

  /** Names the rows that the pager holds: while it stays the same, so do they. */
  function rowsKey(): string {
    const isGreyOfMnist = fetchedAs.value === 'grey' && summary.value?.source.kind === 'mnist'
    return `${split.value} ${label.value ?? ''} ${fetchedAs.value} ${isGreyOfMnist ? 'grey' : summary.value?.hash}`
  }

  function lookAt(change: { split?: Split; shownAs?: ShownAs; label?: number | null }): void {
    const before = rowsKey()
    if (change.split && change.split !== split.value) split.value = change.split
    if (change.label !== undefined) label.value = change.label
    if (change.shownAs) shownAs.value = change.shownAs
    if (before === rowsKey()) return
    if (!change.shownAs) scrollTop.value = 0
    refresh()
  }

  /**
   * Opens data; what was open stays if that fails or is cancelled.
   * @param refuse hears why it failed, in place of a message
   * @returns whether it worked.
   */
  async function open(source: DataSource, says: Sentence, refuse = showRefused): Promise<boolean> {
    const screen = useWindowStore()
    const before = rowsKey()
    const mine: Opening = { says, share: null, began: performance.now() }
    underWay.value = mine
    const asked = attempt(ask('data.open', { source }))
    lastOpening = asked
    const answer = await asked
    if ('value' in answer) {
      take(answer.value)
      screen.mended('data')
    } else if (answer.failure.code !== 'cancelled') refuse(answer.failure)
    // Another opening may have taken over.
    if (underWay.value?.began === mine.began) underWay.value = null
    if (before !== rowsKey()) refresh()
    return 'value' in answer
  }

  /** Says why data could not be opened, and what is open still. */
  function showRefused(failure: Failure): void {
    // The banner tells of that.
    if (failure.code === 'process-lost') return
    const { hint } = failure
    const isOpen = summary.value && say('frame.data.still-open', { name: summary.value.name })
    useWindowStore().fail('data', { ...failure, hint: isOpen ? inTurn(hint, isOpen) : hint })
  }

  function take(opened: DataSummary): void {
    if (opened.source.kind === 'file' && builtInTable(opened.source.path) === null)
      useRememberedStore().opened(opened.source)
    const isOther = opened.name !== summary.value?.name
    summary.value = opened
    refusal.value = null
    if (isOther || (opened.labels?.words.length ?? 0) <= (label.value ?? -1)) label.value = null
    if (isOther) {
      split.value = 'train'
      scrollTop.value = 0
    }
    const ways = waysToLookAt(opened)
    if (isOther || !ways.includes(shownAs.value)) [shownAs.value] = ways
  }

  /**
   * At the start: what is open already, what was open the last time, or the built-in MNIST. Whoever has begun to open
   * something meanwhile goes on with that.
   */
  async function begin(before: DataSource | null = null): Promise<void> {
    const isOvertaken = (): boolean => underWay.value !== null || summary.value !== null
    if (isOvertaken()) return
    // If there is no answer now, opening MNIST says why.
    const current = await ask('data.current').catch(() => null)
    if (isOvertaken()) return
    if (current) {
      take(current)
      refresh()
      return
    }
    let failure: Failure | null = null
    if (before !== null) await open(before, openedAgain(before), (why) => (failure = why))
    if (isOvertaken()) return
    await openMnist()
    if (failure !== null) showGone(failure)
  }

  /** Says that what was open the last time is not there, and lets a person say where it is. */
  function showGone(failure: Failure): void {
    const hint = inTurn(failure.hint, say('frame.data.mnist-instead'))
    const action = { label: say('frame.choose-file'), run: () => void choose('file') }
    useWindowStore().fail('data', { ...failure, hint }, action)
  }

  /** Opens again, in a compute process that is new, what was open in the one before. */
  async function openAgain(): Promise<void> {
    // What was being opened ends first, lost with that process; what a person opens after it takes the place of all.
    const before = summary.value
    await lastOpening
    if (underWay.value || summary.value !== before) return
    if (!before) return begin()
    const { name, source } = before
    await open(source, say('frame.data.opening-again', { name }), (failure) => {
      // Where this process was lost too, the next one is asked.
      if (failure.code === 'process-lost') return
      summary.value = null
      useWindowStore().fail('data', failure)
    })
    refresh()
  }

  function openMnist(): Promise<boolean> {
    return open(MNIST_OFFERED, say('frame.data.opening-mnist'))
  }

  /** Opens the built-in digits unless they are open, however they are binarized. @returns whether they are open then */
  async function haveMnist(): Promise<boolean> {
    return summary.value?.source.kind === 'mnist' || openMnist()
  }

  function openBuiltIn(table: BuiltInTable): Promise<boolean> {
    const path = builtInPath(table)
    return open({ kind: 'file', path, preparation: null }, reading(path))
  }

  function openSynthetic(kind: SyntheticKind): Promise<boolean> {
    return open(syntheticSource(kind), say('frame.data.drawing'))
  }

  async function openFile(path: string): Promise<void> {
    useWindowStore().go('data')
    await open({ kind: 'file', path, preparation: null }, reading(path))
  }

  /** Opens a file as it was prepared the last time. One that is not there any more is forgotten. */
  async function openRecent(source: FileSource): Promise<void> {
    await open(source, reading(source.path), (failure) => {
      if (failure.code === 'not-found' || failure.code === 'unreadable-file') useRememberedStore().forget(source.path)
      showRefused(failure)
    })
  }

  /** Asks for a file or a folder, and opens it. */
  async function choose(what: 'file' | 'folder'): Promise<void> {
    const answer = await attempt(ask('data.choose', { what }))
    if ('failure' in answer) useWindowStore().fail('data', answer.failure)
    else if (answer.value) await openFile(answer.value.path)
  }

  async function cancelOpening(): Promise<void> {
    await useWindowStore().guard('data', () => ask('data.cancelOpening'))
  }

  function hear(event: DataEvent): void {
    if (event.type === 'opening' && underWay.value) underWay.value = { ...underWay.value, share: event.share }
  }

  /** Prepares the data another way; of many changes in quick succession only the last is carried out. */
  function change(wanted: DataSource, at: PreparationField = 'head'): void {
    pending.value = wanted
    pendingField = at
    refusal.value = null
    if (pendingTimer !== null) clearTimeout(pendingTimer)
    pendingTimer = setTimeout(() => void fulfil(), CHANGE_DELAY_MS)
  }

  async function fulfil(): Promise<void> {
    pendingTimer = null
    const wanted = pending.value
    if (wanted === null) return
    if (opening.value !== null) {
      pendingTimer = setTimeout(() => void fulfil(), CHANGE_DELAY_MS)
      return
    }
    const isNew = summary.value !== null && JSON.stringify(wanted) !== JSON.stringify(summary.value.source)
    const at = pendingField
    const refuse = (failure: Failure): void => {
      if (pending.value === wanted) refusal.value = { wanted, at, failure }
    }
    if (isNew) await open(wanted, say('frame.data.preparing'), refuse)
    if (pending.value !== wanted) return
    pending.value = null
    draftThreshold.value = null
  }

  /** Reads the file otherwise; what is undefined is found out again. */
  function readOtherwise(wanted: { readonly [C in keyof ReadingChoices]: ReadingChoices[C] | undefined }): void {
    const source = shownSource.value
    if (source?.kind !== 'file') return
    const { reading: before, ...others } = source
    const entries = Object.entries({ ...before, ...wanted }).filter(([, choice]) => choice !== undefined)
    const reading = mergedChoices(Object.fromEntries(entries))
    // It names columns by their numbers: of others it says nothing, and what suits them is found out.
    const preparation = OF_OTHER_COLUMNS.some((choice) => choice in wanted) ? null : others.preparation
    const label = 'label' in wanted ? null : (preparation?.label ?? null)
    change(
      { ...others, preparation: preparation && { ...preparation, label }, ...(reading ? { reading } : {}) },
      'understood',
    )
  }

  /** Turns grey into bits another way. */
  function binarize(wanted: Binarization): void {
    const source = shownSource.value
    if (source) change(withBinarization(source, wanted))
  }

  /** Goes back, or on again, to what was open or how it was prepared. */
  function goTo(source: DataSource): void {
    if (summary.value && isSameData(source, summary.value.source)) return change(source)
    undoPending()
    void open(source, openedAgain(source))
  }

  function undoPending(): void {
    if (pendingTimer !== null) clearTimeout(pendingTimer)
    pendingTimer = null
    pending.value = null
    refusal.value = null
  }

  /** Puts the fields back to what is open. */
  function undoRefused(): void {
    refusal.value = null
  }

  return {
    summary,
    opening,
    refusal,
    shownSource,
    undoRefused,
    split,
    shownAs,
    label,
    scale,
    draftThreshold,
    arrivals,
    scrollTop,
    pending,
    binarization,
    isChanging,
    shownThreshold,
    shownRows,
    rowAt,
    open,
    lookAt,
    begin,
    openAgain,
    openMnist,
    haveMnist,
    openBuiltIn,
    openSynthetic,
    openFile,
    openRecent,
    choose,
    cancelOpening,
    hear,
    change,
    readOtherwise,
    binarize,
    goTo,
  }
})

/** How rows can be looked at, the usual way first. */
export function waysToLookAt({
  shownColumns,
  hasGrey,
}: Pick<DataSummary, 'shownColumns' | 'hasGrey'>): readonly [ShownAs, ...ShownAs[]] {
  if (shownColumns) return ['table', 'binary']
  return hasGrey ? ['grey', 'binary'] : ['binary']
}

/** Whether two sources are the same data, however they are prepared. */
function isSameData(one: DataSource, other: DataSource): boolean {
  if (one.kind === 'file') return other.kind === 'file' && one.path === other.path
  if (one.kind === 'synthetic') return other.kind === 'synthetic' && one.set.kind === other.set.kind
  return one.kind === other.kind
}

function reading(path: string): Sentence {
  return say('frame.data.reading', { file: fileName(path) })
}

/** Says that what was open before is opened again. */
function openedAgain(source: DataSource): Sentence {
  switch (source.kind) {
    case 'mnist':
      return say('frame.data.opening-mnist-again')
    case 'synthetic':
      return say('frame.data.drawing-again')
    case 'file':
      return say('frame.data.reading-again', { file: fileName(source.path) })
  }
}
