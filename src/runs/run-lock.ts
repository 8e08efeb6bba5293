import { link, open, readdir, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { StudioError } from '../base/failure'
import { say } from '../words/say'
import { appendFile, ifAbsent, writingFailure } from '../files/durable-file'
import { removeLeftovers, withTemporary } from '../files/temporary-file'
import { forget, isOwn, lifeOf, lockHolderSchema, thisProcess, type LockHolder } from './lock-holder'

/**
 * The lock of a run folder is the file `.lock.{n}` of the highest n. It is taken by making the file of the next number,
 * which a file system lets one process do, whatever the others believe; and it is never removed, only marked as
 * released, so that a number is not made twice. Files of lower numbers mean nothing and are swept away.
 */
const NAME = /^\.lock(?:\.(\d{1,15}))?$/
const FIRST_NAME = '.lock'

/** How a lock begins; both are of one length, so that one is written over the other in place. Half of it is not a release. */
const HELD = 'held    '
const RELEASED = 'released'
const MOST_BYTES = 4096
/** What a disk says that fails or is full: nothing about whether there are hard links, which are the way that leaves no half lock. */
const FAILED = ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS', 'ENOENT', 'ENOTDIR', 'ENOMEM', 'ELOOP', 'ENAMETOOLONG'] as const

/** A lock whose holder has not touched it for so long is taken over, where nothing else tells whether it lives. */
const STALE_AFTER_MS = 60_000
const TOUCH_EVERY_MS = 6_000

/** A lock as it is on the disk. */
interface FoundLock {
  readonly isReleased: boolean
  /** Null where the text says nothing: it was cut off, or an earlier version wrote it. */
  readonly holder: LockHolder | null
  /** When it was touched last, by the clock of the file system. */
  readonly touchedMs: number
}

/** Makes sure that one process at a time, on whatever host and in whatever container, works in a run folder. */
export class RunLock {
  private isLost = false
  /** The newest writing of the lock, whatever came of it. */
  private marked: Promise<unknown> = Promise.resolve()
  private readonly touching: NodeJS.Timeout

  private constructor(
    private folder: string,
    /** Each holder's is higher than that of the one before. */
    readonly number: number,
    private readonly holder: LockHolder,
  ) {
    // A lock that cannot be touched merely becomes stale.
    this.touching = setInterval(() => void this.mark(HELD).catch(() => undefined), TOUCH_EVERY_MS)
    this.touching.unref()
  }

  /**
   * Takes the lock of a folder; its number is above `after`.
   * @throws StudioError 'busy' if another process holds it, 'not-writable' or 'disk-full'
   */
  static async take(folder: string, after = 0): Promise<RunLock> {
    const holder = thisProcess()
    try {
      // Of those that died on the way to the lock, however many; the rest is swept by who has it.
      await removeLeftovers(folder, FIRST_NAME)
      const number = await withTemporary(join(folder, FIRST_NAME), async (draft) => {
        await appendFile(draft, [new TextEncoder().encode(textOf(holder))])
        return takeNext(folder, holder, draft, after)
      })
      await sweep(folder, number).catch(() => undefined)
      return new RunLock(folder, number, holder)
    } catch (error) {
      forget(holder)
      throw notTaken(folder, error)
    }
  }

  /**
   * Makes sure that no other process has taken the folder over, as one may when this one was silent for a minute.
   * @throws StudioError 'busy' if one has, 'not-writable' if that cannot be told
   */
  async requireOurs(): Promise<void> {
    if (this.isLost) throw await takenOver(this.folder)
    try {
      if (await this.isOurs()) return
      // A folder that is gone as a whole, such as one on a disk that was pulled out, was not taken over.
      await stat(this.folder)
    } catch (cause) {
      throw cannotLock(cause)
    }
    this.isLost = true
    clearInterval(this.touching)
    throw await takenOver(this.folder)
  }

  /** The folder was moved, and its lock with it. */
  isNowIn(folder: string): void {
    this.folder = folder
  }

  /** Gives the lock back, unless another process has taken it over. */
  async release(): Promise<void> {
    clearInterval(this.touching)
    // A call may fail once; a lock that cannot be marked is free when this process ends.
    await this.mark(RELEASED)
      .catch(() => this.mark(RELEASED))
      .catch(() => undefined)
    forget(this.holder)
    // Those that could not be removed when it was taken.
    await sweep(this.folder, this.number).catch(() => undefined)
  }

  /** Writes the first word of the lock, and thereby the time of the file system, if the lock is this one's. */
  private mark(word: string): Promise<void> {
    // In turn, so that a late touch does not undo a release.
    const marking = this.marked.then(() => this.write(word))
    this.marked = marking.catch(() => undefined)
    return marking
  }

  private async write(word: string): Promise<void> {
    const file = await open(this.path, 'r+')
    try {
      if ((await readFound(file)).holder?.nonce !== this.holder.nonce) return
      await file.write(word, 0)
      await file.datasync()
    } finally {
      await file.close()
    }
  }

  private async isOurs(): Promise<boolean> {
    if ((await readLock(this.path))?.holder?.nonce !== this.holder.nonce) return false
    return (await newestIn(this.folder)) === this.number
  }

  private get path(): string {
    return pathOf(this.folder, this.number)
  }
}

/** Whether a process that may be alive holds the lock of a folder. @param now tells the time there, milliseconds */
export async function isHeld(folder: string, now: (folder: string) => Promise<number> = timeIn): Promise<boolean> {
  return isHolding(folder, await readLock(pathOf(folder, await newestIn(folder))), now)
}

/** Makes the file of the next number. @returns the number */
async function takeNext(folder: string, holder: LockHolder, draft: string, after: number): Promise<number> {
  let last = await newestIn(folder)
  for (;;) {
    const found = await readLock(pathOf(folder, last))
    if (await isHolding(folder, found)) throw busy(found?.holder ?? null)
    const next = Math.max(last, after) + 1
    if (await place(draft, pathOf(folder, next), holder)) {
      const newest = await newestIn(folder)
      if (newest <= next) return next
      // The number had been swept away since this process looked: the lock is elsewhere by now.
      await rm(pathOf(folder, next), { force: true })
      last = newest
    } else last = next
  }
}

/** Makes a lock, whole, where there is none. @returns whether it was this one that was made */
async function place(draft: string, path: string, holder: LockHolder): Promise<boolean> {
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if (FAILED.some((code) => hasCode(error, code))) throw error
    if (!hasCode(error, 'EEXIST')) return placeWithoutLinks(path, holder)
    // A network file system may have done it and lost the answer.
    return (await readLock(path))?.holder?.nonce === holder.nonce
  }
}

/** The same where there are no hard links: made first and written then; until it is written it counts as held. */
async function placeWithoutLinks(path: string, holder: LockHolder): Promise<boolean> {
  let file
  try {
    file = await open(path, 'wx')
  } catch (cause) {
    if (hasCode(cause, 'EEXIST')) return false
    throw cause
  }
  try {
    await file.writeFile(textOf(holder))
    await file.sync()
    return true
  } catch (cause) {
    // Half of one would hold the folder for a minute, and nobody would have it.
    await rm(path, { force: true }).catch(() => undefined)
    throw cause
  } finally {
    await file.close()
  }
}

/** Removes what means nothing any more: locks of lower numbers. */
async function sweep(folder: string, number: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!NAME.test(name) || numberOf(name) >= number) continue
    // What cannot be removed is in nobody's way.
    await rm(join(folder, name), { force: true }).catch(() => undefined)
  }
}

async function isHolding(folder: string, lock: FoundLock | null, now = timeIn): Promise<boolean> {
  if (lock === null || lock.isReleased) return false
  const life = lock.holder ? lifeOf(lock.holder) : 'unknown'
  if (life !== 'unknown') return life === 'alive'
  return (await now(folder)) - lock.touchedMs <= STALE_AFTER_MS
}

/** The time by the clock of the file system, which may be that of another host. */
async function timeIn(folder: string): Promise<number> {
  try {
    return await withTemporary(join(folder, FIRST_NAME), async (path) => {
      const file = await open(path, 'wx')
      try {
        await file.write(HELD)
        await file.datasync()
        return (await file.stat()).mtimeMs
      } finally {
        await file.close()
      }
    })
  } catch {
    // Where nothing can be written, this clock must do.
    return Date.now()
  }
}

/** The highest number; 0, of the lock of earlier versions, if there is no lock. */
async function newestIn(folder: string): Promise<number> {
  const names = await readdir(folder).catch(ifAbsent<string[]>(folder, []))
  return names.filter((name) => NAME.test(name)).reduce((newest, name) => Math.max(newest, numberOf(name)), 0)
}

function numberOf(name: string): number {
  return Number(NAME.exec(name)?.[1] ?? 0)
}

function pathOf(folder: string, number: number): string {
  return join(folder, number === 0 ? FIRST_NAME : `${FIRST_NAME}.${number}`)
}

/** Null if there is none. @throws StudioError 'unreadable-file' */
async function readLock(path: string): Promise<FoundLock | null> {
  // Opened and not only looked at, since a network file system is asked anew then.
  const file = await open(path, 'r').catch(ifAbsent(path, null))
  if (!file) return null
  try {
    return await readFound(file).catch(ifAbsent(path, null))
  } finally {
    await file.close()
  }
}

async function readFound(file: Awaited<ReturnType<typeof open>>): Promise<FoundLock> {
  const { mtimeMs: touchedMs } = await file.stat()
  // What is no file says nothing.
  const { buffer, bytesRead } = await file
    .read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0)
    .catch(() => ({ buffer: Buffer.alloc(0), bytesRead: 0 }))
  const text = buffer.toString('utf8', 0, bytesRead)
  return { isReleased: text.startsWith(RELEASED), holder: holderIn(text), touchedMs }
}

function textOf(holder: LockHolder): string {
  return `${HELD}\n${JSON.stringify(holder)}\n`
}

function holderIn(text: string): LockHolder | null {
  try {
    return lockHolderSchema.parse(JSON.parse(text.slice(HELD.length)))
  } catch {
    return null
  }
}

function busy(holder: LockHolder | null): StudioError {
  if (holder !== null && isOwn(holder)) return new StudioError('busy', say('run.busy-here'), say('run.busy-here.hint'))
  return new StudioError('busy', say('run.busy-elsewhere', whereOf(holder)), say('run.busy-elsewhere.hint'))
}

async function takenOver(folder: string): Promise<StudioError> {
  const { holder = null } = (await readLock(pathOf(folder, await newestIn(folder))).catch(() => null)) ?? {}
  return new StudioError('busy', say('run.taken-over', whereOf(holder)), say('run.taken-over.hint'))
}

/** Why a lock was not taken, by the folder: the names of locks mean nothing to a person. */
function notTaken(folder: string, error: unknown): unknown {
  const isRefused = error instanceof StudioError && (error.code === 'not-writable' || error.code === 'disk-full')
  return writingFailure(folder, isRefused ? error.cause : error)
}

function cannotLock(cause: unknown): StudioError {
  return new StudioError('not-writable', say('run.not-locked'), say('file.not-writable.hint'), { cause })
}

/** On which computer the holder works, if on another one. */
function whereOf(holder: LockHolder | null): { readonly remote: 'yes' | 'no'; readonly host: string } {
  const host = holder?.host ?? hostname()
  return { remote: host === hostname() ? 'no' : 'yes', host }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
