import type { DataSet } from '../data/data-set'
import { preparationOf } from '../data/model-data'
import type { ModelPreparation } from '../data/preparation/coding'
import { filledTable, findGaps, valuesOf } from '../data/preparation/gaps'
import { isMissing, missingCount, type Column, type Table } from '../data/table'
import { columnsOfFile, columnsOfTable } from '../data/table-columns'
import { encodeCsv } from '../data/table-text'
import { StudioError } from '../base/failure'
import { say, type Sentence } from '../words/say'
import type { AskedModel } from '../questions/assignments'
import { completeRows, type CompletingSession } from '../questions/completion'
import type { FilledColumn, FillingSummary } from '../shared/contract'
import type { FillingWay } from '../shared/filling'
import { CellChances } from './filled-cells'
import { replaceFile } from '../files/durable-file'

/** What is filled in, and by what. */
export interface FillingTask {
  readonly model: AskedModel
  readonly session: CompletingSession
  /** How the inputs of the model were made of its data. */
  readonly preparation: Pick<ModelPreparation, 'coding' | 'missing'>
  /** That of the data, or another one with the same columns. */
  readonly table: Table
  readonly seed: number
  /** Whether each gap gets a draw, or the value that is the likeliest for it alone. */
  readonly way?: FillingWay
  readonly between?: (share: number) => Promise<void>
}

/** The table of a data set, and how it was prepared. @throws StudioError 'invalid-data' for data that are no table of columns */
export function tableOf(data: DataSet): Pick<FillingTask, 'table' | 'preparation'> {
  const preparation = preparationOf(data)
  if (!data.table || !preparation) throw nothingMissing(data.name)
  return { table: data.table, preparation }
}

/** A table filled in, and what a person may not expect. */
interface Filled {
  readonly table: Table
  readonly notes: readonly Sentence[]
  /** What was drawn, column by column. */
  readonly columns: readonly FilledColumn[]
}

/**
 * The table with its missing values drawn from the model; what was there is as it was.
 * @throws StudioError 'invalid-data' if nothing is missing or the model and the data differ in their columns, or as `findGaps`
 */
export async function fillIn({
  model,
  session,
  preparation,
  table,
  seed,
  way = 'draw',
  between,
}: FillingTask): Promise<Filled> {
  if (missingCells(table, preparation) === 0) throw nothingMissing(table.name)
  const gaps = findGaps(table, preparation)
  if (gaps.bits.columns !== model.spec.inputs)
    throw new StudioError(
      'invalid-data',
      say('run.filling.other-columns', { inputs: model.spec.inputs, columns: gaps.bits.columns }),
      say('run.filling.other-columns.hint'),
    )
  const chances = new CellChances(gaps.columns, gaps.known)
  const { rows, probabilities } = await completeRows(session, model, gaps, {
    seed,
    between,
    onRow: (row, candidates, taken) => chances.settle(row, candidates, taken),
  })
  if (way === 'likeliest') chances.takeLikeliest(rows)
  const values = valuesOf(gaps, rows, probabilities, seed)
  return { table: filledTable(table, gaps.rows, values), notes: gaps.notes, columns: chances.told(gaps, values) }
}

/** Fills a table in and writes it as CSV. @throws StudioError as `fillIn` and `replaceFile` */
export async function fillInto(path: string, task: FillingTask): Promise<FillingSummary> {
  const { preparation } = task
  const before = withColumns(task.table)
  const { table: after, notes, columns } = await fillIn({ ...task, table: before })
  const pieces = encodeCsv(after)
  if (!pieces) throw nothingMissing(after.name)
  await replaceFile(path, pieces)
  const left = missingCells(after, preparation)
  const [was, is] = [columnsIn(before, preparation), columnsIn(after, preparation)]
  const isFilled = (_: number, row: number): boolean =>
    was.some((column, i) => isMissing(column, row) && !isMissing(is[i], row))
  return {
    filled: missingCells(before, preparation) - left,
    rows: Array.from({ length: before.rows }, (_, row) => row).filter(isFilled).length,
    left,
    columns,
    omitted: is.filter(({ kind }) => kind === 'text').map(({ name }) => name),
    ...(notes.length > 0 ? { notes } : {}),
  }
}

/** Bits that have labels as columns beside them: a label may be all that is missing. */
function withColumns(table: Table): Table {
  const columns = table.values.kind === 'bits' && table.labels ? columnsOfTable(table) : null
  return columns ? { ...table, values: { kind: 'columns', columns } } : table
}

/** The columns that can be filled in: a label is one if the model learnt it. */
function columnsIn(
  { values, labels }: Table,
  { coding }: Pick<FillingTask['preparation'], 'coding'>,
): readonly Column[] {
  return values.kind === 'columns' ? columnsOfFile(values.columns, coding.label ? labels : null) : []
}

/** Text counts as neither there nor missing: it is not kept. */
function missingCells(table: Table, preparation: Pick<FillingTask['preparation'], 'coding'>): number {
  return columnsIn(table, preparation).reduce(
    (sum, column) => sum + (column.kind === 'text' ? 0 : missingCount(column)),
    0,
  )
}

function nothingMissing(name: string): StudioError {
  return new StudioError(
    'invalid-data',
    say('run.filling.nothing-missing', { name }),
    say('run.filling.nothing-missing.hint'),
  )
}
