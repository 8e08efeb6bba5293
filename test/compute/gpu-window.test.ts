import { MessageChannel } from 'node:worker_threads'
import { describe, expect, it, vi } from 'vitest'
import { StudioError } from '../../src/base/failure'
import { GpuEngine } from '../../src/compute/gpu-window/gpu-engine'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { serveEngine } from '../../src/engine/remote/engine-server'
import type { PortEnd } from '../../src/engine/remote/protocol'
import { portEnd, served } from '../engine/served-engine'
import { verbatim } from '../../src/words/say'

describe('the search for the engine of the hidden window', () => {
  /** A port on which the cpu engine answers. */
  const openPort = (): Promise<PortEnd> => {
    const { port1, port2 } = new MessageChannel()
    serveEngine(portEnd(port2), async () => served(new CpuEngine('test')))
    return Promise.resolve(portEnd(port1))
  }

  it('says why there is no window, and finds the next one', async () => {
    let isThere = false
    const lacking = new StudioError('engine-unavailable', 'It did not load.', 'Use another.')
    const gpu = new GpuEngine(
      () => (isThere ? openPort() : Promise.reject(lacking)),
      () => undefined,
    )
    expect(await Promise.all([gpu.find(), gpu.find()])).toEqual(
      [1, 2].map(() => ({
        id: 'webgpu',
        available: false,
        device: null,
        reason: { code: 'engine-unavailable', message: verbatim('It did not load.'), hint: verbatim('Use another.') },
      })),
    )
    isThere = true
    expect(await gpu.find()).toMatchObject({ available: true })
  })

  it('opens one port, however many search at once', async () => {
    const open = vi.fn(openPort)
    const gpu = new GpuEngine(open, () => undefined)
    for (const finding of await Promise.all([gpu.find(), gpu.find(), gpu.find()]))
      expect(finding).toMatchObject({ available: true })
    expect(open).toHaveBeenCalledTimes(1)
  })
})
