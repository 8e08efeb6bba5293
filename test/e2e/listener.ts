import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

/** What waits on this computer for whoever tries to reach out. */
export interface Listener {
  /** Of the same port, as pages write them. */
  readonly addresses: { readonly http: string; readonly ws: string; readonly stun: string }
  /** Connections and packets since it was last asked. */
  heard(): number
  close(): void
}

/** Listens to anything that connects over TCP or sends a packet over UDP. */
export async function listen(): Promise<Listener> {
  let count = 0
  const server = createServer((socket) => {
    count++
    socket.on('error', () => undefined).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const packets = createSocket('udp4', () => count++)
  await once(packets.bind(port, '127.0.0.1'), 'listening')
  return {
    addresses: { http: `http://127.0.0.1:${port}/`, ws: `ws://127.0.0.1:${port}/`, stun: `stun:127.0.0.1:${port}` },
    heard: () => {
      const heard = count
      count = 0
      return heard
    },
    close: () => {
      server.close()
      packets.close()
    },
  }
}
