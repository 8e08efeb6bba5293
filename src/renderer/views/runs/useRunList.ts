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
import { COLUMNS } from '../../logic/run-columns'
import type { RunGroup } from '../../logic/run-groups'
import { useRunTableStore } from '../../stores/run-table'
import { useRunsStore } from '../../stores/runs'
import type { RunSummary } from '../../../shared/run'
import { RUN_COLUMNS, type RunColumnId } from '../../../shared/run-table'
import { locale } from '../../words'

/** A line of the table of runs. */
export type RunListItem =
  | { readonly kind: 'group'; readonly key: string; readonly group: RunGroup }
  | { readonly kind: 'run'; readonly key: string; readonly run: RunSummary }

export type AriaSort = 'ascending' | 'descending' | 'none'

/** The runs as they stand in the table. */
export interface RunList {
  readonly columns: ComputedRef<readonly RunColumnId[]>
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
  const items = computed(() => groups.value.flatMap(itemsOf))
  return {
    // What is in the bin has no star to give or take.
    columns: computed(() =>
      RUN_COLUMNS.filter((id) => rows.getColumn(id)?.getIsVisible() && (id !== 'star' || runs.place === 'runs')),
    ),
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

function itemsOf(group: RunGroup): RunListItem[] {
  const runs = group.runs.map((run): RunListItem => ({ kind: 'run', key: run.id, run }))
  return group.words === '' ? runs : [{ kind: 'group', key: `group ${group.key}`, group }, ...runs]
}

/** Words as the reader sorts them, numbers in them by their size. */
const collator = computed(() => new Intl.Collator(locale(), { numeric: true }))

function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a - b
  return collator.value.compare(String(a), String(b))
}
