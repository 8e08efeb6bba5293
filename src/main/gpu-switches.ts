import { app } from 'electron'
import { readdirSync } from 'node:fs'

/** Where Linux keeps the list of its Vulkan drivers. */
const VULKAN_FOLDERS = ['/usr/share/vulkan/icd.d', '/usr/local/share/vulkan/icd.d', '/etc/vulkan/icd.d']
/** Drivers that compute on the processor. */
const SOFTWARE_DRIVER = /^(lvp|swiftshader|vk_swiftshader)/

/**
 * Before the application is ready: asks Chromium for WebGPU where it does not offer it by itself, on Linux. There it
 * reaches a GPU through Vulkan only, which is asked for where a GPU has such a driver.
 */
export function prepareGpu(): void {
  if (process.platform !== 'linux') return
  app.commandLine.appendSwitch('enable-unsafe-webgpu')
  if (!hasVulkanDriver()) return
  const features = app.commandLine
    .getSwitchValue('enable-features')
    .split(',')
    .filter((name) => name !== '')
  app.commandLine.appendSwitch('enable-features', [...features, 'Vulkan'].join(','))
}

function hasVulkanDriver(): boolean {
  return VULKAN_FOLDERS.flatMap(filesIn).some((file) => file.endsWith('.json') && !SOFTWARE_DRIVER.test(file))
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
