import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import { RunPlaces } from '../../src/compute/run-places'
import { Sampling } from '../../src/compute/sampling'
import { take } from '../../src/compute/taking'
import { RunFolder } from '../../src/runs/run-folder'
import { newRecord } from '../../src/runs/runs'
import { expectFailure } from '../base/expect-failure'
import { smallConfig, smallData, temporaryFolder, trainerOf } from '../training/small-run'

/** A trained run of that name in a folder. */
async function trainedIn(path: string, name: string): Promise<RunFolder> {
  const folder = new RunFolder(join(path, name))
  await folder.create(newRecord(name, smallConfig({ epochs: 1 }), smallData()))
  await (await trainerOf(folder)).run()
  return folder
}

it('a run of another folder is listed once it was opened, and its model stands for it', async () => {
  const [here, elsewhere] = [await temporaryFolder(), await temporaryFolder()]
  const run = await trainedIn(elsewhere, 'theirs')
  const places = new RunPlaces({ runsFolder: here, modelsFolder: '/nowhere' })
  expect(await places.list()).toEqual([])
  expect(await take(run.path, places)).toEqual({ kind: 'run', runId: 'theirs' })
  expect(await take(run.bestPath, places)).toEqual({ kind: 'run', runId: 'theirs' })
  expect(await places.list()).toMatchObject([{ id: 'theirs', elsewhere, hasBest: true }])
  const source = { runId: 'theirs', model: 'best', connectivity: 0, seed: 1 } as const
  const page = await new Sampling((id) => places.of(id)).draw({ source, first: 0, count: 2 })
  expect(page.columns).toBe(10)
  // In the bin beside it, it is listed no more.
  await places.delete('theirs')
  expect(await places.list()).toEqual([])
})

it('a run of the folder of runs is only found', async () => {
  const here = await temporaryFolder()
  const run = await trainedIn(here, 'mine')
  const places = new RunPlaces({ runsFolder: here, modelsFolder: '/nowhere' })
  expect(await take(run.path, places)).toEqual({ kind: 'run', runId: 'mine' })
  expect(await places.list()).toMatchObject([{ id: 'mine', elsewhere: null, isBuiltIn: false }])
})

it('two runs that are known by one name are not mixed up: the other one is copied under another', async () => {
  const [here, elsewhere] = [await temporaryFolder(), await temporaryFolder()]
  const mine = await trainedIn(here, 'same')
  const other = await trainedIn(elsewhere, 'same')
  const before = [await readFile(mine.bestPath), (await mine.readRecord()).name]
  const places = new RunPlaces({ runsFolder: here, modelsFolder: '/nowhere' })
  const taken = await take(other.path, places)
  if (taken.kind !== 'run') throw new Error('it was taken for data')
  expect(taken.runId).not.toBe('same')
  const listed = await places.list()
  expect(new Set(listed.map(({ id }) => id))).toEqual(new Set(['same', taken.runId]))
  expect(new Set(listed.map(({ name }) => name)).size).toBe(2)
  expect([await readFile(mine.bestPath), (await mine.readRecord()).name]).toEqual(before)
  expect(await readFile(join(here, taken.runId, 'best.safetensors'))).toEqual(await readFile(other.bestPath))
})

it('a model alone is kept as a run that can be drawn from, once', async () => {
  const [here, downloads] = [await temporaryFolder(), await temporaryFolder()]
  const path = join(downloads, 'From a friend.safetensors')
  await cp(inProject('test', 'fixtures', 'oracle', 'two-layer-direct.safetensors'), path)
  const places = new RunPlaces({ runsFolder: here, modelsFolder: '/nowhere' })
  const taken = await take(path, places)
  if (taken.kind !== 'run') throw new Error('it was taken for data')
  expect(await take(path, places)).toEqual(taken)
  const [listed, ...others] = await places.list()
  expect(others).toEqual([])
  expect(listed).toMatchObject({ name: 'From a friend', status: 'finished', hasBest: true, hasLatest: false })
  expect(listed.config.directConnections).toBe(true)
  const source = { runId: taken.runId, model: 'best', connectivity: listed.connectivities - 1, seed: 1 } as const
  const page = await new Sampling((id) => places.of(id)).draw({ source, first: 0, count: 3 })
  expect(page.bits).toHaveLength(3 * listed.columns)
  // Nothing is done to the file that was opened.
  const original = await readFile(inProject('test', 'fixtures', 'oracle', 'two-layer-direct.safetensors'))
  expect(await readFile(path)).toEqual(original)
})

it('a file that is no model says so, and leaves nothing behind', async () => {
  const [here, downloads] = [await temporaryFolder(), await temporaryFolder()]
  const path = join(downloads, 'other.safetensors')
  await writeFile(path, Buffer.alloc(100))
  const places = new RunPlaces({ runsFolder: here, modelsFolder: '/nowhere' })
  await expectFailure(() => take(path, places), 'unknown-format', /header is not JSON/)
  expect(await places.list()).toEqual([])
})

it('everything else is data', async () => {
  const [here, downloads] = [await temporaryFolder(), await temporaryFolder()]
  const places = new RunPlaces({ runsFolder: here, modelsFolder: '/nowhere' })
  await writeFile(join(downloads, 'table.csv'), 'a,b\n1,0\n')
  await mkdir(join(downloads, 'pictures'))
  expect(await take(join(downloads, 'table.csv'), places)).toEqual({ kind: 'data' })
  expect(await take(join(downloads, 'pictures'), places)).toEqual({ kind: 'data' })
  await expectFailure(() => take(join(downloads, 'nothing'), places), 'not-found', /no file or folder/)
})
