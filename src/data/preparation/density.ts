import type { BitMatrix } from '../bit-matrix'
import { logBinWidth } from './bins'
import type { RowCoding } from './coding'
import { columnsWithPlaces } from './drawn-values'

/**
 * The logarithm of the widths of all bins that a row is in, `[rows]`: what a log probability exceeds the log density by. A number
 * that is missing has no width. Null where no column is cut into bins.
 * @param rows `[rows, D]`, coded so
 */
export function logWidths(rows: BitMatrix, coding: RowCoding): Float64Array | null {
  if (coding.kind !== 'columns') return null
  const binned = columnsWithPlaces(coding).flatMap(({ column, first }) =>
    column.kind === 'bins'
      ? [
          {
            first,
            widths: column.levels
              .map((_, code) => logBinWidth(column, code))
              .concat(logBinWidth(column, column.levels.length)),
          },
        ]
      : [],
  )
  if (binned.length === 0) return null
  return Float64Array.from({ length: rows.rows }, (_, row) => {
    let sum = 0
    for (const { first, widths } of binned)
      widths.forEach((width, code) => {
        if (rows.get(row, first + code) === 1) sum += width
      })
    return sum
  })
}
