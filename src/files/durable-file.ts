import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { StudioError } from '../base/failure'

/** The bytes of a file, one piece after another. */
export type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/**
 * Replaces a file so that at any moment, power loss included, either the old or the new content is there, whole:
 * write a temporary file, fsync it, verify it, rename it over the old one, fsync the folder.
 * @param pieces written one after another.
 * @param verify checks the written file before the old one goes; what it throws keeps the old one.
 * @throws StudioError 'disk-full' or 'not-writable'; the old file is then untouched.
 */
export async function replaceFile(
  path: string,
  pieces: Pieces,
  verify: (temporary: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
  try {
    await writeSynced(temporary, 'w', pieces)
    await verify(temporary)
    await rename(temporary, path)
    await syncFolder(dirname(path))
  } catch (cause) {
    // What cannot be removed is written over the next time; the first failure is the one to tell.
    await rm(temporary, { force: true }).catch(() => undefined)
    throw writingFailure(path, cause)
  }
}

/** Appends to a file and makes sure that it is on the disk. @throws StudioError 'disk-full' or 'not-writable' */
export async function appendFile(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeSynced(path, 'a', [bytes])
  } catch (cause) {
    throw writingFailure(path, cause)
  }
}

/** Makes a folder and those above it. @throws StudioError 'disk-full' or 'not-writable' */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true })
  } catch (cause) {
    throw writingFailure(path, cause)
  }
}

/** Renames within a folder or between folders of one disk. @throws StudioError 'disk-full' or 'not-writable' */
export async function moveDurably(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
    await syncFolder(dirname(to))
    if (dirname(from) !== dirname(to)) await syncFolder(dirname(from))
  } catch (cause) {
    throw writingFailure(to, cause)
  }
}

async function writeSynced(path: string, flags: 'w' | 'a', pieces: Pieces): Promise<void> {
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
      `${path} cannot be read (${cause.message}).`,
      'Nothing was changed. Check that it may be read and that its disk is connected.',
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

/** The failure of a write in words. */
function writingFailure(path: string, cause: unknown): unknown {
  if (cause instanceof StudioError || !(cause instanceof Error) || !('code' in cause)) return cause
  switch (cause.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new StudioError(
        'disk-full',
        `The disk is full: ${path} could not be written.`,
        'Everything saved before is kept. Make room on the disk and go on.',
        { cause },
      )
    default:
      return new StudioError(
        'not-writable',
        `${path} could not be written (${cause.message}).`,
        'Everything saved before is kept. Check that the folder may be written and that its disk is connected.',
        { cause },
      )
  }
}
