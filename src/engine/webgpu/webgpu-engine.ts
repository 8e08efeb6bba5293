import type { Optimizer } from '../../made/optimizer'
import { StudioError } from '../../base/failure'
import type { DeviceInfo, Engine, Session, SessionModel } from '../contract'
import { mostBufferBytes } from './gpu-buffer'
import { adapterName, GpuDevice, isSoftwareAdapter } from './gpu-device'
import { WebGpuSession } from './webgpu-session'

/** Any GPU, through WebGPU. Sessions share one device; after it is lost the next session opens another. */
export class WebGpuEngine implements Engine {
  readonly id = 'webgpu'
  readonly device: DeviceInfo
  /** The most bytes that one tensor of a model may have. */
  readonly mostBytes: number
  private gpu: Promise<GpuDevice> | null = null

  private constructor(
    private readonly source: GPU,
    adapter: GPUAdapter,
    /** Whether the processor plays the GPU: such an adapter is for tests, and never preferred. */
    readonly isSoftware: boolean,
  ) {
    this.mostBytes = mostBufferBytes(adapter.limits)
    this.device = { kind: isSoftware ? 'cpu' : 'gpu', name: `${adapterName(adapter.info)}, WebGPU` }
  }

  /**
   * The engine on the best adapter of a GPU object: the browser's `navigator.gpu`, or Dawn's in Node.js.
   * @throws StudioError 'engine-unavailable' if there is no adapter
   */
  static async find(source: GPU): Promise<WebGpuEngine> {
    const adapter = await requestAdapter(source)
    return new WebGpuEngine(source, adapter, isSoftwareAdapter(adapter.info))
  }

  async open(model: SessionModel, optimizer: Optimizer): Promise<Session> {
    return WebGpuSession.open(await this.usableDevice(), model, optimizer)
  }

  /** Gives the device back; open sessions end. */
  async close(): Promise<void> {
    const { gpu } = this
    this.gpu = null
    if (gpu) (await gpu).close()
  }

  /** The device, for measurements. */
  async usableDevice(): Promise<GpuDevice> {
    // Whoever asked for a device that could not be had was told so; this call tries anew.
    const known = await this.gpu?.catch(() => null)
    if (known?.isUsable) return known
    known?.close()
    // An adapter gives one device only, and a lost one none.
    this.gpu = requestAdapter(this.source).then((adapter) => GpuDevice.open(adapter, this.source.wgslLanguageFeatures))
    return this.gpu
  }
}

async function requestAdapter(source: GPU): Promise<GPUAdapter> {
  const adapter = await source.requestAdapter({ powerPreference: 'high-performance' })
  if (adapter) return adapter
  throw new StudioError(
    'engine-unavailable',
    'No GPU was found that WebGPU can use.',
    'Install the current driver of the graphics card, or use the cpu engine.',
  )
}
