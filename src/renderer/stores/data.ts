import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { ask } from '../bridge'
import { Pager } from '../logic/pager'
import { useWindowStore } from './window'
import { failureOf } from '../../made/failure'
import type { DataSummary, RowPage, Split } from '../../shared/contract'
import { MNIST_THRESHOLD, type Binarization, type DataSource } from '../../shared/run-config'

export type DataView = 'grey' | 'binary'

/** One row to draw. */
export interface DataRow {
  /** 0..255, `[columns]`. */
  readonly values: Uint8Array
  readonly label: number | null
}

const PAGE_BYTES = 200_000
const MOST_PAGE_ROWS = 250
const MOST_PAGES = 48
/** How long the slider must rest before the data are turned into bits anew. */
const WISH_MILLISECONDS = 300

/** The data that are open, and the part of them that is looked at. */
export const useDataStore = defineStore('data', () => {
  const summary = shallowRef<DataSummary | null>(null)
  /** What is being opened, in words. */
  const opening = ref<string | null>(null)
  const split = ref<Split>('train')
  const view = ref<DataView>('grey')
  const scale = ref(2)
  /** The threshold under the person's hand, before it is let go. */
  const draftThreshold = ref<number | null>(null)
  /** Counts arrivals of rows: what draws them watches it. */
  const arrivals = ref(0)
  const scrollTop = ref(0)
  /** The way of turning grey into bits that was asked for last, until it is carried out. */
  const wish = shallowRef<Binarization | null>(null)
  let wishTimer: ReturnType<typeof setTimeout> | null = null

  const binarization = computed<Binarization | null>(() =>
    summary.value?.source.kind === 'mnist' ? summary.value.source.binarization : null,
  )
  /** Whether the rows are about to become others. */
  const isChanging = computed(() => opening.value !== null || wish.value !== null)
  /** The threshold to draw with, where the rows can be drawn from their grey values. */
  const shownThreshold = computed(() => {
    if (view.value !== 'binary' || binarization.value?.kind !== 'threshold') return null
    return draftThreshold.value ?? binarization.value.threshold
  })
  /** With a threshold the binary view is drawn from the grey rows, so that the slider answers at once. */
  const fetchedView = computed<DataView>(() =>
    view.value === 'grey' || shownThreshold.value !== null ? 'grey' : 'binary',
  )
  const rowsPerPage = computed(() =>
    Math.max(1, Math.min(MOST_PAGE_ROWS, Math.floor(PAGE_BYTES / (summary.value?.columns ?? 1)))),
  )

  const pager = new Pager<RowPage>(
    (page) => {
      const start = page * rowsPerPage.value
      const rows = summary.value?.splits[split.value].rows ?? 0
      const count = Math.max(1, Math.min(rowsPerPage.value, rows - start))
      return ask('data.rows', { split: split.value, start, count, view: fetchedView.value })
    },
    MOST_PAGES,
    () => arrivals.value++,
    (thrown) => useWindowStore().showFailure(failureOf(thrown)),
  )

  /** Row `index` of the split that is looked at; null until it has arrived. */
  function rowAt(index: number): DataRow | null {
    const page = pager.get(Math.floor(index / rowsPerPage.value))
    if (!page) return null
    const offset = index - page.start
    return {
      values: page.values.subarray(offset * page.columns, (offset + 1) * page.columns),
      label: page.labels ? page.labels[offset] : null,
    }
  }

  function refresh(): void {
    pager.reset()
    arrivals.value++
  }

  /** Names the rows that the pager holds: while it stays the same, so do they. */
  function rowsKey(): string {
    const rows = fetchedView.value === 'grey' && summary.value?.source.kind === 'mnist' ? 'grey' : summary.value?.hash
    return `${split.value} ${fetchedView.value} ${rows}`
  }

  function lookAt(change: { split?: Split; view?: DataView }): void {
    const before = rowsKey()
    if (change.split && change.split !== split.value) {
      split.value = change.split
      scrollTop.value = 0
    }
    if (change.view) view.value = change.view
    if (before !== rowsKey()) refresh()
  }

  /** Opens data; what was open stays if that fails. @returns whether it worked. */
  async function open(source: DataSource, words: string): Promise<boolean> {
    const screen = useWindowStore()
    const before = rowsKey()
    opening.value = words
    const worked = await screen.guard(async () => {
      const opened = await ask('data.open', { source })
      const isOther = opened.name !== summary.value?.name
      summary.value = opened
      if (isOther) {
        split.value = 'train'
        scrollTop.value = 0
      }
      if (!opened.hasGrey) view.value = 'binary'
    })
    opening.value = null
    if (before !== rowsKey()) refresh()
    return worked
  }

  /** At the start: what is open already, or the built-in MNIST. */
  async function begin(): Promise<void> {
    const current = await ask('data.current').catch(() => null)
    if (current) {
      summary.value = current
      if (!current.hasGrey) view.value = 'binary'
      refresh()
    } else await openMnist()
  }

  function openMnist(): Promise<boolean> {
    return open(MNIST_THRESHOLD, 'Opening MNIST…')
  }

  async function openFile(path: string): Promise<void> {
    const screen = useWindowStore()
    screen.go('data')
    const name = path.split(/[\\/]/).at(-1) ?? path
    await open({ kind: 'npz', path }, `Opening ${name}…`)
  }

  async function chooseFile(): Promise<void> {
    await useWindowStore().guard(async () => {
      const chosen = await ask('data.choose')
      if (chosen) await openFile(chosen.path)
    })
  }

  /** Turns grey into bits another way; of many wishes in quick succession only the last is carried out. */
  function binarize(wanted: Binarization): void {
    wish.value = wanted
    if (wishTimer !== null) clearTimeout(wishTimer)
    wishTimer = setTimeout(() => void fulfil(), WISH_MILLISECONDS)
  }

  async function fulfil(): Promise<void> {
    wishTimer = null
    const wanted = wish.value
    if (wanted === null) return
    if (opening.value !== null) {
      wishTimer = setTimeout(() => void fulfil(), WISH_MILLISECONDS)
      return
    }
    const isNew = binarization.value !== null && JSON.stringify(wanted) !== JSON.stringify(binarization.value)
    if (isNew) await open({ kind: 'mnist', binarization: wanted }, 'Turning grey into black and white…')
    if (wish.value !== wanted) return
    wish.value = null
    draftThreshold.value = null
  }

  return {
    summary,
    opening,
    split,
    view,
    scale,
    draftThreshold,
    arrivals,
    scrollTop,
    binarization,
    isChanging,
    shownThreshold,
    rowAt,
    open,
    lookAt,
    begin,
    openMnist,
    openFile,
    chooseFile,
    binarize,
  }
})
