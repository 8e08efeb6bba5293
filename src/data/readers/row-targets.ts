import { dateFormatOf, doubtfulDate, type DateFormat } from '../dates'
import type { ReadingChoices } from '../reading-choices'
import type { Note } from '../../base/advice'
import { say } from '../../words/say'
import { TO_USE_LABEL, toKeepWords, toReadDates } from '../deciding'
import { areNumbered, numberedName, numbersByName } from '../table'
import type { ColumnBuilder } from './column-builder'
import { dressOf, numberIn } from './dressed-numbers'
import { isNumberOrMissing } from './field'
import type { ColumnRole } from './header'
import { isMissingMark } from './missing-marks'
import { UnlikeParts } from './reading'
import type { TableBuilder } from './table-builder'

/** What a column of labels is called. */
export const LABEL_NAME = /^(label|labels|class|classes|target|targets|y)$/i
/** What a column of labels is called that has no name. */
const UNNAMED_LABEL = 'label'
/** What programs call a column that only counts the rows. */
const ROW_NUMBER_NAME =
  /^(|unnamed: ?0|\.\.\.1|_?id|index|rownames?|row[ _.](names?|id|no|number)|no\.?|nr\.?|#|obs\.?|observation|case[_ ]?(id|no|number)?|seq(uence)?|s(l|r)?[./]? ?no\.?|lfd\.? ?nr\.?|n[°º]|№|번호|순번|연번|일련번호|番号|連番|序号|编号|編號)$/i
/** What a column is called that tells who or what a row is about. */
const ID_NAME = /(^|[_ .])id$|[a-z]I[dD]$/
/** A digit of MNIST and its label in one row. */
const LABELLED_DIGIT_COLUMNS = 785
/** With fewer rows nothing can be said about how often values come again. */
const LEAST_ROWS = 20
/** So many dates at least make a column of them. */
const LEAST_DATES = 3
/** What databases write where there is no date. */
const NO_DATE = /^0{4}-0{2}-0{2}( 00:00:00)?$/

/** Where the fields of the rows of one file go. */
export interface RowTargets {
  /** For each field its column, or null if it is left out. */
  readonly columns: readonly (ColumnBuilder | null)[]
  /** Whether one of them is the labels. */
  readonly hasLabels: boolean
}

/** What is known of the columns of a file before its rows are read. */
export interface FileColumns {
  /** What the file is called in sentences. */
  readonly file: string
  /** The names of the columns, if the file says them. */
  readonly header: readonly string[] | null
  /** The number of fields in a row, at least 1. */
  readonly width: number
  readonly roles: readonly ColumnRole[] | null
  readonly hasRowNames: boolean
  /** The first rows, as far as they were looked at. */
  readonly sample: readonly (readonly string[])[]
}

/**
 * Decides where each field of a row of text goes; columns are made for the first file of a set. Those after it are matched by
 * their names, or by their places where one of both has none.
 * @throws UnlikeParts if the file has other columns than those before it
 */
export function rowTargets(file: FileColumns, builder: TableBuilder, choices: ReadingChoices): RowTargets {
  const { width, header } = file
  const names = Array.from({ length: width }, (_, at) => header?.[at] || numberedName(at))
  const isFirstFile = builder.columns.length === 0
  const labelAt = labelColumn(file, names, builder, choices)
  const inputs = names.flatMap((_, at) => (at === labelAt || isLeftOut(file, names, at, builder, choices) ? [] : [at]))
  const targets = isFirstFile
    ? inputs.map((at) => columnFor(file, names[at], at, builder, choices))
    : columnsOfPart(
        file.file,
        inputs.map((at) => names[at]),
        builder,
      )
  const targetOf = new Map(inputs.map((at, i) => [at, targets[i]]))
  const columns = names.map((name, at) =>
    at === labelAt
      ? builder.labelColumn(
          header || name === choices.label ? name : UNNAMED_LABEL,
          inputs.filter((input) => input < labelAt).length,
        )
      : (targetOf.get(at) ?? null),
  )
  return { columns, hasLabels: labelAt >= 0 }
}

function columnFor(
  { roles, sample }: FileColumns,
  name: string,
  at: number,
  builder: TableBuilder,
  choices: ReadingChoices,
): ColumnBuilder {
  const { words = [], numbers = [] } = choices
  const column = builder.addColumn(name)
  const declared = roles?.[at]?.kind
  const texts = sample.map((row) => row[at] ?? '')
  if (words.includes(name)) column.declareKind('words')
  else if (declared !== undefined && declared !== 'undeclared' && !numbers.includes(name)) column.declareKind(declared)
  else if (numbers.includes(name) || !hasDates(column, texts, builder, choices)) {
    if (numbers.includes(name)) column.declareKind('numbers')
    readDressed(column, texts, builder, choices)
  }
  return column
}

/** Tells a column that holds dates so. What has no digit is a mark for a missing one. @returns whether it does */
function hasDates(
  column: ColumnBuilder,
  texts: readonly string[],
  { notes }: TableBuilder,
  { dayFirst }: ReadingChoices,
): boolean {
  const known = texts.filter((text) => /\d/.test(text) && !isMissingMark(text) && !NO_DATE.test(text))
  const format: DateFormat | null = known.length < LEAST_DATES ? null : dateFormatOf(known, dayFirst)
  if (format === null) return false
  column.declareDates(format)
  const example = dayFirst === undefined ? doubtfulDate(known, format) : null
  const isDayFirst = format.order === 'dmy'
  if (example !== null)
    notes.add({
      says: say('read.table.doubtful-dates', { column: column.name, example, first: isDayFirst ? 'day' : 'month' }),
      advice: toReadDates(!isDayFirst),
    })
  return true
}

/** Tells a column whose numbers are in a dress so, and the person, too. */
function readDressed(
  column: ColumnBuilder,
  texts: readonly string[],
  { notes }: TableBuilder,
  { decimal }: ReadingChoices,
): void {
  const dress = dressOf(texts, decimal === ',')
  if (dress === null) return
  column.declareDress(dress)
  const written = texts.find((text) => isNoPlainNumber(text) && numberIn(text, dress) !== null)
  if (written === undefined) return
  const value = String(numberIn(written, dress))
  notes.add({
    says: say('read.table.dressed', { column: column.name, written, value }),
    advice: toKeepWords(column.name),
  })
}

function isNoPlainNumber(text: string): boolean {
  return !isNumberOrMissing(text)
}

/** The number of the column of labels, or −1. */
function labelColumn(
  { file, header, width, roles, sample }: FileColumns,
  names: readonly string[],
  builder: TableBuilder,
  { label }: ReadingChoices,
): number {
  if (label === null) return -1
  if (label !== undefined && !(header === null && label === UNNAMED_LABEL)) return names.indexOf(label)
  const declared = roles?.findIndex(({ use }) => use === 'label') ?? -1
  if (declared >= 0) return declared
  if (header === null) {
    if (width !== LABELLED_DIGIT_COLUMNS) return -1
    builder.notes.add(say('read.table.label.digits', { columns: width }))
    return 0
  }
  const at = names.findIndex((name) => LABEL_NAME.test(name) && width > 2)
  if (at < 0 || !canBeClasses(sample.map((row) => row[at] ?? ''))) return -1
  builder.notes.add(labelNote(names[at], file))
  return at
}

/** Whether values may be classes: no fractions, and not nearly as many different ones as rows. @param values as they are written */
export function canBeClasses(values: readonly string[]): boolean {
  const known = values.filter((value) => !isMissingMark(value))
  if (known.some((value) => isNumberOrMissing(value) && !Number.isInteger(Number(value)))) return false
  return known.length < LEAST_ROWS || new Set(known).size <= known.length / 2
}

function isLeftOut(
  { file, header, roles, hasRowNames, sample }: FileColumns,
  names: readonly string[],
  at: number,
  builder: TableBuilder,
  { words = [], numbers = [] }: ReadingChoices,
): boolean {
  if (words.includes(names[at]) || numbers.includes(names[at])) return false
  const name = names[at]
  if (roles?.[at]?.use === 'left-out') {
    builder.leaveOut(
      { name, why: say('read.table.left-out.declared.why'), use: 'words' },
      say('read.table.left-out.declared', { column: name, file }),
    )
    return true
  }
  if (header === null || (at > 0 && header[at] === '')) return false
  const isId = ID_NAME.test(header[at])
  if (!ROW_NUMBER_NAME.test(header[at]) && !isId) return false
  const doesCount = countsUp(
    sample.map((row) => row[at] ?? ''),
    isId,
  )
  if (at > 0 && !doesCount) return false
  const use = doesCount ? 'numbers' : 'words'
  if (at === 0 && hasRowNames)
    builder.leaveOut(
      { name, why: say('read.table.left-out.row-names.why'), use },
      say('read.table.left-out.row-names', { file }),
    )
  else if (header[at] === '')
    builder.leaveOut(
      { name, why: say('read.table.left-out.nameless.why'), use },
      say('read.table.left-out.nameless', { file }),
    )
  else {
    if (!doesCount) return false
    builder.leaveOut(
      { name, why: say('read.table.left-out.counter.why'), use },
      say('read.table.left-out.counter', { column: name, file }),
    )
  }
  return true
}

/** Whether values are 0, 1, 2 … or 1, 2, 3 …, or count from any number on where they are many. */
function countsUp(values: readonly string[], fromAny: boolean): boolean {
  const first = Number(values[0])
  return (
    values.length > 2 &&
    (first <= 1 || (fromAny && values.length >= LEAST_ROWS)) &&
    values.every((value, i) => /^\d+$/.test(value) && Number(value) === first + i)
  )
}

/** What tells that a column was taken for the label, and how it is given back. */
export function labelNote(name: string, file: string): Note {
  return { says: say('read.table.label', { column: name, file }), advice: TO_USE_LABEL }
}

/**
 * The columns of a set that those of a file after the first are, in the order of the file: those of the same names, or all
 * in their order where the names of one of both are only numbers.
 * @throws UnlikeParts if they are others
 */
export function columnsOfPart(
  file: string,
  names: readonly string[],
  { columns }: Pick<TableBuilder, 'columns'>,
): readonly ColumnBuilder[] {
  if (names.length !== columns.length)
    throw new UnlikeParts(say('read.table.unlike.count', { file, columns: names.length, before: columns.length }))
  const known = columns.map(({ name }) => name)
  if (areNumbered(names) || areNumbered(known)) return columns
  const numbers = numbersByName(names, known)
  const strange = numbers.indexOf(-1)
  if (strange >= 0) throw new UnlikeParts(say('read.table.unlike.name', { file, column: names[strange] }))
  return numbers.map((number) => columns[number])
}
