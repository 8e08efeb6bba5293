import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { openDataSet, type DataSet } from '../data/data-set'
import { MNIST_THRESHOLD, type DataSource } from '../shared/run-config'
import { UsageError } from './usage'

/** The built-in MNIST, beside the built command line. */
const MNIST_FOLDER = [
  resolve(import.meta.dirname, '..', '..', 'resources', 'mnist'),
  resolve(import.meta.dirname, '..', '..', '..', 'mnist'),
].find((folder) => existsSync(folder)) ?? resolve('resources', 'mnist')

/** The data that `--data` names: "mnist", or a .npz file. */
export function dataSourceOf(text: string): DataSource {
  if (text === 'mnist') return MNIST_THRESHOLD
  if (text === '') throw new UsageError('The value of --data is empty.', 'Give "mnist" or the path of a .npz file.')
  return { kind: 'npz', path: resolve(text) }
}

/** Opens the data of a command. */
export function openData(source: DataSource): Promise<DataSet> {
  return openDataSet(source, { mnistFolder: MNIST_FOLDER })
}
