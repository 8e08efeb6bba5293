import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { ask } from '../bridge'
import { Pager } from '../logic/pager'
import { BoundedCache } from '../logic/raster'
import { useDataStore } from './data'
import { useWindowStore } from './window'
import { failureOf } from '../../base/failure'
import type { CellPage, ColumnHistogram } from '../../shared/table-view'

/** Cells are read in pages of so many rows and columns, histograms of so many columns at once. */
const [PAGE_ROWS, PAGE_COLUMNS, HISTOGRAM_COLUMNS] = [100, 24, 6] as const
const MOST_PAGES = 64

/** The open data as rows of their table, and how often the values of its columns occur. */
export const useDataTableStore = defineStore('data-table', () => {
  const data = useDataStore()
  /** Counts arrivals: what shows cells watches it. */
  const arrivals = ref(0)
  const columns = computed(() => data.summary?.shownColumns ?? [])
  const pagesAcross = computed(() => Math.max(1, Math.ceil(columns.value.length / PAGE_COLUMNS)))
  /** The numbers of the rows of a page in their file, from 0. */
  const numbers = new BoundedCache<number, Uint32Array>(MOST_PAGES)

  const arrived = (): number => arrivals.value++
  const failed = (thrown: unknown): void => useWindowStore().report('data', failureOf(thrown))
  const cells = new Pager<CellPage>(
    async (page) => {
      const down = Math.floor(page / pagesAcross.value)
      const loaded = await ask('data.cells', {
        split: data.split,
        label: data.label,
        start: down * PAGE_ROWS,
        count: PAGE_ROWS,
        firstColumn: (page % pagesAcross.value) * PAGE_COLUMNS,
        columns: PAGE_COLUMNS,
      })
      numbers.set(down, loaded.rows)
      return loaded
    },
    MOST_PAGES,
    arrived,
    failed,
  )
  const histograms = new Pager<readonly ColumnHistogram[]>(
    (page) =>
      ask('data.histograms', {
        split: data.split,
        label: data.label,
        firstColumn: page * HISTOGRAM_COLUMNS,
        columns: HISTOGRAM_COLUMNS,
      }),
    MOST_PAGES,
    arrived,
    failed,
    1,
  )

  /** What a cell holds: null for no value, undefined until it has arrived. */
  function cellAt(row: number, column: number): string | null | undefined {
    const across = Math.floor(column / PAGE_COLUMNS)
    const page = cells.get(Math.floor(row / PAGE_ROWS) * pagesAcross.value + across)
    return page?.cells[(row - page.start) * page.columns + column - page.firstColumn]
  }

  /** The number of a row in its file, from 1; null until it has arrived. */
  function numberOf(row: number): number | null {
    const number = numbers.get(Math.floor(row / PAGE_ROWS))?.[row % PAGE_ROWS]
    return number === undefined ? null : number + 1
  }

  /** How often the values of a column occur; null until that has arrived. */
  function histogramOf(column: number): ColumnHistogram | null {
    return histograms.get(Math.floor(column / HISTOGRAM_COLUMNS))?.[column % HISTOGRAM_COLUMNS] ?? null
  }

  // What was there shows until what is there now has come, where the columns are the same.
  watch(
    () => data.summary,
    (now, before) => {
      const names = (columns: readonly { readonly name: string }[] | null | undefined): string =>
        JSON.stringify(columns?.map(({ name }) => name))
      const isSame = now?.name === before?.name && names(now?.shownColumns) === names(before?.shownColumns)
      for (const pager of [cells, histograms])
        if (isSame) pager.refresh()
        else pager.reset()
      if (!isSame) numbers.clear()
      arrivals.value++
    },
  )
  watch([() => data.split, () => data.label], () => {
    cells.reset()
    histograms.refresh()
    numbers.clear()
    arrivals.value++
  })

  return { columns, arrivals, cellAt, numberOf, histogramOf }
})
