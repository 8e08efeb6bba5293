import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failureOf, type FailureCode } from '../../src/base/failure'
import { BitMatrix } from '../../src/data/bit-matrix'
import type { Session } from '../../src/engine/contract'
import { DEFAULT_OPTIMIZERS, slotNames } from '../../src/made/optimizer'
import type { ModelSpec } from '../../src/made/spec'
import { expectFailure } from '../base/expect-failure'
import { randomConnectivity, randomParameters, randomRows } from '../reference/random-models'
import { close, everyRow, MOMENTUM, opened, openedToScore, type EngineUnderTest } from './engine-under-test'

/** An engine's sessions are a queue that says in words what it cannot do. */
export function sessionConformance(engine: EngineUnderTest): void {
  const { runs, tolerance, heads, makeEngine } = engine

  describe(`${engine.name} is asked by several at once`, () => {
    const spec: ModelSpec = {
      inputs: 9,
      hidden: [8, 5],
      activation: 'tanh',
      directConnections: true,
      conditioningWeights: true,
    }
    const begun = async (): Promise<Session> => {
      const session = await opened(engine, spec, randomParameters(spec, 1), MOMENTUM)
      await session.setData(randomRows(30, spec.inputs, 1))
      return session
    }
    const requests = fc.array(
      fc.record({
        kind: fc.constantFrom(...REQUEST_KINDS),
        seed: fc.integer({ min: 0, max: 5 }),
        pause: fc.constantFrom(...PAUSES),
      }),
      { minLength: 2, maxLength: 10 },
    )

    it('and answers as if they had come one after another', () =>
      fc.assert(
        fc.asyncProperty(requests, async (list) => {
          const [alone, shared] = [await begun(), await begun()]
          const expected: Outcome[] = []
          for (const request of list) expected.push(await outcomeOf(ask(alone, spec, request)))
          const outcomes: Promise<Outcome>[] = []
          for (const request of list) {
            outcomes.push(outcomeOf(ask(shared, spec, request)))
            await request.pause()
          }
          expect(await Promise.all(outcomes)).toEqual(expected)
          expect(await shared.readState()).toEqual(await alone.readState())
          await Promise.all([alone.close(), shared.close()])
        }),
        { numRuns: Math.ceil(runs / 5) },
      ))

    it('and closes when those who asked before have their answers; later ones are refused in words', () =>
      fc.assert(
        fc.asyncProperty(requests, fc.nat(10), async (list, closeAt) => {
          const [alone, shared] = [await begun(), await begun()]
          const before = list.slice(0, closeAt)
          const expected: Outcome[] = []
          for (const request of before) expected.push(await outcomeOf(ask(alone, spec, request)))
          const outcomes = before.map((request) => outcomeOf(ask(shared, spec, request)))
          const closed = shared.close()
          const refused = list.map((request) => outcomeOf(ask(shared, spec, { ...request, kind: 'sample' })))
          expect(await Promise.all(outcomes)).toEqual(expected)
          await closed
          for (const outcome of await Promise.all(refused)) expect(outcome).toEqual({ code: 'invalid-request' })
          await expect(shared.readState()).rejects.toMatchObject({ message: 'The model is closed.' })
          await shared.close()
          await alone.close()
        }),
        { numRuns: Math.ceil(runs / 5) },
      ))

    it('and drops a draw that nobody waits for any more', async () => {
      const session = await begun()
      const request = { count: 50, first: 0, seed: 3, connectivity: randomConnectivity(spec, 3) }
      const expected = await session.sample(request)
      const control = new AbortController()
      const rows = randomRows(50, spec.inputs, 4)
      const outcomes = [
        session.sample(request),
        session.sample(request, control.signal),
        session.complete(rows, rows, request, control.signal),
        session.sample(request),
      ].map((drawn) => outcomeOf(drawn))
      control.abort()
      const cancelled = { code: 'cancelled' }
      expect(await Promise.all(outcomes)).toEqual([{ value: expected }, cancelled, cancelled, { value: expected }])
      await session.close()
    })
  })

  describe(`${engine.name} without training`, () => {
    const spec: ModelSpec = {
      inputs: 12,
      hidden: [10],
      activation: 'relu',
      directConnections: false,
      conditioningWeights: true,
    }

    it('makes no updates, and says so', async () => {
      const session = await openedToScore(engine, spec, randomParameters(spec, 1))
      await expectFailure(() => session.setData(randomRows(3, 12, 1)), 'invalid-request')
      await expectFailure(() => session.train([], []), 'invalid-request')
      expect(await session.readState()).toEqual({ update: 0, parameters: randomParameters(spec, 1), slots: new Map() })
      await session.close()
    })

    it('scores the state of a model in training, whose slots it leaves aside', async () => {
      const rows = randomRows(40, 12, 1)
      const connectivity = randomConnectivity(spec, 1)
      const trained = await opened(engine, spec, randomParameters(spec, 1), DEFAULT_OPTIMIZERS.adam)
      await trained.setData(rows)
      await trained.train([everyRow(rows), everyRow(rows)], [connectivity, connectivity])
      const state = await trained.readState()
      const session = await openedToScore(engine, spec, randomParameters(spec, 2))
      await session.writeState(state)
      const [[expected], [scored]] = [
        await trained.logLikelihood(rows, [connectivity]),
        await session.logLikelihood(rows, [connectivity]),
      ]
      close(scored, expected, tolerance)
      expect(await session.readState()).toEqual({ ...state, slots: new Map() })
      await expectFailure(() => session.writeState({ ...state, parameters: new Map() }), 'damaged-file')
      await Promise.all([trained.close(), session.close()])
    })
  })

  describe(`${engine.name} refuses`, () => {
    const spec: ModelSpec = {
      inputs: 4,
      hidden: [3],
      activation: 'relu',
      directConnections: false,
      conditioningWeights: false,
    }

    it('data of another width', async () => {
      const session = await opened(engine, spec, randomParameters(spec, 1), MOMENTUM)
      await expect(session.setData(new BitMatrix(2, 5))).rejects.toMatchObject({ code: 'invalid-data' })
    })

    const labelled: ModelSpec = {
      ...spec,
      inputs: 6,
      variables: [
        { kind: 'categorical', categories: 3 },
        { kind: 'binary', count: 3 },
      ],
    }
    const bits = (...rows: number[][]): BitMatrix => BitMatrix.fromBytes(rows.length, 6, rows.flat())

    it.skipIf(heads.includes('categorical'))('a model with variables that it has no head for, in words', async () => {
      const made = await makeEngine()
      expect(made.heads).toEqual(heads)
      await expectFailure(
        () => made.open({ spec: labelled, parameters: randomParameters(labelled, 1) }, null),
        'engine-unavailable',
        /cannot compute categorical variables/,
      )
    })

    it.skipIf(!heads.includes('categorical'))('rows that do not have one value of each variable', async () => {
      const session = await opened(engine, labelled, randomParameters(labelled, 1), MOMENTUM)
      const [none, two] = [bits([1, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 1]), bits([1, 0, 1, 0, 0, 0])]
      const known = bits([1, 1, 1, 0, 0, 0])
      const connectivity = randomConnectivity(labelled, 1)
      const request = { count: 1, first: 0, seed: 1, connectivity }
      await expectFailure(
        () => session.setData(none),
        'invalid-data',
        /Row 2 of the data has 0 ones in the columns 1 to 3/,
      )
      await expectFailure(() => session.logLikelihood(two, [connectivity]), 'invalid-data', /Row 1 .* 2 ones/)
      await expectFailure(() => session.conditionals(two, connectivity), 'invalid-data', /2 ones/)
      await expectFailure(() => session.complete(two, known, request), 'invalid-data', /2 ones/)
      await expectFailure(
        () => session.complete(bits([1, 0, 0, 0, 0, 0]), bits([1, 0, 1, 0, 0, 0]), request),
        'invalid-data',
        /Row 1 gives 2 of the columns 1 to 3/,
      )
      // What is not known need not be there.
      await session.complete(bits([0, 0, 0, 1, 0, 0]), bits([0, 0, 0, 1, 1, 0]), request)
      await session.close()
    })

    it('a state of another model or optimizer', async () => {
      const session = await opened(engine, spec, randomParameters(spec, 1), DEFAULT_OPTIMIZERS.adam)
      const state = await session.readState()
      await expect(session.writeState({ ...state, slots: new Map() })).rejects.toMatchObject({ code: 'damaged-file' })
      await expect(session.writeState({ ...state, parameters: new Map() })).rejects.toMatchObject({
        code: 'damaged-file',
      })
    })
  })
}

/** What is asked of a session, one of them in vain. */
const REQUEST_KINDS = [
  'setData',
  'train',
  'logLikelihood',
  'conditionals',
  'sample',
  'complete',
  'readState',
  'writeState',
  'misfit',
] as const

interface Request {
  readonly kind: (typeof REQUEST_KINDS)[number]
  readonly seed: number
}

/** How long until the next one asks. */
const PAUSES: readonly (() => Promise<void>)[] = [() => Promise.resolve(), nextTurn, () => nextTurn().then(nextTurn)]

type Outcome = { readonly value: unknown } | { readonly code: FailureCode }

function outcomeOf(answer: Promise<unknown>): Promise<Outcome> {
  return answer.then(
    (value) => ({ value }),
    (thrown: unknown) => ({ code: failureOf(thrown).code }),
  )
}

/** Makes a call whose every number follows from the seed; a session with momentum and 30 training rows can answer it. */
function ask(session: Session, spec: ModelSpec, { kind, seed }: Request): Promise<unknown> {
  const rows = randomRows(30, spec.inputs, seed)
  const connectivities = [randomConnectivity(spec, seed, 0), randomConnectivity(spec, seed, 1)]
  const [connectivity] = connectivities
  const draw = { count: 7, first: seed, seed, connectivity }
  switch (kind) {
    case 'setData':
      return session.setData(rows)
    case 'train':
      return session.train([Uint32Array.of(seed, 3, 29), Uint32Array.of(1, seed)], connectivities)
    case 'logLikelihood':
      return session.logLikelihood(rows, connectivities)
    case 'conditionals':
      return session.conditionals(rows, connectivity)
    case 'sample':
      return session.sample(draw)
    case 'complete':
      return session.complete(rows.slice(0, 7), rows.slice(7, 14), draw)
    case 'readState':
      return session.readState()
    case 'writeState': {
      const slots = new Map(slotNames(MOMENTUM).map((slot) => [slot, randomParameters(spec, seed + 1)]))
      return session.writeState({ update: seed, parameters: randomParameters(spec, seed), slots })
    }
    case 'misfit':
      return session.logLikelihood(randomRows(2, spec.inputs + 1, seed), connectivities)
  }
}
