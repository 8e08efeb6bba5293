import { StudioError } from '../../base/failure'
import { LIMITS } from '../../made/spec'
import { optionValue } from '../option-value'
import { missingCount, type Column, type Table } from '../table'
import { hasBits, type ColumnCoding } from './coding'
import type { Preparation } from './preparation'
import { wayToUse, whyUnsuited } from './unsuited'

/** A column that a model does not see, though it is no label. */
export interface LeftOut {
  readonly name: string
  /** What follows a “because”; null where a person has chosen it. */
  readonly why: string | null
  /** A sentence: how it can be used all the same; null if it cannot. */
  readonly way: string | null
}

/** So many columns are named by which too little is left. */
const MOST_NAMED = 3

/**
 * The columns that are left out, in the order of the table: those that were omitted, and those that tell nothing.
 * @param codings of all columns of the table
 */
export function leftOutColumns(
  { values, rows }: Table,
  { omitted, label, grey }: Preparation,
  codings: readonly ColumnCoding[],
): LeftOut[] {
  if (values.kind !== 'columns' || grey) return []
  const out = new Set(omitted)
  return values.columns.flatMap((column, number): LeftOut[] => {
    const { name } = column
    if (number === label || hasBits(codings[number])) return []
    const way = wayToUse(column)
    if (out.has(number)) return [{ name, why: whyUnsuited(column, rows), way }]
    if (column.kind === 'text') return [{ name, why: whyUnsuited(column, rows), way }]
    return [{ name, why: whyEmpty(column, rows), way: null }]
  })
}

function whyEmpty(column: Column, rows: number): string {
  return missingCount(column) === rows ? 'no row has a value' : 'all training rows have the same value'
}

/** What tells of the columns that were left out for a reason, one sentence or two each. */
export function leftOutNotes(columns: readonly LeftOut[]): string[] {
  return columns.flatMap(({ name, why, way }) =>
    why === null ? [] : [`The column “${name}” is left out because ${why}.${way === null ? '' : ` ${way}`}`],
  )
}

/** Too few bits are left for a model: what was left out, and the way on. */
export function tooFewBits(bits: number, { labels }: Table, columns: readonly LeftOut[]): StudioError {
  const known = columns.map(({ name, why }) => `“${name}” is left out${why === null ? '' : ` because ${why}`}`)
  const others = known.length - MOST_NAMED
  const reasons = [...known.slice(0, MOST_NAMED), ...(others > 0 ? [`${others} more are left out`] : [])]
  const usable = columns.find(({ way }) => way !== null)
  const ways = [
    ...(usable ? [`read “${usable.name}” by its values (--categorical ${optionValue(usable.name)})`] : []),
    ...(labels ? [`use the label “${labels.name}” as a column (--no-label)`] : []),
    'read numbers as more bits (--bits 3)',
    'choose data with more columns',
  ]
  const hint = `${ways.slice(0, -1).join(', ')} or ${ways.at(-1)}`
  return new StudioError(
    'invalid-data',
    `${bits === 0 ? 'No column is' : 'Only one column of bits is'} left, where a model needs at least ${LIMITS.inputs.least}${reasons.length > 0 ? `: ${reasons.join('; ')}` : ''}.`,
    `${hint.charAt(0).toUpperCase()}${hint.slice(1)}.`,
  )
}

/**
 * Nearly all rows lack a value where those that lack one cannot be learnt from.
 * @param complete rows that lack none
 * @param used the columns that rows must have a value in
 */
export function tooFewComplete(complete: number, { rows }: Table, used: readonly Column[]): StudioError {
  const gappy = used.map((column) => ({ name: column.name, missing: missingCount(column) }))
  const worst = gappy.filter(({ missing }) => missing > 0).sort((a, b) => b.missing - a.missing)
  const named = worst.slice(0, MOST_NAMED).map(({ name, missing }) => `“${name}” ${missing.toLocaleString('en')}`)
  return new StudioError(
    'invalid-data',
    `${(rows - complete).toLocaleString('en')} of ${rows.toLocaleString('en')} rows lack a value and cannot be learnt from, which leaves ${complete === 0 ? 'none' : `only ${complete}`}.`,
    `Leave out the columns that lack the most (${named.join(', ')}; --omit ${optionValue(worst[0]?.name ?? '')}), or make missing values a value of their own (--missing category) or the commonest one (--missing common).`,
  )
}
