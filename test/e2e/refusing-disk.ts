import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const PREVIOUS = 'checkpoint.previous.safetensors'

/**
 * Makes the folder of a run refuse every checkpoint, as a full disk does, on every system and for every user: something else
 * stands where the previous one is to be moved to.
 */
export async function refuseSaves(folder: string): Promise<void> {
  const place = join(folder, PREVIOUS)
  // Where the run is saved meanwhile, the next try has its turn.
  for (;;) {
    await rename(place, join(folder, '.aside')).catch(() => undefined)
    try {
      await mkdir(place)
      break
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
  await writeFile(join(place, 'in the way'), '')
}

/** Lets it be saved again. */
export async function allowSaves(folder: string): Promise<void> {
  await rm(join(folder, PREVIOUS), { recursive: true, force: true })
}
