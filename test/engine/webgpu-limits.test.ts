import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it, vi } from 'vitest'
import { BitMatrix } from '../../src/data/bit-matrix'
import type { Session } from '../../src/engine/contract'
import { WebGpuEngine } from '../../src/engine/webgpu/webgpu-engine'
import { connectivityAt, UNLIMITED, type Schedule } from '../../src/made/schedule'
import type { ModelSpec } from '../../src/made/spec'
import { longOr } from '../long'
import { randomConnectivity, randomParameters, randomRows } from '../reference/random-models'
import { ADAM } from '../reference/training-settings'
import { describeWebGpu } from './found-webgpu'

vi.setConfig({ testTimeout: 240_000 })

const SPEC: ModelSpec = {
  inputs: 20,
  hidden: [30, 10],
  activation: 'relu',
  directConnections: true,
  conditioningWeights: true,
}
/** So small that its dispatches are what takes time. */
const TINY: ModelSpec = {
  inputs: 20,
  hidden: [12],
  activation: 'relu',
  directConnections: false,
  conditioningWeights: false,
}
/** What every WebGPU adapter offers, in bytes. */
const LEAST_BINDING = 2 ** 27
const LEAST_BUFFER = 2 ** 28

/** The same GPU with no more than every adapter offers: its devices have these limits and hold to them. */
function modest(gpu: GPU): GPU {
  const requestAdapter = async (options?: GPURequestAdapterOptions): Promise<GPUAdapter | null> => {
    const adapter = await gpu.requestAdapter(options)
    if (!adapter) return null
    const limits = { maxBufferSize: LEAST_BUFFER, maxStorageBufferBindingSize: LEAST_BINDING }
    const { info, features } = adapter
    return {
      info,
      features,
      limits,
      requestDevice: (wanted?: GPUDeviceDescriptor) => adapter.requestDevice(wanted),
    } as unknown as GPUAdapter
  }
  return { requestAdapter, wgslLanguageFeatures: gpu.wgslLanguageFeatures } as unknown as GPU
}

describeWebGpu('the webgpu engine at the limits of a GPU', (_, gpu) => {
  it('refuses in words what does not fit one buffer, and is as good as before', async () => {
    const complaints = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')]
    const engine = await WebGpuEngine.find(modest(gpu))
    const { device } = await engine.usableDevice()
    expect(device.limits.maxStorageBufferBindingSize).toBe(LEAST_BINDING)
    const uncaptured: string[] = []
    device.addEventListener('uncapturederror', ({ error }) => uncaptured.push(error.message))

    const wide: ModelSpec = { ...SPEC, inputs: 2, hidden: [6000, 6000] }
    await expect(engine.open({ spec: wide, parameters: new Map() }, ADAM)).rejects.toMatchObject({
      code: 'too-large',
      message: 'The weights of the layer "hidden.1" would take 139 MB in one piece; this GPU allows 128 MB.',
    })

    const session = await engine.open({ spec: SPEC, parameters: randomParameters(SPEC, 1) }, ADAM)
    const connectivity = randomConnectivity(SPEC, 1)
    const rows = randomRows(10, SPEC.inputs, 1)
    const works = async (of: Session): Promise<void> => {
      await of.setData(rows)
      expect(await of.train([Uint32Array.of(1, 2)], [connectivity])).toHaveLength(1)
      expect((await of.logLikelihood(rows, [connectivity]))[0]).toHaveLength(10)
    }
    await works(session)

    // A minibatch whose inputs alone take more, as numbers of four bytes for each of 32 columns.
    await expect(session.train([new Uint32Array(LEAST_BINDING / 128 + 1)], [connectivity])).rejects.toMatchObject({
      code: 'too-large',
      hint: expect.stringContaining('a smaller minibatch'),
    })
    await works(session)

    const vast = new BitMatrix(LEAST_BINDING / 4 + 1, SPEC.inputs)
    const tooManyRows = {
      code: 'too-large',
      message: expect.stringMatching(/rows would take 129 MB in one piece; this GPU allows 128 MB/),
      hint: expect.stringContaining('fewer rows'),
    }
    await expect(session.setData(vast)).rejects.toMatchObject(tooManyRows)
    // The rows of before are gone: it says so, and does not read what is not there.
    await expect(session.train([Uint32Array.of(1)], [connectivity])).rejects.toThrow('before setData')
    await expect(session.logLikelihood(vast, [connectivity])).rejects.toMatchObject(tooManyRows)
    await expect(session.conditionals(vast, connectivity)).rejects.toMatchObject({ code: 'too-large' })
    await works(session)

    // As much as fits exactly.
    await session.setData(vast.slice(0, LEAST_BINDING / 4))
    expect(await session.train([Uint32Array.of(LEAST_BINDING / 4 - 1)], [connectivity])).toHaveLength(1)
    await session.close()
    await engine.close()
    expect(uncaptured).toEqual([])
    for (const complaint of complaints) expect(complaint).not.toHaveBeenCalled()
  })

  it('holds as much memory after many updates as after fewer, each under a connectivity of its own', async () => {
    const engine = await WebGpuEngine.find(gpu)
    const { device } = await engine.usableDevice()
    const sizes = new Map<GPUBuffer, number>()
    const create = device.createBuffer.bind(device)
    device.createBuffer = (descriptor) => {
      const buffer = create(descriptor)
      sizes.set(buffer, descriptor.size)
      const destroy = buffer.destroy.bind(buffer)
      buffer.destroy = () => {
        sizes.delete(buffer)
        return destroy()
      }
      return buffer
    }
    const schedule: Schedule = { orderings: UNLIMITED, masks: UNLIMITED, singleOrdering: 'random', seed: 4 }
    const session = await engine.open({ spec: TINY, parameters: randomParameters(TINY, 1) }, ADAM)
    const rows = randomRows(500, TINY.inputs, 1)
    await session.setData(rows)
    let updates = 0
    /** So many lists of 50 updates, with scores, draws and a checkpoint now and then. */
    const work = async (lists: number): Promise<void> => {
      for (let list = 0; list < lists; list++) {
        const under = Array.from({ length: 50 }, () => connectivityAt(TINY, schedule, updates++))
        await session.train(
          under.map((_, i) => Uint32Array.from({ length: 4 }, (_, j) => (i * 37 + j) % 500)),
          under,
        )
        if (list % 5 > 0) continue
        await session.logLikelihood(rows, under.slice(0, 5))
        await session.sample({ count: 10, first: 0, seed: updates, connectivity: under[0] })
        await session.writeState(await session.readState())
      }
    }
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const held = () => {
      collect()
      return {
        buffers: sizes.size,
        bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0),
        megabytes: process.memoryUsage().rss / 2 ** 20,
      }
    }
    const [first, last] = longOr([10, 24], [2, 3])
    await work(first)
    const early = held()
    await work(first)
    const middle = held()
    await work(last)
    const late = held()
    console.log(
      `${50 * first}, ${100 * first} and ${updates} updates: ${[early, middle, late].map(({ buffers, bytes, megabytes }) => `${buffers} buffers, ${bytes} bytes on the GPU, ${megabytes.toFixed(0)} MB`).join('; ')}`,
    )
    expect(early.buffers).toBeGreaterThan(15)
    for (const { buffers, bytes } of [middle, late]) expect([buffers, bytes]).toEqual([early.buffers, early.bytes])
    // In the long form 1,200 further updates of nine dispatches: not six kilobytes kept of each.
    expect(late.megabytes - middle.megabytes).toBeLessThan(60)
    await session.close()
    expect(sizes.size).toBe(0)
    await engine.close()
  })
})
