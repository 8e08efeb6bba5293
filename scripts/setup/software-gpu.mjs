import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { ensureElectron, findElectron } from './electron.mjs'
import { ensureVulkanLoader } from './system-libraries.mjs'
import { SetupFailure } from './talk.mjs'

/** What tells the Vulkan loader which driver to use. */
const VARIABLE = 'VK_ICD_FILENAMES'
const DRIVER = 'vk_swiftshader_icd.json'
/** Where Debian's chromium keeps it. */
const CHROMIUM = '/usr/lib/chromium'

/**
 * The environment in which WebGPU finds a GPU for tests: SwiftShader, which plays one on the processor and comes with
 * Electron and with Chromium. A driver that is named already stays; other systems than Linux have their own.
 * @returns {NodeJS.ProcessEnv | null} what to add to the environment, or null where nothing is found
 */
export function softwareGpuEnvironment() {
  if (process.platform !== 'linux' || process.env[VARIABLE] !== undefined || process.env.VK_DRIVER_FILES !== undefined)
    return {}
  if (!hasLoader()) return null
  const electron = findElectron()
  const folders = [...(electron === null ? [] : [dirname(electron.path)]), CHROMIUM]
  const driver = folders.map((folder) => join(folder, DRIVER)).find((path) => existsSync(path))
  return driver === undefined ? null : { [VARIABLE]: driver }
}

/** Installs the Vulkan loader where that can be done, has Electron's driver at hand, and finds one. */
export async function ensureSoftwareGpu() {
  if (process.platform === 'linux' && !hasLoader()) await ensureVulkanLoader()
  if (softwareGpuEnvironment() === null)
    try {
      await ensureElectron()
    } catch (error) {
      // Chromium's may be there; else those who need it say so.
      if (!(error instanceof SetupFailure)) throw error
    }
  return softwareGpuEnvironment()
}

function hasLoader() {
  const { stdout } = spawnSync('ldconfig', ['-p'], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/sbin:/usr/sbin` },
  })
  return (stdout ?? '').includes('libvulkan.so.1')
}
