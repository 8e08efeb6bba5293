import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { DataSet } from '../data/data-set'
import { withFile } from '../data/file-source'
import { readTable } from '../data/readers/read-table'
import type { Table } from '../data/table'
import { findEngine } from '../engine/find'
import { decodeModel, type Model } from '../made/model-file'
import { MOST_SEED } from '../made/random'
import { fillInto } from '../training/filling'
import { keptModel } from '../runs/kept-model'
import { RunFolder } from '../runs/run-folder'
import { requireSameData } from '../runs/runs'
import { dataSourceOf, openData, withReadingBar } from './places'
import { PhaseBar } from './progress'
import { UsageError, wholeOf } from './usage'

export interface FillOptions {
  readonly data?: string
  readonly out: string
  readonly seed: string
  readonly json?: true
}

/** What a model was trained on, and what is to be filled in if it is something else. */
interface Given {
  readonly model: Model
  readonly data: DataSet
  readonly other: Table | null
}

/** `made fill`: a table with its missing values drawn from a model, as CSV. */
export async function fillCommand(place: string, options: FillOptions): Promise<void> {
  const seed = wholeOf('--seed', options.seed, 0)
  if (seed > MOST_SEED) throw new UsageError(`The value of --seed is ${seed}; the most is ${MOST_SEED}.`)
  if (!options.out.toLowerCase().endsWith('.csv'))
    throw new UsageError(`The value of --out is "${options.out}"; it must end in .csv.`)
  const out = resolve(options.out)
  const { model, data, other } = await givenBy(resolve(place), options.data)
  const session = await (await findEngine('auto')).open(model, null)
  const bar = new PhaseBar('filling in')
  try {
    const between = (share: number): Promise<void> => Promise.resolve(bar.show(share))
    const result = await fillInto(out, { model, session, data, other, seed, between })
    bar.stop()
    if (options.json) console.log(JSON.stringify({ out, ...result }))
    else console.log(inWords(out, result))
  } finally {
    bar.stop()
    await session.close()
  }
}

/**
 * A run knows its data and how they were prepared, and so does a model file that lies in its folder. A model file alone is
 * taken to be trained on the complete rows of `--data`, prepared as `made train --missing model` does.
 */
async function givenBy(place: string, dataText: string | undefined): Promise<Given> {
  // What is not there is told when it is read, as the file or the folder that its name says.
  const isFolder = (await stat(place).catch(() => null))?.isDirectory() ?? !place.endsWith('.safetensors')
  const folder = new RunFolder(isFolder ? place : dirname(place))
  if (isFolder || (await folder.exists())) {
    const record = await folder.readRecord()
    const model = isFolder ? await keptModel(folder, 'best') : await withFile(place, decodeModel)
    const data = await withReadingBar((reading) => openData(record.config.data, reading))
    requireSameData(record, data)
    const other =
      dataText === undefined ? null : await withReadingBar((reading) => readTable(resolve(dataText), reading))
    return { model, data, other }
  }
  const model = await withFile(place, decodeModel)
  if (dataText === undefined)
    throw new UsageError(
      'A model file alone does not say what it was trained on.',
      'Give the folder of its run, or add --data <file>.',
    )
  const data = await withReadingBar((reading) =>
    openData(dataSourceOf(dataText), { ...reading, change: { missing: 'model' } }),
  )
  return { model, data, other: null }
}

function inWords(out: string, { filled, rows, left, omitted }: Awaited<ReturnType<typeof fillInto>>): string {
  const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`
  return [
    `${count(filled, 'missing value')} in ${count(rows, 'row')} filled in: ${out}`,
    ...(left > 0
      ? [`${count(left, 'value')} stay${left === 1 ? 's' : ''} missing, in columns that the model does not see.`]
      : []),
    ...(omitted.length > 0 ? [`Not in the file, because text so varied is not kept: ${omitted.join(', ')}.`] : []),
  ].join('\n')
}
