import { BitMatrix } from '../data/bit-matrix'
import type { DataSet } from '../data/data-set'
import { preparationOf } from '../data/model-data'
import type { ModelPreparation } from '../data/preparation/coding'
import { filledTable, findGaps, valuesOf, type Gaps } from '../data/preparation/gaps'
import { isMissing, missingCount, type Column, type Table } from '../data/table'
import { columnsOfFile, columnsOfTable } from '../data/table-columns'
import { encodeCsv } from '../data/table-text'
import type { Session } from '../engine/contract'
import { eachDrawnLogProbability } from '../engine/drawn-probability'
import { StudioError } from '../base/failure'
import { say, type Sentence } from '../words/say'
import type { Model } from '../made/model-file'
import { PURPOSE, UniformSource } from '../made/random'
import { variablesOf, type Variables } from '../made/variables'
import type { FilledColumn, FillingSummary } from '../shared/contract'
import { CellChances, type Candidate } from './filled-cells'
import { replaceFile } from '../files/durable-file'

/** How many completions of each row one is chosen from. */
export const CANDIDATES = 64
/** Rows of one call to the engine. */
const PAGE = 200
const LEAST_LOG_PROBABILITY = Math.log(1e-30)

/** The bits of the rows with gaps: those that are known, and the others as drawn. */
interface Completed {
  readonly rows: BitMatrix
  readonly probabilities: Float32Array
}

export interface CompletionOptions {
  /** Called between calls to the engine with the share done, 0..1; what it throws ends the work. */
  readonly between?: ((share: number) => Promise<void>) | undefined
  /** Hears of all completions of each row, and which one was taken. */
  readonly chances?: Pick<CellChances, 'settle'>
  /** The number of the first row among all that are drawn with the seed. */
  readonly numbers?: { readonly first: number; readonly all: number }
}

/**
 * Draws what is missing given what is known, p(missing | known), under the ensemble of the model's connectivities. In ancestral
 * order a known bit conditions only the bits after it; so each row is completed `CANDIDATES` times, under the
 * connectivities in turn, and one completion is taken with a probability in proportion to that of the known bits in it
 * (sampling, importance resampling).
 */
export async function complete(
  session: Pick<Session, 'complete'>,
  { spec, connectivities }: Pick<Model, 'spec' | 'connectivities'>,
  { bits, known }: Pick<Gaps, 'bits' | 'known'>,
  seed: number,
  { between, chances, numbers = { first: 0, all: bits.rows } }: CompletionOptions = {},
): Promise<Completed> {
  const { rows: count, columns, wordsPerRow } = bits
  const chosen = { rows: new BitMatrix(count, columns), probabilities: new Float32Array(count * columns) }
  const uniforms = new UniformSource(seed, PURPOSE.filling)
  const variables = variablesOf(spec)
  for (let start = 0; start < count; start += PAGE) {
    const end = Math.min(count, start + PAGE)
    const [given, mask] = [bits.slice(start, end), known.slice(start, end)]
    const best = new Float64Array(end - start).fill(-Infinity)
    const candidates = Array.from({ length: end - start }, (): Candidate[] => [])
    const winners = new Int32Array(end - start)
    for (let candidate = 0; candidate < CANDIDATES; candidate++) {
      const connectivity = connectivities[candidate % connectivities.length]
      const request = { count: end - start, first: candidate * numbers.all + numbers.first + start, seed, connectivity }
      const drawn = await session.complete(given, mask, request)
      for (let row = 0; row < end - start; row++) {
        // The largest of weights with Gumbel noise added to their logarithms is a draw in proportion to the weights.
        const noise = -Math.log(-Math.log(uniforms.at(numbers.first + start + row, candidate) + 2 ** -25))
        const weight = logWeight(variables, drawn, mask, row)
        const words = drawn.rows.words.subarray(row * wordsPerRow, (row + 1) * wordsPerRow)
        if (chances) candidates[row].push({ words: words.slice(), logWeight: weight })
        const score = weight + noise
        if (score <= best[row]) continue
        best[row] = score
        winners[row] = candidate
        chosen.rows.words.set(words, (start + row) * wordsPerRow)
        chosen.probabilities.set(
          drawn.probabilities.subarray(row * columns, (row + 1) * columns),
          (start + row) * columns,
        )
      }
      await between?.((start + ((candidate + 1) / CANDIDATES) * (end - start)) / count)
    }
    for (const [row, all] of candidates.entries()) chances?.settle(start + row, all, winners[row])
  }
  return chosen
}

/** log Π p(x_v | what is before it) over the known variables of a row, in nats. */
function logWeight(variables: Variables, { rows, probabilities }: Completed, known: BitMatrix, row: number): number {
  let sum = 0
  eachDrawnLogProbability(variables, rows, probabilities, row, (logProbability, column) => {
    if (known.get(row, column) === 1) sum += Math.max(LEAST_LOG_PROBABILITY, logProbability)
  })
  return sum
}

/** What is filled in, and by what. */
export interface FillingTask {
  readonly model: Pick<Model, 'spec' | 'connectivities'>
  readonly session: Pick<Session, 'complete'>
  /** How the inputs of the model were made of its data. */
  readonly preparation: Pick<ModelPreparation, 'coding' | 'missing'>
  /** That of the data, or another one with the same columns. */
  readonly table: Table
  readonly seed: number
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
export async function fillIn({ model, session, preparation, table, seed, between }: FillingTask): Promise<Filled> {
  if (missingCells(table, preparation) === 0) throw nothingMissing(table.name)
  const gaps = findGaps(table, preparation)
  if (gaps.bits.columns !== model.spec.inputs)
    throw new StudioError(
      'invalid-data',
      say('run.filling.other-columns', { inputs: model.spec.inputs, columns: gaps.bits.columns }),
      say('run.filling.other-columns.hint'),
    )
  const chances = new CellChances(gaps.columns, gaps.known)
  const { rows, probabilities } = await complete(session, model, gaps, seed, { between, chances })
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
