import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { DispatchLimit, moving, SUBMISSION_WORK } from '../../src/engine/webgpu/cut'
import { planDrawing, type DrawPlan } from '../../src/engine/webgpu/draw-plan'
import { defineKernel, EACH_STRIP, STRIP_FIELDS, writes } from '../../src/engine/webgpu/kernel'
import { layersOf, levelsOf } from '../../src/engine/webgpu/levels'
import { Recorder, type Grid } from '../../src/engine/webgpu/recorder'
import { BUFFER_USAGE } from '../../src/engine/webgpu/usage'
import { WebGpuEngine } from '../../src/engine/webgpu/webgpu-engine'
import { ROWS_OF_GROUP } from '../../src/engine/webgpu/wgsl/draw'
import { LARGE_TILE, SMALL_TILE, TALL_TILE } from '../../src/engine/webgpu/wgsl/tile'
import { BIAS_STRIP } from '../../src/engine/webgpu/wgsl/update'
import type { ModelSpec } from '../../src/made/spec'
import { randomConnectivity, randomParameters, randomRows } from '../reference/random-models'
import { ADAM } from '../reference/training-settings'
import { describeWebGpu } from './found-webgpu'
import { variablesOf } from '../../src/made/variables'

vi.setConfig({ testTimeout: 180_000 })

/** A dispatch as it was recorded. */
interface Recorded {
  readonly kernel: string
  readonly values: Readonly<Record<string, number>>
  readonly grid: Grid
  /** What the engine says of it. */
  readonly work: number
}

/** How many pieces a dispatch has that cannot be cut further, and the multiply-adds of one, from what the kernel is given. */
function piecesOf(
  { kernel, values: v, grid: [x, y = 1, z = 1] }: Recorded,
  plan: DrawPlan,
): { readonly pieces: number; readonly work: number } {
  const tile = [SMALL_TILE, LARGE_TILE, TALL_TILE].find(({ name }) => kernel.includes(`${name} tile`))
  if (tile)
    return {
      pieces: x * y,
      work: tile.rows * tile.columns * (kernel.startsWith('weight update') ? v['rows'] : v['limit']),
    }
  const [name] = kernel.split(',')
  const pieces = v['endStrip'] - v['firstStrip']
  const vectors = 4 * v['pitch']
  switch (name) {
    case 'expand picked rows':
    case 'expand rows':
      return { pieces, work: moving(3 * vectors) }
    case 'pack rows':
      return { pieces, work: moving(2 * v['inputs']) }
    case 'rearrange':
      return { pieces, work: moving(3 * v['columns']) }
    case 'constants of units':
      return { pieces, work: moving(3 * v['below']) }
    case 'finish output':
      return { pieces, work: moving((v['parts'] + 3) * vectors) }
    case 'mean losses':
      return { pieces, work: 0 }
    case 'pack blocks':
      // Threads in x are rounded up to groups of 64.
      return { pieces, work: moving(3 * (64 * (x - 1) + 1) * z) }
    case 'draw block': {
      const { weights } = plan.blocks[v['block'] / plan.blockLength]
      return { pieces, work: (ROWS_OF_GROUP + moving(1)) * weights }
    }
    default:
      if (name.startsWith('finish hidden') || name.startsWith('finish delta'))
        return { pieces, work: moving((v['parts'] + 2) * vectors) }
      if (name.startsWith('bias update')) return { pieces, work: moving(BIAS_STRIP * v['rows']) }
      if (name.startsWith('conditioning update')) return { pieces, work: moving(6 * v['below']) }
      throw new Error(`it is not said how much work “${kernel}” is`)
  }
}

const models = fc.record<ModelSpec>({
  inputs: fc.integer({ min: 2, max: 900 }),
  hidden: fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 3 }),
  activation: fc.constant('relu'),
  directConnections: fc.boolean(),
  conditioningWeights: fc.boolean(),
})

describeWebGpu('the dispatches of the webgpu engine', (engine, gpu) => {
  afterEach(() => void vi.restoreAllMocks())

  it('have no more work than one may have, of every kind, unless they cannot be cut', () =>
    fc.assert(
      fc.asyncProperty(
        models,
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 20, max: 30 }),
        async (spec, count, size) => {
          const most = 2 ** size / 10
          vi.spyOn(DispatchLimit.prototype, 'work', 'get').mockReturnValue(most)
          const recorded: Recorded[] = []
          // Nothing is computed: it is only seen what would be.
          vi.spyOn(Recorder.prototype, 'add').mockImplementation(({ name }, _buffers, values, grid, work) => {
            recorded.push({ kernel: name, values, grid, work })
          })
          const [settled, other] = [1, 2].map((i) => randomConnectivity(spec, i))
          const rows = randomRows(count, spec.inputs, 1)
          const every = Uint32Array.from({ length: count }, (_, i) => i)
          const session = await engine.open({ spec, parameters: randomParameters(spec, 1) }, { ...ADAM, l2: 0.1 })
          await session.setData(rows)
          await session.train([every, every], [settled, settled])
          await session.train([every], [other])
          await session.logLikelihood(rows, [settled, other])
          await session.conditionals(rows, other)
          await session.complete(rows, rows, { count, first: 0, seed: 1, connectivity: other })
          await session.readState()
          await session.close()
          vi.restoreAllMocks()
          const plan = planDrawing(other, variablesOf(spec), layersOf(spec), levelsOf(spec))
          for (const dispatch of recorded) {
            const { pieces, work } = piecesOf(dispatch, plan)
            if (pieces > 1 && pieces * work > most)
              expect.fail(`${dispatch.kernel}: ${pieces} pieces of ${work} are more than ${most}`)
            if (dispatch.work < pieces * work)
              expect.fail(`${dispatch.kernel} has more work, ${pieces * work}, than is said, ${dispatch.work}`)
          }
          expect(
            new Set(recorded.map(({ kernel }) => kernel.split(',')[0].split(' ').slice(0, 2).join(' '))).size,
          ).toBeGreaterThan(11)
        },
      ),
      { numRuns: 12 },
    ))

  describe('of a recorder', () => {
    const kernel = defineKernel(
      'count strips',
      { ...STRIP_FIELDS },
      { counts: writes('u32') },
      /* wgsl */ `
@compute @workgroup_size(1)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u) {
  ${EACH_STRIP} { counts[strip] += 1u; }
}`,
    )

    it('visit each strip once, however many there are and however few go at once', async () => {
      const own = await WebGpuEngine.find(gpu)
      const device = await own.usableDevice()
      const count = 70_000
      const counts = device.createBuffer('counts', 4 * count, BUFFER_USAGE.storage)
      const results = device.createBuffer('results', 4 * count, BUFFER_USAGE.readback)
      for (const most of [1e9, 30_000.5, 97]) {
        vi.spyOn(DispatchLimit.prototype, 'work', 'get').mockReturnValue(most)
        const recorder = new Recorder(device)
        recorder.addStrips(kernel, { counts }, {}, { count, work: 1 })
        recorder.copy(counts, results, 4 * count)
        recorder.submit()
        await results.buffer.mapAsync(1)
        const visits = new Uint32Array(results.buffer.getMappedRange().slice(0))
        results.buffer.unmap()
        expect(visits.every((times) => times === visits[0])).toBe(true)
        recorder.close()
      }
      await own.close()
    })

    it('have kernels that are compiled once, beside the thread that serves the GPU', async () => {
      const own = await WebGpuEngine.find(gpu)
      const { device } = await own.usableDevice()
      const compiled = vi.spyOn(device, 'createComputePipelineAsync')
      const compiledAtOnce = vi.spyOn(device, 'createComputePipeline')
      const spec: ModelSpec = {
        inputs: 20,
        hidden: [12],
        activation: 'relu',
        directConnections: true,
        conditioningWeights: true,
      }
      const rows = randomRows(10, spec.inputs, 1)
      const [settled, other] = [1, 2].map((i) => randomConnectivity(spec, i))
      for (let i = 0; i < 2; i++) {
        const session = await own.open({ spec, parameters: randomParameters(spec, 1) }, ADAM)
        await session.setData(rows)
        await session.train([Uint32Array.of(1, 2), Uint32Array.of(3)], [settled, settled])
        await session.train([Uint32Array.of(1, 2)], [other])
        await session.logLikelihood(rows, [settled, other])
        await session.sample({ count: 3, first: 0, seed: 1, connectivity: other })
        await session.close()
      }
      const names = compiled.mock.calls.map(([{ label }]) => label)
      expect(names.length).toBeGreaterThan(12)
      expect(new Set(names).size).toBe(names.length)
      expect(compiledAtOnce).not.toHaveBeenCalled()
      await own.close()
    })

    it('are submitted before they are too much together', async () => {
      const own = await WebGpuEngine.find(gpu)
      const device = await own.usableDevice()
      const counts = device.createBuffer('counts', 16, BUFFER_USAGE.storage)
      const submit = vi.spyOn(device.device.queue, 'submit')
      const recorder = new Recorder(device)
      const add = (work: number): void => recorder.add(kernel, { counts }, { firstStrip: 0, endStrip: 1 }, [1], work)
      const half = SUBMISSION_WORK / 2
      const seen = [half, half, 1, half, half, 3 * half, 1].map((work) => {
        add(work)
        return submit.mock.calls.length
      })
      expect(seen).toEqual([0, 0, 1, 1, 2, 3, 4])
      recorder.close()
      await own.close()
    })
  })
})
