import { quoted } from '../../base/failure'
import { say } from '../../words/say'
import { writtenDateNumber } from '../dates'
import type { ColumnBuilder } from './column-builder'
import type { FileColumn } from './columnar-file'
import type { TableBuilder } from './table-builder'

const SECONDS_PER_DAY = 86_400
const SECONDS_PER_MINUTE = 60
/** The years 1 to 9999, in seconds since 1970-01-01. */
const FIRST_SECOND = Date.parse('0001-01-01T00:00:00Z') / 1000
const LAST_SECOND = Date.parse('+010000-01-01T00:00:00Z') / 1000

type Dates = FileColumn['dates']
type Seconds = number | null

/** A column of a file, by their names. */
export interface ColumnPlace {
  readonly column: string
  readonly file: string
}

/** The dates among values, in seconds; null where there is none, or one of no year from 1 to 9999, which is told. */
export function knownDates(
  values: ArrayLike<unknown>,
  { column, file }: ColumnPlace,
  { notes }: TableBuilder,
): (Seconds | Seconds[])[] {
  const known = (value: unknown): Seconds => {
    if (typeof value !== 'number') return null
    if (value >= FIRST_SECOND && value < LAST_SECOND) return value
    notes.add(say('read.array.columns.dates', { column: quoted(column), file }))
    return null
  }
  return Array.from(values, (value) =>
    Array.isArray(value) || ArrayBuffer.isView(value) ? Array.from(value as ArrayLike<unknown>, known) : known(value),
  )
}

/** Tells columns of which form their dates are; what is known of it from before is kept. */
export function declareKnownDates(
  known: readonly (Seconds | readonly Seconds[])[],
  dates: Dates,
  columns: readonly (ColumnBuilder | null)[],
): void {
  const seconds = known.flat().filter((date) => date !== null)
  for (const column of columns) {
    const before = column?.dates
    column?.declareDates({
      order: dates === 'clock' ? 'clock' : 'ymd',
      hasTime: dates === 'clock' || before?.hasTime === true || seconds.some((date) => date % SECONDS_PER_DAY !== 0),
      hasSeconds: before?.hasSeconds === true || seconds.some((date) => date % SECONDS_PER_MINUTE !== 0),
    })
  }
}

/** A date in seconds as it is written; empty where there is none. */
export function writtenSeconds(value: unknown, dates: Dates): string {
  if (typeof value !== 'number' || !(value >= FIRST_SECOND && value < LAST_SECOND)) return ''
  const hasTime = dates === 'clock' || value % SECONDS_PER_DAY !== 0
  return writtenDateNumber(value, {
    order: dates === 'clock' ? 'clock' : 'ymd',
    hasTime,
    hasSeconds: value % SECONDS_PER_MINUTE !== 0,
  })
}
