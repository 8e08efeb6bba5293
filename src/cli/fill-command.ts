import { resolve } from 'node:path'
import { codedNames } from '../data/preparation/matched-columns'
import type { ModelPreparation } from '../data/preparation/coding'
import { readTable } from '../data/readers/read-table'
import { findEngine } from '../engine/find'
import { sentenceOf } from '../base/advice'
import { MOST_SEED } from '../made/random'
import { fillInto, tableOf, type FillingTask } from '../training/filling'
import { requireSameData } from '../runs/runs'
import { formatChance } from '../shared/chance'
import type { FilledColumn, FillingSummary } from '../shared/contract'
import { MOST_TIMES, numberedTables } from '../shared/filling'
import { say } from '../words/say'
import { processorUseOf, type EngineOptions } from './engine-options'
import { modelAt, preparationOfRun, type GivenModel } from './model-place'
import { dataSourceOf, openData, withReadingBar } from './places'
import { PhaseBar } from './progress'
import { inEnglishOnly, remark } from './remark'
import { readingOf, type LayoutOptions } from './reading-options'
import { UsageError, wholeWithin } from './usage'
import { t } from './words'

export interface FillOptions extends EngineOptions, LayoutOptions {
  readonly data?: string
  readonly out: string
  readonly seed: string
  readonly likeliest?: true
  readonly draw?: true
  readonly times?: string
  readonly json?: true
}

/** `made fill`: a table with the most probable values of a model in its gaps, or with draws, as CSV. */
export async function fillCommand(place: string, options: FillOptions, signal: AbortSignal): Promise<void> {
  const seed = wholeWithin('--seed', options.seed, 0, MOST_SEED)
  const times = options.times === undefined ? null : wholeWithin('--times', options.times, 1, MOST_TIMES)
  const way = options.draw || times !== null ? 'draw' : 'likeliest'
  const use = processorUseOf(options)
  if (!options.out.toLowerCase().endsWith('.csv'))
    throw new UsageError(say('cli.value.ending', { option: '--out', text: options.out, ending: '.csv' }))
  const out = resolve(options.out)
  const given = await modelAt(place)
  const { table, preparation } = await tableFor(given, options, signal)
  const { model } = given
  const session = await (await findEngine('cpu', use)).open(model, null)
  const bar = new PhaseBar('cli.bar.filling')
  try {
    const between = async (share: number): Promise<void> => {
      signal.throwIfAborted()
      bar.show(share)
    }
    const filled: { readonly out: string; readonly result: FillingSummary }[] = []
    for (const { path, seed: own } of numberedTables(out, seed, times)) {
      const result = await fillInto(path, { model, session, table, preparation, seed: own, way, between })
      filled.push({ out: path, result })
    }
    bar.stop()
    if (!options.json) remark(filled[0].result.notes?.map(sentenceOf) ?? [])
    for (const { out: path, result } of filled) {
      const notes = result.notes?.map(sentenceOf)
      if (!options.json) console.log(inWords(path, result))
      else console.log(JSON.stringify({ out: path, ...result, ...(notes && { notes: inEnglishOnly(notes) }) }))
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
      throw new UsageError(say('cli.fill.no-file'), say('cli.fill.no-file.hint', { file: say('cli.place.file') }))
    if (run === null)
      throw new UsageError(say('cli.fill.no-rows'), say('cli.fill.no-rows.hint', { file: say('cli.place.file') }))
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
  return [
    t('cli.fill.filled', { values: filled, rows, out }),
    ...columns.map((column) => `  ${columnInWords(column)}`),
    ...(left > 0 ? [t('cli.fill.left', { left })] : []),
    ...(omitted.length > 0 ? [t('cli.fill.omitted', { columns: omitted.join(', ') })] : []),
  ].join('\n')
}

/** The values drawn for a column, the commonest first, each with the chance that the model gave it. */
function columnInWords({ name, values, others }: FilledColumn): string {
  const told = values.map(({ value, count, chance }) =>
    t('cli.fill.value', { value, count, chance: formatChance(chance) }),
  )
  const all = [...told, ...(others > 0 ? [t('cli.fill.others', { count: others })] : [])]
  return t('cli.fill.column', { name, values: all.join(', ') })
}
