import { BitMatrix } from '../../data/bit-matrix'
import type { Drawn, Engine, Session, SessionState } from '../contract'
import type { Connectivity } from '../../made/connectivity'
import { failureOf } from '../../base/failure'
import { slotNames, type Optimizer } from '../../made/optimizer'
import { connectivityAt } from '../../made/schedule'
import { parameterTensors, type ModelSpec, type Tensors } from '../../made/spec'
import {
  PING,
  PONG,
  ROWS_KEY,
  tensorKey,
  type Bits,
  type CallMessage,
  type Draw,
  type DrawnBits,
  type EngineCall,
  type EngineCalls,
  type FoundGpu,
  type Named,
  type Piece,
  type PortEnd,
} from './protocol'

/** An engine that can be served. */
export interface ServedEngine extends Engine {
  readonly isSoftware: boolean
  readonly mostBytes: number
}

interface OpenSession {
  readonly session: Session
  readonly spec: ModelSpec
  readonly optimizer: Optimizer
  readonly connectivities: Map<number, Connectivity>
  held: ReadonlyMap<string, Float32Array> | null
}

type Handlers = { [C in EngineCall]: (params: EngineCalls[C]['params']) => Promise<EngineCalls[C]['result']> }

/** Serves an engine and its sessions over a port, one call after another, and says meanwhile that it is there; when the port closes, its sessions do. */
export function serveEngine(port: PortEnd, findEngine: () => Promise<ServedEngine>): void {
  const server = new EngineServer(findEngine)
  let last: Promise<void> = Promise.resolve()
  const hear = (message: unknown): void => {
    if (message === PING) {
      port.post(PONG)
      return
    }
    const { id, call, params } = message as CallMessage
    last = last.then(async () => {
      try {
        const handler = server.handlers[call] as (params: unknown) => Promise<unknown>
        port.post({ id, reply: { ok: true, value: await handler(params) } })
      } catch (error) {
        port.post({ id, reply: { ok: false, failure: failureOf(error) } })
      }
    })
  }
  port.listen(hear, () => {
    last = last.then(() => server.closeAll())
  })
}

class EngineServer {
  private readonly sessions = new Map<number, OpenSession>()
  private readonly arrays = new Map<string, Piece['values']>()
  private nextSession = 1

  constructor(private readonly findEngine: () => Promise<ServedEngine>) {}

  readonly handlers: Handlers = {
    find: async (): Promise<FoundGpu> => {
      const { device, isSoftware, mostBytes } = await this.findEngine()
      return { device, isSoftware, mostBytes }
    },
    put: async ({ key, length, offset, values }) => {
      if (offset === 0)
        this.arrays.set(key, values instanceof Float32Array ? new Float32Array(length) : new Uint32Array(length))
      this.putArray(key).set(values, offset)
    },
    open: async ({ spec, l2, optimizer }) => {
      const parameters = this.tensors(spec, null)
      const session = await (await this.findEngine()).open({ spec, parameters, l2 }, optimizer)
      const number = this.nextSession++
      this.sessions.set(number, { session, spec, optimizer, connectivities: new Map(), held: null })
      return number
    },
    setData: async ({ session, rows, columns }) => {
      const words = this.putArray(ROWS_KEY)
      this.arrays.delete(ROWS_KEY)
      if (!(words instanceof Uint32Array)) throw new Error('the rows are not bits')
      await this.find(session).session.setData(new BitMatrix(rows, columns, words))
    },
    train: async ({ session, rows, sizes, under }) => {
      const open = this.find(session)
      let at = 0
      const minibatches = Array.from(sizes, (size) => rows.subarray(at, (at += size)))
      return open.session.train(minibatches, connectivitiesOf(open, under))
    },
    logLikelihood: async ({ session, rows, under }) => {
      const open = this.find(session)
      return open.session.logLikelihood(matrixOf(rows), connectivitiesOf(open, under))
    },
    conditionals: async ({ session, rows, under }) => {
      const open = this.find(session)
      const [connectivity] = connectivitiesOf(open, under)
      return open.session.conditionals(matrixOf(rows), connectivity)
    },
    sample: async ({ session, ...draw }) => {
      const open = this.find(session)
      return bitsOf(await open.session.sample(requestOf(open, draw)))
    },
    complete: async ({ session, rows, known, ...draw }) => {
      const open = this.find(session)
      return bitsOf(await open.session.complete(matrixOf(rows), matrixOf(known), requestOf(open, draw)))
    },
    holdState: async ({ session }) => {
      const open = this.find(session)
      const state = await open.session.readState()
      open.held = arraysOf(state)
      return state.update
    },
    take: async ({ session, key, offset, length }) => {
      const values = this.find(session).held?.get(key)
      if (!values) throw new Error(`no tensor “${key}” is held`)
      return values.slice(offset, offset + length)
    },
    releaseState: async ({ session }) => {
      this.find(session).held = null
    },
    writeState: async ({ session, update }) => {
      const { session: own, spec, optimizer } = this.find(session)
      const slots = slotNames(optimizer).map((slot): [string, Tensors] => [slot, this.tensors(spec, slot)])
      await own.writeState({ update, parameters: this.tensors(spec, null), slots: new Map(slots) })
    },
    close: async ({ session }) => {
      const open = this.find(session)
      this.sessions.delete(session)
      await open.session.close()
    },
  }

  async closeAll(): Promise<void> {
    for (const { session } of this.sessions.values()) await session.close()
    this.sessions.clear()
    this.arrays.clear()
  }

  private find(number: number): OpenSession {
    const open = this.sessions.get(number)
    if (!open) throw new Error('the session was closed')
    return open
  }

  private putArray(key: string): Piece['values'] {
    const values = this.arrays.get(key)
    if (!values) throw new Error(`“${key}” was not put`)
    return values
  }

  /** Takes the tensors that were put. */
  private tensors(spec: ModelSpec, slot: string | null): Tensors {
    const tensors: Tensors = new Map()
    for (const { name } of parameterTensors(spec)) {
      const key = tensorKey(slot, name)
      const values = this.putArray(key)
      this.arrays.delete(key)
      if (!(values instanceof Float32Array)) throw new Error(`“${key}” is not a tensor`)
      tensors.set(name, values)
    }
    return tensors
  }
}

/** The connectivities of a call: the same objects as in earlier calls, which engines know them by. */
function connectivitiesOf({ connectivities, spec }: OpenSession, { forgotten, fresh, numbers }: Named): Connectivity[] {
  for (const number of forgotten) connectivities.delete(number)
  for (const [number, given] of fresh)
    connectivities.set(number, 'schedule' in given ? connectivityAt(spec, given.schedule, given.t) : given)
  return Array.from(numbers, (number) => {
    const connectivity = connectivities.get(number)
    if (!connectivity) throw new Error(`the connectivity ${number} is not known`)
    return connectivity
  })
}

function requestOf(open: OpenSession, { under, ...rest }: Draw): Parameters<Session['sample']>[0] {
  const [connectivity] = connectivitiesOf(open, under)
  return { ...rest, connectivity }
}

function matrixOf({ rows, columns, words }: Bits): BitMatrix {
  return new BitMatrix(rows, columns, words)
}

function bitsOf({ rows, probabilities }: Drawn): DrawnBits {
  return { words: rows.words, probabilities }
}

function arraysOf({ parameters, slots }: SessionState): Map<string, Float32Array> {
  const arrays = new Map<string, Float32Array>()
  for (const [name, values] of parameters) arrays.set(tensorKey(null, name), values)
  for (const [slot, tensors] of slots) for (const [name, values] of tensors) arrays.set(tensorKey(slot, name), values)
  return arrays
}
