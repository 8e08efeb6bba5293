import { existsSync } from 'node:fs'
import { win32 } from 'node:path'

/** What the driver leaves on Linux; the last is its place within Windows. */
const ON_LINUX = ['/proc/driver/nvidia', '/dev/nvidiactl', '/dev/dxg']

/** Whether there may be a driver for an NVIDIA graphics card. Without one TensorFlow computes on the processor; asking takes no time. */
export function mayHaveNvidiaDriver(
  system: string = process.platform,
  exists: (path: string) => boolean = existsSync,
): boolean {
  switch (system) {
    case 'linux':
      return ON_LINUX.some(exists)
    case 'win32':
      return exists(win32.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'nvcuda.dll'))
    default:
      return false
  }
}
