import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ReadingOptions } from '../data/table'
import { openForModel, type ModelData } from '../data/model-data'
import type { ModelPreparation } from '../data/preparation/coding'
import { openDataSet, type DataSet, type OpeningOptions } from '../data/data-set'
import { MISSING_VALUES, MNIST_THRESHOLD, type DataSource } from '../shared/data-source'
import { PhaseBar } from './progress'
import { SYNTHETIC_PREFIX, syntheticSourceOf } from './synthetic-data'
import { oneOf, UsageError } from './usage'

/** The built-in MNIST, beside the built command line. */
const MNIST_FOLDER =
  [
    resolve(import.meta.dirname, '..', '..', 'resources', 'mnist'),
    resolve(import.meta.dirname, '..', '..', '..', 'mnist'),
  ].find((folder) => existsSync(folder)) ?? resolve('resources', 'mnist')

/** Where it is remembered how fast engines are: apart from the application, whose engines are others. */
export function speedsFile(): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env
  return join(xdg || local || join(homedir(), '.cache'), 'made-studio', 'engine-speeds.json')
}

/** The data that `--data` names: "mnist", a synthetic set, or a file or folder of any format that is read. */
export function dataSourceOf(text: string): DataSource {
  if (text === 'mnist') return MNIST_THRESHOLD
  if (text.startsWith(SYNTHETIC_PREFIX)) return syntheticSourceOf(text)
  if (text === '')
    throw new UsageError('The value of --data is empty.', 'Give "mnist", or the path of a file or folder.')
  return { kind: 'file', path: resolve(text), preparation: null }
}

/** Opens the data of a command. */
export function openData(source: DataSource, options: OpeningOptions = {}): Promise<DataSet> {
  return openDataSet(source, { mnistFolder: MNIST_FOLDER }, options)
}

/** Opens the data of a command as a model knows them. */
export function openDataForModel(
  source: DataSource,
  preparation: ModelPreparation | null,
  options: OpeningOptions,
): Promise<ModelData> {
  return openForModel(source, preparation, { mnistFolder: MNIST_FOLDER }, options)
}

/** How a file is opened, as typed: `--size`, which pictures are made to fit, and `--missing`. @throws UsageError */
export function openingOf({ size, missing }: { readonly size?: string; readonly missing?: string }): OpeningOptions {
  return {
    ...(size === undefined ? {} : { pictureSize: sizeOf(size) }),
    ...(missing === undefined ? {} : { change: { missing: oneOf('--missing', missing, MISSING_VALUES) } }),
  }
}

/** A width and a height as typed, such as 28x28. @throws UsageError */
export function sizeOf(text: string): NonNullable<OpeningOptions['pictureSize']> {
  const match = /^(\d+)[x×](\d+)$/.exec(text)
  if (!match) throw new UsageError(`The value of --size is "${text}"; it must be a width and a height, such as 28x28.`)
  return { width: Number(match[1]), height: Number(match[2]) }
}

/** Reads files with a bar that shows how far it is. */
export async function withReadingBar<T>(
  signal: AbortSignal,
  read: (options: ReadingOptions) => Promise<T>,
): Promise<T> {
  const bar = new PhaseBar('reading')
  try {
    return await read({ onProgress: (share) => bar.show(share), signal })
  } finally {
    bar.stop()
  }
}
