import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { StudioError } from '../base/failure'
import { reasonOf } from '../base/refusal'
import { say } from '../words/say'
import { withTemporary } from './temporary-file'

/** The bytes of a file, one piece after another. They are asked for when the write has its turn. */
export type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

export interface Replacing {
  /** Checks the written file before the old one goes; what it throws keeps the old one. */
  readonly verify?: (temporary: string) => Promise<void>
  /** Where the old file is moved to instead of going. */
  readonly previous?: string
}

/**
 * Replaces a file so that at any moment, power loss included, either the old or the new content is there, whole:
 * write a temporary file, fsync it, verify it, rename it over the old one, fsync the folder. Several callers may replace
 * the same file: they take turns, in the order in which they asked.
 * @param pieces a generator can make of the file as it is what it is to be: nobody else writes it meanwhile.
 * @throws StudioError 'disk-full' or 'not-writable', or what `pieces` throws; the old file is then untouched.
 */
export function replaceFile(path: string, pieces: Pieces, { verify, previous }: Replacing = {}): Promise<void> {
  return writing(path, () =>
    withTemporary(path, async (temporary) => {
      await writeSynced(temporary, 'wx', pieces)
      await verify?.(temporary)
      if (previous !== undefined) await rename(path, previous).catch(unless('ENOENT'))
      await rename(temporary, path)
      await syncFolder(dirname(path))
    }),
  )
}

/**
 * Appends to a file and makes sure that it is on the disk. It takes turns with others that write the same file.
 * @throws StudioError 'disk-full' or 'not-writable', or what `pieces` throws
 */
export function appendFile(path: string, pieces: Pieces): Promise<void> {
  return writing(path, () => writeSynced(path, 'a', pieces))
}

/**
 * Removes a file, if it is there. It takes turns with others that write the same file.
 * @throws StudioError 'not-writable'
 */
export function removeFile(path: string): Promise<void> {
  return writing(path, () => rm(path, { force: true }), 'file.not-removed')
}

/**
 * Renames within a folder or between folders of one disk.
 * @throws StudioError 'disk-full' or 'not-writable'; nothing has moved then
 */
export function moveDurably(from: string, to: string): Promise<void> {
  return writing(to, async () => {
    await rename(from, to)
    try {
      await syncFolder(dirname(to))
      if (dirname(from) !== dirname(to)) await syncFolder(dirname(from))
    } catch (cause) {
      // Where it cannot be undone it stands, though a power cut may still undo it.
      const isUndone = await rename(to, from).then(
        () => true,
        () => false,
      )
      if (isUndone) throw cause
    }
  })
}

/**
 * Makes a folder and those above it, one after another: Node's own way tries for ever where one of them cannot be made.
 * @throws StudioError 'disk-full' or 'not-writable', which names the folder that could not be made
 */
export async function makeFolder(path: string): Promise<void> {
  const missing: string[] = []
  for (let at = resolve(path); !(await isFolder(at)); at = dirname(at)) {
    missing.unshift(at)
    if (at === dirname(at)) break
  }
  for (const folder of missing) await makeOneFolder(folder)
}

/**
 * Makes a folder, unless it is there, in one that is: where a disk was pulled out, what led to it is not made anew.
 * @throws StudioError 'disk-full' or 'not-writable'
 */
export async function makeOneFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
    await syncFolder(dirname(path))
  } catch (cause) {
    if (isCode(cause, 'EEXIST') && (await isFolder(path))) return
    throw writingFailure(path, cause, 'file.folder-not-made')
  }
}

/** What cannot be looked at is taken to be absent: making it says why. */
async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false
}

/** The newest write of each path that is under way or waits. */
const lastWrites = new Map<string, Promise<unknown>>()

/** Makes a write when those of the same path before it are done, and words its failure. */
function writing<T>(path: string, write: () => Promise<T>, what?: ChangeRefused): Promise<T> {
  const key = resolve(path)
  const before = lastWrites.get(key) ?? Promise.resolve()
  const written = before.then(async () => {
    try {
      return await write()
    } catch (cause) {
      throw writingFailure(path, cause, what)
    }
  })
  // Whoever asked hears of a failure; the next write is made all the same.
  const last = written
    .catch(() => undefined)
    .then(() => {
      if (lastWrites.get(key) === last) lastWrites.delete(key)
    })
  lastWrites.set(key, last)
  return written
}

async function writeSynced(path: string, flags: 'wx' | 'a', pieces: Pieces): Promise<void> {
  const file = await open(path, flags)
  try {
    for await (const piece of pieces) await file.writeFile(piece)
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * What to make of a file or folder that could not be read: `value` where it is not there.
 * @throws StudioError 'unreadable-file' where it is there
 */
export function ifAbsent<T>(path: string, value: T): (cause: unknown) => T {
  return (cause) => {
    if (!(cause instanceof Error) || !('code' in cause)) throw cause
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return value
    throw new StudioError(
      'unreadable-file',
      say('file.unreadable', { path, reason: reasonOf(cause, 'read') }),
      say('file.unreadable.hint'),
      { cause },
    )
  }
}

/** Windows cannot open a folder to sync it, and needs no sync: its renames are journalled. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function isCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code
}

function unless(code: string): (cause: unknown) => void {
  return (cause) => {
    if (!isCode(cause, code)) throw cause
  }
}

/** What could not be done. */
type ChangeRefused = 'file.not-written' | 'file.not-removed' | 'file.folder-not-made'

/** The failure of a write in words; what is no failure of the disk stays what it is. */
export function writingFailure(path: string, cause: unknown, what: ChangeRefused = 'file.not-written'): unknown {
  if (cause instanceof StudioError || !(cause instanceof Error) || !('code' in cause)) return cause
  if (cause.code === 'ENOSPC' || cause.code === 'EDQUOT')
    return new StudioError('disk-full', say('file.disk-full', { path }), say('file.disk-full.hint'), { cause })
  return new StudioError(
    'not-writable',
    say(what, { path, reason: reasonOf(cause, 'write') }),
    say('file.not-writable.hint'),
    {
      cause,
    },
  )
}
