import type { FileHandle } from 'node:fs/promises'

/**
 * A disk whose every change can be watched and refused. A test that uses it says
 * `vi.mock('node:fs/promises', async (original) => watchedDisk(await original()))`.
 */
type Disk = typeof import('node:fs/promises')

/** A change of the disk, such as "rename" of a path. */
export interface Step {
  readonly what: 'open' | 'write' | 'sync' | 'rename' | 'rm' | 'mkdir'
  readonly path: string
}

let refuse: (step: Step) => Error | null = () => null
let refuseReading: (path: string) => Error | null = () => null

/** From now on every change is made known before it happens, and does not happen where it is answered with an error. */
export function watchDisk(answer: (step: Step) => Error | null): void {
  refuse = answer
}

/** From now on files that are opened to be read are made known, and are not opened where that is answered with an error. */
export function watchReading(answer: (path: string) => Error | null): void {
  refuseReading = answer
}

/** An ordinary disk again. */
export function unwatchDisk(): void {
  refuse = () => null
  refuseReading = () => null
}

/** What a full disk answers. */
export function diskFull({ what, path }: Step): Error {
  return Object.assign(new Error(`ENOSPC: no space left on device, ${what} '${path}'`), { code: 'ENOSPC' })
}

/** What a disk answers that can only be read. */
export function readOnly({ what, path }: Step): Error {
  return Object.assign(new Error(`EROFS: read-only file system, ${what} '${path}'`), { code: 'EROFS' })
}

/** What is answered where a process has too many files open, or the computer has. */
export function notOpened(path: string): Error {
  return Object.assign(new Error(`EMFILE: too many open files, open '${path}'`), { code: 'EMFILE', syscall: 'open' })
}

/** The functions of `node:fs/promises`, watched. */
export function watchedDisk(disk: Disk): Disk {
  const step = (what: Step['what'], path: unknown): void => {
    const error = refuse({ what, path: String(path) })
    if (error) throw error
  }
  const open: Disk['open'] = async (path, flags, ...rest) => {
    const writes = flags !== undefined && flags !== 'r'
    if (writes) step('open', path)
    const error = writes ? null : refuseReading(String(path))
    if (error) throw error
    const file = await disk.open(path, flags, ...rest)
    return watchedFile(file, (what) => step(what, path))
  }
  return {
    ...disk,
    open,
    rename: async (from, to) => {
      step('rename', to)
      await disk.rename(from, to)
    },
    rm: async (path, options) => {
      step('rm', path)
      await disk.rm(path, options)
    },
    mkdir: (async (path: string, options?: object) => {
      step('mkdir', path)
      return disk.mkdir(path, options)
    }) as Disk['mkdir'],
  }
}

/** A write that is refused has written half of it. */
function watchedFile(file: FileHandle, step: (what: Step['what']) => void): FileHandle {
  const writeFile = file.writeFile.bind(file)
  file.writeFile = async (data, ...rest) => {
    try {
      step('write')
    } catch (error) {
      if (data instanceof Uint8Array) await writeFile(data.subarray(0, data.length >>> 1), ...rest)
      throw error
    }
    await writeFile(data, ...rest)
  }
  // The power does not really go, so nothing needs to be waited for.
  file.sync = async () => step('sync')
  return file
}
