import { bitAt, type Column } from '../table'

const MOST_GREY = 255

/** Whether all values of the columns are whole numbers from 0 to 255 without gaps. */
export function canBeGrey(columns: readonly Column[]): boolean {
  return columns.every((column) => greyReader(column) !== null)
}

/** The columns as greys, `[rows, columns]` row-major, if all are whole numbers from 0 to 255 without gaps; null if not. */
export function asGrey(columns: readonly Column[], rows: number): Uint8Array | null {
  const readers = columns.map(greyReader)
  if (readers.some((reader) => reader === null)) return null
  const pixels = new Uint8Array(rows * columns.length)
  readers.forEach((read, d) => {
    for (let row = 0; row < rows && read; row++) pixels[row * columns.length + d] = read(row)
  })
  return pixels
}

/** What reads the greys of a column by row; null if it holds something else. */
function greyReader(column: Column): ((row: number) => number) | null {
  if (column.missing !== null) return null
  switch (column.kind) {
    case 'bits': {
      const { words } = column
      return (row) => bitAt(words, row)
    }
    case 'integers': {
      const { values } = column
      return values.every((value) => value >= 0 && value <= MOST_GREY) ? (row) => values[row] : null
    }
    case 'numbers':
    case 'categories':
    case 'text':
      return null
  }
}
