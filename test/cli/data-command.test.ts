import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readTable } from '../../src/data/readers/read-table'
import { labelWords, partRows, rowsOfTable } from '../data/readers/table-values'
import { temporaryFolder } from '../training/small-run'
import { runMade, runMadeHere } from './made-command'

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'readers')
const SHARED = join(import.meta.dirname, '..', '..', '..', 'shared', 'data')
const skippedShared = existsSync(SHARED) ? '' : ' — SKIPPED: ../shared/data is absent'
const python = ['/usr/bin/python3', 'python3'].find((name) => spawnSync(name, ['-c', 'import numpy']).status === 0)
const skippedPython = python === undefined ? ' — SKIPPED: there is no Python with NumPy' : ''

describe('made data inspect', () => {
  it('says what a file holds, in JSON and in words', async () => {
    const path = join(FIXTURES, 'text', 'people.csv')
    const { status, stdout, stderr } = await runMade('data', 'inspect', path, '--json')
    expect([status, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'people.csv',
      format: 'CSV',
      files: [path],
      rows: 5,
      parts: { all: 5 },
      values: 'columns',
      columns: 4,
      columnFacts: [
        { name: 'age', kind: 'integers', missing: 1 },
        { name: 'height, in m', kind: 'numbers', missing: 1 },
        { name: 'says', kind: 'categories', words: 4, missing: 1 },
        { name: 'smokes', kind: 'bits', missing: 0 },
      ],
      labels: { a: 2, b: 3 },
    })
    const words = (await runMadeHere('data', 'inspect', path)).stdout
    expect(words).toMatch(/^format {4}CSV$/m)
    expect(words).toMatch(/^rows {6}5 \(all 5\)$/m)
    expect(words).toMatch(/^ {10}age: integers, 1 missing → 5 values$/m)
  })

  it('refuses in one sentence and a hint, with exit status 1', async () => {
    const place = await temporaryFolder()
    const path = join(place, 'bad.csv')
    await writeFile(path, '1,0\n1\n')
    const { status, stdout, stderr } = await runMadeHere('data', 'inspect', path)
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^made: Line 2 of bad\.csv has 1 field, but the lines before it have 2\.\n {6}[^\n]+\n$/)
  })
})

describe('made data convert', () => {
  it('writes what reads back the same, with the labels beside', async () => {
    const out = join(await temporaryFolder(), 'out.npz')
    const finished = await runMade(
      'data',
      'convert',
      join(FIXTURES, 'matlab', 'silhouettes.mat'),
      '--out',
      out,
      '--json',
    )
    expect(finished).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(finished.stdout)).toMatchObject({ out, rows: { train: 40, valid: 10, test: 20 }, columns: 7 })
    const [original, again] = [await readTable(join(FIXTURES, 'matlab', 'silhouettes.mat')), await readTable(out)]
    expect(rowsOfTable(again)).toEqual(rowsOfTable(original))
    expect(partRows(again)).toEqual(partRows(original))
    expect(labelWords(again).map(Number)).toEqual(labelWords(original).map((word) => Number(word) - 1))
  })

  it.skipIf(skippedPython !== '')(`writes what NumPy reads${skippedPython}`, async () => {
    const out = join(await temporaryFolder(), 'out.npz')
    await runMadeHere('data', 'convert', join(FIXTURES, 'text', 'chain.train.data'), '--out', out)
    const program = `import numpy, sys, json; x = numpy.load(sys.argv[1]); print(json.dumps({k: [str(x[k].dtype), x[k].tolist()] for k in x.files}))`
    const { stdout } = spawnSync(python ?? '', ['-c', program, out], { encoding: 'utf8' })
    const lines = async (part: string): Promise<number[][]> =>
      (await readFile(join(FIXTURES, 'text', `chain.${part}.data`), 'utf8'))
        .trim()
        .split('\n')
        .map((line) => line.split(',').map(Number))
    expect(JSON.parse(stdout)).toEqual({
      train: ['uint8', await lines('train')],
      valid: ['uint8', await lines('valid')],
      test: ['uint8', await lines('test')],
    })
  })

  it.skipIf(skippedShared !== '')(
    `gives the same bits for each form of a set of the paper${skippedShared}`,
    async () => {
      const original = await readTable(join(SHARED, 'nltcs', 'data.npz'))
      const place = await temporaryFolder()
      const rows = rowsOfTable(original)
      for (const { name, start, end } of original.parts)
        await writeFile(
          join(place, `nltcs.${name}.data`),
          rows
            .slice(start, end)
            .map((row) => `${row.join(',')}\n`)
            .join(''),
        )
      const out = join(place, 'again.npz')
      expect(await runMadeHere('data', 'convert', join(place, 'nltcs.valid.data'), '--out', out)).toMatchObject({
        status: 0,
      })
      const again = await readTable(out)
      expect(partRows(again)).toEqual({ train: 16_181, valid: 2157, test: 3236 })
      expect(again.values).toEqual(original.values)
    },
  )

  it('is called wrongly without .npz at the end', async () => {
    const { status, stderr } = await runMadeHere('data', 'convert', 'x.csv', '--out', 'y.csv')
    expect([status, stderr]).toEqual([2, expect.stringMatching(/must end in \.npz/)])
  })
})
