import { createReadStream } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { StudioError, type Failure } from '../base/failure'
import { say } from '../words/say'
import { attempt } from '../data/file-source'
import { writingFailure } from '../files/durable-file'
import { moveFolder } from '../files/move-folder'
import { replaceFolder, type FolderFile } from '../files/whole-folder'
import type { TransferKind } from '../shared/runs-folders'
import type { RunFolder } from './run-folder'

/** What is not part of a run: who works in it, and what crashes left. */
const NOT_KEPT = /^\.lock|\.tmp$/

/**
 * Moves or copies the folder of a run, also to another disk. Whatever goes wrong on the way, the run is whole where it was,
 * or where it was to go.
 * @throws StudioError 'busy' while it is being worked on, or where a run of that name is there already; 'not-writable' or 'disk-full'
 */
export async function transferRun(folder: RunFolder, to: RunFolder, kind: TransferKind): Promise<void> {
  if (await to.exists())
    throw new StudioError('busy', say('run.folder-taken', { path: to.path }), say('run.folder-taken.rename'))
  const hold = await folder.lock()
  try {
    if (kind === 'move' && (await isMoved(folder, to))) return
    await replaceFolder(to.path, filesOf(folder.path))
  } finally {
    await hold.release()
  }
  if (kind === 'move') await removeCopied(folder.path)
}

/** @throws StudioError 'not-writable' */
async function removeCopied(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true })
  } catch (cause) {
    throw writingFailure(path, cause, 'file.not-removed')
  }
}

/** Whether it could be moved at once: to another disk it cannot. */
async function isMoved(folder: RunFolder, to: RunFolder): Promise<boolean> {
  try {
    await moveFolder(folder.path, to.path)
  } catch (error) {
    if (isOtherDisk(error)) return false
    throw error
  }
  folder.isNowIn(to.path)
  return true
}

function isOtherDisk(error: unknown): boolean {
  const cause = error instanceof StudioError ? error.cause : null
  return cause instanceof Error && 'code' in cause && cause.code === 'EXDEV'
}

async function* filesOf(path: string): AsyncGenerator<FolderFile> {
  const entries = await attempt(path, () => readdir(path, { withFileTypes: true, recursive: true }))
  for (const entry of entries) {
    if (!entry.isFile() || NOT_KEPT.test(entry.name)) continue
    const file = join(entry.parentPath, entry.name)
    yield {
      name: file
        .slice(path.length + 1)
        .split(sep)
        .join('/'),
      pieces: createReadStream(file),
    }
  }
}

/** A run that stays where it was, and why. */
export interface LeftRun {
  readonly id: string
  readonly failure: Failure
}
