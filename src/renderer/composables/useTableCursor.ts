import { shallowRef, type Ref } from 'vue'
import { columnsWithin, rowsWithin, scrollToRow } from '../logic/table-layout'

/** A cell of a table; row −1 is its head. */
export interface TablePlace {
  readonly row: number
  readonly column: number
}

/** A table as it is laid out and scrolled just now, CSS pixels. */
export interface TableWindow {
  readonly rows: number
  readonly rowHeight: number
  /** Height of the rows that are seen. */
  readonly height: number
  /** Where the columns begin, and where the last one ends. */
  readonly edges: Float64Array
  /** Width of the columns that are seen. */
  readonly width: number
}

export interface TableCursor {
  readonly cursor: Ref<TablePlace | null>
  /** Moves the cursor by the arrow keys and those beside them. @returns whether the key did */
  readonly moveBy: (event: KeyboardEvent) => boolean
  /** Where the cursor is, or the first cell that is seen. */
  readonly here: () => TablePlace
}

const MOVES: Readonly<Record<string, (page: number) => readonly [rows: number, columns: number]>> = {
  ArrowLeft: () => [0, -1],
  ArrowRight: () => [0, 1],
  ArrowUp: () => [-1, 0],
  ArrowDown: () => [1, 0],
  PageUp: (page) => [-page, 0],
  PageDown: (page) => [page, 0],
  Home: () => [0, -Infinity],
  End: () => [0, Infinity],
}

/** The cell of a scrolled table that the keyboard is at. Home and End go along the row; with Control to the first and last cell of all. */
export function useTableCursor(scroller: Readonly<Ref<HTMLElement | null>>, window: () => TableWindow): TableCursor {
  const cursor = shallowRef<TablePlace | null>(null)

  function here(): TablePlace {
    if (cursor.value) return cursor.value
    const { rows, rowHeight, height, edges } = window()
    const { scrollTop = 0, scrollLeft = 0 } = scroller.value ?? {}
    const { first } = rowsWithin(rows, rowHeight, scrollTop, height, 0).rows
    return { row: Math.min(first, Math.max(0, rows - 1)), column: columnsWithin(edges, scrollLeft, 0, 0).first }
  }

  function moveBy(event: KeyboardEvent): boolean {
    const isAll = event.ctrlKey && (event.key === 'Home' || event.key === 'End')
    if (!(event.key in MOVES) || event.altKey || event.metaKey || (event.ctrlKey && !isAll)) return false
    const { rowHeight, height } = window()
    const [down, right] = MOVES[event.key](Math.max(1, Math.floor(height / rowHeight) - 1))
    const from = here()
    moveTo(
      cursor.value === null && !isAll ? from : { row: from.row + (isAll ? right : down), column: from.column + right },
    )
    return true
  }

  function moveTo({ row, column }: TablePlace): void {
    const { rows, rowHeight, height, edges, width } = window()
    const within = (value: number, most: number): number => Math.max(0, Math.min(most - 1, value))
    const place = { row: within(row, rows), column: within(column, edges.length - 1) }
    cursor.value = place
    const { value } = scroller
    if (!value) return
    const top = scrollToRow(place.row, rows, rowHeight, value.scrollTop, height)
    if (top !== null) value.scrollTop = top
    const [left, right] = [edges[place.column], edges[place.column + 1]]
    if (left < value.scrollLeft) value.scrollLeft = left
    else if (right > value.scrollLeft + width) value.scrollLeft = Math.min(left, right - width)
  }

  return { cursor, moveBy, here }
}
