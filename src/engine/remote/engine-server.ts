import { BitMatrix } from '../../data/bit-matrix'
import type { Drawn, Engine, Session, SessionState } from '../contract'
import { slotsOf } from '../session-checks'
import { validateConnectivity, type Connectivity } from '../../made/connectivity'
import { failureOf } from '../../base/failure'
import { isFields } from '../../base/migration'
import { SerialQueue } from '../../base/serial-queue'
import { connectivityAt, validateSchedule, type DrawName } from '../../made/schedule'
import { parameterTensors, validateSpec, type ModelSpec, type Tensors } from '../../made/spec'
import type { Sentence } from '../../words/say'
import {
  PING,
  PONG,
  ROWS_KEY,
  tensorKey,
  type Bits,
  type Draw,
  type DrawnBits,
  type EngineCall,
  type EngineCalls,
  type FoundEngine,
  type Named,
  type Piece,
  type PortEnd,
} from './protocol'

/** An engine that can be served. */
export interface ServedEngine extends Engine {
  /** What is worth knowing about it; null if nothing is. */
  readonly note: Sentence | null
  /** @throws StudioError 'too-large' if it has no room for a model, so far as its size alone tells */
  requireFit(spec: ModelSpec): void
}

interface OpenSession {
  readonly session: Session
  readonly spec: ModelSpec
  readonly slots: readonly string[]
  readonly connectivities: Map<number, Connectivity>
  held: ReadonlyMap<string, Float32Array> | null
}

type Handlers = { [C in EngineCall]: (params: EngineCalls[C]['params']) => Promise<EngineCalls[C]['result']> }

/**
 * Serves an engine and its sessions over a port: one call after another in the order in which they come, whichever session
 * they are of. Meanwhile it says that it is there. When the port closes, its sessions do. What is no call is passed over.
 * @param findEngine as often as the engine is asked for; what it throws is the answer
 */
export function serveEngine(port: PortEnd, findEngine: () => Promise<ServedEngine>): void {
  const server = new EngineServer(findEngine)
  const queue = new SerialQueue()
  const hear = (message: unknown): void => {
    if (message === PING) {
      port.post(PONG)
      return
    }
    if (!isFields(message) || typeof message['id'] !== 'number') return
    const { id, call, params } = message
    void queue.run(async () => {
      try {
        if (!isCall(server.handlers, call)) throw new Error(`there is no call “${String(call)}”`)
        const handler = server.handlers[call] as (params: unknown) => Promise<unknown>
        port.post({ id, reply: { ok: true, value: await handler(params) } })
      } catch (error) {
        port.post({ id, reply: { ok: false, failure: failureOf(error) } })
      }
    })
  }
  port.listen(hear, () => void queue.run(() => server.closeAll()))
}

function isCall(handlers: Handlers, call: unknown): call is EngineCall {
  return typeof call === 'string' && Object.hasOwn(handlers, call)
}

class EngineServer {
  private readonly sessions = new Map<number, OpenSession>()
  private readonly parcels = new Map<number, Map<string, Piece['values']>>()
  private nextSession = 1

  constructor(private readonly findEngine: () => Promise<ServedEngine>) {}

  readonly handlers: Handlers = {
    find: async (): Promise<FoundEngine> => {
      const { id, device, heads, note } = await this.findEngine()
      return { id, device, heads, note }
    },
    check: async ({ spec }) => {
      validateSpec(spec)
      return (await this.findEngine()).requireFit(spec)
    },
    put: async (piece) => this.put(piece),
    open: async ({ spec, training, parcel }) => {
      validateSpec(spec)
      const parameters = tensorsOf(this.take(parcel), spec, null)
      const session = await (await this.findEngine()).open({ spec, parameters }, training)
      const number = this.nextSession++
      this.sessions.set(number, { session, spec, slots: slotsOf(training), connectivities: new Map(), held: null })
      return number
    },
    setData: async ({ session, parcel, rows, columns }) => {
      const words = arrayOf(this.take(parcel), ROWS_KEY)
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
    writeState: async ({ session, parcel, update }) => {
      const { session: own, spec, slots } = this.find(session)
      const arrays = this.take(parcel)
      const bySlot = slots.map((slot): [string, Tensors] => [slot, tensorsOf(arrays, spec, slot)])
      await own.writeState({ update, parameters: tensorsOf(arrays, spec, null), slots: new Map(bySlot) })
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
    this.parcels.clear()
  }

  private find(number: number): OpenSession {
    const open = this.sessions.get(number)
    if (!open) throw new Error('the session was closed')
    return open
  }

  private put({ parcel, key, length, offset, values }: Piece): void {
    const arrays = this.parcels.get(parcel) ?? new Map<string, Piece['values']>()
    this.parcels.set(parcel, arrays)
    try {
      if (offset === 0)
        arrays.set(key, values instanceof Float32Array ? new Float32Array(length) : new Uint32Array(length))
      arrayOf(arrays, key).set(values, offset)
    } catch (cause) {
      // The call that these arrays are for is not made any more.
      this.parcels.delete(parcel)
      throw cause
    }
  }

  /** The arrays of a parcel, which is then gone. */
  private take(parcel: number): ReadonlyMap<string, Piece['values']> {
    const arrays = this.parcels.get(parcel)
    if (!arrays) throw new Error(`the parcel ${parcel} did not come`)
    this.parcels.delete(parcel)
    return arrays
  }
}

function arrayOf(arrays: ReadonlyMap<string, Piece['values']>, key: string): Piece['values'] {
  const values = arrays.get(key)
  if (!values) throw new Error(`“${key}” was not put`)
  return values
}

/** The parameters (slot null) or a slot of all of them, out of a parcel. */
function tensorsOf(arrays: ReadonlyMap<string, Piece['values']>, spec: ModelSpec, slot: string | null): Tensors {
  const tensors: Tensors = new Map()
  for (const { name, length } of parameterTensors(spec)) {
    const values = arrayOf(arrays, tensorKey(slot, name))
    if (!(values instanceof Float32Array) || values.length !== length)
      throw new Error(`“${name}” is not the tensor of the model`)
    tensors.set(name, values)
  }
  return tensors
}

/** The connectivities of a call: the same objects as in earlier calls, which engines know them by. */
function connectivitiesOf({ connectivities, spec }: OpenSession, { forgotten, fresh, numbers }: Named): Connectivity[] {
  for (const number of forgotten) connectivities.delete(number)
  for (const [number, given] of fresh) connectivities.set(number, connectivityOf(spec, given))
  return Array.from(numbers, (number) => {
    const connectivity = connectivities.get(number)
    if (!connectivity) throw new Error(`the connectivity ${number} is not known`)
    return connectivity
  })
}

/** @throws StudioError where it is none of the model */
function connectivityOf(spec: ModelSpec, given: Connectivity | DrawName): Connectivity {
  if ('schedule' in given) {
    validateSchedule(given.schedule)
    return connectivityAt(spec, given.schedule, given.t)
  }
  validateConnectivity(spec, given)
  return given
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
