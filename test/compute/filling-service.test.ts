import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FillingService } from '../../src/compute/filling-service'
import { OpenData } from '../../src/compute/open-data'
import type { FillingProgress } from '../../src/shared/contract'
import { Runs } from '../../src/runs/runs'
import { expectFailure } from '../base/expect-failure'
import { newRun, smallConfig, temporaryFolder, trainerOf } from '../training/small-run'
import { suggestedPreparation } from '../../src/data/preparation/suggestion'
import { readTable } from '../../src/data/readers/read-table'

/** A run on a table of which every fifth row lacks a value, and what fills it in. */
async function trained(
  rows: number,
): Promise<{ view: FillingService; heard: FillingProgress[]; out: string; hear: (act: () => void) => void }> {
  const folder = await temporaryFolder()
  const path = join(folder, 'table.csv')
  const lines = Array.from(
    { length: rows },
    (_, i) => `${i % 5 === 0 ? '?' : 'abcd'[(i * i) % 4]},${i % 7},${(i >> 2) % 2}`,
  )
  await writeFile(path, `word,number,bit\n${lines.join('\n')}\n`)
  const open = new OpenData({ mnistFolder: '/nowhere' }, () => undefined)
  const preparation = { ...suggestedPreparation(await readTable(path)), missing: 'model' as const }
  const data = await open.forRun({ kind: 'file', path, preparation })
  const run = await newRun(folder, smallConfig({ data: data.source, epochs: 1 }), data)
  await (await trainerOf(run, undefined, data)).run()
  const heard: FillingProgress[] = []
  let onProgress: () => void = () => undefined
  const view = new FillingService(
    () => new Runs(folder),
    new OpenData({ mnistFolder: '/nowhere' }, () => undefined),
    (progress) => {
      heard.push(progress)
      onProgress()
    },
  )
  return { view, heard, out: join(folder, 'filled.csv'), hear: (act) => (onProgress = act) }
}

const REQUEST = { runId: 'run', seed: 1, way: 'draw', times: null } as const

describe('filling in for the window', () => {
  it('tells how far it is, reading first and drawing then, and one at a time', async () => {
    const { view, heard, out } = await trained(4000)
    const filling = view.fill({ ...REQUEST, path: out })
    await expectFailure(() => view.fill({ ...REQUEST, path: out }), 'busy')
    expect(await filling).toMatchObject({ filled: 800, rows: 800, left: 0 })
    expect((await readFile(out, 'utf8')).split('\n')).toHaveLength(4002)
    const steps = [...new Set(heard.map(({ step }) => step))]
    expect(steps).toEqual(['reading', 'drawing'])
    for (const step of steps) {
      const shares = heard.filter((progress) => progress.step === step).map(({ share }) => share)
      expect(shares).toEqual([...shares].sort((a, b) => a - b))
      expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true)
    }
    expect(heard.every(({ runId }) => runId === 'run')).toBe(true)
  })

  it('writes several tables with how far all are, and none where one is there already', async () => {
    const { view, heard, out } = await trained(1000)
    const several = { ...REQUEST, times: 3, path: out }
    expect(await view.fill(several)).toMatchObject({ filled: 200 })
    const tables = await Promise.all([1, 2, 3].map((i) => readFile(out.replace('.csv', `.${i}.csv`), 'utf8')))
    expect(new Set(tables).size).toBe(3)
    const shares = heard.filter(({ step }) => step === 'drawing').map(({ share }) => share)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(Math.max(...shares)).toBeLessThanOrEqual(1)
    // The first of them is what one table is.
    await view.fill({ ...REQUEST, path: out })
    expect(await readFile(out, 'utf8')).toBe(tables[0])
    await expectFailure(() => view.fill({ ...several, seed: 9 }), 'invalid-settings')
    expect(await readFile(out.replace('.csv', '.1.csv'), 'utf8')).toBe(tables[0])
  })

  it('puts the likeliest value in every gap, whatever the seed draws', async () => {
    const { view, out } = await trained(1000)
    const likeliest = { ...REQUEST, way: 'likeliest', path: out } as const
    const told = await view.fill(likeliest)
    const drawn = await view.fill({ ...REQUEST, path: out })
    const chanceOf = ({ columns }: typeof told): number => columns[0].values.reduce((sum, { count, chance }) => sum + count * chance, 0) // prettier-ignore
    expect(chanceOf(told)).toBeGreaterThan(chanceOf(drawn))
  })

  it.each(['reading', 'drawing'] as const)(
    'given up while it is %s writes nothing, and may begin again',
    async (step) => {
      const { view, heard, out, hear } = await trained(4000)
      hear(() => {
        if (heard.at(-1)?.step === step) view.cancel()
      })
      await expectFailure(() => view.fill({ ...REQUEST, path: out }), 'cancelled')
      expect(await stat(out).catch(() => null)).toBeNull()
      hear(() => undefined)
      expect(await view.fill({ ...REQUEST, path: out })).toMatchObject({ filled: 800 })
    },
  )
})
