import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { noteAt } from '../base/advice'
import type { ReadingOptions } from '../data/table'
import { mergedChoices } from '../data/reading-choices'
import { BUILT_IN_TABLES, builtInPath } from '../data/built-in-names'
import { openForModel, type ModelData, type ModelOpeningOptions } from '../data/model-data'
import type { ModelPreparation } from '../data/preparation/coding'
import { openDataSet, type DataSet, type OpeningOptions } from '../data/data-set'
import { MNIST_THRESHOLD, type DataSource, type ReadingChoices } from '../shared/data-source'
import { say, type Sentence } from '../words/say'
import { PhaseBar } from './progress'
import { preparationChangeOf, type ColumnOptions } from './reading-options'
import { SYNTHETIC_PREFIX, syntheticSourceOf } from './synthetic-data'
import { UsageError } from './usage'

/** The built-in MNIST, beside the built command line. */
const MNIST_FOLDER =
  [
    resolve(import.meta.dirname, '..', '..', 'resources', 'mnist'),
    resolve(import.meta.dirname, '..', '..', '..', 'mnist'),
  ].find((folder) => existsSync(folder)) ?? resolve('resources', 'mnist')
const BUILT_IN = { mnistFolder: MNIST_FOLDER, tablesFolder: join(dirname(MNIST_FOLDER), 'tables') }

/** Where it is remembered how fast engines are: apart from the application, whose engines are others. */
export function speedsFile(): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env
  return join(xdg || local || join(homedir(), '.cache'), 'made-studio', 'engine-speeds.json')
}

/**
 * The data that `--data` names: "mnist", a built-in table, a synthetic set, or a file or folder of any format that is read.
 * @param reading what was decided of how it is read @throws UsageError
 */
export function dataSourceOf(text: string, reading: ReadingChoices = {}): DataSource {
  return withReading(namedSource(text), reading)
}

/** The same source, read as was decided over what it says itself. @throws UsageError for data that are no file */
export function withReading(source: DataSource, reading: ReadingChoices): DataSource {
  if (Object.keys(reading).length === 0) return source
  if (source.kind !== 'file') throw new UsageError(say('cli.data.no-file'), say('cli.data.no-file.hint'))
  const merged = mergedChoices(source.reading, reading)
  // The columns may be others now: what becomes of them is suggested anew.
  return { ...source, preparation: null, ...(merged ? { reading: merged } : {}) }
}

/**
 * The same source, of which the label is learnt too where that was asked for; of a file that depends on what is in it
 * (`preparationChangeOf`). @throws UsageError for data without labels, or columns that could become something else
 */
export function withLearntLabel(
  source: DataSource,
  { learnLabel, ...columns }: ColumnOptions & { readonly size?: string },
): DataSource {
  if (source.kind === 'file') return source
  if (Object.keys(openingOf(columns)).length > 0)
    throw new UsageError(say('cli.data.no-columns'), say('cli.data.no-columns.hint'))
  if (!learnLabel) return source
  if (source.kind === 'mnist') return { ...source, learnsLabel: true }
  throw new UsageError(say('cli.data.unlabelled'), say('cli.data.unlabelled.hint'))
}

function namedSource(text: string): DataSource {
  if (text === 'mnist') return MNIST_THRESHOLD
  if (text.startsWith(SYNTHETIC_PREFIX)) return syntheticSourceOf(text)
  const table = BUILT_IN_TABLES.find((name) => name === text)
  if (table !== undefined) return { kind: 'file', path: builtInPath(table), preparation: null }
  if (text === '') throw new UsageError(say('cli.value.data-empty'), say('cli.value.data-empty.hint'))
  return { kind: 'file', path: resolve(text), preparation: null }
}

/** Opens the data of a command. */
export function openData(source: DataSource, options: OpeningOptions = {}): Promise<DataSet> {
  return openDataSet(source, BUILT_IN, options)
}

/** Opens the data of a command as a model knows them. */
export function openDataForModel(
  source: DataSource,
  preparation: ModelPreparation | null,
  options: ModelOpeningOptions,
): Promise<ModelData> {
  return openForModel(source, preparation, BUILT_IN, options)
}

/** How a file is opened, as typed: `--size`, which pictures are made to fit, and what becomes of columns. @throws UsageError */
export function openingOf({ size, ...columns }: ColumnOptions & { readonly size?: string }): OpeningOptions {
  const change = preparationChangeOf(columns)
  return {
    ...(size === undefined ? {} : { pictureSize: sizeOf(size) }),
    ...(change ? { change } : {}),
  }
}

/** A width and a height as typed, such as 28x28. @throws UsageError */
export function sizeOf(text: string): NonNullable<OpeningOptions['pictureSize']> {
  const match = /^(\d+)[x×](\d+)$/.exec(text)
  if (!match) throw new UsageError(say('cli.value.size', { text }))
  return { width: Number(match[1]), height: Number(match[2]) }
}

/** What was noticed of data in reading and preparing them, as it is said on a command line. */
export function sentencesOn({ notes = [] }: Pick<DataSet, 'notes'>): Sentence[] {
  return notes.map((note) => noteAt('options', note))
}

/** Reads files with a bar that shows how far it is. */
export async function withReadingBar<T>(
  signal: AbortSignal,
  read: (options: ReadingOptions) => Promise<T>,
): Promise<T> {
  const bar = new PhaseBar('cli.bar.reading')
  try {
    return await read({ onProgress: (share) => bar.show(share), signal })
  } finally {
    bar.stop()
  }
}
