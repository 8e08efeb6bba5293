import { failureOf, type Failure, type Reply } from '../base/failure'
import type { ProbeEnd } from '../base/probe'
import { toComputeIn } from '../shared/compute-messages'
import type { ComputePlaces, FromCompute } from '../shared/compute-protocol'
import { say, type Sentence } from '../words/say'

/** What answers the requests of each channel, whose parameters main has validated. */
type Handlers = Readonly<Record<string, (params: never) => unknown>>

/** What is served to main. */
export interface Served<Port> {
  /** Makes what answers every request, once it is known where things are kept. */
  handlers(places: ComputePlaces): Handlers
  /** Main's answer to a request for a port to the hidden window. */
  takeEnginePort(ports: readonly Port[], failure: Failure | null): void
  /** Main's answer to a request for a process that tries a library. */
  takeProbeEnd(id: number, end: ProbeEnd): void
  /** @throws if the message cannot be cloned */
  post(message: FromCompute): void
}

/**
 * Answers main's messages: each request gets exactly one reply, be it a failure. What is no message of main is passed over.
 * @returns what takes a message and the ports that come with it
 */
export function serve<Port>(served: Served<Port>): (message: unknown, ports: readonly Port[]) => void {
  let handlers: Handlers | null = null

  async function answer(channel: string, params: unknown): Promise<Reply<unknown>> {
    if (handlers === null) return refused(say('compute.request.too-early', { channel }))
    if (!Object.hasOwn(handlers, channel)) return refused(say('compute.request.unknown', { channel }))
    try {
      return { ok: true, value: await handlers[channel](params as never) }
    } catch (error) {
      return { ok: false, failure: failureOf(error) }
    }
  }

  function reply(id: number, answered: Reply<unknown>): void {
    try {
      served.post({ kind: 'reply', id, reply: answered })
    } catch (error) {
      served.post({ kind: 'reply', id, reply: { ok: false, failure: failureOf(error) } })
    }
  }

  return (heard, ports) => {
    const message = toComputeIn(heard)
    if (message === null) return
    switch (message.kind) {
      case 'places':
        // They are told once: what is at work keeps to them.
        handlers ??= served.handlers(message.places)
        return served.post({ kind: 'alive' })
      case 'ping':
        return served.post({ kind: 'alive' })
      case 'request':
        return void answer(message.channel, message.params).then((answered) => reply(message.id, answered))
      case 'engine-port':
        return served.takeEnginePort(ports, message.failure)
      case 'probed':
        return served.takeProbeEnd(message.id, message.end)
    }
  }
}

function refused(message: Sentence): Reply<never> {
  return { ok: false, failure: { code: 'invalid-request', message, hint: say('compute.request.restart') } }
}
