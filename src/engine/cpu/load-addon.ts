import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { NativeAddon } from './native-addon'

const NAME = join('native', 'made_cpu.node')

/** The addon, or why there is none. @property why what the system says of a file that cannot be loaded */
export type AddonFinding =
  | { readonly addon: NativeAddon }
  | { readonly addon: null; readonly lack: 'absent' }
  | { readonly addon: null; readonly lack: 'broken'; readonly why: string }

let found: AddonFinding | null = null

/** Looks for the compiled addon beside the built code (out/native), once. A broken one is a reason, never an exception. */
export function loadAddon(): AddonFinding {
  found ??= findAddon()
  return found
}

function findAddon(): AddonFinding {
  const here = import.meta.dirname
  const places = [
    // From out/cli or out/main, from out/main/chunks, and from the sources.
    join(here, '..', NAME),
    join(here, '..', '..', NAME),
    join(here, '..', '..', '..', 'out', NAME),
  ]
  const path = places.find((place) => existsSync(place))
  if (path === undefined) return { addon: null, lack: 'absent' }
  try {
    const addon = createRequire(import.meta.url)(path) as NativeAddon
    addon.builds()
    return { addon }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { addon: null, lack: 'broken', why: why.split('\n')[0] }
  }
}
