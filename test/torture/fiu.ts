import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { join } from 'node:path'
import type { Around } from './command'

/** Why calls cannot be made to fail here, or null. */
export async function lackingFiu(): Promise<string | null> {
  if (process.platform !== 'linux') return 'libfiu is a library of Linux.'
  const isThere = await promisify(execFile)('fiu-run', ['-h']).catch((error: unknown) => 'stdout' in (error as object))
  return isThere ? null : 'There is no fiu-run; on Debian: apt-get install fiu-utils'
}

/** Failing calls of the C library, by Debian's libfiu: `fiu-run` puts it under a program, `fiu-ctrl` tells it what fails. */
export class FailingCalls {
  private readonly prefix: string

  /** @param place a folder for the pipes through which it is told */
  constructor(place: string) {
    this.prefix = join(place, 'fiu')
  }

  /** What a program starts under; nothing fails before it is told to. */
  get around(): Around {
    return { before: ['fiu-run', '-x', '-f', this.prefix] }
  }

  /** The same, with calls that fail from the first moment on. */
  aroundFailing(name: string, probability: number): Around {
    return { before: [...(this.around.before ?? []), '-c', enabling(name, probability)] }
  }

  /** Lets calls of these names fail with that probability from now on. */
  async enable(pid: number, names: readonly string[], probability: number): Promise<void> {
    await this.tell(
      pid,
      names.map((name) => enabling(name, probability)),
    )
  }

  async disable(pid: number, names: readonly string[]): Promise<void> {
    await this.tell(
      pid,
      names.map((name) => `disable name=${name}`),
    )
  }

  /** A process that is gone is told nothing. */
  private async tell(pid: number, commands: readonly string[]): Promise<void> {
    const args = ['-f', this.prefix, ...commands.flatMap((command) => ['-c', command]), String(pid)]
    await promisify(execFile)('fiu-ctrl', args, { timeout: 30_000 })
  }
}

function enabling(name: string, probability: number): string {
  return `enable_random name=${name},probability=${probability}`
}
