import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDataSet, type DataSet } from '../../src/data/data-set'
import { withFile } from '../../src/data/file-source'
import { SPLITS } from '../../src/data/split'
import { shareOfOnes } from '../../src/data/statistics'
import { expectFailure } from '../base/expect-failure'
import { bytesArray, npz } from './npy-files'

const nowhere = { mnistFolder: '/nowhere' }
let folder = ''

beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'made-data-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))

async function opened(arrays: Record<string, Uint8Array>): Promise<DataSet> {
  const path = join(folder, 'set.npz')
  await writeFile(path, npz(arrays))
  return openDataSet({ kind: 'file', path, preparation: null }, nowhere)
}

describe('a .npz data set', () => {
  const arrays = { train: bytesArray(2, 16, [1]), valid: bytesArray(1, 16, [0, 1]), test: bytesArray(1, 16) }

  it('has the name of its file and no picture, labels or greys', async () => {
    const data = await opened(arrays)
    expect(data).toMatchObject({ name: 'set.npz', columns: 16, picture: null })
    expect(data.source).toMatchObject({
      kind: 'file',
      path: join(folder, 'set.npz'),
      preparation: { omitted: [], grey: false },
    })
    expect((await openDataSet(data.source, nowhere)).hash).toBe(data.hash)
    expect([data.labels, data.grey]).toEqual([undefined, undefined])
    expect(SPLITS.map((split) => data.splits[split].rows)).toEqual([2, 1, 1])
    expect([data.splits.train.get(0, 0), data.splits.valid.get(0, 1)]).toEqual([1, 1])
  })

  it('is a set of 28×28 pictures if its rows are that long', async () => {
    const digits = { train: bytesArray(1, 784), valid: bytesArray(1, 784), test: bytesArray(1, 784) }
    expect((await opened(digits)).picture).toEqual({ width: 28, height: 28 })
  })

  it('has a hash that changes with any bit, size or part', async () => {
    const { hash } = await opened(arrays)
    expect((await opened({ test: arrays.test, valid: arrays.valid, train: arrays.train })).hash).toBe(hash)
    const others = [
      { ...arrays, test: bytesArray(1, 16, [0, 0, 1]) },
      { ...arrays, test: bytesArray(2, 16) },
      { ...arrays, train: arrays.valid, valid: arrays.train },
      { train: bytesArray(2, 17, [1]), valid: bytesArray(1, 17, [0, 1]), test: bytesArray(1, 17) },
    ]
    const hashes = [hash]
    for (const other of others) hashes.push((await opened(other)).hash)
    expect(new Set(hashes).size).toBe(5)
  })

  it('is refused where there is no file, and is found in its folder', async () => {
    await expectFailure(
      () => openDataSet({ kind: 'file', path: join(folder, 'none.npz'), preparation: null }, nowhere),
      'not-found',
      /none\.npz/,
    )
    const { hash } = await opened(arrays)
    expect(await openDataSet({ kind: 'file', path: folder, preparation: null }, nowhere)).toMatchObject({
      name: 'set.npz',
      hash,
    })
    await expectFailure(
      () => openDataSet({ kind: 'file', path: 'a\0b', preparation: null }, nowhere),
      'unreadable-file',
      /cannot be read/,
    )
  })

  it.skipIf(process.platform === 'win32')('is refused, without waiting, where the path is a pipe', async () => {
    const pipe = join(folder, 'pipe.npz')
    execFileSync('mkfifo', [pipe])
    await expectFailure(
      () => openDataSet({ kind: 'file', path: pipe, preparation: null }, nowhere),
      'unreadable-file',
      /is not a file/,
    )
  })

  it('is refused in words where the file becomes shorter while it is read', async () => {
    const path = join(folder, 'shrinking')
    await writeFile(path, new Uint8Array(10))
    const reading = withFile(path, async (source) => {
      expect(source.size).toBe(10)
      expect(await source.read(2, 3)).toHaveLength(3)
      await writeFile(path, new Uint8Array(4))
      return source.read(2, 8)
    })
    await expectFailure(() => reading, 'unreadable-file', /shorter/)
  })
})

const SHARED = join(import.meta.dirname, '..', '..', '..', 'shared', 'data')
const names = ['adult', 'binarized_mnist', 'dna', 'mushrooms', 'nltcs']
const skipped = existsSync(SHARED) ? '' : ' — SKIPPED: ../shared/data is absent'

describe.skipIf(skipped !== '')(`the shared data sets${skipped}`, () => {
  it.each(names)('%s has the sizes and means that its sources state', async (name) => {
    const data = await openDataSet({ kind: 'file', path: join(SHARED, name, 'data.npz'), preparation: null }, nowhere)
    const stated = readFileSync(join(SHARED, name, 'SOURCES.txt'), 'utf8')
    const lines = SPLITS.map((split) => {
      const { rows, columns } = data.splits[split]
      return `${split}: shape (${rows}, ${columns}) mean ${shareOfOnes(data.splits[split]).toFixed(6)}`
    })
    for (const line of lines) expect(stated.split('\n')).toContain(line)
    expect(data.picture).toEqual(name === 'binarized_mnist' ? { width: 28, height: 28 } : null)
  })
})
