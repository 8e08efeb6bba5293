import { lettersWide } from './text-width'
import type { TableColumn } from '../../shared/table-view'

/** Where the columns and rows of a table lie, in CSS pixels; rows are all of one height. */

/** A stretch of columns or rows, from `first` up to `end`, which is not in it. */
export interface Stretch {
  readonly first: number
  readonly end: number
}

const [LETTER, FIGURE, BOLD_LETTER, PADDING, MARK] = [7, 8.4, 8.2, 20, 18] as const
/** Of numbers, the least and the largest stand side by side below their histogram. */
const WIDTH = { least: { words: 76, numbers: 92, dates: 92 }, most: 260 } as const
/** Where there is room, columns are made wider, but no more than so. */
const MOST_STRETCH = 2.2
/** No element of a page is taken to be higher: browsers cut what is beyond their own limit. */
const MOST_HEIGHT = 12_000_000

/**
 * Where columns begin, and where the last one ends, `[columns + 1]`. They are as wide as their names and values ask for, and
 * wider where they would not fill the window.
 * @param available width for all of them
 */
export function columnEdges(columns: readonly TableColumn[], available: number): Float64Array {
  const widths = columns.map(({ name, holds, letters, isLabel }) => {
    const title = lettersWide(name) * BOLD_LETTER + (isLabel ? MARK : 0)
    return Math.min(
      WIDTH.most,
      Math.max(
        WIDTH.least[holds],
        Math.ceil(Math.max(title, letters * (holds === 'words' ? LETTER : FIGURE)) + PADDING),
      ),
    )
  })
  const all = widths.reduce((sum, width) => sum + width, 0)
  const stretch = Math.max(1, Math.min(MOST_STRETCH, available / Math.max(1, all)))
  const edges = new Float64Array(columns.length + 1)
  widths.forEach((width, i) => (edges[i + 1] = edges[i] + Math.floor(width * stretch)))
  return edges
}

/** The columns that show between `left` and `left + width`, with `beyond` more on each side. */
export function columnsWithin(edges: Float64Array, left: number, width: number, beyond: number): Stretch {
  const count = edges.length - 1
  const first = Math.max(0, lastAtMost(edges, left) - beyond)
  return { first, end: Math.min(count, lastAtMost(edges, left + width) + 1 + beyond) }
}

/** The last place of an ascending list whose number is at most `value`; 0 where there is none. */
function lastAtMost(list: Float64Array, value: number): number {
  let [from, to] = [0, list.length]
  while (to - from > 1) {
    const middle = (from + to) >> 1
    if (list[middle] <= value) from = middle
    else to = middle
  }
  return from
}

/** How a scrolled element shows rows: where there are too many for one, it moves over more of them than it is scrolled. */
export interface RowWindow {
  /** Of the element that is scrolled. */
  readonly height: number
  readonly rows: Stretch
  /** Where row `rows.first` lies in that element. */
  readonly top: number
}

/**
 * The rows that show where `count` rows are scrolled by `scrollTop`.
 * @param shown height of what is seen of them
 * @param beyond how many more there are on each side
 */
export function rowsWithin(
  count: number,
  rowHeight: number,
  scrollTop: number,
  shown: number,
  beyond: number,
): RowWindow {
  const all = count * rowHeight
  const height = Math.min(MOST_HEIGHT, all)
  const offset = scrollTop * factorOf(all, height, shown)
  const first = Math.max(0, Math.min(count, Math.floor(offset / rowHeight)) - beyond)
  const end = Math.min(count, Math.ceil((offset + shown) / rowHeight) + beyond)
  return { height, rows: { first, end: Math.max(first, end) }, top: scrollTop + first * rowHeight - offset }
}

/** Where to scroll so that a row shows; null where it does already. */
export function scrollToRow(
  row: number,
  count: number,
  rowHeight: number,
  scrollTop: number,
  shown: number,
): number | null {
  const all = count * rowHeight
  const factor = factorOf(all, Math.min(MOST_HEIGHT, all), shown)
  const offset = scrollTop * factor
  if (row * rowHeight < offset) return (row * rowHeight) / factor
  if ((row + 1) * rowHeight > offset + shown) return ((row + 1) * rowHeight - shown) / factor
  return null
}

function factorOf(all: number, height: number, shown: number): number {
  return all > height ? (all - shown) / (height - shown) : 1
}
