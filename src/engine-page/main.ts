import { StudioError } from '../base/failure'
import { WebGpuEngine } from '../engine/webgpu/webgpu-engine'
import { serveEngine } from '../engine/remote/engine-server'
import type { PortEnd } from '../engine/remote/protocol'
import { say } from '../words/say'

/** The program of the hidden window: takes a port from its preload and serves the webgpu engine on it, nothing more. */

/** What is needed of a page; the types of the DOM would reach into the code of Node.js. */
interface PagePort {
  onmessage: ((event: { readonly data: unknown }) => void) | null
  postMessage(message: unknown): void
  addEventListener(type: 'close', listener: () => void): void
  close(): void
}
interface PageMessage {
  readonly source: unknown
  readonly ports: readonly PagePort[]
}
declare const window: {
  addEventListener(type: 'message', listener: (event: PageMessage) => void): void
}
declare const navigator: { readonly gpu?: GPU }

let engine: Promise<WebGpuEngine> | null = null

window.addEventListener('message', ({ source, ports }) => {
  if (source === window && ports.length === 1) serveEngine(portEnd(ports[0]), findEngine)
})

/** One engine for all ports. A search that failed is made again the next time. */
async function findEngine(): Promise<WebGpuEngine> {
  engine ??= search()
  try {
    return await engine
  } catch (error) {
    engine = null
    throw error
  }
}

async function search(): Promise<WebGpuEngine> {
  if (navigator.gpu) return WebGpuEngine.find(navigator.gpu)
  throw new StudioError(
    'engine-unavailable',
    say('engine.webgpu.not-on-this-system'),
    say('engine.webgpu.unavailable.hint'),
  )
}

function portEnd(port: PagePort): PortEnd {
  return {
    post: (message) => port.postMessage(message),
    listen: (hear, closed) => {
      port.onmessage = ({ data }) => hear(data)
      port.addEventListener('close', closed)
    },
    close: () => port.close(),
  }
}
