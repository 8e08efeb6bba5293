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
    await rename(path, old).catch(() => undefined)
    await moveDurably(unfinished, path)
  } finally {
    for (const leftover of [unfinished, old])
      await rm(leftover, { recursive: true, force: true }).catch(() => undefined)
  }
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
