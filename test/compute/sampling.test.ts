import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { failureOf } from '../../src/base/failure'
import { expectFailure } from '../base/expect-failure'
import { Sampling } from '../../src/compute/sampling'
import { readNpyBits } from '../../src/data/npy'
import { RunFolder } from '../../src/runs/run-folder'
import { newRecord, Runs } from '../../src/runs/runs'
import type { DrawnPage, SampleSource } from '../../src/shared/samples'
import { LABEL, labelledData } from '../training/labelled-data'
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

/** A folder with one trained run whose model has learnt a label. */
async function trainedWithLabel(): Promise<Sampling> {
  const path = await temporaryFolder()
  const folder = new RunFolder(join(path, 'labelled'))
  await folder.create(newRecord('labelled', smallConfig({ epochs: 1, orderings: 2 }), labelledData()))
  await (await trainerOf(folder, undefined, labelledData())).run()
  return new Sampling(() => new Runs(path))
}

it('all samples of a class have it, and the others are the same draws whatever else is asked', async () => {
  const sampling = await trainedWithLabel()
  const any = sourceOf('labelled')
  const before = await sampling.draw({ source: any, first: 0, count: 50 })
  for (const [label] of LABEL.words.entries())
    for (const connectivity of [0, 1]) {
      const source = { ...any, connectivity, label }
      const page = await sampling.draw({ source, first: 0, count: 50 })
      expect(page.labels).toEqual(Array.from({ length: 50 }, () => LABEL.words[label]))
      const later = await sampling.draw({ source, first: 20, count: 5 })
      expect(later.bits).toEqual(page.bits.slice(20 * page.columns, 25 * page.columns))
      expect(later.logLikelihoods).toEqual(page.logLikelihoods.slice(20, 25))
    }
  expect(await sampling.draw({ source: any, first: 0, count: 50 })).toEqual(before)
})

it('samples of other temperatures are told as the model itself sees them, drawn with the same dice', async () => {
  const sampling = await trainedWithLabel()
  const draw = (temperature?: number): Promise<DrawnPage> => {
    const source = { ...sourceOf('labelled'), ...(temperature === undefined ? {} : { temperature }) }
    return sampling.draw({ source, first: 0, count: 400 })
  }
  const own = await draw()
  expect(await draw(1)).toEqual(own)
  // So near to 1 that no uniform falls in between.
  const near = await draw(1 - 1e-9)
  expect(near.bits).toEqual(own.bits)
  near.logLikelihoods.forEach((logp, i) => expect(logp).toBeCloseTo(own.logLikelihoods[i], 4))
  near.probabilities.forEach((p, i) => expect(Math.abs(p - own.probabilities[i])).toBeLessThanOrEqual(1))

  const temperatures = [0.3, 1.5, 0.7, 1.5, 0.3]
  const apart: DrawnPage[] = []
  for (const temperature of temperatures) apart.push(await draw(temperature))
  const births = temperatures.map((temperature) =>
    sampling.birth({ source: { ...sourceOf('labelled'), temperature }, index: 3 }).catch((error: unknown) => error),
  )
  expect(await draw(0.3)).toEqual(apart[0])
  await Promise.all(births)
  const mean = ({ logLikelihoods }: DrawnPage): number =>
    logLikelihoods.reduce((sum, logp) => sum + logp, 0) / logLikelihoods.length
  expect(mean(apart[0])).toBeGreaterThan(mean(own))
  expect(mean(own)).toBeGreaterThan(mean(apart[1]))
  const born = await sampling.birth({ source: { ...sourceOf('labelled'), temperature: 0.7 }, index: 3 })
  expect(born.logLikelihood).toBeCloseTo(apart[2].logLikelihoods[3], 6)
})

it('a class that the model does not know is refused', async () => {
  const sampling = await trainedWithLabel()
  const draw = (label: number): Promise<unknown> =>
    sampling.draw({ source: { ...sourceOf('labelled'), label }, first: 0, count: 1 })
  await expectFailure(() => draw(3), 'invalid-request', /knows 3 classes; number 4/)
  const { sampling: other } = await trained('one')
  const source = { ...sourceOf('one'), label: 0 }
  await expectFailure(() => other.draw({ source, first: 0, count: 1 }), 'invalid-request', /has learnt no label/)
})

it('a sample that is enlarged tells what the model takes it for', async () => {
  const sampling = await trainedWithLabel()
  const birth = await sampling.birth({ source: { ...sourceOf('labelled'), label: 1 }, index: 4 })
  expect(birth.posterior).toHaveLength(3)
  expect(birth.posterior?.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12)
  const { sampling: other } = await trained('one')
  expect((await other.birth({ source: sourceOf('one'), index: 4 })).posterior).toBeNull()
})
