import { join } from 'node:path'
import { sentenceOf } from '../../../src/base/advice'
import { inProject } from '../../../scripts/setup/project.mjs'
import { readTable } from '../../../src/data/readers/read-table'
import { doneOrRefused } from '../checks/fault'
import { checkTable } from '../checks/table'
import { checkUnchanged } from '../checks/unchanged'
import type { Draws } from '../draws'
import { readInput, severalFiles, writeInput, type Input } from '../input'
import { changeInput } from '../mutations/inputs'
import type { Target } from '../target'
import { fixtures, fixturesNamed } from './table-files'

/** Names that make files belong together, or seem to; all of them stay inside their folder. */
const NAMES = [
  'x.csv', 'x.train.csv', 'x.test.csv', 'x.valid.csv', 'x_train.npy', 'y_train.npy', 'x_test.npy', 'train-images-idx3-ubyte', 'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz', 'a', 'a.t', 'a.tr', 'x.data', 'x.names', 'README', 'data.csv', 'train/a/1.png', 'train/b/2.png',
  'test/a/3.gif', 'a/b/4.bmp', '.hidden', '.hidden/1.png', '__MACOSX/1.png', 'train-00000-of-00002.parquet', 'train-00001-of-00002.parquet', 'ä b.csv', 'x.gz',
] // prettier-ignore

/** Several files of a folder, one of them or the folder chosen: read from the disk with whatever belongs to it. */
export const FOLDER_TARGET: Target = {
  name: 'folders',
  what: 'files that are one data set, and folders of them, on the disk',
  share: 30,
  seeds: () => Promise.resolve(seeds()),
  change: (input, other, draws) =>
    draws.chance(0.5) ? changeInput(input, other, draws) : changeNames(input, other, draws),
  run: (input, folder) =>
    doneOrRefused(async () => {
      const place = folder()
      writeInput(place, input)
      const [first] = input.keys()
      // Of files that lie in folders, the folder that they are in is chosen.
      const { kind } = await doneOrRefused(async () => {
        const table = await readTable(first.includes('/') ? place : join(place, first))
        checkTable(table)
        return sentenceOf(table.format).english
      })
      checkUnchanged(place, input)
      return kind
    }),
}

function seeds(): Input[] {
  const together = (inputs: readonly Input[]): Input => new Map(inputs.flatMap((input) => [...input]))
  const pictures = readInput(inProject('test', 'fixtures', 'readers', 'pictures'))
  return [
    together(fixtures('readers', 'idx')),
    together(fixtures('readers', 'emnist')),
    together(fixturesNamed(/^[xy]_/, 'readers', 'numpy')),
    together(fixturesNamed(/^chain\./, 'readers', 'text')),
    together(fixturesNamed(/^chain_/, 'readers', 'text')),
    together(fixtures('readers', 'libsvm')),
    pictures,
    severalFiles({ 'data/only.csv': 'a,b\n1,0\n0,1\n1,1\n', 'data/README.md': 'words' }),
  ]
}

/** A file gets another name, goes, comes twice, or is chosen in place of the first. */
function changeNames(input: Input, other: Input, draws: Draws): Input {
  const files = [...input]
  const at = draws.below(files.length)
  const [name, bytes] = files[at]
  const changed = draws.pick([
    () => files.with(at, [draws.pick(NAMES), bytes]),
    () => [...files, [draws.pick(NAMES), bytes] as [string, Uint8Array]],
    () => [...files, ...other],
    () => (files.length > 1 ? files.toSpliced(at, 1) : files),
    () => [[name, bytes] as [string, Uint8Array], ...files.toSpliced(at, 1)],
    () => files.with(at, [name, draws.pick([...other.values()])]),
  ])()
  return withoutClashes(changed)
}

/** A name cannot be that of a file and of a folder: the first that takes it has it. */
function withoutClashes(files: readonly [string, Uint8Array][]): Input {
  const kept = new Map<string, Uint8Array>()
  for (const [name, bytes] of files)
    if (![...kept.keys()].some((other) => other.startsWith(`${name}/`) || name.startsWith(`${other}/`)))
      kept.set(name, bytes)
  return kept
}
