import { resolve } from 'node:path'
import { codedNames } from '../data/preparation/matched-columns'
import type { ModelPreparation } from '../data/preparation/coding'
import { readTable } from '../data/readers/read-table'
import { findEngine } from '../engine/find'
import { MOST_SEED } from '../made/random'
import { fillInto, tableOf, type FillingTask } from '../training/filling'
import { requireSameData } from '../runs/runs'
import { formatChance } from '../shared/chance'
import { tell } from './words'
import type { FilledColumn, FillingSummary } from '../shared/contract'
import { processorUseOf, type EngineOptions } from './engine-options'
import { modelAt, preparationOfRun, type GivenModel } from './model-place'
import { dataSourceOf, openData, withReadingBar } from './places'
import { PhaseBar } from './progress'
import { readingOf, type LayoutOptions } from './reading-options'
import { UsageError, wholeOf } from './usage'

export interface FillOptions extends EngineOptions, LayoutOptions {
  readonly data?: string
  readonly out: string
  readonly seed: string
  readonly json?: true
}

/** `made fill`: a table with its missing values drawn from a model, as CSV. */
export async function fillCommand(place: string, options: FillOptions, signal: AbortSignal): Promise<void> {
  const seed = wholeOf('--seed', options.seed, 0)
  const use = processorUseOf(options)
  if (seed > MOST_SEED) throw new UsageError(`The value of --seed is ${seed}; the most is ${MOST_SEED}.`)
  if (!options.out.toLowerCase().endsWith('.csv'))
    throw new UsageError(`The value of --out is "${options.out}"; it must end in .csv.`)
  const out = resolve(options.out)
  const given = await modelAt(place)
  const { table, preparation } = await tableFor(given, options, signal)
  const { model } = given
  const session = await (await findEngine('cpu', use)).open(model, null)
  const bar = new PhaseBar('filling in')
  try {
    const between = async (share: number): Promise<void> => {
      signal.throwIfAborted()
      bar.show(share)
    }
    const result = await fillInto(out, { model, session, table, preparation, seed, between })
    bar.stop()
    const { notes } = result
    if (options.json)
      console.log(JSON.stringify({ out, ...result, ...(notes ? { notes: notes.map(({ english }) => english) } : {}) }))
    else {
      for (const note of notes ?? []) console.error(`made: ${tell(note)}`)
      console.log(inWords(out, result))
    }
  } finally {
    bar.stop()
    await session.close()
  }
}

/**
 * What is to be filled in: the data of the run, or another file. A model file says how its data were prepared; of the first
 * runs, the run does. Where nothing says it, the model is taken to be trained on the complete rows of `--data`, prepared as
 * `made train --missing model` does.
 */
async function tableFor(
  { preparation, run }: GivenModel,
  { data: dataText, ...options }: FillOptions,
  signal: AbortSignal,
): Promise<Pick<FillingTask, 'table' | 'preparation'>> {
  const choices = readingOf(options)
  if (dataText === undefined) {
    if (Object.keys(choices).length > 0)
      throw new UsageError(
        'How a file is read was said, but no file was named.',
        'Add --data <file>, or leave out options such as --separator.',
      )
    if (run === null)
      throw new UsageError(
        'A model file alone does not hold the rows that it was trained on.',
        'Give the folder of its run, or add --data <file>.',
      )
    const record = await run.readRecord()
    const data = await withReadingBar(signal, (reading) => openData(record.config.data, reading))
    requireSameData(record, data)
    return tableOf(data)
  }
  const known: ModelPreparation | null = preparation ?? (run && (await preparationOfRun(run, signal)))
  if (known) {
    const table = await withReadingBar(signal, (reading) =>
      readTable(resolve(dataText), {
        ...reading,
        choices,
        ...(known.reading ? { likeOthers: known.reading } : {}),
        columns: codedNames(known.coding),
      }),
    )
    return { table, preparation: known }
  }
  return tableOf(
    await withReadingBar(signal, (reading) =>
      openData(dataSourceOf(dataText, choices), { ...reading, change: (given) => ({ ...given, missing: 'model' }) }),
    ),
  )
}

function inWords(out: string, { filled, rows, left, columns, omitted }: FillingSummary): string {
  const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`
  return [
    `${count(filled, 'missing value')} in ${count(rows, 'row')} filled in: ${out}`,
    ...columns.map(columnInWords),
    ...(left > 0
      ? [`${count(left, 'value')} stay${left === 1 ? 's' : ''} missing, in columns that the model does not see.`]
      : []),
    ...(omitted.length > 0 ? [`Not in the file, because text so varied is not kept: ${omitted.join(', ')}.`] : []),
  ].join('\n')
}

/** The values drawn for a column, the commonest first, each with the chance that the model gave it. */
function columnInWords({ name, values, others }: FilledColumn): string {
  const told = values.map(({ value, count, chance }) => `${count} × ${value} (chance ${tell(formatChance(chance))})`)
  return `  ${name}: ${[...told, ...(others > 0 ? [`${others} other values`] : [])].join(', ')}`
}
