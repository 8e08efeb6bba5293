import { largest } from '../../base/extremes'
import type { Connectivity } from '../../made/connectivity'
import type { ConnectivityLayout } from './connectivity-record'
import { moving } from './cut'
import { planDrawing, type DrawPlan } from './draw-plan'
import type { GpuBuffer } from './gpu-buffer'
import type { GpuDevice } from './gpu-device'
import type { Layer } from './levels'
import type { Seen } from './network-parts'
import type { Recorder } from './recorder'
import { BUFFER_USAGE } from './usage'
import { INPUTS_BELOW, packBlocks } from './wgsl/draw'
import { rearrange } from './wgsl/layout-kernels'

const FLOAT = Float32Array.BYTES_PER_ELEMENT
const PACK_BLOCKS = packBlocks()
const REARRANGE = rearrange()

/** How rows are drawn under a connectivity, and what is needed of the weights, as the kernels read them. */
export interface Packed {
  readonly connectivity: Connectivity
  /** Of the parameters. */
  readonly version: number
  readonly plan: DrawPlan
  readonly planBuffer: GpuBuffer
  /** Constants of units, then the weights within each block. */
  readonly weights: GpuBuffer
}

/** Packs the weights within the blocks of a plan for drawing; kept from call to call while model and connectivity stay. */
export class PackedBlocks {
  private packed: Packed | null = null

  constructor(
    private readonly gpu: GpuDevice,
    private readonly recorder: Recorder,
    private readonly layers: readonly Layer[],
    private readonly layout: ConnectivityLayout,
    private readonly connectivities: GpuBuffer,
    /** Per layer with biases, what units add whatever the row. */
    private readonly constants: readonly GpuBuffer[],
  ) {}

  /**
   * The blocks of a connectivity that the kernels see. What packing them takes is recorded.
   * @param version changes with the parameters
   */
  hold(connectivity: Connectivity, seen: Seen, version: number): Packed {
    const known = this.packed?.connectivity === connectivity ? this.packed : this.make(connectivity, version)
    if (known === this.packed && known.version === version) return known
    this.packed = { ...known, version }
    this.record(this.packed, seen)
    return this.packed
  }

  close(): void {
    this.packed?.planBuffer.buffer.destroy()
    this.packed?.weights.buffer.destroy()
    this.packed = null
  }

  private make(connectivity: Connectivity, version: number): Packed {
    this.close()
    this.recorder.forgetBuffers()
    const plan = planDrawing(connectivity, this.layout.variables, this.layers, this.layout.levels)
    const planBuffer = this.gpu.createBuffer('plan-of-drawing', plan.numbers.byteLength, BUFFER_USAGE.storage)
    this.gpu.device.queue.writeBuffer(planBuffer.buffer, 0, plan.numbers)
    const weights = this.gpu.createBuffer('weights-within-blocks', FLOAT * plan.packedLength, BUFFER_USAGE.storage)
    return { connectivity, version, plan, planBuffer, weights }
  }

  private record({ plan, planBuffer, weights }: Packed, seen: Seen): void {
    this.layers.forEach(({ level, below, kind }, i) => {
      const tables = this.layout.level
      if (kind !== 'direct')
        this.recorder.addStrips(
          REARRANGE,
          { maps: this.connectivities, from_: this.constants[i], to: weights },
          {
            columns: this.layout.levels.padded[level],
            firstRow: 0,
            rowMap: 0,
            columnMap: seen.at + tables[level].order,
            fromPitch: 0,
            toPitch: 0,
            first: plan.constants[i],
            scatter: 0,
          },
          {
            count: 1,
            work: moving(3 * this.layout.levels.padded[level]),
            x: Math.ceil(this.layout.levels.padded[level] / 64),
          },
        )
      const mostUnits = largest(plan.blocks.map((block) => block.layers[i].count))
      const mostBelow = largest(
        plan.blocks.map((block) => (below === 0 ? block.columns : block.layers[below - 1].count)),
      )
      this.recorder.addStrips(
        PACK_BLOCKS,
        { plan: planBuffer, connectivity: this.connectivities, weights: seen.weights[i], packed: weights },
        {
          blockLength: plan.blockLength,
          layer: i,
          below: below === 0 ? INPUTS_BELOW : below - 1,
          unitDegrees: seen.at + this.layout.unitTables(this.layers[i]).unit,
          belowDegrees: seen.at + tables[below].below,
          pitch: this.layout.levels.padded[below],
        },
        {
          count: mostBelow,
          work: moving(3 * mostUnits * plan.blocks.length),
          x: Math.ceil(mostUnits / 64),
          z: plan.blocks.length,
        },
      )
    })
  }
}
