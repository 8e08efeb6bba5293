import { watch } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** What never comes within so long never comes: the slowest work here takes a second. */
const HANG_MS = 90_000

/** A wait that ends. @throws Error with `what` where what is waited for never comes */
export async function orHang<T>(what: string, wait: Promise<T>): Promise<T> {
  const limit = new AbortController()
  try {
    return await Promise.race([
      wait,
      sleep(HANG_MS, undefined, { signal: limit.signal }).then(() => {
        throw new Error(`it hangs: ${what}`)
      }),
    ])
  } finally {
    limit.abort()
  }
}

/** Resolves at the `count`th change in a folder that is there; `stop` ends the watching. */
export function changeIn(folder: string, count: number): { readonly happened: Promise<void>; stop(): void } {
  let changes = 0
  let stop = (): void => undefined
  const happened = new Promise<void>((resolve) => {
    const watcher = watch(folder, { recursive: false }, () => {
      if (++changes >= count) resolve()
    })
    stop = () => watcher.close()
  })
  return { happened, stop }
}
