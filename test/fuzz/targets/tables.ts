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
  tableTarget('picture-kinds', 'zip files of TIFF, WebP, GIF, PBM, PGM and PPM files', 60, () => [
    ...fixtures('readers', 'kinds').map((input) => zipped('one.zip', [input])),
    zipped('text.zip', [
      oneFile('a.pgm', 'P2\n# remark\n3 2\n15\n0 1 2\n13 14 15\n'),
      oneFile('b.pbm', 'P1\n3 2\n0 1 1\n101\n'),
      oneFile('c.ppm', 'P3\n3 2\n65535\n1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 65535\n'),
    ]),
  ]),
  tableTarget('picture-labels', 'zip files of pictures and the files of their labels', 40, () => [
    zipped('named.zip', [...PICTURES, text('labels.csv', 'filename,label', 'a/1.pgm,x', '2.pgm,"y, z"', '3,x')]),
    zipped('listed.zip', [...PICTURES, text('labels.txt', 'x', 'y', 'x')]),
    zipped('parts.zip', [...PICTURES, text('list.tsv', 'n\timage\tclass', '1\t1.pgm\tx', '2\t2.pgm\ty', '3\t3.pgm\t')]),
  ]),
  tableTarget('json', 'JSON and JSON lines', 80, () => [
    text('records.json', '[{"a": 1, "b": "x", "c": [1, 2]}, {"a": null, "b": "y"}, {"b": true, "d": {"e": 1.5}}]'),
    text('lists.json', '[[1, 0, "x"], [0, 1, "y"], [1e999, -0.5, null]]'),
    text('columns.json', '{"a": {"0": 1, "1": 2}, "b": {"0": "x", "1": null}}'),
    text('split.json', '{"columns": ["a", "b"], "index": [0, 1], "data": [[1, "x"], [2, "y"]]}'),
    text('x.jsonl', '{"a": 1, "b": "x"}', '{"a": 2, "c": {"d": 1}}', '', '{"b": "\\ud83d", "a": 1e-7}'),
    oneFile('x.jsonl.gz', gzipSync('{"a": 0, "b": 1}\n{"a": 1, "b": 1}\n')),
  ]),
  tableTarget('transactions', 'transactions, one list of items a line', 40, () => [
    text('baskets.csv', 'milk,bread', 'beer', '"a, b",milk,bread,eggs', 'bread,beer', 'milk'),
    text(
      'fimi.dat',
      ...Array.from({ length: 30 }, (_, i) => [...Array(1 + (i % 7)).keys()].map((k) => 3 * k + i).join(' ')),
    ),
  ]),
  tableTarget('sparse', 'Matrix Market files and sparse matrices of SciPy', 80, () => fixtures('readers', 'sparse')),
  tableTarget('hdf5', 'HDF5 files, those of MATLAB and pandas among them', 4, () => fixtures('readers', 'hdf5')),
  tableTarget('arrow', 'Arrow files and streams', 4, () => fixtures('readers', 'arrow')),
  tableTarget('packed', 'files compressed with bzip2, xz and zstd, and tar files', 40, () =>
    fixturesNamed(/\.(bz2|xz|zst|tar|gz)$/, 'readers', 'packed'),
  ),
  tableTarget('sqlite', 'SQLite databases', 4, () => fixturesNamed(/\.db$/, 'readers', 'sqlite')),
  tableTarget('workbook', 'Excel and OpenDocument workbooks', 4, () => fixtures('readers', 'workbooks')),
  tableTarget('parquet', 'Parquet files', 4, () => fixtures('readers', 'parquet')),
]

const PICTURES = ['a/1.pgm', '2.pgm', '3.pgm'].map((name, i) => oneFile(name, `P2 2 2 9 ${i} 1 2 3\n`))

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
