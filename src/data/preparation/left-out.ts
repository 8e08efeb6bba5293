import { adviceAt, inTurn, sentenceOf, type Advice, type Note, type Place } from '../../base/advice'
import { StudioError } from '../../base/failure'
import { LIMITS } from '../../made/spec'
import { say, type Sentence } from '../../words/say'
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
    if (out.has(number) || column.kind === 'text') return [leftOut(column, rows, whyUnsuited(column, rows))]
    return [{ name: column.name, why: whyEmpty(column, rows), use: null }]
  })
}

function whyEmpty(column: Column, rows: number): Sentence {
  return missingCount(column) === rows ? say('prepare.because.no-value') : say('prepare.because.one-value')
}

/** What tells of the columns that were left out for a reason. */
export function leftOutNotes(columns: readonly LeftOut[]): Note[] {
  return columns.flatMap((column): Note[] => {
    if (column.why === null) return []
    const advice = toUseColumn(column)
    return [advice === null ? leftOutInWords(column) : { says: leftOutInWords(column), advice }]
  })
}

function leftOutInWords({ name, why }: LeftOut): Sentence {
  return why === null
    ? say('prepare.column-left-out-as-chosen', { column: name })
    : say('prepare.column-left-out', { column: name, why: sentenceOf(why) })
}

/**
 * Too few bits are left for a model: what was left out, and the way on.
 * @param columns of the table that are left out; those that were never in it are added
 */
export function tooFewBits(bits: number, table: Table, columns: readonly LeftOut[]): StudioError {
  const all = [...(table.leftOut ?? []), ...columns]
  const count = all.length - MOST_NAMED
  const reasons = [
    ...all.slice(0, MOST_NAMED).map(leftOutInWords),
    ...(count > 0 ? [say('prepare.more-left-out', { count })] : []),
  ]
  const isSingle = columnCount(table.values) + (table.leftOut?.length ?? 0) + (table.labels ? 1 : 0) === 1
  const { least } = LIMITS.inputs
  const what = isSingle
    ? say('prepare.too-few.single', { name: table.name, least })
    : bits === 0
      ? say('prepare.too-few.none', { least })
      : bits === 1
        ? say('prepare.too-few.one', { least })
        : say('prepare.too-few.one-variable', { least })
  return new StudioError('invalid-data', reasons.reduce(inTurn, what), waysToMore(table, all, isSingle))
}

/** What gives a model more to see. */
function waysToMore({ labels, readAs, values }: Table, columns: readonly LeftOut[], isSingle: boolean): Advice {
  const usable = columns.find(({ use }) => use !== null)
  const hasNumbers =
    values.kind === 'columns' && values.columns.some(({ kind }) => kind === 'integers' || kind === 'numbers')
  const ways: Advice[] = [
    ...(isSingle && readAs?.separator !== undefined
      ? [{ window: say('prepare.way.separator.window'), options: say('prepare.way.separator.options') }]
      : []),
    ...(usable ? [toReadColumn(usable)] : []),
    ...(labels
      ? [
          {
            window: say('prepare.way.label.window', { label: labels.name }),
            options: say('prepare.way.label.options', { label: labels.name }),
          },
        ]
      : []),
    ...(hasNumbers ? [{ window: say('prepare.way.bits.window'), options: say('prepare.way.bits.options') }] : []),
  ]
  const last = ways.length === 0 ? say('prepare.way.other-data') : say('prepare.way.or-other-data')
  const inTurnAt = (place: Place): Sentence =>
    ways.map((way) => adviceAt(place, way)).reduceRight((rest, way) => inTurn(way, rest), last)
  return { window: inTurnAt('window'), options: inTurnAt('options') }
}

function toReadColumn({ name: column, use }: LeftOut): Advice {
  const name = optionValue(column)
  return {
    window: say('prepare.way.column.window', { column }),
    options:
      use === 'numbers'
        ? say('prepare.way.column.size', { column, name })
        : say('prepare.way.column.values', { column, name }),
  }
}

/**
 * Nearly all rows lack a value where those that lack one cannot be learnt from.
 * @param complete rows that lack none
 * @param used the columns that rows must have a value in
 */
export function tooFewComplete(complete: number, { rows }: Table, used: readonly Column[]): StudioError {
  const gappy = used.map((column) => ({ name: column.name, missing: missingCount(column) }))
  const worst = gappy.filter(({ missing }) => missing > 0).sort((a, b) => b.missing - a.missing)
  const columns = worst
    .slice(0, MOST_NAMED)
    .map(({ name: column, missing }) => say('prepare.gaps.in-column', { column, missing }))
  return new StudioError('invalid-data', say('prepare.gaps.nearly-all', { lacking: rows - complete, rows, complete }), {
    window: say('prepare.gaps.nearly-all.window', { columns }),
    options: say('prepare.gaps.nearly-all.options', { columns, worst: optionValue(worst[0]?.name ?? '') }),
  })
}
