import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { Engines } from '../../src/compute/engines'
import { EnginePorts } from '../../src/compute/gpu-window/engine-ports'
import { OpenData } from '../../src/compute/open-data'
import { RunPlaces } from '../../src/compute/run-places'
import { TrainingService } from '../../src/compute/training-service'
import { syntheticSource } from '../../src/shared/data-source'
import { expectFailure } from '../base/expect-failure'
import { newRun, smallConfig, temporaryFolder, trainerOf } from '../training/small-run'

const memory = vi.hoisted(() => ({ bytes: 2 ** 34 }))
vi.mock('node:os', async (original) => ({
  ...(await original<typeof import('node:os')>()),
  totalmem: () => memory.bytes,
}))

it('a run that has no view any more is refused before an engine is looked for, and left as it was', async () => {
  const place = await temporaryFolder()
  const open = new OpenData({ mnistFolder: '/nowhere' }, () => undefined)
  const source = { ...syntheticSource('bars-and-stripes'), rows: { train: 200, valid: 50, test: 50 } }
  const data = await open.forRun(source)
  const folder = await newRun(place, smallConfig({ data: source, epochs: 1, engine: 'cpu' }), data)
  await (await trainerOf(folder, undefined, data)).run()
  const record = await readFile(join(folder.path, 'run.json'), 'utf8')

  const engines = new Engines(
    new EnginePorts(
      () => undefined,
      () => undefined,
    ),
    join(place, 'speeds.json'),
  )
  const choose = vi.spyOn(engines, 'choose')
  const view = new TrainingService(
    new RunPlaces({ runsFolder: place, modelsFolder: '/nowhere' }),
    open,
    engines,
    () => undefined,
  )
  memory.bytes = 1000
  await expectFailure(() => view.continue({ runId: folder.id, epochs: 2 }), 'too-large', /this computer has 0\.0 GB/)
  expect(view.stateOf(null)).toMatchObject({ kind: 'failed', failure: { code: 'too-large' } })
  expect(choose).not.toHaveBeenCalled()
  expect(await readFile(join(folder.path, 'run.json'), 'utf8')).toBe(record)
})
