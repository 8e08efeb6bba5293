import { isFields } from '../../../src/base/migration'
import { CpuEngine } from '../../../src/engine/cpu/cpu-engine'
import { serveEngine } from '../../../src/engine/remote/engine-server'
import { RemoteEngine } from '../../../src/engine/remote/remote-engine'
import { require } from '../checks/fault'
import type { Tree } from '../values'
import { copies, type Edge } from './edge'
import { connectionOn, HandEnd, servedCpu, work } from './engine-client'

/** The numbers of the calls that are made afterwards begin here. */
const AFTERWARDS = 2 ** 40
/** Sizes that a message may name: to make room for more would take long, and is what it asks for. */
const MOST_SIZE = 20_000

/** What an engine tells whoever asks it without a line. */
let expected: Promise<readonly number[]> | null = null

/** Calls to the window in which an engine computes. */
export const TO_ENGINE: Edge = {
  examples: async () => {
    const calls = (await recorded()).posted
    return [calls, calls.slice(0, 9), calls.filter((call) => isFields(call) && call['call'] !== 'close')]
  },
  hand: async (messages) => {
    const { server, engine } = serving()
    for (const message of copies(messages)) if (isModerate(message)) server.hear(message)
    const later = await work(await engine())
    expected ??= work(new CpuEngine('fuzz'))
    const now = await expected
    require(later.length === now.length && later.every((value, i) => Object.is(value, now[i])), 'an engine computes otherwise after what it was told') // prettier-ignore
    server.closed()
    const answered = server.posted.filter((reply) => isFields(reply) && isFields(reply['reply']) && reply['reply']['ok'] === true) // prettier-ignore
    return answered.length > later.length ? 'answered' : 'mostly refused'
  },
}

/** A served engine, and the same asked over the line that the messages came over. */
function serving(): {
  readonly server: HandEnd
  readonly engine: () => Promise<RemoteEngine>
  readonly client: HandEnd
} {
  const client = new HandEnd((call) => {
    if (isFields(call)) server.hear({ ...call, id: AFTERWARDS + Number(call['id']) })
  })
  const server = new HandEnd((reply) => {
    if (!isFields(reply) || typeof reply['id'] !== 'number' || reply['id'] < AFTERWARDS) return
    const { id } = reply
    queueMicrotask(() => client.hear({ ...reply, id: id - AFTERWARDS }))
  })
  serveEngine(server, () => Promise.resolve(servedCpu()))
  return { server, client, engine: () => RemoteEngine.find(connectionOn(client)) }
}

/** All that went over the line while an engine was at work. */
async function recorded(): Promise<HandEnd> {
  const { client, engine } = serving()
  await work(await engine())
  return client
}

function isModerate(value: Tree): boolean {
  if (typeof value === 'number') return !(value > MOST_SIZE) || value >= 2 ** 53
  if (typeof value !== 'object' || value === null) return true
  if (ArrayBuffer.isView(value)) return true
  return Object.values(value).every((one) => isModerate(one))
}
