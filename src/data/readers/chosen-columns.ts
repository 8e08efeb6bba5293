import { StudioError } from '../../base/failure'
import { say } from '../../words/say'
import type { ReadingChoices } from '../reading-choices'
import { areNumbered, type Column, type Table } from '../table'
import { columnsOfFile, columnsOfTable, wordOf } from '../table-columns'
import { ColumnBuilder, MemoryBudget } from './column-builder'
import { dressOf, numberIn } from './dressed-numbers'
import { writtenNumber } from './field'
import { nearest } from './nearest'
import { labelsOf, MOST_TABLE_BYTES, requireContent } from './table-builder'

/**
 * A table with the columns as they were decided: its label, which are words, which are numbers. Readers of text do this while
 * they read, others know nothing of it.
 * @param required the choices whose columns must be there; those of `choices` beyond them are passed over where they are not
 * @throws StudioError 'invalid-settings' for a column that is not there, or that cannot be the label
 */
export function withChosenColumns(table: Table, choices: ReadingChoices, required: ReadingChoices = {}): Table {
  requireColumns(table, required)
  const labelled = withLabel(table, choices.label)
  const { words = [], numbers = [] } = choices
  const { values, rows } = labelled
  if (values.kind === 'grey' || (words.length === 0 && numbers.length === 0)) return labelled
  const names = values.kind === 'bits' ? values.names : values.columns.map(({ name }) => name)
  if (!names.some((name) => words.includes(name) || numbers.includes(name))) return labelled
  const columns = (columnsOfTable(labelled) ?? []).map((column) => {
    if (words.includes(column.name)) return asWords(column, rows)
    return numbers.includes(column.name) ? asNumbers(column, rows) : column
  })
  return { ...labelled, values: { kind: 'columns', columns }, picture: null }
}

function requireColumns(table: Table, { label, words = [], numbers = [] }: ReadingChoices): void {
  const wanted = [...(label ? [label] : []), ...words, ...numbers]
  const names = [...namesOf(table), ...(table.labels ? [table.labels.name] : [])]
  const lacking = wanted.find((name) => !names.includes(name))
  if (lacking !== undefined) throw noColumn(table.name, lacking, names)
}

/** @param names of the columns that are there */
export function noColumn(what: string, wanted: string, names: readonly string[]): StudioError {
  const hint =
    names.length === 0 || areNumbered(names)
      ? say('read.text.no-column.unnamed')
      : say('read.text.no-column.named', { columns: nearest(wanted, names) })
  return new StudioError('invalid-settings', say('read.text.no-column', { name: what, column: wanted }), hint)
}

function namesOf({ values }: Table): readonly string[] {
  switch (values.kind) {
    case 'bits':
      return values.names
    case 'columns':
      return values.columns.map(({ name }) => name)
    case 'grey':
      return []
  }
}

/** @param label its name; null: none is; undefined: as the reader took it */
function withLabel(table: Table, label: string | null | undefined): Table {
  const { labels } = table
  if (label === undefined || labels?.name === label || (label === null && labels === null)) return table
  const columns = columnsOfTable(table)
  // Beside pictures there is no place for what is no pixel.
  if (columns === null) return label === null ? { ...table, labels: null } : table
  const all = columnsOfFile(columns, labels)
  const chosen = all.find(({ name }) => name === label)
  if (label !== null && !chosen) return table
  const others = all.filter((column) => column !== chosen)
  requireContent(table.name, table.rows, others.length)
  return {
    ...table,
    values: { kind: 'columns', columns: others },
    labels: chosen ? { ...requireLabels(chosen, table), place: all.indexOf(chosen) } : null,
    picture: null,
  }
}

function requireLabels(column: Column, { rows, name }: Table): NonNullable<Table['labels']> {
  const labels = labelsOf(column, rows)
  if (labels) return labels
  throw new StudioError(
    'invalid-settings',
    say('read.text.bad-label', { column: column.name, name }),
    say('read.text.bad-label.hint'),
  )
}

function asWords(column: Column, rows: number): Column {
  if (column.kind === 'categories' || column.kind === 'text') return column
  return rebuilt(column, rows, 'words', (builder, row, word) => builder.setWord(row, word))
}

/** What is no number is missing. */
function asNumbers(column: Column, rows: number): Column {
  if (column.kind !== 'categories') return column
  const dress = dressOf(column.words, false)
  return rebuilt(column, rows, 'numbers', (builder, row, word) => {
    const plain = writtenNumber(word.trim())
    const value = Number.isFinite(plain) || dress === null ? plain : (numberIn(word, dress) ?? NaN)
    if (Number.isFinite(value)) builder.setNumber(row, value)
    else builder.setMissing(row)
  })
}

function rebuilt(
  column: Column,
  rows: number,
  kind: 'words' | 'numbers',
  put: (builder: ColumnBuilder, row: number, word: string) => void,
): Column {
  const builder = new ColumnBuilder(column.name, new MemoryBudget(MOST_TABLE_BYTES))
  builder.declareKind(kind)
  for (let row = 0; row < rows; row++) {
    const word = wordOf(column, row)
    if (word === null || word === '') builder.setMissing(row)
    else put(builder, row, word)
  }
  return builder.finish(rows)
}
