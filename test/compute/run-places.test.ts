import { join } from 'node:path'
import { expect, it } from 'vitest'
import { RunPlaces } from '../../src/compute/run-places'
import { newRun, smallConfig, temporaryFolder, trainerOf } from '../training/small-run'

it('lists the run that was last wherever it lies, until the folder that is used has one of its name', async () => {
  const place = await temporaryFolder()
  const [here, there] = [join(place, 'here'), join(place, 'there')]
  const folder = await newRun(here, smallConfig({ epochs: 1 }))
  await (await trainerOf(folder)).run()
  const places = new RunPlaces({ runsFolder: here, modelsFolder: '/nowhere' })
  places.keep(folder.id, places.current)
  const listed = async (): Promise<unknown[]> => (await places.list()).map(({ id, elsewhere }) => [id, elsewhere])

  places.use(there)
  expect(await listed()).toEqual([[folder.id, here]])
  await places.transfer(here, 'copy', () => undefined)
  expect(await listed()).toEqual([[folder.id, null]])
  // It went on here, and the copy stays there.
  places.use(here)
  places.keep(folder.id, places.current)
  places.use(there)
  expect(await listed()).toEqual([[folder.id, null]])
  expect((await places.summary(folder.id)).elsewhere).toBeNull()
  places.use(here)
  expect(await listed()).toEqual([[folder.id, null]])
  expect(await places.transfer(here, 'move', () => undefined)).toMatchObject({ done: 0, left: 0 })
  expect(await listed()).toEqual([[folder.id, null]])
})
