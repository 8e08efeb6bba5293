import {
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type SortingState,
} from '@tanstack/vue-table'
import { computed, type ComputedRef } from 'vue'
import { useIsRoomy } from '../../composables/useIsRoomy'
import { amongRuns, type ReferenceRow } from '../../logic/reference-rows'
import { COLUMNS } from '../../logic/run-columns'
import type { RunGroup } from '../../logic/run-groups'
import { useRunTableStore } from '../../stores/run-table'
import { useRunsStore } from '../../stores/runs'
import type { RunSummary } from '../../../shared/run'
import { RUN_COLUMNS, type RunColumnId, type RunTable } from '../../../shared/run-table'
import { locale } from '../../words'

/** A line of the table of runs. */
export type RunListItem =
  | { readonly kind: 'group'; readonly key: string; readonly group: RunGroup }
  | { readonly kind: 'run'; readonly key: string; readonly run: RunSummary }
  | { readonly kind: 'reference'; readonly key: string; readonly row: ReferenceRow }

export type AriaSort = 'ascending' | 'descending' | 'none'

/** The runs as they stand in the table. */
export interface RunList {
  /** Those that are shown; stars stand under the boxes by which runs are picked. */
  readonly columns: ComputedRef<readonly Exclude<RunColumnId, 'star'>[]>
  readonly hasStars: ComputedRef<boolean>
  readonly items: ComputedRef<readonly RunListItem[]>
  /** The runs among them, in their order. */
  readonly runs: ComputedRef<readonly RunSummary[]>
  /** How a column is sorted; undefined where it cannot be. */
  sortOf(column: RunColumnId): AriaSort | undefined
  /** Sorts by a column, then the other way round, then by none. */
  toggleSort(column: RunColumnId): void
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel(), columnVisibilityFeature })

const definitions: ColumnDef<typeof features, RunSummary>[] = RUN_COLUMNS.map((id) => {
  const { order, isGreatestFirst = false } = COLUMNS[id]
  if (order === null) return { id, enableSorting: false }
  return {
    id,
    accessorFn: order,
    sortUndefined: 'last',
    sortDescFirst: isGreatestFirst,
    sortFn: (a, b) => compareValues(a.getValue(id), b.getValue(id)),
  }
})

/** Sorts the runs that are found and says which columns are shown, both as a person has chosen. */
export function useRunList(): RunList {
  const table = useRunTableStore()
  const runs = useRunsStore()
  const isRoomy = useIsRoomy()
  const sorting = computed((): SortingState => {
    const { sort } = table.state
    return sort === null ? [] : [{ id: sort.column, desc: sort.isDescending }]
  })
  const columnVisibility = computed(() =>
    Object.fromEntries(RUN_COLUMNS.map((id) => [id, isColumnShown(id, table.state.columns[id], isRoomy.value)])),
  )
  const rows = useTable<typeof features, RunSummary>({
    features,
    columns: definitions,
    data: computed(() => table.found),
    getRowId: ({ id }) => id,
    state: computed(() => ({ sorting: sorting.value, columnVisibility: columnVisibility.value })),
    onSortingChange: (change) => {
      const [first] = typeof change === 'function' ? change(sorting.value) : change
      const column = RUN_COLUMNS.find((id) => id === first?.id)
      table.state.sort = column === undefined ? null : { column, isDescending: first.desc }
    },
  })
  const groups = computed(() => table.grouped(rows.getRowModel().rows.map(({ original }) => original)))
  const items = computed(() =>
    groups.value.flatMap((group) => itemsOf(group, table.referencesOf(group), table.state.sort)),
  )
  const isVisible = (id: RunColumnId): boolean => rows.getColumn(id)?.getIsVisible() ?? false
  return {
    columns: computed(() => RUN_COLUMNS.filter((id) => id !== 'star').filter(isVisible)),
    // What is in the bin has no star to give or take.
    hasStars: computed(() => runs.place === 'runs' && isVisible('star')),
    items,
    runs: computed(() => groups.value.flatMap((group) => group.runs)),
    sortOf: (id) => {
      const column = rows.getColumn(id)
      if (!column?.getCanSort()) return undefined
      const sorted = column.getIsSorted()
      return sorted === false ? 'none' : sorted === 'asc' ? 'ascending' : 'descending'
    },
    toggleSort: (id) => rows.getColumn(id)?.toggleSorting(undefined, false),
  }
}

/** Whether a column is shown: as a person wants it, else as there is room for it. */
export function isColumnShown(id: RunColumnId, wanted: boolean | undefined, isRoomy: boolean): boolean {
  if (id === 'name') return true
  const { isUsual } = COLUMNS[id]
  return wanted ?? (isUsual === 'roomy' ? isRoomy : isUsual)
}

function itemsOf(group: RunGroup, references: readonly ReferenceRow[], sort: RunTable['sort']): RunListItem[] {
  const loss = LOSSES.find((column) => column === sort?.column) ?? null
  const order = loss === null ? null : COLUMNS[loss].order
  const lossOf = (run: RunSummary): number | undefined => {
    const nats = order?.(run)
    return typeof nats === 'number' ? nats : undefined
  }
  const lines = amongRuns(group.runs, references, loss, lossOf, sort?.isDescending ?? false).map((line): RunListItem =>
    line.kind === 'run' ? { ...line, key: line.run.id } : { ...line, key: `reference ${group.key} ${line.row.key}` },
  )
  return group.words === '' ? lines : [{ kind: 'group', key: `group ${group.key}`, group }, ...lines]
}

/** The columns that losses to compare with are in. */
const LOSSES = ['validation', 'test', 'unlabelled'] as const

/** Words as the reader sorts them, numbers in them by their size. */
const collator = computed(() => new Intl.Collator(locale(), { numeric: true }))

function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a - b
  return collator.value.compare(String(a), String(b))
}
