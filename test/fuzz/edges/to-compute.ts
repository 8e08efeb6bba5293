import { join } from 'node:path'
import { computeServer } from '../../../src/compute/compute-server'
import { isFields } from '../../../src/base/migration'
import { validRequest } from '../../../src/main/valid-request'
import { toComputeIn } from '../../../src/shared/compute-messages'
import type { FromCompute, InternalChannel, InternalRequests, ToCompute } from '../../../src/shared/compute-protocol'
import { verbatim } from '../../../src/words/say'
import { require } from '../checks/fault'
import { EXAMPLES } from '../studio/examples'
import { BARS, HOME } from '../studio/home'
import { isModerate } from '../studio/moderate'
import { inHome } from '../studio/paths'
import type { Tree } from '../values'
import { copies, type Edge } from './edge'

/** Right parameters of what main asks for itself. */
const INTERNAL: { readonly [C in InternalChannel]: InternalRequests[C]['params'] } = {
  'internal.openAhead': { source: BARS },
  'internal.openModelAhead': { runId: 'bars' },
  'internal.checkRunsFolder': { path: `${HOME}/other` },
  'internal.transferRuns': { from: `${HOME}/other`, kind: 'copy' },
  'internal.countRuns': { paths: [`${HOME}/other`, `${HOME}/runs`] },
  'internal.useRunsFolder': { path: `${HOME}/other` },
  'internal.suspend': undefined,
  'internal.export': { ...EXAMPLES['samples.export'][0], path: `${HOME}/samples.png` },
  'internal.writeBytes': { bytes: new Uint8Array(16), path: `${HOME}/sample.gif` },
  'internal.reportPage': { ...EXAMPLES['report.save'][0], language: 'ko', version: '1.0.0' },
  'internal.writeReport': {
    ...EXAMPLES['report.save'][1],
    language: 'en',
    version: '1.0.0',
    path: `${HOME}/report.zip`,
  },
  'internal.writeParcel': { runIds: ['fruit'], language: 'en', version: '1.0.0', path: `${HOME}/parcel.zip` },
  'internal.writeAnswer': { answer: { kind: 'svg', drawing: '<svg/>' }, path: `${HOME}/answer.svg` },
  'internal.fill': { ...EXAMPLES['runs.fill'][0], path: `${HOME}/filled.csv` },
  'internal.addOn': { path: `${HOME}/pack.zip` },
  'internal.binFolders': undefined,
  'internal.folderOf': { runId: 'bars' },
}
/** What of it main has validated as it does a request of the window. */
const VALIDATED: Readonly<Record<string, string>> = {
  'internal.openAhead': 'data.open',
  'internal.export': 'samples.export',
  'internal.fill': 'runs.fill',
  'internal.writeReport': 'report.save',
  'internal.reportPage': 'report.save',
  'internal.writeParcel': 'report.save',
}

const FAILURE = { code: 'engine-unavailable', message: verbatim('No window.'), hint: verbatim('Use another.') } as const
/** The number of the requests that are made afterwards: no message of an input has it. */
const AFTERWARDS = 2 ** 52

/** Messages of main to the compute process. */
export const TO_COMPUTE: Edge = {
  examples: () => Promise.resolve(examples()),
  hand: async (messages, home) => {
    const answers = new Map<unknown, (reply: unknown) => void>()
    const replied = new Map<unknown, unknown>()
    let alive = 0
    let [asked, told] = [0, 0]
    let allTold: () => void = () => undefined
    const take = computeServer((posted: FromCompute) => {
      const message = structuredClone(posted)
      if (message.kind === 'alive') alive++
      // Where there is no window, and no process to try a library in.
      if (message.kind === 'engine-port') queueMicrotask(() => take({ kind: 'engine-port', failure: FAILURE }, []))
      if (message.kind === 'probe') queueMicrotask(() => take({ kind: 'probed', id: message.id, end: { kind: 'late' } }, [])) // prettier-ignore
      if (message.kind !== 'reply') return
      require(isFields(message.reply) && typeof message.reply.ok === 'boolean', 'a request has no reply')
      replied.set(message.id, message.reply)
      answers.get(message.id)?.(message.reply)
      told++
      if (told === asked) allTold()
    })
    const ask = (channel: string, params: unknown, id: number): Promise<unknown> =>
      new Promise((resolve) => {
        answers.set(id, resolve)
        asked++
        take({ kind: 'request', id, channel, params }, [])
      })
    take({ kind: 'places', places: placesOf(home) }, [])
    for (const message of copies(messages)) {
      const sent = inHome(message, home)
      if (!mayBeSent(sent)) continue
      if (toComputeIn(sent)?.kind === 'request') asked++
      take(sent, [])
    }
    const before = alive
    take({ kind: 'ping' }, [])
    require(alive === before + 1, 'it does not say that it is alive')
    for (const [i, channel] of ['run.state', 'data.current', 'data.cancelOpening'].entries()) {
      const reply = await ask(channel, channel === 'run.state' ? { runId: null } : undefined, AFTERWARDS + i)
      require(isFields(reply) && reply['ok'] === true, `${channel} is refused afterwards: ${JSON.stringify(reply).slice(0, 200)}`) // prettier-ignore
    }
    await ask('internal.suspend', undefined, AFTERWARDS - 1)
    // What is still at work would go on behind the back of whoever looks what it writes.
    if (told < asked) await new Promise<void>((resolve) => (allTold = resolve))
    return replied.size > 4 ? 'answered' : 'not answered'
  },
}

function placesOf(home: string): Extract<ToCompute, { kind: 'places' }>['places'] {
  return {
    ...PLACES,
    runsFolder: join(home, 'runs'),
    speedsFile: join(home, 'speeds.json'),
    queueFile: join(home, 'queue.json'),
  }
}
const PLACES = { mnistFolder: '/nowhere', tablesFolder: '/nowhere', modelsFolder: '/nowhere' }

function examples(): Tree[][] {
  const request = (channel: string, params: unknown, id: number): unknown => ({ kind: 'request', id, channel, params })
  const places = { kind: 'places', places: { ...PLACES, runsFolder: `${HOME}/runs`, speedsFile: `${HOME}/speeds.json`, queueFile: `${HOME}/queue.json` } } // prettier-ignore
  const internal = Object.entries(INTERNAL).map(([channel, params], i) => [request(channel, params, i + 1)])
  return [
    ...internal,
    [{ kind: 'ping' }, places, { kind: 'ping' }],
    [request('data.open', { source: BARS }, 1), request('data.current', undefined, 2)],
    [request('engines.list', undefined, 1), { kind: 'engine-port', failure: FAILURE }, { kind: 'engine-port', failure: null }], // prettier-ignore
    [
      { kind: 'probed', id: 1, end: { kind: 'ended', stdout: '{"sum":1}', log: '', how: null } },
      { kind: 'probed', id: 2, end: { kind: 'late' } },
    ],
    [request('runs.take', { path: `${HOME}/pack.zip` }, 1), request('runs.delete', { runId: 'bars' }, 2)],
  ]
}

/** What is asked for the window has been validated before, and is moderate here. */
function mayBeSent(message: unknown): boolean {
  if (!isFields(message) || message['kind'] !== 'request' || typeof message['channel'] !== 'string') return true
  const { channel, params } = message
  const validated = Object.hasOwn(VALIDATED, channel) ? VALIDATED[channel] : channel
  if (validated.startsWith('internal.')) return true
  try {
    const valid = validRequest(validated, params)
    return isModerate(valid.channel, valid.params)
  } catch {
    // Of a channel that is not known, and of what main has validated, nothing comes.
    return !Object.hasOwn(EXAMPLES, validated)
  }
}
