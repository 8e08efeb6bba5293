import { execFile } from 'node:child_process'
import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The namespace of mounts that disks are made in goes with the program, whatever becomes of it. */
export const NAMESPACE = 'MADE_TORTURE_NAMESPACE'

/** What starts a program in a namespace of mounts of its own; as root, or as a user who plays root. */
function unshare(): readonly string[] {
  return process.getuid?.() === 0
    ? ['unshare', '--mount', '--propagation', 'private']
    : ['unshare', '--user', '--map-root-user', '--mount', '--propagation', 'private']
}

/** A line that runs this very program with other words where disks can be made. */
export function inNamespace(words: readonly string[]): readonly string[] {
  return [...unshare(), process.execPath, ...process.execArgv, process.argv[1], ...words]
}

/** Why no disk can be made here, or null. */
export async function lackingDisks(): Promise<string | null> {
  if (process.platform !== 'linux') return 'Small disks are made of the memory of Linux.'
  const [program, ...args] = unshare()
  const line = 'mount -t tmpfs -o size=1m none /mnt && mount -o remount,ro /mnt && umount -l /mnt'
  const tried = await run(program, [...args, 'sh', '-c', line]).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message.split('\n').at(-2) : String(error)),
  )
  return tried === null ? null : `No disk can be mounted here (${tried}).`
}

/** A disk of some megabytes that can be filled, made read-only and unplugged. */
export class SmallDisk {
  private constructor(
    private readonly disk: string,
    /** Where it is plugged in. */
    readonly path: string,
  ) {}

  /** Makes and plugs in a disk. @param place a new folder */
  static async mount(place: string, megabytes: number): Promise<SmallDisk> {
    const disk = new SmallDisk(join(place, 'device'), join(place, 'plugged'))
    await mkdir(disk.disk, { recursive: true })
    await mkdir(disk.path)
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', disk.disk])
    await disk.plug()
    return disk
  }

  /** Fills it, but for some bytes. */
  async fill(left: number): Promise<void> {
    const filler = await open(join(this.path, 'filler'), 'a')
    try {
      for (let size = 1 << 16; size >= 1 << 12;)
        try {
          await filler.write(new Uint8Array(size))
        } catch {
          size >>= 1
        }
      const { size } = await filler.stat()
      await filler.truncate(Math.max(0, size - left))
    } finally {
      await filler.close()
    }
  }

  async empty(): Promise<void> {
    await rm(join(this.path, 'filler'), { force: true })
  }

  /** Refuses every change; waits for a moment at which no file is open for writing. */
  async protect(): Promise<void> {
    for (;;) {
      const done = await this.remount('ro').then(
        () => true,
        () => false,
      )
      if (done) return
      await sleep(1)
    }
  }

  async unprotect(): Promise<void> {
    await this.remount('rw')
  }

  /** Takes it away, whoever uses it; those with an open file keep that one. */
  async unplug(): Promise<void> {
    await run('umount', ['-l', this.path])
  }

  async plug(): Promise<void> {
    await run('mount', ['--bind', this.disk, this.path])
  }

  /** What was written where the disk should be while it was away. */
  async besides(): Promise<string[]> {
    return readdir(this.path, { recursive: true })
  }

  async unmount(): Promise<void> {
    await run('umount', ['-l', this.path]).catch(() => undefined)
    await run('umount', ['-l', this.disk])
  }

  private async remount(mode: 'ro' | 'rw'): Promise<void> {
    // The disk itself, so that it is so through whatever path it is seen.
    await run('mount', ['-o', `remount,${mode}`, this.disk])
  }
}
