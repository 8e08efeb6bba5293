import { StudioError } from '../../base/failure'
import { VARIABLE_KINDS } from '../../made/variables'
import type { ModelSpec } from '../../made/spec'
import { say, type Sentence } from '../../words/say'
import type { DeviceInfo, SessionModel, TrainingSettings } from '../contract'
import { QueuedEngine, type SessionWork } from '../queued-engine'
import { mostBufferBytes } from './gpu-buffer'
import { adapterName, GpuDevice, isSoftwareAdapter } from './gpu-device'
import { WebGpuSession } from './webgpu-session'
import { requireTensorSizes } from './weight-store'

/** Any GPU, through WebGPU. Sessions share one device; after it is lost the next session opens another. */
export class WebGpuEngine extends QueuedEngine {
  readonly id = 'webgpu'
  readonly heads = VARIABLE_KINDS
  readonly device: DeviceInfo
  /** What is worth knowing about it; null if nothing is. */
  readonly note: Sentence | null
  /** The most bytes that one tensor of a model may have. */
  private readonly mostBytes: number
  private gpu: Promise<GpuDevice> | null = null

  private constructor(
    private readonly source: GPU,
    adapter: GPUAdapter,
    /** Whether the processor plays the GPU: such an adapter is for tests, and never preferred. */
    readonly isSoftware: boolean,
  ) {
    super()
    this.mostBytes = mostBufferBytes(adapter.limits)
    this.note = isSoftware ? say('engine.webgpu.software') : null
    this.device = {
      kind: isSoftware ? 'cpu' : 'gpu',
      name: say('engine.webgpu.device', { adapter: adapterName(adapter.info) }),
    }
  }

  /**
   * The engine on the best adapter of a GPU object: the browser's `navigator.gpu`, or Dawn's in Node.js.
   * @throws StudioError 'engine-unavailable' if there is no adapter
   */
  static async find(source: GPU): Promise<WebGpuEngine> {
    const adapter = await requestAdapter(source)
    return new WebGpuEngine(source, adapter, isSoftwareAdapter(adapter.info))
  }

  /** @throws StudioError 'too-large' if a tensor of the model is larger than the GPU allows */
  requireFit(spec: ModelSpec): void {
    requireTensorSizes(this.mostBytes, spec)
  }

  protected async begin(model: SessionModel, training: TrainingSettings | null): Promise<SessionWork> {
    return WebGpuSession.open(await this.usableDevice(), model, training)
  }

  /** Gives the device back; open sessions end. */
  async close(): Promise<void> {
    const { gpu } = this
    this.gpu = null
    if (gpu) (await gpu).close()
  }

  /** The device, for measurements. */
  usableDevice(): Promise<GpuDevice> {
    this.gpu = this.usableAfter(this.gpu)
    return this.gpu
  }

  /** Whoever asks at the same time waits for the same device. */
  private async usableAfter(earlier: Promise<GpuDevice> | null): Promise<GpuDevice> {
    // Whoever asked for a device that could not be had was told so; this call tries anew.
    const known = await earlier?.catch(() => null)
    if (known?.isUsable) return known
    known?.close()
    // An adapter gives one device only, and a lost one none.
    return GpuDevice.open(await requestAdapter(this.source), this.source.wgslLanguageFeatures)
  }
}

async function requestAdapter(source: GPU): Promise<GPUAdapter> {
  const adapter = await source.requestAdapter({ powerPreference: 'high-performance' })
  if (adapter) return adapter
  throw new StudioError('engine-unavailable', say('engine.webgpu.no-gpu'), say('engine.webgpu.no-gpu.hint'))
}
