import { readdir, readFile, stat } from 'node:fs/promises'
import { release } from 'node:os'
import { join, win32 } from 'node:path'
import { version } from '../../package.json'
import { VULKAN_FOLDERS } from './webgpu/find-webgpu'

/** Where Linux tells the version of NVIDIA's driver; the others come with the kernel, whose version is told anyway. */
const NVIDIA_VERSION = '/sys/module/nvidia/version'
/** Where Windows keeps its drivers, relative to its own folder. */
const WINDOWS_DRIVERS = 'System32/DriverStore/FileRepository'

/**
 * The versions of everything that decides how fast an engine is beside the device itself, in one line: this application
 * with its kernels, what it runs in, the system, and the drivers of graphics cards as far as their files tell.
 */
export async function installedVersions(): Promise<string> {
  const { node, electron, chrome } = process.versions
  const runtime = electron === undefined ? `Node.js ${node}` : `Electron ${electron}, Chromium ${chrome}`
  return [`MADE Studio ${version}`, runtime, `${process.platform} ${release()}`, ...(await driverMarks())].join(' | ')
}

/** What changes when a driver is installed. macOS has its drivers in the system. */
async function driverMarks(): Promise<string[]> {
  switch (process.platform) {
    case 'linux': {
      const nvidia = await readFile(NVIDIA_VERSION, 'utf8').catch(() => '')
      return [nvidia.trim(), ...(await Promise.all(VULKAN_FOLDERS.map(filesOf)))].filter((mark) => mark !== '')
    }
    case 'win32':
      return [await timeOf(win32.join(process.env['SystemRoot'] ?? 'C:\\Windows', WINDOWS_DRIVERS))]
    default:
      return []
  }
}

/** The files of a folder with when each was written; nothing where there is no such folder. */
async function filesOf(folder: string): Promise<string> {
  const names = await readdir(folder).catch((): string[] => [])
  const marks = names.sort().map(async (name) => `${name} ${await timeOf(join(folder, name))}`)
  return (await Promise.all(marks)).join(', ')
}

async function timeOf(path: string): Promise<string> {
  const written = await stat(path).catch(() => null)
  return written === null ? '' : written.mtime.toISOString()
}
