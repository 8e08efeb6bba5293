import { failureOf } from '../base/failure'
import type { FromCompute, ToCompute } from '../shared/compute-protocol'
import { EnginePorts } from './gpu-window/engine-ports'
import { Probes } from './probes'
import { serve } from './serve'
import { computeHandlers } from './service'

/** The entry of the utility process: requests in, replies and events out. */

const post = (message: FromCompute): void => process.parentPort.postMessage(message)
const enginePorts = new EnginePorts(
  () => post({ kind: 'engine-port' }),
  () => post({ kind: 'engine-silent' }),
)
const probes = new Probes((id, request) => post({ kind: 'probe', id, request }))
const take = serve<Electron.MessagePortMain>({
  handlers: (places) => computeHandlers(places, (event) => post({ kind: 'event', event }), enginePorts, probes.run),
  takeEnginePort: (ports, failure) => enginePorts.take(ports, failure),
  takeProbeEnd: (id, end) => probes.take(id, end),
  post,
})
process.parentPort.on('message', ({ data, ports }: { data: ToCompute; ports: Electron.MessagePortMain[] }) =>
  take(data, ports),
)

// Whoever waits for a promise hears of its failure; one that nobody waits for belongs to work that went on without it. An
// exception that nobody catches ends the process instead, which is then started again: what it left half done is unknown.
process.on('unhandledRejection', (reason) =>
  post({ kind: 'event', event: { type: 'failure', failure: failureOf(reason) } }),
)
