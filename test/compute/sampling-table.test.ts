import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Sampling } from '../../src/compute/sampling'
import { openDataSet, type DataSet } from '../../src/data/data-set'
import type { Preparation } from '../../src/data/preparation/preparation'
import { learntLabel, withLabel } from '../../src/data/preparation/learnt-label'
import { variablesOfCoding } from '../../src/data/preparation/variables'
import type { RowCoding } from '../../src/data/preparation/coding'
import { bySplit } from '../../src/data/split'
import { atOnce } from '../../src/base/steps'
import { RunFolder } from '../../src/runs/run-folder'
import { newRecord, Runs } from '../../src/runs/runs'
import type { SampleSource } from '../../src/shared/samples'
import { expectFailure } from '../base/expect-failure'
import { smallConfig, smallData, temporaryFolder, trainerOf } from '../training/small-run'

const NAMES = ['age', 'work', 'paid', 'share']
const LINES = Array.from({ length: 200 }, (_, i) => [
  String(18 + ((i * 13) % 50)),
  ['Private', 'State', 'Own'][i % 3],
  ['no', 'yes'][(i >> 1) % 2],
  (0.25 * (i % 9)).toFixed(2),
])

async function people(change: Partial<Preparation> = {}): Promise<DataSet> {
  const path = join(await temporaryFolder(), 'people.csv')
  await writeFile(path, [NAMES, ...LINES].map((fields) => `${fields.join(',')}\n`).join(''))
  return openDataSet(
    { kind: 'file', path, preparation: null },
    { mnistFolder: '/nowhere' },
    { change: (suggested) => ({ ...suggested, ...change }) },
  )
}

async function trained(data: DataSet): Promise<{ sampling: Sampling; path: string; folder: RunFolder }> {
  const path = await temporaryFolder()
  const folder = new RunFolder(join(path, 'one'))
  await folder.create(newRecord('one', smallConfig({ epochs: 1, data: data.source }), data))
  await (await trainerOf(folder, undefined, data)).run()
  return { sampling: new Sampling(() => new Runs(path)), path, folder }
}

function sourceOf(model: SampleSource['model'] = 'best'): SampleSource {
  return { runId: 'one', model, connectivity: 0, seed: 4 }
}

describe('samples of a model over a table', () => {
  it('are rows of the table: the same in the window and in a CSV file, from the best model and from the latest', async () => {
    const { sampling, path } = await trained(await people({ label: 2, learnsLabel: true }))
    for (const model of ['best', 'latest'] as const) {
      const source = sourceOf(model)
      const { table, labels, hasColumns, columns, bits } = await sampling.draw({ source, first: 0, count: 30 })
      if (!table) throw new Error('this is a table')
      expect(table.columns.map(({ name }) => name)).toEqual(NAMES)
      const words = [1, 2].map((column) => new Set(LINES.map((fields) => fields[column])))
      for (let row = 0; row < 30; row++) {
        const [age, work, paid, share] = table.cells.slice(4 * row, 4 * row + 4)
        expect([words[0].has(String(work)), words[1].has(String(paid)), labels?.[row]]).toEqual([true, true, paid])
        expect(Number(age)).toBeGreaterThanOrEqual(18)
        expect(Number(age)).toBeLessThanOrEqual(67)
        expect(String(share)).toMatch(/^\d(\.\d{1,2})?$/)
      }
      expect([hasColumns, bits.length]).toEqual([true, 30 * columns])
      const out = join(path, `${model}.csv`)
      await sampling.export({ source, count: 30, format: 'csv', path: out })
      const [head, ...lines] = (await readFile(out, 'utf8')).trim().split('\n')
      expect(head).toBe(NAMES.join(','))
      expect(lines.flatMap((line) => line.split(','))).toEqual(table.cells)
      const histograms = await sampling.histograms({ source })
      expect(histograms.map(({ rows }) => rows)).toEqual([1000, 1000, 1000, 1000])
    }
  })

  it('have a birth of as many steps as variables, the label first', async () => {
    const { sampling } = await trained(await people({ label: 2, learnsLabel: true }))
    const page = await sampling.draw({ source: sourceOf(), first: 7, count: 1 })
    const birth = await sampling.birth({ source: sourceOf(), index: 7 })
    expect([birth.isTable, birth.logProbabilities.length, birth.begins.at(-1)]).toEqual([true, 4, birth.columns])
    expect(birth.told.map(({ name }) => name)).toEqual(['paid', 'age', 'work', 'share'])
    expect(new Set(birth.told.map(({ value }) => value))).toEqual(new Set(page.table?.cells))
    expect(birth.logProbabilities.reduce((sum, log) => sum + log, 0)).toBeCloseTo(birth.logLikelihood, 9)
    expect(birth.logLikelihood).toBeCloseTo(page.logLikelihoods[0], 9)
  })

  it('are told as bits with names where each value is a bit', async () => {
    const { sampling } = await trained(await people({ valuesAs: 'bits', numberBits: 1 }))
    const page = await sampling.draw({ source: sourceOf(), first: 0, count: 5 })
    expect(page.table?.columns.map(({ name }) => name)).toEqual(NAMES)
    const birth = await sampling.birth({ source: sourceOf(), index: 0 })
    expect([birth.isTable, birth.told.length, birth.told.every(({ isBit }) => isBit)]).toEqual([
      false,
      birth.columns,
      true,
    ])
    expect(birth.told[0].name).toMatch(/^age > \d+$/)
  })

  it('are bits where the model does not say how its inputs were made, and no table can be written', async () => {
    const { sampling, path, folder } = await trained(smallData())
    const page = await sampling.draw({ source: sourceOf(), first: 0, count: 2 })
    expect([page.table, page.labels, page.hasColumns, page.columns]).toEqual([null, null, false, 10])
    expect(await sampling.histograms({ source: sourceOf() })).toEqual([])
    await expectFailure(
      () => sampling.export({ source: sourceOf(), count: 2, format: 'csv', path: join(path, 'x.csv') }),
      'invalid-model',
    )
    expect((await sampling.birth({ source: sourceOf(), index: 0 })).told).toEqual([])
    await rm(folder.bestPath)
    expect((await sampling.draw({ source: sourceOf('latest'), first: 0, count: 2 })).table).toBeNull()
  })
})

describe('samples of pictures with a label that is learnt', () => {
  /** Pictures of 2 × 5 pixels, the label of which says whether their first pixel is ink. */
  function pictures(): DataSet {
    const data = smallData()
    const label = learntLabel({ name: 'first', words: ['paper', 'ink'] }, 300)
    const coding: RowCoding = {
      kind: 'grey',
      width: 10,
      omitted: [],
      binarization: { kind: 'threshold', threshold: 128 },
      label,
    }
    const codes = bySplit((split) =>
      Uint16Array.from({ length: data.splits[split].rows }, (_, row) => data.splits[split].get(row, 0)),
    )
    const splits = bySplit((split) => atOnce(withLabel(data.splits[split], codes[split], label)))
    return { ...data, columns: 12, ...variablesOfCoding(coding), picture: { width: 5, height: 2 }, splits, coding }
  }

  it('have the pixels alone as bits, in the order in which these are drawn, and their label as a word', async () => {
    const { sampling } = await trained(pictures())
    const page = await sampling.draw({ source: sourceOf(), first: 0, count: 40 })
    expect([page.columns, page.bits.length, page.probabilities.length]).toEqual([10, 400, 400])
    expect(Array.from(page.order).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(new Set(page.labels)).toEqual(new Set(['paper', 'ink']))
    const birth = await sampling.birth({ source: sourceOf(), index: 3 })
    expect(birth.told).toEqual([{ place: 0, name: 'first', value: page.labels?.[3], bin: null, isBit: false }])
    expect([birth.isTable, birth.logProbabilities.length]).toEqual([false, 11])
    expect(birth.bits.slice(0, 10)).toEqual(page.bits.slice(30, 40))
  })
})
