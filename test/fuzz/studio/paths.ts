import { join, resolve, sep } from 'node:path'
import { withEntries, type Tree } from '../values'
import { HOME } from './home'

/** Keys under which files and folders are named. */
const PATHS = ['path', 'paths', 'dataPath', 'from', 'runsFolder', 'mnistFolder', 'tablesFolder', 'modelsFolder', 'speedsFile', 'queueFile'] // prettier-ignore
/** What may be read although it lies elsewhere: it is no file of anybody. */
const DEVICES = ['/dev/null', '/proc/self/mem']

/** A tree in which `HOME` is a folder, and whatever names a file or folder names one in it: those of others are left alone. */
export function inHome(tree: Tree, home: string): Tree {
  return placed(tree, home, false)
}

function placed(value: unknown, home: string, isPath: boolean): unknown {
  if (typeof value === 'string') {
    const text = value.replaceAll(HOME, home)
    return isPath ? pathInHome(text, home) : text
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  if (Array.isArray(value)) return value.map((one) => placed(one, home, isPath))
  return withEntries(Object.entries(value).map(([key, one]) => [key, placed(one, home, PATHS.includes(key))]))
}

function pathInHome(path: string, home: string): string {
  if (path === '' || path.startsWith('built-in:') || DEVICES.includes(path)) return path
  const at = resolve(home, path)
  if (at === home || at.startsWith(home + sep)) return path.startsWith(home) ? path : join(home, path)
  return home
}
