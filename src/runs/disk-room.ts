import { statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { StudioError } from '../base/failure'
import { slotNames } from '../made/optimizer'
import { modelSize } from '../made/size'
import type { ModelledColumns } from '../made/variables'
import { specOf, type RunConfig } from '../shared/run-config'
import { say, type Sentence } from '../words/say'

/** A checkpoint, the one before it, and one that is being written. */
const CHECKPOINTS = 3
/** The best model, and one that is to take its place. */
const MODELS = 2
const GB = 1e9

/** What a disk is to have room for: a run that is trained on data of such columns. */
export interface RoomWanted {
  readonly config: RunConfig
  readonly data: ModelledColumns
}

/** The bytes that a run takes on the disk at its most, but for its curves and sheets of samples, of which nobody knows how many come. */
export function bytesOf({ config, data }: RoomWanted): number {
  const { optimizer, batchSize, averagedEpochs } = config
  const { fileBytes } = modelSize(specOf(config, data), optimizer, batchSize)
  const checkpoint = fileBytes * (1 + slotNames(optimizer).length + (averagedEpochs > 1 ? 1 : 0))
  return CHECKPOINTS * checkpoint + MODELS * fileBytes
}

/**
 * Refuses what a disk has no room for, before anything of it begins.
 * @param folder need not be there
 * @param runs those that are to be trained there
 * @param free tells the bytes that are free where a folder is, or is to be
 * @throws StudioError 'disk-full'
 */
export async function requireRoom(
  folder: string,
  runs: readonly RoomWanted[],
  free: (folder: string) => Promise<number> = freeBytes,
): Promise<void> {
  const needed = runs.reduce((sum, run) => sum + bytesOf(run), 0)
  const there = await free(folder)
  if (needed <= there) return
  throw new StudioError(
    'disk-full',
    say('compute.queue.no-room', { runs: runs.length, needed: gigabytes(needed), free: gigabytes(there) }),
    say('compute.queue.no-room.hint', { folder }),
  )
}

/** Infinite where the system does not tell. */
async function freeBytes(folder: string): Promise<number> {
  const path = resolve(folder)
  const found = await statfs(path).catch(() => null)
  if (found) return found.bavail * found.bsize
  return path === dirname(path) ? Infinity : freeBytes(dirname(path))
}

function gigabytes(bytes: number): Sentence {
  return say('run.gigabytes', { gigabytes: bytes / GB })
}
