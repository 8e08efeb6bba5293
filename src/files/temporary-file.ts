import { randomBytes } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { exists, PLACE } from './processes'

/** So much of a file's name is in that of its temporary one: a name may be as long as the disk allows. */
const NAME_LETTERS = 40
/** Name, place, process id and nonce. */
const TEMPORARY = /^\..*\.([A-Za-z0-9-]*)\.(\d+)\.[0-9a-f]{12}\.tmp$/s
/** One of another computer that was not written to for so long was left by a crash. */
const ABANDONED_MS = 3_600_000

const inUse = new Set<string>()

/**
 * Does something with a temporary file beside `path`, whose name no other caller, process or computer takes. It is gone
 * afterwards, unless it was renamed.
 */
export async function withTemporary<T>(path: string, use: (temporary: string) => Promise<T>): Promise<T> {
  const name = Array.from(basename(path)).slice(0, NAME_LETTERS).join('')
  const nonce = randomBytes(6).toString('hex')
  const temporary = join(dirname(path), `.${name}.${PLACE}.${process.pid}.${nonce}.tmp`)
  inUse.add(temporary)
  try {
    return await use(temporary)
  } finally {
    // What cannot be removed now is removed as a leftover; a failure on the way is the one to tell.
    await rm(temporary, { force: true }).catch(() => undefined)
    inUse.delete(temporary)
  }
}

/**
 * Removes the temporary files that crashes left in a folder; those that are still being written stay. Never fails: what
 * cannot be removed does no harm.
 * @param of only those of the file with this name
 */
export async function removeLeftovers(folder: string, of?: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (of !== undefined && !name.startsWith(`.${of}.`)) continue
    const path = join(folder, name)
    if (await isLeftover(name, path)) await rm(path, { force: true }).catch(() => undefined)
  }
}

async function isLeftover(name: string, path: string): Promise<boolean> {
  const [, place, pid] = TEMPORARY.exec(name) ?? []
  if (pid === undefined || inUse.has(path)) return false
  if (place === PLACE && (Number(pid) === process.pid || !exists(Number(pid)))) return true
  const changed = (await stat(path).catch(() => null))?.mtimeMs ?? Infinity
  return Date.now() - changed > ABANDONED_MS
}
