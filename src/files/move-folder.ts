import { readlink, symlink, unlink } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { StudioError } from '../base/failure'
import { say } from '../words/say'
import { moveDurably } from './durable-file'

/**
 * Moves a folder on one disk. Where it is a link, that is moved, and leads where it led.
 * @throws StudioError 'disk-full' or 'not-writable'
 */
export async function moveFolder(from: string, to: string): Promise<void> {
  // What cannot be read as a link is none.
  const target = await readlink(from).catch(() => null)
  if (target === null) return moveDurably(from, to)
  try {
    await symlink(resolve(dirname(from), target), to, 'junction')
    await unlink(from)
  } catch (cause) {
    throw new StudioError('not-writable', say('file.link-not-moved', { path: from }), say('file.link-not-moved.hint'), {
      cause,
    })
  }
}
