import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { openDataSet, type DataSet } from '../data/data-set'
import type { ReadingOptions } from '../data/table'
import { MNIST_THRESHOLD, type DataSource } from '../shared/run-config'
import { SYNTHETIC_PREFIX, syntheticSourceOf } from './synthetic-data'
import { UsageError } from './usage'

/** The built-in MNIST, beside the built command line. */
const MNIST_FOLDER = [
  resolve(import.meta.dirname, '..', '..', 'resources', 'mnist'),
  resolve(import.meta.dirname, '..', '..', '..', 'mnist'),
].find((folder) => existsSync(folder)) ?? resolve('resources', 'mnist')

/** The data that `--data` names: "mnist", a synthetic set, or a file or folder of any format that is read. */
export function dataSourceOf(text: string): DataSource {
  if (text === 'mnist') return MNIST_THRESHOLD
  if (text.startsWith(SYNTHETIC_PREFIX)) return syntheticSourceOf(text)
  if (text === '') throw new UsageError('The value of --data is empty.', 'Give "mnist", or the path of a file or folder.')
  return { kind: 'file', path: resolve(text), preparation: null }
}

/** Opens the data of a command. */
export function openData(source: DataSource, options: ReadingOptions = {}): Promise<DataSet> {
  return openDataSet(source, { mnistFolder: MNIST_FOLDER }, options)
}
