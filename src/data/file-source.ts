import { open, stat, type FileHandle } from 'node:fs/promises'
import { StudioError } from '../base/failure'
import { reasonOf } from '../base/refusal'
import type { ByteSource } from '../made/safetensors'
import { say } from '../words/say'

/**
 * Opens a file, lets `use` read ranges of it, and closes it whatever happens.
 * @throws StudioError 'not-found' or 'unreadable-file', and whatever `use` throws
 */
export async function withFile<T>(path: string, use: (source: ByteSource) => Promise<T>): Promise<T> {
  const file = await opened(path)
  try {
    const { size } = await attempt(path, () => file.stat())
    return await use({ size, read: (offset, length) => attempt(path, () => readRange(file, path, offset, length)) })
  } finally {
    await file.close()
  }
}

/** Looks before it opens: opening a pipe would wait for ever. */
async function opened(path: string): Promise<FileHandle> {
  const stats = await attempt(path, () => stat(path))
  if (!stats.isFile())
    throw new StudioError('unreadable-file', say('read.table.not-file', { path }), say('read.table.not-file.hint'))
  return attempt(path, () => open(path, 'r'))
}

async function readRange(
  file: FileHandle,
  path: string,
  offset: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  if (filled < length)
    throw new StudioError(
      'unreadable-file',
      say('read.table.became-shorter', { path }),
      say('read.table.unreadable.hint'),
    )
  return bytes
}

/** Does something with a file; what the system refuses is said in words. */
export async function attempt<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (cause) {
    if (cause instanceof StudioError) throw cause
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
      throw new StudioError('not-found', say('read.table.absent', { path }), say('read.table.absent.hint'), { cause })
    const why = reasonOf(cause, 'read')
    throw new StudioError(
      'unreadable-file',
      say('read.table.unreadable', { path, why }),
      say('read.table.unreadable.hint'),
      { cause },
    )
  }
}
