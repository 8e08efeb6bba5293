import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ensureMnist } from '../../scripts/make-mnist.mjs'
import { inProject } from '../../scripts/setup/project.mjs'
import { RunPlaces } from '../../src/compute/run-places'
import { openDataSet } from '../../src/data/data-set'
import { findEngine } from '../../src/engine/find'
import { keptModel } from '../../src/runs/kept-model'
import { RunFolder } from '../../src/runs/run-folder'
import { BUILT_IN_RUNS } from '../../src/shared/built-in-runs'
import { evaluate } from '../../src/training/evaluation'
import { expectFailure } from '../base/expect-failure'

const MODELS = inProject('resources', 'models')
const IDS = Object.values(BUILT_IN_RUNS)
const MOST_BYTES = 12e6
/** Of a model of unlimited connectivities so many are enough to see that it is the one of its record. */
const SOME_CONNECTIVITIES = 5

const builtIn = { mnistFolder: inProject('resources', 'mnist'), tablesFolder: inProject('resources', 'tables') }

describe('the runs that come with the application', () => {
  beforeAll(() => ensureMnist())

  it('are as docs/results.md says, byte for byte, and take little room', async () => {
    const told = await readFile(inProject('docs', 'results.md'), 'utf8')
    let bytes = 0
    for (const id of IDS) {
      const files = await readdir(join(MODELS, id), { recursive: true })
      for (const file of files) bytes += (await stat(join(MODELS, id, file))).size
      const hash = createHash('sha256').update(await readFile(join(MODELS, id, 'best.safetensors')))
      expect(told).toContain(hash.digest('hex'))
    }
    expect(bytes).toBeLessThan(MOST_BYTES)
  })

  it.each(IDS)('%s scores the test rows of its data as its record says', async (id) => {
    const folder = new RunFolder(join(MODELS, id))
    const { config, test, data } = await folder.readRecord()
    const rows = await openDataSet(config.data, builtIn)
    expect(rows.hash).toBe(data.hash)
    const model = await keptModel(folder, 'best')
    const session = await (await findEngine('cpu')).open(model, null)
    const { connectivities } = model
    const some = connectivities.slice(0, SOME_CONNECTIVITIES)
    const { nll } = await evaluate(session, rows.splits.test, some, () => Promise.resolve(), rows.known?.test)
    await session.close()
    if (connectivities.length === test?.connectivities) expect(nll).toBeCloseTo(test.nll, 2)
    // Fewer orderings than the test had, which is a little worse.
    else expect(Math.abs(nll - (test?.nll ?? 0))).toBeLessThan(0.06 * nll)
  })

  it('are listed after the others, and are neither renamed nor deleted nor trained on', async () => {
    const places = new RunPlaces({ runsFolder: '/nowhere', modelsFolder: MODELS })
    const listed = await places.list()
    expect(listed.map(({ id }) => id).sort()).toEqual([...IDS].sort())
    expect(listed.every(({ isBuiltIn, status, hasBest }) => isBuiltIn && status === 'finished' && hasBest)).toBe(true)
    for (const id of IDS) {
      await expectFailure(() => places.changing(id, () => Promise.resolve()), 'not-writable', /stays as it is/)
      await expectFailure(() => places.delete(id), 'not-writable', /stays as it is/)
    }
    expect((await places.list()).length).toBe(IDS.length)
  })
})
