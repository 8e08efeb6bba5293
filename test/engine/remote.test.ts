import { MessageChannel } from 'node:worker_threads'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Connection, PATIENCE, type LossWords } from '../../src/engine/remote/connection'
import { ConnectivityNames } from '../../src/engine/remote/connectivity-names'
import { serveEngine, type ServedEngine } from '../../src/engine/remote/engine-server'
import {
  PING,
  PONG,
  type CallMessage,
  type FromServer,
  type Named,
  type PortEnd,
} from '../../src/engine/remote/protocol'
import { RemoteEngine } from '../../src/engine/remote/remote-engine'
import type { Engine } from '../../src/engine/contract'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { StudioError } from '../../src/base/failure'
import { connectivityAt, connectivityList, UNLIMITED, type Schedule } from '../../src/made/schedule'
import { tensorOf, type ModelSpec } from '../../src/made/spec'
import { stepSchedule } from '../../src/made/step-schedule'
import { randomConnectivity, randomParameters, randomRows } from '../reference/random-models'
import { ADAM } from '../reference/training-settings'
import { engineConformance } from './conformance'
import { portEnd, served } from './served-engine'
import { verbatim } from '../../src/words/say'

/** What went over a port, and a way to cut it. */
interface Line {
  readonly connection: Connection
  readonly calls: CallMessage[]
  cut(): void
}

const WORDS: LossWords = {
  stopped: { code: 'process-lost', message: verbatim('It stopped.'), hint: verbatim('Go on elsewhere.') },
  silent: { code: 'process-lost', message: verbatim('It hangs.'), hint: verbatim('Go on elsewhere.') },
}

/** An engine served over a port of Node.js. */
function serve(engine: () => Promise<ServedEngine>): Line {
  const { port1, port2 } = new MessageChannel()
  const calls: CallMessage[] = []
  serveEngine(portEnd(port2), engine)
  return {
    connection: new Connection(portEnd(port1, calls), { ...PATIENCE, silent: () => undefined }, WORDS),
    calls,
    cut: () => port2.close(),
  }
}

const cpu = (): Promise<ServedEngine> => Promise.resolve(served(new CpuEngine('test')))
const SPEC: ModelSpec = {
  inputs: 40,
  hidden: [30, 20],
  activation: 'tanh',
  directConnections: true,
  conditioningWeights: true,
}

engineConformance('an engine held through a port', () => RemoteEngine.find(serve(cpu).connection), { runs: 10 })

describe('an engine held through a port', () => {
  const connectivities = connectivityList(SPEC, { orderings: 2, masks: 2, singleOrdering: 'natural', seed: 3 }, 2)
  const minibatches = [0, 1, 2, 3].map((i) => Uint32Array.from({ length: 20 }, (_, j) => (i * 20 + j) % 60))
  const opened = async (engine: Engine): ReturnType<Engine['open']> => {
    const session = await engine.open(
      { spec: SPEC, parameters: randomParameters(SPEC, 5) },
      { ...ADAM, schedule: stepSchedule('cosine', 14), l2: 1e-3 },
    )
    await session.setData(randomRows(60, SPEC.inputs, 7))
    return session
  }

  it('computes bit for bit what the engine computes', async () => {
    const results = []
    for (const engine of [new CpuEngine('test'), await RemoteEngine.find(serve(cpu).connection)]) {
      const session = await opened(engine)
      const under = minibatches.map((_, i) => connectivities[i % 2])
      const early = await session.train(minibatches, under)
      const middle = await session.readState()
      const late = await session.train(minibatches, under)
      await session.writeState(middle)
      const again = await session.train(minibatches, under)
      expect(again).toEqual(late)
      results.push({ early, late, state: await session.readState() })
      await session.close()
    }
    expect(results[1]).toEqual(results[0])
  })

  it('sends each connectivity once, and minibatches without what else lies in their memory', async () => {
    const { connection, calls } = serve(cpu)
    const session = await opened(await RemoteEngine.find(connection))
    const large = new Uint32Array(100_000)
    for (let list = 0; list < 3; list++)
      await session.train([large.subarray(0, 5), large.subarray(5, 9)], connectivities)
    const lists = calls
      .filter(({ call }) => call === 'train')
      .map(({ params }) => params as { under: { fresh: unknown[] }; rows: Uint32Array })
    expect(lists.map(({ under }) => under.fresh.length)).toEqual([2, 0, 0])
    for (const { rows } of lists) expect(rows.buffer.byteLength).toBe(9 * 4)
  })

  it('names what was drawn, and computes the same under it; sends anything else in full', async () => {
    const schedule: Schedule = { orderings: UNLIMITED, masks: UNLIMITED, singleOrdering: 'natural', seed: 2 ** 40 + 9 }
    const drawn = connectivityList(SPEC, schedule, 2)
    const at = [0, 1].map((t) => connectivityAt(SPEC, schedule, t))
    const [{ ordering, degrees }, { degrees: others }] = drawn
    const list = [...drawn, ...at, { ordering, degrees }, { ...at[0], degrees: others }]
    const { connection, calls } = serve(cpu)
    const rows = randomRows(30, SPEC.inputs, 7)
    const scored = []
    for (const engine of [new CpuEngine('test'), await RemoteEngine.find(connection)])
      scored.push(await (await opened(engine)).logLikelihood(rows, list))
    expect(scored[1]).toEqual(scored[0])
    expect(scored[0][0]).toEqual(scored[0][2])
    expect(scored[0][0]).not.toEqual(scored[0][5])
    const fresh = calls
      .filter(({ call }) => call === 'logLikelihood')
      .flatMap(({ params }) => (params as { under: Named }).under.fresh)
    expect(fresh.map(([, given]) => 'schedule' in given && given.t)).toEqual([0, 1, 0, 1, false, false])
  })

  it('sends a tensor in pieces and gets it back whole', async () => {
    const wide: ModelSpec = {
      inputs: 2100,
      hidden: [1100],
      activation: 'relu',
      directConnections: false,
      conditioningWeights: false,
    }
    const parameters = randomParameters(wide, 1)
    const { connection, calls } = serve(cpu)
    const session = await (await RemoteEngine.find(connection)).open({ spec: wide, parameters }, null)
    const after = (await session.readState()).parameters
    for (const [name, values] of parameters)
      expect(Buffer.compare(Buffer.from(values.buffer), Buffer.from(tensorOf(after, name).buffer))).toBe(0)
    const pieces = calls.filter(
      ({ call, params }) => call === 'put' && (params as { key: string }).key === 'parameters/hidden.0.weight',
    )
    expect(pieces).toHaveLength(2)
  })

  it('refuses a model that is too large before its parameters are sent', async () => {
    const tooLarge = new StudioError('too-large', 'It has no room.', 'Use another.')
    const { connection, calls } = serve(async () => ({
      ...served(new CpuEngine('test')),
      requireFit: () => {
        throw tooLarge
      },
    }))
    const engine = await RemoteEngine.find(connection)
    await expect(engine.open({ spec: SPEC, parameters: new Map() }, ADAM)).rejects.toMatchObject({
      code: 'too-large',
      says: tooLarge.says,
      hint: 'Use another.',
    })
    expect(calls.map(({ call }) => call)).toEqual(['find', 'check'])
  })

  it('keeps what several sessions send at once apart', async () => {
    const engine = await RemoteEngine.find(serve(cpu).connection)
    const parameters = [1, 2, 3].map((seed) => randomParameters(SPEC, seed))
    const sessions = await Promise.all(parameters.map((own) => engine.open({ spec: SPEC, parameters: own }, ADAM)))
    for (const [i, session] of sessions.entries()) expect((await session.readState()).parameters).toEqual(parameters[i])
  })

  it('passes failures on in their words', async () => {
    const session = await opened(await RemoteEngine.find(serve(cpu).connection))
    await expect(session.logLikelihood(randomRows(3, 41, 1), [connectivities[0]])).rejects.toMatchObject({
      code: 'invalid-data',
    })
    await expect(
      RemoteEngine.find(
        serve(() => Promise.reject(new StudioError('engine-unavailable', 'No GPU.', 'Use another.'))).connection,
      ),
    ).rejects.toMatchObject({ code: 'engine-unavailable', message: 'No GPU.', hint: 'Use another.' })
  })

  it('says in words that the other side is gone, now and later', async () => {
    const line = serve(cpu)
    const session = await opened(await RemoteEngine.find(line.connection))
    const waiting = expect(
      session.train(
        minibatches,
        minibatches.map(() => connectivities[0]),
      ),
    ).rejects.toMatchObject({ code: 'process-lost' })
    line.cut()
    await waiting
    await expect(session.readState()).rejects.toMatchObject({ code: 'process-lost' })
    await session.close()
    expect(line.connection.isUsable).toBe(false)
  })
})

describe('the watch over the other side', () => {
  /** A side that answers as it is told, and what became of it. */
  const watched = (answer: (message: unknown, reply: (message: FromServer) => void) => void) => {
    vi.useFakeTimers()
    const heard: unknown[] = []
    let hear: (message: unknown) => void = () => undefined
    const port: PortEnd = {
      post: (message) => {
        heard.push(message)
        answer(message, (reply) => hear(reply))
      },
      listen: (listener) => (hear = listener),
      close: () => heard.push('closed'),
    }
    let silences = 0
    const connection = new Connection(port, { everyMs: 1000, mostUnanswered: 5, silent: () => silences++ }, WORDS)
    return { connection, heard, silences: () => silences }
  }
  afterEach(() => vi.useRealTimers())

  it('gives up a side that does not answer, and says so to all who wait', async () => {
    const { connection, heard, silences } = watched(() => undefined)
    const calls = [connection.call('find', undefined), connection.call('find', undefined)]
    const refused = Promise.all(calls.map((call) => expect(call).rejects.toMatchObject({ code: 'process-lost' })))
    await vi.advanceTimersByTimeAsync(5500)
    expect(silences()).toBe(0)
    await vi.advanceTimersByTimeAsync(1000)
    await refused
    expect(silences()).toBe(1)
    expect(connection.isUsable).toBe(false)
    expect(heard.slice(2)).toEqual([PING, PING, PING, PING, PING, 'closed'])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(silences()).toBe(1)
  })

  it('waits for as long as it takes while the other side says that it is there', async () => {
    const { connection, silences } = watched((message, reply) => {
      if (message === PING) setTimeout(() => reply(PONG), 4500)
    })
    void connection.call('find', undefined)
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect([silences(), connection.isUsable]).toEqual([0, true])
  })

  it('asks nothing while nothing is awaited', async () => {
    const { connection, heard, silences } = watched((message, reply) => {
      if (typeof message === 'object' && message !== null && 'id' in message)
        reply({ id: Number(message.id), reply: { ok: true, value: null } })
    })
    await connection.call('find', undefined)
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect([heard.length, silences(), connection.isUsable]).toEqual([1, 0, true])
  })

  it('hears of a side that computes: it answers while a call is under way', async () => {
    const { port1, port2 } = new MessageChannel()
    serveEngine(portEnd(port2), () => new Promise(() => undefined))
    const answers: unknown[] = []
    const end = portEnd(port1)
    end.listen(
      (message) => answers.push(message),
      () => undefined,
    )
    end.post({ id: 1, call: 'find', params: undefined })
    end.post(PING)
    await expect.poll(() => answers).toEqual([PONG])
    end.close()
  })
})

describe('names of connectivities', () => {
  it('forget the least lately used, never one of the call, and name it anew when it comes again', () => {
    const all = [0, 1, 2, 3].map((i) => randomConnectivity(SPEC, i))
    const names = new ConnectivityNames(SPEC, 2 * (40 + 30 + 20) * 4)
    expect(names.name(all.slice(0, 2)).forgotten).toEqual([])
    names.name([all[0]])
    const third = names.name([all[2]])
    expect(third.forgotten).toEqual([1])
    expect([...names.name(all).numbers]).toHaveLength(4)
    const { fresh, forgotten } = names.name([all[1]])
    expect(fresh).toHaveLength(0)
    expect(forgotten).toHaveLength(2)
    expect(names.name([all[0]]).fresh).toHaveLength(1)
  })
})
