import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StudioError } from '../base/failure'
import { reasonOf } from '../base/refusal'
import { say } from '../words/say'
import { makeFolder, replaceFile } from '../files/durable-file'

/** Written and removed again to find out whether a folder can be written. */
const TRIAL = '.made-studio-trial'

/**
 * Makes sure that runs can be kept in a folder, which is made where it is not there.
 * @throws StudioError 'not-writable' or 'disk-full'
 */
export async function requireUsable(path: string): Promise<void> {
  const trial = join(path, TRIAL)
  try {
    await makeFolder(path)
    await replaceFile(trial, [new Uint8Array(1)])
  } catch (cause) {
    if (!(cause instanceof StudioError)) throw cause
    if (cause.code === 'disk-full')
      throw new StudioError('disk-full', say('run.runs-folder.full', { path }), say('run.runs-folder.full.hint'), {
        cause,
      })
    throw new StudioError(
      'not-writable',
      say('run.runs-folder.unusable', { path, reason: reasonOf(cause.cause, 'write') }),
      say('run.runs-folder.unusable.hint'),
      { cause },
    )
  } finally {
    await rm(trial, { force: true }).catch(() => undefined)
  }
}
