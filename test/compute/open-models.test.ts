import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StudioError } from '../../src/base/failure'
import { OpenModels } from '../../src/compute/open-models'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import type { Session } from '../../src/engine/contract'
import type { Model } from '../../src/made/model-file'
import type { ModelSpec } from '../../src/made/spec'
import { expectFailure } from '../base/expect-failure'
import { randomConnectivity, randomParameters } from '../reference/random-models'

const SPEC: ModelSpec = {
  inputs: 5,
  hidden: [4],
  activation: 'relu',
  directConnections: false,
  conditioningWeights: false,
}
const CONNECTIVITY = randomConnectivity(SPEC, 1)

function modelOf(seed: number): Model {
  return {
    spec: SPEC,
    parameters: randomParameters(SPEC, seed),
    connectivities: [CONNECTIVITY],
    schedule: { orderings: 1, masks: 1, singleOrdering: 'natural', seed },
  }
}

/** Models of which it is known what is open. */
function watched(): { readonly models: OpenModels; readonly open: Set<Session>; readonly most: () => number } {
  const engine = new CpuEngine('test')
  const open = new Set<Session>()
  let most = 0
  const models = new OpenModels(async () => ({
    id: 'cpu',
    device: engine.device,
    heads: engine.heads,
    open: async (...args) => {
      const session = await engine.open(...args)
      open.add(session)
      most = Math.max(most, open.size)
      const close = session.close.bind(session)
      session.close = async () => {
        open.delete(session)
        await close()
      }
      return session
    },
  }))
  return { models, open, most: () => most }
}

const draw = ({ session }: { readonly session: Session }): ReturnType<Session['sample']> =>
  session.sample({ count: 3, first: 0, seed: 1, connectivity: CONNECTIVITY })

describe('the models that samples are drawn from', () => {
  it('stay open while anyone is at work with them, whoever else asks for what; at the end one is open', () => {
    const requests = fc.array(
      fc.record({ seed: fc.integer({ min: 1, max: 4 }), draws: fc.integer({ min: 1, max: 3 }) }),
      { minLength: 1, maxLength: 12 },
    )
    return fc.assert(
      fc.asyncProperty(fc.scheduler(), requests, async (scheduler, list) => {
        const { models, open } = watched()
        const expected = new Map<number, unknown>()
        for (const seed of [1, 2, 3, 4])
          expected.set(
            seed,
            (await draw({ session: await new CpuEngine('test').open(modelOf(seed), null) })).rows.words,
          )
        const read = (seed: number) => async (): Promise<Model> => {
          await scheduler.schedule(Promise.resolve())
          return modelOf(seed)
        }
        const all = list.map(({ seed, draws }) =>
          models.use(String(seed), read(seed), async (opened) => {
            for (let i = 0; i < draws; i++) {
              expect((await draw(opened)).rows.words).toEqual(expected.get(seed))
              await scheduler.schedule(Promise.resolve())
            }
          }),
        )
        await scheduler.waitFor(Promise.all(all))
        await expect.poll(() => open.size).toBe(1)
      }),
      { numRuns: 40 },
    )
  })

  it('are not even read when nobody waits for them any more', async () => {
    const { models, most } = watched()
    const reads: number[] = []
    const control = new AbortController()
    const use = (seed: number, signal?: AbortSignal): Promise<unknown> =>
      models.use(
        String(seed),
        async () => {
          reads.push(seed)
          return modelOf(seed)
        },
        draw,
        signal,
      )
    const passedBy = [1, 2, 3].map((seed) => use(seed, control.signal))
    const wanted = [use(4), use(3)]
    control.abort()
    for (const one of [passedBy[0], passedBy[1], passedBy[2]]) await expectFailure(() => one, 'cancelled')
    await Promise.all(wanted)
    expect(reads).toEqual([3, 4])
    expect(most()).toBe(2)
  })

  it('that could not be read are tried again', async () => {
    const { models, open } = watched()
    const gone = new StudioError('not-found', 'It is gone.', 'Look elsewhere.')
    await expectFailure(() => models.use('1', () => Promise.reject(gone), draw), 'not-found')
    expect((await models.use('1', async () => modelOf(1), draw)).rows.rows).toBe(3)
    expect(open.size).toBe(1)
  })
})
