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

  const binarization = computed<Binarization | null>(() =>
    summary.value?.source.kind === 'mnist' ? summary.value.source.binarization : null,
  )
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

  function lookAt(change: { split?: Split; view?: DataView }): void {
    const before = `${split.value} ${fetchedView.value}`
    if (change.split && change.split !== split.value) {
      split.value = change.split
      scrollTop.value = 0
    }
    if (change.view) view.value = change.view
    if (before !== `${split.value} ${fetchedView.value}`) refresh()
  }

  /** Opens data; what was open stays if that fails. @returns whether it worked. */
  async function open(source: DataSource, words: string): Promise<boolean> {
    const screen = useWindowStore()
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
    refresh()
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

  async function binarize(wanted: Binarization): Promise<void> {
    if (JSON.stringify(wanted) === JSON.stringify(binarization.value)) return
    await open({ kind: 'mnist', binarization: wanted }, 'Turning grey into black and white…')
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
