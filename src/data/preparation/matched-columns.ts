import { StudioError } from '../../base/failure'
import { say, type Sentence } from '../../words/say'
import { areNumbered, missingCount, numbersByName, type Column, type Table } from '../table'
import { columnOfLabels, columnsOfTable } from '../table-columns'
import { besideEachOther, type CodedColumn } from './coded-column'
import { columnCodings, datesOf, hasBits, type CodedValues, type ColumnCoding, type RowCoding } from './coding'
import { named } from './tally'

/** The columns of a table that a coding speaks of. */
export interface MatchedColumns {
  /** Those with bits, in the order of the coding. */
  readonly coded: readonly CodedColumn[]
  /** Columns without bits that rows must have a value in all the same, as the rows had that the coding was made for. */
  readonly required: readonly Column[]
  /** What a person may not expect. */
  readonly notes: readonly Sentence[]
}

/**
 * Finds the columns of a coding in a table, by their names. Where the names of one of both are only numbers, as of arrays
 * and of text without a header, they are taken in their order.
 * @throws StudioError 'invalid-data' where one is not there, or holds words in place of numbers
 */
export function matchColumns(table: Table, coding: Exclude<RowCoding, { kind: 'grey' }>): MatchedColumns {
  const codings = columnCodings(coding)
  const there = columnsWithLabels(table, codings)
  const columns = table.isSparse ? [...there, ...absentZeros(table, there, codings)] : there
  const { numbers, notes } = matchNames(
    table,
    coding,
    codings,
    columns.map(({ name }) => name),
  )
  const pairs = codings.map((one, i) => ({ coding: one, number: numbers[i] }))
  const coded = pairs.flatMap(({ coding: one, number }) =>
    hasBits(one) ? [{ coding: one, number, column: columns[number] }] : [],
  )
  for (const { coding: one, column } of coded) requireKind(table, one, column)
  return {
    coded: besideEachOther(coded),
    required: pairs.flatMap(({ coding: one, number }) =>
      one.kind === 'empty' && one.gap === 'left-out' && number >= 0 ? [columns[number]] : [],
    ),
    notes,
  }
}

/** The numbers of the bits of a table that a coding of bits takes, in its order. @throws as `matchColumns` */
export function matchBits(
  table: Table,
  there: readonly string[],
  coding: Extract<RowCoding, { kind: 'bits' }>,
): { readonly numbers: readonly number[]; readonly notes: readonly Sentence[] } {
  const codings = columnCodings(coding)
  const { numbers, notes } = matchNames(table, coding, codings, there)
  // −1 is a column of zeros.
  return { numbers: numbers.filter((_, i) => hasBits(codings[i])), notes }
}

/** Of each column of the coding its number among those that are there; −1 where one that has no bits is not. */
function matchNames(
  table: Table,
  coding: Pick<RowCoding, 'label'>,
  codings: readonly ColumnCoding[],
  there: readonly string[],
): { readonly numbers: readonly number[]; readonly notes: readonly Sentence[] } {
  const names = codings.map(({ name }) => name)
  const byPosition = areNumbered(names) || areNumbered(there)
  const numbers = byPosition ? inOrder(names, there, table) : numbersByName(names, there)
  const lacking = table.isSparse ? [] : codings.filter((coding, i) => hasBits(coding) && numbers[i] < 0)
  if (lacking.length > 0)
    throw lacks(
      table,
      lacking.map(({ name }) => name),
      codings.filter(hasBits).map(({ name }) => name),
    )
  const known = new Set(numbers)
  const others = there.filter(
    (name, number) => !known.has(number) && name !== table.labels?.name && name !== coding.label?.name,
  )
  const notes: Sentence[] = []
  const { name } = table
  if (byPosition && areNumbered(names) !== areNumbered(there)) notes.push(say('prepare.taken-in-order', { name }))
  if (others.length > 0)
    notes.push(say('prepare.unknown-columns', { count: others.length, columns: named(others), name }))
  return { numbers, notes }
}

/** The columns that rows of a sparse table do not speak of, since they are zero in all of them. */
function absentZeros({ rows }: Table, there: readonly Column[], codings: readonly ColumnCoding[]): Column[] {
  const names = new Set(there.map(({ name }) => name))
  return codings.flatMap((coding): Column[] =>
    hasBits(coding) && !names.has(coding.name)
      ? [{ name: coding.name, kind: 'bits', words: new Uint32Array(Math.ceil(rows / 32)), missing: null }]
      : [],
  )
}

/**
 * The column of a label that a model learnt: of that name, or what the data are labelled with; null where there is none.
 * @param name of the label
 */
export function labelColumn(table: Table, name: string): Column | null {
  const { labels } = table
  if (labels?.name === name) return columnOfLabels(labels)
  const named = columnsOfTable(table)?.find((column) => column.name === name)
  return named ?? (labels ? columnOfLabels(labels) : null)
}

/** The names of the columns that a coding speaks of; of greys, which have none, none. */
export function codedNames(coding: RowCoding): readonly string[] {
  return coding.kind === 'grey' ? [] : columnCodings(coding).map(({ name }) => name)
}

/** The columns of a table, and its labels where the model was trained on a column that is called so. */
function columnsWithLabels(table: Table, codings: readonly ColumnCoding[]): readonly Column[] {
  const columns = columnsOf(table)
  const { labels } = table
  if (!labels || columns.some(({ name }) => name === labels.name)) return columns
  const isKnown = codings.some((coding) => coding.name === labels.name && hasBits(coding))
  return isKnown ? [...columns, columnOfLabels(labels)] : columns
}

/** @throws StudioError 'invalid-data' for greys, which have no columns that are called something */
function columnsOf(table: Table): readonly Column[] {
  const columns = columnsOfTable(table)
  if (columns) return columns
  throw new StudioError(
    'invalid-data',
    say('prepare.holds-pictures', { name: table.name }),
    say('prepare.holds-pictures.hint'),
  )
}

function inOrder(names: readonly string[], there: readonly string[], { name }: Table): number[] {
  if (names.length !== there.length)
    throw new StudioError(
      'invalid-data',
      say('prepare.other-columns', { name, columns: there.length, taught: names.length }),
      say('prepare.same-columns.hint'),
    )
  return names.map((_, number) => number)
}

function requireKind(table: Table, coding: CodedValues, column: Column): void {
  const ofDates = (column.kind === 'integers' || column.kind === 'numbers') && column.dates !== undefined
  if (datesOf(coding)) {
    if (ofDates || column.kind === 'categories' || isEmpty(column, table.rows)) return
    throw otherKind(table, column, column.kind === 'text' ? 'text' : 'numbers', 'dates')
  }
  if (ofDates && coding.kind !== 'categories') throw otherKind(table, column, 'dates', 'numbers')
  const isText = column.kind === 'text'
  const wantsNumbers = coding.kind === 'flag' || coding.kind === 'levels' || coding.kind === 'bins'
  if (!isText && !(wantsNumbers && column.kind === 'categories' && !areNumbersIn(column.words))) return
  throw isText
    ? otherKind(table, column, 'text', wantsNumbers ? 'numbers' : 'words')
    : otherKind(table, column, 'words', 'numbers')
}

function isEmpty(column: Column, rows: number): boolean {
  return missingCount(column) === rows
}

type Held = 'text' | 'numbers' | 'dates' | 'words'

function otherKind(table: Table, column: Column, held: Held, taught: Exclude<Held, 'text'>): StudioError {
  const example = column.kind === 'categories' ? (firstWord(column) ?? '') : ''
  return new StudioError(
    'invalid-data',
    say('prepare.other-kind', { column: column.name, name: table.name, held, example, taught }),
    say('prepare.same-columns.hint'),
  )
}

function areNumbersIn(words: readonly string[]): boolean {
  return words.every((word) => word.trim() !== '' && Number.isFinite(Number(word)))
}

function firstWord({ words }: Extract<Column, { kind: 'categories' }>): string | undefined {
  return words.find((word) => !areNumbersIn([word]))
}

function lacks(table: Table, names: readonly string[], all: readonly string[]): StudioError {
  return new StudioError(
    'invalid-data',
    say('prepare.lacking-columns', { name: table.name, count: names.length, columns: named(names) }),
    say('prepare.lacking-columns.hint', { columns: named(all) }),
  )
}
