import { sentenceOf, type Advice, type Note } from '../../base/advice'
import { StudioError } from '../../base/failure'
import { LIMITS } from '../../made/spec'
import { optionValue, toUseColumn } from '../deciding'
import { columnCount, missingCount, type Column, type LeftOut, type Table } from '../table'
import { hasBits, type ColumnCoding } from './coding'
import type { Preparation } from './preparation'
import { leftOut, whyUnsuited } from './unsuited'

/** So many columns are named by which too little is left. */
const MOST_NAMED = 3

/**
 * The columns of a table that are left out, in its order: those that were omitted, and those that tell nothing.
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
    if (number === label || hasBits(codings[number])) return []
    if (out.has(number) || column.kind === 'text') return [leftOut(column, whyUnsuited(column, rows))]
    return [{ name: column.name, why: whyEmpty(column, rows), use: null }]
  })
}

function whyEmpty(column: Column, rows: number): string {
  return missingCount(column) === rows ? 'no row has a value' : 'all training rows have the same value'
}

/** What tells of the columns that were left out for a reason. */
export function leftOutNotes(columns: readonly LeftOut[]): Note[] {
  return columns.flatMap((column): Note[] => {
    if (column.why === null) return []
    const says = `The column “${column.name}” is left out because ${sentenceOf(column.why).english}.`
    const advice = toUseColumn(column)
    return [advice === null ? says : { says, advice }]
  })
}

/**
 * Too few bits are left for a model: what was left out, and the way on.
 * @param columns of the table that are left out; those that were never in it are added
 */
export function tooFewBits(bits: number, table: Table, columns: readonly LeftOut[]): StudioError {
  const all = [...(table.leftOut ?? []), ...columns]
  const known = all.map(
    ({ name, why }) => `“${name}” is left out${why === null ? '' : ` because ${sentenceOf(why).english}`}`,
  )
  const others = known.length - MOST_NAMED
  const reasons = [...known.slice(0, MOST_NAMED), ...(others > 0 ? [`${others} more are left out`] : [])]
  const why = reasons.length > 0 ? `: ${reasons.join('; ')}` : ''
  const isSingle = columnCount(table.values) + (table.leftOut?.length ?? 0) + (table.labels ? 1 : 0) === 1
  const left = bits === 0 ? 'No column is' : 'Only one column of bits is'
  return new StudioError(
    'invalid-data',
    isSingle
      ? `${table.name} has only one column, where a model needs at least ${LIMITS.inputs.least} columns of bits${why}.`
      : `${left} left, where a model needs at least ${LIMITS.inputs.least}${why}.`,
    waysToMore(table, all, isSingle),
  )
}

/** What gives a model more to see. */
function waysToMore({ labels, readAs, values }: Table, columns: readonly LeftOut[], isSingle: boolean): Advice {
  const usable = columns.find(({ use }) => use !== null)
  const hasNumbers =
    values.kind === 'columns' && values.columns.some(({ kind }) => kind === 'integers' || kind === 'numbers')
  const ways: Advice[] = [
    ...(isSingle && readAs?.separator !== undefined
      ? [
          {
            window: 'choose what stands between its fields (in the paragraph at the top)',
            options: 'say what stands between its fields (--separator)',
          },
        ]
      : []),
    ...(usable
      ? [
          {
            window: `use “${usable.name}” all the same (click on what the paragraph at the top says of it)`,
            options: `read “${usable.name}” ${usable.use === 'numbers' ? 'by its size (--numeric' : 'by its values (--categorical'} ${optionValue(usable.name)})`,
          },
        ]
      : []),
    ...(labels
      ? [
          {
            window: `use the label “${labels.name}” as a column (click on it in the paragraph at the top)`,
            options: `use the label “${labels.name}” as a column (--no-label)`,
          },
        ]
      : []),
    ...(hasNumbers
      ? [{ window: 'read numbers as more bits (“Bits of a number”)', options: 'read numbers as more bits (--bits 3)' }]
      : []),
    { window: 'open data with more columns', options: 'choose data with more columns' },
  ]
  return {
    window: oneOf(ways.map(({ window }) => sentenceOf(window).english)),
    options: oneOf(ways.map(({ options }) => sentenceOf(options).english)),
  }
}

/** Ways that one of can be gone, as a sentence. */
function oneOf(ways: readonly string[]): string {
  const listed = ways.length === 1 ? ways[0] : `${ways.slice(0, -1).join(', ')} or ${ways.at(-1)}`
  return `${listed.charAt(0).toUpperCase()}${listed.slice(1)}.`
}

/**
 * Nearly all rows lack a value where those that lack one cannot be learnt from.
 * @param complete rows that lack none
 * @param used the columns that rows must have a value in
 */
export function tooFewComplete(complete: number, { rows }: Table, used: readonly Column[]): StudioError {
  const gappy = used.map((column) => ({ name: column.name, missing: missingCount(column) }))
  const worst = gappy.filter(({ missing }) => missing > 0).sort((a, b) => b.missing - a.missing)
  const named = worst
    .slice(0, MOST_NAMED)
    .map(({ name, missing }) => `“${name}” ${missing.toLocaleString('en')}`)
    .join(', ')
  return new StudioError(
    'invalid-data',
    `${(rows - complete).toLocaleString('en')} of ${rows.toLocaleString('en')} rows lack a value and cannot be learnt from, which leaves ${complete === 0 ? 'none' : `only ${complete}`}.`,
    {
      window: `Leave out the columns that lack the most (${named}) in the list “Columns”, or choose that missing values are a value of their own or the commonest one.`,
      options: `Leave out the columns that lack the most (${named}; --omit ${optionValue(worst[0]?.name ?? '')}), or make missing values a value of their own (--missing category) or the commonest one (--missing common).`,
    },
  )
}
