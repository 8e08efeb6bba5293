import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { OpenData } from '../../src/compute/open-data'
import { SPLITS, type Split } from '../../src/data/split'
import type { DataSource, Preparation } from '../../src/shared/data-source'
import { inProject } from '../../scripts/setup/project.mjs'
import { expectFailure } from '../base/expect-failure'
import { temporaryFolder } from '../training/small-run'

const ROWS = 60
/** The fields of each line, as they stand in the file; an empty one is missing. */
const LINES = Array.from({ length: ROWS }, (_, i) => [
  i % 7 === 0 ? '' : String(18 + ((i * 13) % 50)),
  ['Private', 'State', 'Own', ''][i % 4],
  i % 5 === 0 ? '' : `2021-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + ((i * 3) % 28)).padStart(2, '0')}`,
  (0.25 * (i % 9)).toFixed(2).replace(/\.?0+$/, ''),
  ['no', 'yes'][(i >> 1) % 2],
])
const NAMES = ['age', 'work', 'since', 'share', 'paid']

async function opened(change: Partial<Preparation> = {}): Promise<{ data: OpenData; source: DataSource }> {
  const path = join(await temporaryFolder(), 'people.csv')
  await writeFile(path, [NAMES, ...LINES].map((fields) => `${fields.join(',')}\n`).join(''))
  const data = new OpenData({ mnistFolder: '/nowhere' }, () => undefined)
  const first = await data.open({ kind: 'file', path, preparation: null })
  const preparation = first.source.kind === 'file' ? first.source.preparation : null
  if (!preparation) throw new Error('a file has no preparation')
  const { source } = await data.open({ kind: 'file', path, preparation: { ...preparation, ...change } })
  return { data, source }
}

function all(split: Split): {
  split: Split
  start: number
  count: number
  firstColumn: number
  columns: number
  label: null
} {
  return { split, start: 0, count: 1000, firstColumn: 0, columns: 1000, label: null }
}

describe('a table as it is looked at', () => {
  it('shows in its cells what stands in the file, each row in one part', async () => {
    const { data } = await opened({ missing: 'category' })
    expect(data.summary?.shownColumns?.map(({ name, holds, isUsed }) => [name, holds, isUsed])).toEqual([
      ['age', 'numbers', true],
      ['work', 'words', true],
      ['since', 'dates', true],
      ['share', 'numbers', true],
      ['paid', 'words', true],
    ])
    const seen: number[] = []
    for (const split of SPLITS) {
      const { rows, cells, columns } = data.cells(all(split))
      expect([columns, rows.length]).toEqual([5, data.summary?.splits[split].rows])
      rows.forEach((number, i) =>
        expect(cells.slice(5 * i, 5 * i + 5)).toEqual(LINES[number].map((field) => (field === '' ? null : field))),
      )
      seen.push(...rows)
    }
    expect(seen.sort((a, b) => a - b)).toEqual(LINES.map((_, number) => number))
  })

  it('gives a stretch of rows and columns, of one class only where that is asked for', async () => {
    const { data } = await opened({ missing: 'category', label: 4 })
    const whole = data.cells(all('train'))
    const part = data.cells({ split: 'train', start: 3, count: 4, firstColumn: 1, columns: 2, label: null })
    expect(part.rows).toEqual(whole.rows.slice(3, 7))
    expect(part.cells).toEqual([3, 4, 5, 6].flatMap((row) => whole.cells.slice(5 * row + 1, 5 * row + 3)))
    const words = data.summary?.labels?.words ?? []
    const yes = data.cells({ ...all('train'), label: words.indexOf('yes') })
    expect(Array.from(yes.rows)).toEqual(Array.from(whole.rows).filter((number) => LINES[number][4] === 'yes'))
    expect(data.summary?.shownColumns?.map(({ isLabel }) => isLabel)).toEqual([false, false, false, false, true])
    const [paid] = await data.histograms({ split: 'train', firstColumn: 4, columns: 1, label: words.indexOf('yes') })
    expect(paid.bars.find(({ says }) => says === 'yes')?.rows).toBe(yes.rows.length)
    expect(paid.rows).toBe(yes.rows.length)
  })

  it('shows columns that are left out too, and says that no model sees them', async () => {
    const { data } = await opened({ missing: 'category', omitted: [1] })
    expect(data.summary?.shownColumns?.map(({ isUsed }) => isUsed)).toEqual([true, false, true, true, true])
    expect(data.cells({ ...all('test'), firstColumn: 1, columns: 1 }).cells).toEqual(
      Array.from(data.cells(all('test')).rows, (number) => LINES[number][1] || null),
    )
  })

  it('tells what the numbers of each column are cut into', async () => {
    const { data } = await opened({ missing: 'drop', numberBits: 1 })
    const [age, work, since] = data.summary?.table?.columns ?? []
    expect(age.parts).toHaveLength(2)
    expect(age.parts[0]).toMatch(/^\d\d–\d\d$/)
    expect(since.parts[1]).toMatch(/^2021-\d\d-\d\d – 2021-\d\d-\d\d$/)
    expect(work.parts).toEqual([])
    const bits = await opened({ missing: 'drop', numberBits: 1, valuesAs: 'bits' })
    expect(bits.data.summary?.table?.columns[0].parts).toEqual([expect.stringMatching(/^> \d+$/)])
  })

  it('is none where rows are pictures, greys or plain bits', async () => {
    const path = join(await temporaryFolder(), 'bits.csv')
    await writeFile(path, `a,b,c\n${'1,0,1\n0,1,1\n1,1,0\n0,0,1\n'.repeat(10)}`)
    const data = new OpenData({ mnistFolder: '/nowhere' }, () => undefined)
    expect((await data.open({ kind: 'file', path, preparation: null })).shownColumns).toBeNull()
    await expectFailure(async () => data.cells(all('train')), 'not-found')
  })
})

describe('pictures with a label that is learnt', () => {
  it('are shown as greys and as bits without those of the label, and their ink is a share of their pixels', async () => {
    const data = new OpenData({ mnistFolder: '/nowhere' }, () => undefined)
    const path = inProject('test', 'fixtures', 'readers', 'idx', 'train-images-idx3-ubyte.gz')
    const page = (view: 'grey' | 'binary'): ReturnType<OpenData['rows']> =>
      data.rows({ split: 'train', start: 1, count: 3, label: null, view })
    const plain = await data.open({ kind: 'file', path, preparation: null })
    const pages = [page('grey'), page('binary')]
    const preparation = plain.source.kind === 'file' ? plain.source.preparation : null
    if (!preparation) throw new Error('a file has no preparation')
    const learnt = await data.open({ kind: 'file', path, preparation: { ...preparation, learnsLabel: true } })
    const words = learnt.labels?.words.length ?? 0
    expect([plain.picture === null, words > 1, learnt.columns]).toEqual([false, true, plain.columns + words])
    expect([page('grey'), page('binary')]).toEqual(pages)
    expect(learnt.splits).toEqual(plain.splits)
    expect(learnt.shownColumns).toBeNull()
  })
})
