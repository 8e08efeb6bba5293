import { describe, expect, it, vi } from 'vitest'
import { defineKernel, reads, writes } from '../../src/engine/webgpu/kernel'
import { Readback } from '../../src/engine/webgpu/readback'
import { Recorder } from '../../src/engine/webgpu/recorder'
import { BUFFER_USAGE } from '../../src/engine/webgpu/usage'
import { WebGpuEngine } from '../../src/engine/webgpu/webgpu-engine'
import { sumCode, type SumMethod } from '../../src/engine/webgpu/wgsl/sum'
import { isLong, longName } from '../long'
import { engineConformance } from './conformance'
import { describeWebGpu } from './found-webgpu'
import { VARIABLE_KINDS } from '../../src/made/variables'

vi.setConfig({ testTimeout: 180_000 })

/** The same GPU as one that offers no subgroups. */
function withoutSubgroups(gpu: GPU): GPU {
  const requestAdapter = async (options?: GPURequestAdapterOptions): Promise<GPUAdapter | null> => {
    const adapter = await gpu.requestAdapter(options)
    if (!adapter) return null
    const features = new Set([...adapter.features].filter((name) => name !== 'subgroups'))
    const { info, limits } = adapter
    return {
      info,
      limits,
      features,
      requestDevice: (wanted?: GPUDeviceDescriptor) => adapter.requestDevice(wanted),
    } as unknown as GPUAdapter
  }
  return { requestAdapter, wgslLanguageFeatures: gpu.wgslLanguageFeatures } as unknown as GPU
}

describeWebGpu('sums on a GPU', (engine, gpu) => {
  const plain = WebGpuEngine.find(withoutSubgroups(gpu))

  it('are made by subgroups where there are any, and in workgroup memory elsewhere', async (context) => {
    expect((await (await plain).usableDevice()).sumMethod).toBe('workgroup-memory')
    if (!(await gpu.requestAdapter())?.features.has('subgroups') || !gpu.wgslLanguageFeatures.has('subgroup_id'))
      context.skip('this GPU offers no subgroups')
    expect((await engine.usableDevice()).sumMethod).toBe('subgroups')
  })

  describe.each<[SumMethod, () => Promise<WebGpuEngine>]>([
    ['subgroups', () => Promise.resolve(engine)],
    ['workgroup-memory', () => plain],
  ])('by %s', (method, find) => {
    it.for([2, 8, 32, 64, 128])(
      'are those of all %d threads, for each of them, again and again',
      async (threads, context) => {
        const device = await (await find()).usableDevice()
        if (device.sumMethod !== method) context.skip('this GPU offers no subgroups')
        const sum = sumCode(threads, method)
        const kernel = defineKernel(
          `sums of ${threads}${sum.suffix}`,
          { rounds: 'u32' },
          { values: reads('f32'), results: writes('f32') },
          /* wgsl */ `
${sum.declarations}
@compute @workgroup_size(${threads})
fn main(${sum.parameters}) {
  for (var round = 0u; round < d.rounds; round++) {
    let total = ${sum.of(`values[round * ${threads}u + tid]`)};
    results[round * ${threads}u + tid] = total;
  }
}`,
          {},
          sum.directives,
        )
        const rounds = 20
        const given = Float32Array.from({ length: rounds * threads }, (_, i) => (i * 7919) % 1000)
        const values = device.createBuffer('values', given.byteLength, BUFFER_USAGE.storage)
        const results = device.createBuffer('results', given.byteLength, BUFFER_USAGE.storage)
        device.device.queue.writeBuffer(values.buffer, 0, given)
        const recorder = new Recorder(device)
        recorder.add(kernel, { values, results }, { rounds }, [1], 1)
        const totals = new Float32Array(
          await new Readback(device).read(recorder, [{ buffer: results, bytes: given.byteLength }]),
        )
        // Whole numbers: exact in any order.
        totals.forEach((total, i) => {
          const round = Math.floor(i / threads)
          expect(total).toBe(given.subarray(round * threads, (round + 1) * threads).reduce((a, b) => a + b))
        })
      },
    )
  })

  describe.skipIf(!isLong)(longName('of every kind, without subgroups'), () =>
    engineConformance('webgpu without subgroups', () => plain, { runs: 2, heads: VARIABLE_KINDS }),
  )
})
