import { describe, it } from 'vitest'
import { softwareGpuEnvironment } from '../../scripts/setup/software-gpu.mjs'
import { WebGpuEngine } from '../../src/engine/webgpu/webgpu-engine'

const environment = softwareGpuEnvironment()
Object.assign(process.env, environment)

/** The GPU object of Dawn, or why there is none. */
async function findGpu(): Promise<{ readonly gpu: GPU; readonly engine: WebGpuEngine } | { readonly why: string }> {
  if (environment === null)
    return { why: 'it needs the Vulkan loader (libvulkan1) and the SwiftShader that Electron and Chromium bring' }
  try {
    const { create } = await import('webgpu')
    const gpu = create([])
    return { gpu, engine: await WebGpuEngine.find(gpu) }
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) }
  }
}

const finding = await findGpu()

/** A suite that needs WebGPU; where there is none it is skipped and says why. `gpu` makes engines of one's own. */
export function describeWebGpu(name: string, suite: (engine: WebGpuEngine, gpu: GPU) => void): void {
  if ('engine' in finding) describe(name, () => suite(finding.engine, finding.gpu))
  else describe.skip(`${name} — SKIPPED: ${finding.why}`, () => it('cannot run here', () => undefined))
}
