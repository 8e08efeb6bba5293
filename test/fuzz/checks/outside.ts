import fs, { promises } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Functions that change the path that is their argument of that number; `cp` and the like only read the other one. */
const CHANGED: Readonly<Record<string, readonly number[]>> = {
  appendFile: [0],
  chmod: [0],
  copyFile: [1],
  cp: [1],
  link: [1],
  lutimes: [0],
  mkdir: [0],
  mkdtemp: [0],
  rename: [0, 1],
  rm: [0],
  rmdir: [0],
  symlink: [1],
  truncate: [0],
  unlink: [0],
  utimes: [0],
  writeFile: [0],
}
/** Flags with which `open` only reads. */
const READING: readonly unknown[] = [undefined, 'r', 'rs', fs.constants.O_RDONLY]

type Call = (...args: unknown[]) => unknown

/** The one folder that may be changed now, and what else was to be. */
let guarded: { readonly folder: string; readonly outside: string[] } | null = null
let isStanding = false

/**
 * Does something that may change files in one folder alone: every other change is refused, as by a disk that is read-only.
 * @returns what it returned, and the changes that were refused
 */
export async function within<T>(
  folder: string,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly outside: readonly string[] }> {
  standGuard()
  const outside: string[] = []
  guarded = { folder: resolve(folder), outside }
  try {
    return { result: await work(), outside }
  } finally {
    guarded = null
  }
}

/** Stands before the functions of `node:fs` that change something, for as long as the process runs. */
function standGuard(): void {
  if (isStanding) return
  isStanding = true
  for (const [name, places] of Object.entries(CHANGED)) {
    guardCall(promises, name, (args) => places.map((place) => args[place]))
    guardCall(fs, name, (args) => places.map((place) => args[place]))
    guardCall(fs, `${name}Sync`, (args) => places.map((place) => args[place]))
  }
  const opened = ([path, flags]: unknown[]): unknown[] =>
    READING.includes(flags) || typeof flags === 'function' ? [] : [path]
  guardCall(promises, 'open', opened)
  guardCall(fs, 'open', opened)
  guardCall(fs, 'openSync', opened)
  guardCall(fs, 'createWriteStream', ([path]) => [path])
  syncBuiltinESMExports()
}

function guardCall(of: object, name: string, changes: (args: unknown[]) => unknown[]): void {
  const original = Reflect.get(of, name) as Call
  const replaced: Call = (...args) => {
    const refused = changes(args).map(pathOf).find(isOutside)
    if (refused === undefined) return original.apply(of, args)
    guarded?.outside.push(`${name} ${refused}`)
    const failure = Object.assign(new Error(`EROFS: read-only file system, ${name} '${refused}'`), { code: 'EROFS' })
    if (of === promises) return Promise.reject(failure)
    throw failure
  }
  Reflect.set(of, name, replaced)
}

/** Null for a number, which is a file that is open already. */
function pathOf(path: unknown): string | null {
  if (path instanceof URL) return fileURLToPath(path)
  if (typeof path === 'string') return path
  return Buffer.isBuffer(path) ? path.toString() : null
}

function isOutside(path: string | null): boolean {
  if (guarded === null || path === null) return false
  const { folder } = guarded
  const at = resolve(path)
  return at !== folder && !at.startsWith(folder + sep)
}
