import { open, readFile, rm, stat, utimes } from 'node:fs/promises'
import { StudioError } from '../base/failure'

/** A lock whose holder has not touched it for so long is taken over; a live holder touches it ten times as often. */
const STALE_AFTER_MS = 60_000
const TOUCH_EVERY_MS = 6_000

/** Makes sure that one process at a time works in a run folder. */
export class RunLock {
  private constructor(
    private readonly path: string,
    private readonly touching: NodeJS.Timeout,
  ) {}

  /** Takes the lock. @throws StudioError 'busy' if another living process holds it. */
  static async take(path: string): Promise<RunLock> {
    if (await isHeld(path))
      throw new StudioError(
        'busy',
        'This run is being worked on by another MADE Studio or made command.',
        'Wait until it is done, or stop it there.',
      )
    await rm(path, { force: true })
    const file = await open(path, 'wx').catch((cause: unknown) => {
      throw new StudioError(
        'busy',
        'This run cannot be locked for writing.',
        'Check that its folder may be written and that no other program works in it.',
        { cause },
      )
    })
    await file.writeFile(String(process.pid))
    await file.close()
    const touching = setInterval(() => {
      const now = new Date()
      // A lock that cannot be touched any more merely becomes stale.
      utimes(path, now, now).catch(() => undefined)
    }, TOUCH_EVERY_MS)
    touching.unref()
    return new RunLock(path, touching)
  }

  async release(): Promise<void> {
    clearInterval(this.touching)
    await rm(this.path, { force: true })
  }
}

/** Whether a living process holds the lock at that path. */
export async function isHeld(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => null)
  if (!stats || Date.now() - stats.mtimeMs > STALE_AFTER_MS) return false
  // A lock that is gone by now, or does not name a process, holds nothing.
  const pid = Number(await readFile(path, 'utf8').catch(() => ''))
  return Number.isSafeInteger(pid) && pid > 0 && isAlive(pid)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process that may not be signalled exists all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
