import { StudioError } from '../../base/failure'
import { say } from '../../words/say'
import { BUFFER_UNIT, mostBufferBytes, requireBufferSize, type GpuBuffer } from './gpu-buffer'
import { kernelCode, type Binding, type Kernel } from './kernel'
import type { SumMethod } from './wgsl/sum'

/** The limits that the engine's sizes follow; every other is left at WebGPU's default. */
const LIMITS = ['maxBufferSize', 'maxStorageBufferBindingSize'] as const
/** What adding up is faster with: a feature of adapters, which the types do not name yet, and a word of WGSL. */
const SUBGROUPS: { readonly feature: string; readonly word: string } = { feature: 'subgroups', word: 'subgroup_id' }
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|microsoft basic render|\bwarp\b/i

/** A kernel as a device knows it. */
interface KnownKernel {
  readonly layout: GPUBindGroupLayout
  readonly descriptor: GPUComputePipelineDescriptor
  /** Null until it is compiled. */
  pipeline: GPUComputePipeline | null
}

/** The name of an adapter, for a person. */
export function adapterName({ description, device, vendor, architecture }: GPUAdapterInfo): string {
  return description || device || [vendor, architecture].filter((word) => word !== '').join(' ') || 'GPU'
}

/** Whether an adapter computes on the processor: correct, and slower than the `cpu` engine. */
export function isSoftwareAdapter(info: GPUAdapterInfo): boolean {
  return (
    info.isFallbackAdapter || SOFTWARE.test(`${info.description} ${info.device} ${info.vendor} ${info.architecture}`)
  )
}

/**
 * One WebGPU device: its buffers, compiled kernels and failures. What WebGPU reports, be it at once or later, a lost
 * device too, becomes a StudioError of the next call.
 */
export class GpuDevice {
  private readonly known = new Map<string, KnownKernel>()
  private readonly scopes = new Set<Promise<void>>()
  private failure: StudioError | null = null
  private buffers = 0
  private isOpen = true

  private constructor(
    readonly device: GPUDevice,
    /** How the threads of a workgroup add up. */
    readonly sumMethod: SumMethod,
  ) {
    void device.lost.then(({ reason, message }) => {
      if (this.isOpen) this.fail(lost(message || reason))
    })
    device.addEventListener('uncapturederror', (event) => {
      event.preventDefault()
      this.fail(refused(event.error))
    })
  }

  /**
   * Opens the device of an adapter with the largest buffers that it offers, and with subgroups if it has them.
   * @param words of WGSL that the adapter's GPU object knows beyond the first version
   * @throws StudioError 'engine-unavailable'
   */
  static async open(adapter: GPUAdapter, words: ReadonlySet<string>): Promise<GpuDevice> {
    try {
      const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]))
      const hasSubgroups = adapter.features.has(SUBGROUPS.feature) && words.has(SUBGROUPS.word)
      const device = await adapter.requestDevice({
        requiredLimits,
        requiredFeatures: hasSubgroups ? [SUBGROUPS.feature as GPUFeatureName] : [],
      })
      return new GpuDevice(device, hasSubgroups ? 'subgroups' : 'workgroup-memory')
    } catch (error) {
      throw new StudioError(
        'engine-unavailable',
        say('engine.gpu.not-opened', {
          gpu: adapterName(adapter.info),
          why: error instanceof Error ? error.message : String(error),
        }),
        say('engine.gpu.not-opened.hint'),
      )
    }
  }

  get isUsable(): boolean {
    return this.isOpen && this.failure === null
  }

  /** The most bytes that one buffer of a kernel may have. */
  get mostBytes(): number {
    return mostBufferBytes(this.device.limits)
  }

  /** @throws StudioError if WebGPU has reported a failure. */
  check(): void {
    if (this.failure) throw this.failure
  }

  /** Waits until everything that was handed over so far has been accepted. @throws StudioError if it was not. */
  async settled(): Promise<void> {
    await Promise.all(this.scopes)
    this.check()
  }

  /** When everything that was submitted so far is done, or the device is lost, which the next call says. */
  async done(): Promise<void> {
    await this.device.queue.onSubmittedWorkDone().catch(() => undefined)
  }

  /** Waits for everything that was submitted. @throws StudioError if it failed. */
  async idle(): Promise<void> {
    await this.done()
    await this.settled()
  }

  /** Runs calls to WebGPU (without waiting in between) so that what they do wrong becomes a failure of this device. */
  scoped<T>(work: () => T): T {
    const filters = ['validation', 'out-of-memory', 'internal'] as const
    for (const filter of filters) this.device.pushErrorScope(filter)
    try {
      return work()
    } finally {
      for (let i = 0; i < filters.length; i++) this.watch(this.device.popErrorScope())
    }
  }

  /**
   * Makes a buffer, filled with zeros.
   * @param label for those who look into the GPU
   * @throws StudioError 'too-large' if no kernel could use it
   */
  createBuffer(label: string, bytes: number, usage: GPUBufferUsageFlags): GpuBuffer {
    this.check()
    const size = Math.max(BUFFER_UNIT, Math.ceil(bytes / BUFFER_UNIT) * BUFFER_UNIT)
    requireBufferSize(this.mostBytes, { kind: 'model' }, size)
    const buffer = this.scoped(() => this.device.createBuffer({ label, size, usage }))
    return { id: this.buffers++, buffer, bytes: size }
  }

  /** How the buffers of a kernel are bound. */
  layoutOf(kernel: Kernel): GPUBindGroupLayout {
    return this.know(kernel).layout
  }

  /** The compiled kernel; compiled now unless it was before. */
  pipelineOf(kernel: Kernel): GPUComputePipeline {
    const known = this.know(kernel)
    return (known.pipeline ??= this.scoped(() => this.device.createComputePipeline(known.descriptor)))
  }

  /**
   * Compiles kernels side by side, beside the thread that serves the GPU: Chromium ends a GPU process in which that thread
   * is busy for many seconds. What cannot be compiled is said where it is used.
   */
  async compile(kernels: Iterable<Kernel>): Promise<void> {
    const lacking = [...kernels].map((kernel) => this.know(kernel)).filter(({ pipeline }) => pipeline === null)
    const compiling = lacking.map(async (known) => {
      known.pipeline = await this.device.createComputePipelineAsync(known.descriptor).catch(() => null)
    })
    await Promise.all(compiling)
  }

  /** Gives the device back. */
  close(): void {
    this.isOpen = false
    this.device.destroy()
  }

  private know(kernel: Kernel): KnownKernel {
    const known = this.known.get(kernel.name)
    if (known) return known
    const made = this.scoped(() => this.describe(kernel))
    this.known.set(kernel.name, made)
    return made
  }

  private describe(kernel: Kernel): KnownKernel {
    const visibility = 4 // GPUShaderStage.COMPUTE
    const layout = this.device.createBindGroupLayout({
      label: kernel.name,
      entries: [
        {
          binding: 0,
          visibility,
          buffer: { type: 'uniform', hasDynamicOffset: true, minBindingSize: kernel.record.bytes },
        },
        ...Object.values<Binding>(kernel.bindings).map(({ access }, i): GPUBindGroupLayoutEntry => ({
          binding: i + 1,
          visibility,
          buffer: { type: access === 'read' ? 'read-only-storage' : 'storage' },
        })),
      ],
    })
    const descriptor: GPUComputePipelineDescriptor = {
      label: kernel.name,
      layout: this.device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: {
        module: this.device.createShaderModule({ label: kernel.name, code: kernelCode(kernel) }),
        entryPoint: 'main',
        constants: kernel.constants,
      },
    }
    return { layout, descriptor, pipeline: null }
  }

  private watch(scope: Promise<GPUError | null>): void {
    const watched: Promise<void> = scope
      .then(
        (error) => {
          if (error) this.fail(refused(error))
        },
        // The scopes of a lost device are not answered: the loss is reported by itself.
        () => undefined,
      )
      .finally(() => this.scopes.delete(watched))
    this.scopes.add(watched)
  }

  private fail(failure: StudioError): void {
    this.failure ??= failure
  }
}

function lost(why: string): StudioError {
  return new StudioError('process-lost', say('engine.gpu.lost', { why: firstLine(why) }), say('engine.gpu.lost.hint'))
}

function refused(error: GPUError): StudioError {
  // Told apart by name: the classes are globals of a page, not of Node.js.
  if (error.constructor.name === 'GPUOutOfMemoryError')
    return new StudioError('too-large', say('engine.gpu.full'), say('engine.gpu.full.hint'))
  return new StudioError(
    'internal',
    say('engine.gpu.refused', { why: firstLine(error.message) }),
    say('engine.gpu.refused.hint'),
  )
}

function firstLine(text: string): string {
  const [line] = text.trim().split('\n')
  return line.replace(/[.\s]+$/, '')
}
