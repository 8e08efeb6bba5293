import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import type { Preparation } from '../../../src/data/preparation/preparation'
import { suggestedPreparation } from '../../../src/data/preparation/suggestion'
import type { Table } from '../../../src/data/table'
import { doneOrRefused, Fault, type Outcome } from '../checks/fault'
import { checkPreparation } from '../checks/prepared'
import { checkTable } from '../checks/table'
import { oneFile, sizeOf, type Input } from '../input'
import { changeInput } from '../mutations/inputs'
import type { Target } from '../target'
import { fixtures, fixturesNamed, tableOf } from './table-files'

/** Reads the input as a table from memory, and makes bits of it, with one of the ways to treat gaps and numbers. */
function readAndPrepare(input: Input): Promise<Outcome> {
  return doneOrRefused(async () => {
    const before = [...input.values()].map((bytes) => bytes.slice())
    const table = await tableOf(input)
    checkTable(table)
    if ([...input.values()].some((bytes, i) => Buffer.compare(bytes, before[i]) !== 0))
      throw new Fault('reading changed what was read')
    const preparation = preparationFor(table, sizeOf(input))
    const { kind } = await doneOrRefused(() => Promise.resolve(checkPreparation(table, preparation)))
    return `${table.values.kind}, preparation ${kind}`
  })
}

/** What is suggested, or something near it, as a number says. */
function preparationFor(table: Table, number: number): Preparation {
  const missing = (['category', 'model', 'common', 'drop'] as const)[number % 4]
  return { ...suggestedPreparation(table), missing, numberBits: 1 + (number % 3) }
}

function tableTarget(name: string, what: string, share: number, seeds: () => readonly Input[]): Target {
  return { name, what, share, seeds: () => Promise.resolve(seeds()), change: changeInput, run: readAndPrepare }
}

/** A zip file of the files of inputs. */
function zipped(name: string, inputs: readonly Input[]): Input {
  return oneFile(name, zipSync(Object.fromEntries(inputs.flatMap((input) => [...input])), { mtime: '1990-01-01' }))
}

function text(name: string, ...lines: readonly string[]): Input {
  return oneFile(name, `${lines.join('\n')}\n`)
}

/** Readers of tables, by the formats that their seeds are of; what becomes of a seed may be of any other. */
export const TABLE_TARGETS: readonly Target[] = [
  tableTarget('idx', 'IDX files of pictures, gzipped or not', 100, () => [
    ...fixtures('readers', 'idx'),
    ...fixtures('readers', 'emnist'),
  ]),
  tableTarget('npy', '.npy files', 120, () => [
    ...fixturesNamed(/\.npy$/, 'readers', 'numpy'),
    ...fixturesNamed(/\.npy$/, 'npz'),
  ]),
  tableTarget('npz', '.npz files', 80, () => [
    ...fixturesNamed(/\.npz$/, 'readers', 'numpy'),
    ...fixturesNamed(/\.npz$/, 'npz'),
  ]),
  tableTarget('text', 'CSV and other tables of text, gzipped or not', 180, () => [
    ...fixtures('readers', 'text'),
    text('stop.data', '| remark', '39, State-gov, <=50K.', '50, ?, >50K.', '38, Private, <=50K.', '28, ?, >50K.'),
    text('gaps.csv', 'a,b,class', '1,,x', ',2.5,y', '3,NA,x', '4,0,?', '5,1,y'),
    text('semicolons.csv', 'Größe;"a;b"', '1,5;"x ""y"""', '2,5;"z', 'z"', '3;w'),
    oneFile('gaps.csv.gz', gzipSync('a,b\n1,0\n,1\n0,0\n1,1\n')),
  ]),
  tableTarget('libsvm', 'LIBSVM and SVMlight files', 80, () => [
    ...fixtures('readers', 'libsvm'),
    text('zero', '1 0:1 3:0.5 # remark', '-1 qid:7 1:2 5:1e-3', '2,3 2:1', '+1'),
  ]),
  tableTarget('arff', 'ARFF files, dense and sparse', 80, () => [
    ...fixtures('readers', 'arff'),
    text('all.arff', ...ARFF),
  ]),
  tableTarget('matlab', 'MATLAB files', 80, () => fixtures('readers', 'matlab')),
  tableTarget('zip', 'zip files of the files of one data set', 60, () => [
    zipped('text.zip', fixturesNamed(/chain.*data/, 'readers', 'text')),
    zipped('idx.zip', fixtures('readers', 'idx')),
    zipped('libsvm.zip', fixtures('readers', 'libsvm')),
    zipped('arff.zip', fixturesNamed(/weather/, 'readers', 'arff')),
    zipped('matlab.zip', fixturesNamed(/stack/, 'readers', 'matlab')),
  ]),
  tableTarget('pictures', 'zip files of PNG, JPEG, GIF and BMP files', 40, () => [
    ...fixturesNamed(/pictures\.zip/, 'readers'),
    zipped('sizes.zip', fixtures('readers', 'sizes')),
    zipped('kinds.zip', fixtures('readers', 'pictures', 'train', 'cats')),
  ]),
  tableTarget('packed', 'files compressed with bzip2, xz and zstd, and tar files', 40, () =>
    fixturesNamed(/\.(bz2|xz|zst|tar|gz)$/, 'readers', 'packed'),
  ),
  tableTarget('sqlite', 'SQLite databases', 4, () => fixturesNamed(/\.db$/, 'readers', 'sqlite')),
  tableTarget('workbook', 'Excel and OpenDocument workbooks', 4, () => fixtures('readers', 'workbooks')),
  tableTarget('parquet', 'Parquet files', 4, () => fixtures('readers', 'parquet')),
]

const ARFF = [
  "@relation 'a b'",
  "@attribute 'x y' {'a b', c, \"d\"}",
  '@ATTRIBUTE n REAL',
  '@attribute s string',
  '@attribute class {0,1}',
  '@data',
  "'a b',1.5,hello,0",
  '?,?,?,?',
  'c,-1,"x, y",1',
  '{1 2, 3 1}',
  '{0 c}',
]
