import { existsSync, readdirSync } from 'node:fs'
import { failureOf, StudioError } from '../../base/failure'
import { say, type Sentence } from '../../words/say'
import type { EngineFinding } from '../choose'
import { WebGpuEngine } from './webgpu-engine'

/** Where Linux keeps the list of its Vulkan drivers. */
export const VULKAN_FOLDERS = ['/usr/share/vulkan/icd.d', '/usr/local/share/vulkan/icd.d', '/etc/vulkan/icd.d']

let found: Promise<WebGpuEngine> | null = null

/**
 * The webgpu engine of a Node.js process, on the package `webgpu` (Dawn). In the processes of Electron that package
 * cannot hand its memory over, so there the engine is not found here.
 */
export async function findWebGpu(): Promise<EngineFinding> {
  try {
    found ??= openDawn()
    const engine = await found
    return { id: 'webgpu', available: true, engine, note: engine.note }
  } catch (error) {
    found = null
    return { id: 'webgpu', available: false, device: null, reason: failureOf(error) }
  }
}

async function openDawn(): Promise<WebGpuEngine> {
  if (process.versions.electron !== undefined) throw unavailable(say('engine.webgpu.not-in-this-process'))
  if (process.platform === 'linux' && !hasVulkanDriver()) throw unavailable(say('engine.webgpu.no-vulkan'))
  const dawn = await import('webgpu').catch(() => null)
  if (dawn === null) throw unavailable(say('engine.webgpu.no-package'))
  return WebGpuEngine.find(dawn.create([]))
}

/** Asked before Dawn is loaded, which complains on its own where there is none. */
function hasVulkanDriver(): boolean {
  if (process.env['VK_ICD_FILENAMES'] !== undefined || process.env['VK_DRIVER_FILES'] !== undefined) return true
  return VULKAN_FOLDERS.some(
    (folder) => existsSync(folder) && readdirSync(folder).some((file) => file.endsWith('.json')),
  )
}

function unavailable(why: Sentence): StudioError {
  return new StudioError('engine-unavailable', why, say('engine.webgpu.unavailable.hint'))
}
