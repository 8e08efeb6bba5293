import { isFields } from '../../../src/base/migration'
import { Supervisor, type Child } from '../../../src/main/supervisor'
import type { FromCompute, ToCompute } from '../../../src/shared/compute-protocol'
import { verbatim } from '../../../src/words/say'
import { Fault, require } from '../checks/fault'
import { copies, type Edge } from './edge'

const FAILURE = {
  code: 'busy',
  message: verbatim('Another run is under way.'),
  hint: verbatim('Wait for it.'),
} as const
/** Requests that wait when the messages come, with the numbers from 1 on. */
const WAITING = 3

/** Messages of the compute process to main. */
export const FROM_COMPUTE: Edge = {
  examples: () =>
    Promise.resolve([
      [
        { kind: 'alive' },
        { kind: 'reply', id: 1, reply: { ok: true, value: { runId: 'bars' } } },
        { kind: 'reply', id: 2, reply: { ok: false, failure: FAILURE } },
        { kind: 'reply', id: 3, reply: { ok: true, value: undefined } },
      ],
      [
        { kind: 'event', event: { type: 'run', event: { type: 'state', state: { kind: 'idle' } } } },
        { kind: 'event', event: { type: 'run', event: { type: 'state', state: { kind: 'failed', runId: 'bars', name: 'bars', failure: FAILURE } } } },
        { kind: 'event', event: { type: 'run', event: { type: 'losses', runId: 'bars', firstUpdate: 1, losses: Float64Array.of(1) } } },
        { kind: 'event', event: { type: 'data', event: { type: 'opening', share: 0.5 } } },
        { kind: 'event', event: { type: 'failure', failure: FAILURE } },
      ],
      [{ kind: 'engine-port' }, { kind: 'engine-silent' }, { kind: 'probe', id: 1, request: { folder: '/p', timeLimit: 10, env: { A: 'b' } } }],
    ]), // prettier-ignore
  hand: async (messages) => {
    const asked: ToCompute[] = []
    let hear: (message: unknown) => void = () => undefined
    const supervisor = new Supervisor<Child>({
      start: (hears) => {
        hear = hears
        return { post: (message) => asked.push(message), processorSeconds: () => 0, end: () => undefined }
      },
      hear: requireWhole,
      lost: () => {
        throw new Fault('a process is given up for what it says')
      },
    })
    const replies = Array.from({ length: WAITING }, () => supervisor.pass('run.state', undefined))
    let settled = 0
    for (const reply of replies) void reply.then(() => settled++)
    for (const message of copies(messages)) hear(message)
    const later = supervisor.pass('run.memory', undefined)
    const last = asked.at(-1)
    require(last?.kind === 'request', 'no request is passed on any more')
    if (last?.kind === 'request') hear({ kind: 'reply', id: last.id, reply: { ok: true, value: 'later' } })
    const answer = await later
    require(answer.ok && answer.value === 'later', 'a later request is answered otherwise')
    require(supervisor.computeState?.kind === 'running', 'it is not known to run')
    await supervisor.end(AbortSignal.abort())
    await Promise.all(replies.map(async (reply) => requireReply(await reply)))
    return settled > 0 ? 'replies' : 'no replies'
  },
}

/** Whoever waits is answered by a value, or by a failure in words. */
function requireReply(reply: unknown): void {
  require(isFields(reply) && typeof reply['ok'] === 'boolean', 'a request is answered by what is no reply')
  if (!isFields(reply) || reply['ok'] === true) return
  const { failure } = reply
  require(isFields(failure), 'a request fails without a failure')
  if (!isFields(failure)) return
  for (const says of [failure['message'], failure['hint']])
    require(isFields(says) && typeof says['english'] === 'string' && isFields(says['values']), 'a request fails without words') // prettier-ignore
}

/** What main takes from it, it takes as it is: what it reads of each must be there. */
function requireWhole(message: Exclude<FromCompute, { kind: 'reply' | 'alive' }>): void {
  switch (message.kind) {
    case 'event': {
      const { event } = message
      require(typeof event.type === 'string', 'an event is of no type')
      if (event.type !== 'run') break
      require(typeof event.event.type === 'string', 'an event of a run is of no type')
      if (event.event.type === 'state') require(typeof event.event.state.kind === 'string', 'a run is in no state')
      break
    }
    case 'probe': {
      const { id, request } = message
      require(Number.isSafeInteger(id), 'a process to try a library has no number')
      require(typeof request.folder === 'string' && Number.isFinite(request.timeLimit), 'it is not said what to try')
      require(Object.values(request.env).every((value) => typeof value === 'string'), 'a variable has no text')
      break
    }
    case 'engine-port':
    case 'engine-silent':
      break
  }
}
