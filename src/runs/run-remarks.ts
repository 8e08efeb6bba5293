import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { finiteJson } from '../base/json'
import { migrated } from '../base/migration'
import { ifAbsent, replaceFile } from '../files/durable-file'
import { NO_REMARKS, runRemarksSchema, type RunRemarks } from '../shared/run-remarks'
import { say } from '../words/say'

const REMARKS = 'remarks.json'
const VERSION = 1
const fileSchema = runRemarksSchema.extend({ version: z.literal(VERSION) })

/**
 * What a person says of a run, in a file of its own beside run.json (docs/formats.md): whoever trains the run writes that one, and
 * holds its lock meanwhile. None where there is no such file, or one that makes no sense.
 * @param folder of the run
 * @throws StudioError 'newer-version' or 'unreadable-file'
 */
export async function readRemarks(folder: string): Promise<RunRemarks> {
  const path = join(folder, REMARKS)
  const text = await readFile(path, 'utf8').catch(ifAbsent(path, ''))
  const read = fileSchema.safeParse(migrated(jsonIn(text), [], say('run.remarks-in-folder', { path: folder })))
  return read.success ? { isStarred: read.data.isStarred, note: read.data.note } : NO_REMARKS
}

/**
 * Changes what is said of a run; what is absent from the change stays as it is. Changes take turns.
 * @throws as `readRemarks`, 'disk-full' or 'not-writable': it then stays as it was
 */
export async function changeRemarks(folder: string, change: Partial<RunRemarks>): Promise<void> {
  async function* changed(): AsyncGenerator<Uint8Array> {
    const remarks = { version: VERSION, ...(await readRemarks(folder)), ...change }
    yield new TextEncoder().encode(finiteJson(remarks, 2))
  }
  await replaceFile(join(folder, REMARKS), changed())
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
