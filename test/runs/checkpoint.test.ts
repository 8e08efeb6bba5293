import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import type { Session } from '../../src/engine/contract'
import type { ModelSpec } from '../../src/made/spec'
import { readCheckpoint, writeCheckpoint } from '../../src/runs/checkpoint'
import { START, type Counters } from '../../src/runs/counters'
import { randomConnectivity, randomParameters, randomRowsOf } from '../reference/random-models'
import { ADAM } from '../reference/training-settings'
import { temporaryFolder } from '../training/small-run'

const SPEC: ModelSpec = {
  inputs: 12,
  hidden: [9, 7],
  activation: 'tanh',
  directConnections: true,
  conditioningWeights: true,
  variables: [
    { kind: 'categorical', categories: 5 },
    { kind: 'binary', count: 3 },
    { kind: 'categorical', categories: 4 },
  ],
  leading: [4],
}
const ROWS = randomRowsOf(SPEC, 60, 1)
const CONNECTIVITIES = [0, 1, 2, 3].map((t) => randomConnectivity(SPEC, 1, t))
const MINIBATCHES = CONNECTIVITIES.map((_, i) => Uint32Array.from({ length: 15 }, (_, j) => i * 15 + j))

async function opened(seed: number): Promise<Session> {
  const session = await new CpuEngine('test').open({ spec: SPEC, parameters: randomParameters(SPEC, seed) }, ADAM)
  await session.setData(ROWS)
  return session
}

describe('a checkpoint of a model over variables of several kinds', () => {
  it.each([
    ['', null],
    [', with an average beside it', randomParameters(SPEC, 3)],
  ])('is gone on from to the bit%s', async (_, average) => {
    const path = join(await temporaryFolder(), 'checkpoint.safetensors')
    const shape = { spec: SPEC, optimizer: ADAM.optimizer }
    const first = await opened(1)
    await first.train(MINIBATCHES.slice(0, 2), CONNECTIVITIES.slice(0, 2))
    const state = await first.readState()
    const counters: Counters = { ...START, minibatch: 2, update: 2 }
    const checkpoint = { counters, state, average }
    await writeCheckpoint(path, `${path}.previous`, shape, checkpoint, '{}')
    const read = await readCheckpoint(path, shape)
    expect(read).toEqual(checkpoint)
    const second = await opened(2)
    await second.writeState(read.state)
    const [here, there] = [first, second].map((session) => session.train(MINIBATCHES.slice(2), CONNECTIVITIES.slice(2)))
    expect(await there).toEqual(await here)
    expect(await second.readState()).toEqual(await first.readState())
  })
})
