import type { MessagePortMain } from 'electron'
import type { FromCompute } from '../shared/compute-protocol'
import { EnginePorts } from './gpu-window/engine-ports'
import { Probes } from './probes'
import { serve } from './serve'
import { computeHandlers } from './service'

/**
 * All that answers main, whatever carries the messages.
 * @param post hands a message to main. @throws if it cannot be cloned
 * @returns what takes a message of main and the ports that come with it
 */
export function computeServer(
  post: (message: FromCompute) => void,
): (message: unknown, ports: readonly MessagePortMain[]) => void {
  const enginePorts = new EnginePorts(
    () => post({ kind: 'engine-port' }),
    () => post({ kind: 'engine-silent' }),
  )
  const probes = new Probes((id, request) => post({ kind: 'probe', id, request }))
  return serve<MessagePortMain>({
    handlers: (places) => computeHandlers(places, (event) => post({ kind: 'event', event }), enginePorts, probes.run),
    takeEnginePort: (ports, failure) => enginePorts.take(ports, failure),
    takeProbeEnd: (id, end) => probes.take(id, end),
    post,
  })
}
