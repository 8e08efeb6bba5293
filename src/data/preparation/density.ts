import { variablesOf } from '../../made/variables'
import type { BitMatrix } from '../bit-matrix'
import { logBinWidth } from './bins'
import type { RowCoding } from './coding'
import { columnsWithPlaces } from './drawn-values'
import { variablesOfCoding } from './variables'

/**
 * The logarithm of the widths of all bins that a row is in, `[rows]`: what a log probability exceeds the log density by. A
 * number that is missing has no width. Null where no column is cut into bins.
 * @param rows `[rows, D]`, coded so
 * @param known `[rows, V]`: the variables that are known; null where all are
 */
export function logWidths(rows: BitMatrix, coding: RowCoding, known: BitMatrix | null = null): Float64Array | null {
  if (coding.kind !== 'columns') return null
  const binned = columnsWithPlaces(coding).flatMap(({ column, first }) =>
    column.kind === 'bins'
      ? [{ first, widths: Array.from({ length: column.levels.length + 1 }, (_, code) => logBinWidth(column, code)) }]
      : [],
  )
  if (binned.length === 0) return null
  const { of } = variablesOf({ inputs: rows.columns, ...variablesOfCoding(coding) })
  return Float64Array.from({ length: rows.rows }, (_, row) => {
    let sum = 0
    for (const { first, widths } of binned)
      if (known === null || known.get(row, of[first]) === 1)
        widths.forEach((width, code) => {
          if (rows.get(row, first + code) === 1) sum += width
        })
    return sum
  })
}
