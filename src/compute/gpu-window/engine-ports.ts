import type { MessagePortMain } from 'electron'
import { StudioError, type Failure } from '../../base/failure'
import type { PortEnd } from '../../engine/remote/protocol'
import { say } from '../../words/say'

/** Main said neither: it has nothing to hand out. */
const NO_PORT: Failure = {
  code: 'engine-unavailable',
  message: say('compute.gpu.died'),
  hint: say('compute.gpu.no-start.hint'),
}

/** Where ports to the hidden window are had: main hands them out when it is asked. */
export class EnginePorts {
  private waiting: { readonly resolve: (port: PortEnd) => void; readonly reject: (failure: StudioError) => void }[] = []

  /**
   * @param ask asks main for a port
   * @param silent tells main that the window hangs
   */
  constructor(
    private readonly ask: () => void,
    readonly silent: () => void,
  ) {}

  /** A new port. @throws StudioError 'engine-unavailable' if there is no window */
  open(): Promise<PortEnd> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject })
      this.ask()
    })
  }

  /** What main answered. */
  take(ports: readonly MessagePortMain[], failure: Failure | null): void {
    const port = ports.at(0)
    const waiting = this.waiting.shift()
    if (waiting && port && !failure) return waiting.resolve(portEnd(port))
    waiting?.reject(StudioError.of(failure ?? NO_PORT))
    port?.close()
  }
}

function portEnd(port: MessagePortMain): PortEnd {
  return {
    post: (message) => port.postMessage(message),
    listen: (hear, closed) => {
      port.on('message', ({ data }) => hear(data))
      port.on('close', closed)
      port.start()
    },
    close: () => port.close(),
  }
}
