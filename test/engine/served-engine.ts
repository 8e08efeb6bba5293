import type { MessagePort } from 'node:worker_threads'
import type { Engine } from '../../src/engine/contract'
import type { ServedEngine } from '../../src/engine/remote/engine-server'
import type { CallMessage, PortEnd } from '../../src/engine/remote/protocol'

/** An end of a port of Node.js. @param sent takes the calls that go over it */
export function portEnd(port: MessagePort, sent?: CallMessage[]): PortEnd {
  return {
    post: (message) => {
      if (typeof message === 'object' && 'call' in message) sent?.push(message)
      port.postMessage(message)
    },
    listen: (hear, closed) => {
      port.on('message', hear)
      port.on('close', closed)
    },
    close: () => port.close(),
  }
}

/** An engine that can be served, and has room for everything. */
export function served(engine: Engine): ServedEngine {
  return {
    id: engine.id,
    device: engine.device,
    heads: engine.heads,
    note: null,
    requireFit: () => undefined,
    open: (model, training) => engine.open(model, training),
  }
}
