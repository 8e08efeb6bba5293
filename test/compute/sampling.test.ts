import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { failureOf } from '../../src/base/failure'
import { Sampling } from '../../src/compute/sampling'
import { readNpyBits } from '../../src/data/npy'
import { RunFolder } from '../../src/runs/run-folder'
import { newRecord, Runs } from '../../src/runs/runs'
import type { SampleSource } from '../../src/shared/samples'
import { smallConfig, smallData, temporaryFolder, trainerOf } from '../training/small-run'

/** A folder with trained runs of those names, and what draws from them. */
async function trained(...names: string[]): Promise<{ sampling: Sampling; path: string }> {
  const path = await temporaryFolder()
  for (const [i, name] of names.entries()) {
    const folder = new RunFolder(join(path, name))
    await folder.create(newRecord(name, smallConfig({ epochs: 1, seed: i + 1 }), smallData()))
    await (await trainerOf(folder)).run()
  }
  return { sampling: new Sampling(() => new Runs(path)), path }
}

function sourceOf(runId: string, seed = 1): SampleSource {
  return { runId, model: 'best', connectivity: 0, seed }
}

it('a sample is enlarged while a page is drawn', async () => {
  const { sampling } = await trained('one')
  const source = sourceOf('one')
  await sampling.draw({ source, first: 0, count: 1 })
  const [page, birth] = await Promise.all([
    sampling.draw({ source, first: 0, count: 100 }),
    sampling.birth({ source, index: 7 }),
  ])
  expect(birth.bits).toEqual(page.bits.subarray(70, 80))
})

it('another run is browsed during an export, which goes on to its end', async () => {
  const { sampling, path } = await trained('one', 'two', 'three')
  const out = join(path, 'one.npy')
  const page = await sampling.draw({ source: sourceOf('one'), first: 0, count: 400 })
  const exported = sampling.export({ source: sourceOf('one'), count: 3000, format: 'npy', path: out })
  const others = await Promise.all(
    ['two', 'three', 'two', 'one', 'two'].map((runId) =>
      sampling.draw({ source: sourceOf(runId), first: 0, count: 3 }).catch((error: unknown) => error),
    ),
  )
  expect(others.at(-1)).toMatchObject({ columns: 10 })
  await exported
  const rows = readNpyBits(await readFile(out), 'the export')
  expect(rows.rows).toBe(3000)
  expect(rows.slice(0, 400).toBytes()).toEqual(page.bits)
})

it('a new seed while pages are drawn gives up those of the seed before that still wait', async () => {
  const { sampling } = await trained('one')
  const draw = (seed: number, first: number): Promise<unknown> =>
    sampling.draw({ source: sourceOf('one', seed), first, count: 100 })
  const before = draw(1, 0)
  await before
  const waiting = [draw(1, 100), draw(1, 200), draw(2, 0), draw(3, 0), draw(3, 100)].map((drawn) =>
    drawn.then(
      () => 'drawn',
      (error: unknown) => failureOf(error).code,
    ),
  )
  expect(await Promise.all(waiting)).toEqual(['cancelled', 'cancelled', 'cancelled', 'drawn', 'drawn'])
  expect(await draw(1, 0)).toEqual(await before)
})
