import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { makeFolder, moveDurably, writingFailure, type Pieces } from './durable-file'

/** A file of a folder that is made: its place within, and its bytes. */
export interface FolderFile {
  /** With slashes. */
  readonly name: string
  readonly pieces: Pieces
}

/**
 * Makes a folder with all its files, in place of the one that may be there: they are written beside it, and it takes its
 * place when all are on the disk. What goes wrong on the way leaves the old one as it was.
 * @throws StudioError 'disk-full' or 'not-writable', or what the files throw
 */
export async function replaceFolder(path: string, files: AsyncIterable<FolderFile>): Promise<void> {
  await makeFolder(dirname(path))
  const nonce = randomBytes(6).toString('hex')
  const [unfinished, old] = ['unfinished', 'old'].map((what) =>
    join(dirname(path), `.${basename(path)}.${what}-${nonce}`),
  )
  try {
    await makeFolder(unfinished)
    for await (const { name, pieces } of files) await writeInto(unfinished, name, pieces)
    // Where there is none, or it cannot be moved, the new one cannot take its place, which says why.
    const isMoved = await rename(path, old).then(
      () => true,
      () => false,
    )
    try {
      await moveDurably(unfinished, path)
    } catch (cause) {
      // Where it cannot come back it stays whole under the other name.
      if (isMoved) await rename(old, path).catch(() => undefined)
      throw cause
    }
    await removeWhole(old)
  } finally {
    await removeWhole(unfinished)
  }
}

/** What cannot be removed is hidden, and in nobody's way. */
async function removeWhole(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined)
}

async function writeInto(folder: string, name: string, pieces: Pieces): Promise<void> {
  const path = join(folder, name)
  try {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(path, 'wx')
    try {
      for await (const piece of pieces) await file.writeFile(piece)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (cause) {
    throw writingFailure(path, cause)
  }
}
