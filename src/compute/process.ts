import { failureOf, StudioError, type Reply } from '../base/failure'
import type { FromCompute, ToCompute } from '../shared/compute-protocol'
import { EnginePorts } from './gpu-window/engine-ports'
import { computeHandlers } from './service'

/** The entry of the utility process: requests in, replies and events out. */

type AnyHandler = (params: unknown) => unknown

const enginePorts = new EnginePorts(
  () => post({ kind: 'engine-port' }),
  () => post({ kind: 'engine-silent' }),
)
let handlers: ReadonlyMap<string, AnyHandler> | null = null

process.parentPort.on('message', ({ data, ports }: { data: ToCompute; ports: Electron.MessagePortMain[] }) => {
  switch (data.kind) {
    case 'places':
      handlers = new Map(
        Object.entries(computeHandlers(data.places, (event) => post({ kind: 'event', event }), enginePorts)) as [
          string,
          AnyHandler,
        ][],
      )
      break
    case 'request':
      void answer(data.channel, data.params).then((reply) => post({ kind: 'reply', id: data.id, reply }))
      break
    case 'engine-port':
      enginePorts.take(ports, data.failure)
      break
  }
})

async function answer(channel: string, params: unknown): Promise<Reply<unknown>> {
  try {
    const handler = handlers?.get(channel)
    if (!handler)
      throw new StudioError('invalid-request', `The request "${channel}" is not known.`, 'Please update MADE Studio.')
    return { ok: true, value: await handler(params) }
  } catch (error) {
    return { ok: false, failure: failureOf(error) }
  }
}

function post(message: FromCompute): void {
  process.parentPort.postMessage(message)
}
