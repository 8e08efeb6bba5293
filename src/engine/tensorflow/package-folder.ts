import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join, resolve } from 'node:path'
import { addOnFolder } from './add-on-folder'

export const PACKAGE = '@tensorflow/tfjs-node-gpu'

/** Systems that an add-on pack is made for. */
const PACKED_SYSTEMS = ['linux-x64', 'win32-x64']

/** Whether there is an add-on pack for this kind of computer. */
export function isPackedFor(system = `${process.platform}-${process.arch}`): boolean {
  return PACKED_SYSTEMS.includes(system)
}

/** Systems that TensorFlow's own installer has a library for. With CUDA: Linux and Windows on x64. */
const SYSTEMS = ['linux-x64', 'linux-arm64', 'win32-x64', 'darwin-x64', 'darwin-arm64']

/** Where the package is, or why there is nothing to load. */
export type PackageFinding =
  | { readonly kind: 'found'; readonly folder: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unsupported'; readonly system: string }

/**
 * Looks for the package and its native binding: in the add-on pack, and among the packages of a checkout.
 * MADE_STUDIO_TENSORFLOW names another folder with the same contents, for tests; an installed application does not listen to it.
 */
export function findPackage(
  environment: NodeJS.ProcessEnv = process.env,
  system = `${process.platform}-${process.arch}`,
): PackageFinding {
  if (!SYSTEMS.includes(system)) return { kind: 'unsupported', system }
  const isInstalled = import.meta.dirname.includes('app.asar')
  const named = isInstalled ? undefined : environment['MADE_STUDIO_TENSORFLOW']
  const inAddOn = join(addOnFolder(environment), 'node_modules', PACKAGE)
  const places = named === undefined ? [inAddOn, installedFolder()] : [resolve(named)]
  const folder = places.find((place) => place !== null && hasBinding(place))
  return folder === undefined || folder === null ? { kind: 'absent' } : { kind: 'found', folder }
}

/**
 * What the environment needs besides, before the package is loaded: Windows looks for tensorflow.dll beside the binding,
 * where the package's installer may not have put it, and in PATH.
 */
export function librarySearchPath(folder: string): Readonly<Record<string, string>> {
  if (process.platform !== 'win32') return {}
  return { PATH: [join(folder, 'deps', 'lib'), process.env['PATH'] ?? ''].join(delimiter) }
}

/** Where the package is; null where it is not installed, which is what resolving it throws for. */
function installedFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`))
  } catch {
    return null
  }
}

/** Whether the installer has put a binding into lib/napi-v…; without it the package is JavaScript only. */
function hasBinding(folder: string): boolean {
  const lib = join(folder, 'lib')
  if (!existsSync(lib)) return false
  return readdirSync(lib).some((name) => existsSync(join(lib, name, 'tfjs_binding.node')))
}
