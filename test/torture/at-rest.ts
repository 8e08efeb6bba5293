import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { failureOf } from '../../src/base/failure'
import { readCheckpoint, type Checkpoint } from '../../src/runs/checkpoint'
import { checkpointShape, type RunFolder } from '../../src/runs/run-folder'
import type { RunRecord } from '../../src/runs/run-record'
import { Runs } from '../../src/runs/runs'
import type { EpochRecord, RunHistory } from '../../src/shared/run'
import type { Reference } from './reference'

/** The files of a run as the formats page lists them. Others are in nobody's way, but must not pile up. */
const KNOWN = [
  'run.json',
  'metrics.jsonl',
  'checkpoint.safetensors',
  'checkpoint.previous.safetensors',
  'best.safetensors',
  'samples',
  'loss.png',
  'samples.png',
]
const LOCK = '.lock.'
/**
 * What two processes may leave behind that are killed one after the other, the second before it swept up: each what it was
 * writing, what waited to be renamed, and a lock that is not the newest.
 */
const MOST_LEFT = 6

/** A run on which no process works. */
export interface AtRest {
  readonly record: RunRecord
  /** The newest that is whole. */
  readonly checkpoint: Checkpoint | null
  /** Of which epochs of the undisturbed run the best model may be; empty without one. */
  readonly bestEpochs: readonly number[]
  readonly history: RunHistory
}

/** What was found wrong, one sentence each. */
export type Faults = readonly string[]

/**
 * Reads a run after its process is gone, however that went, and holds it against what must be true at any moment.
 * @returns null for `atRest` where no run was begun, or none can be read
 */
export async function readAtRest(
  folder: RunFolder,
  reference: Reference,
): Promise<{ readonly atRest: AtRest | null; readonly faults: Faults }> {
  if (!(await folder.exists())) return { atRest: null, faults: [] }
  const faults: string[] = []
  const attempt = async <T>(what: string, read: () => Promise<T>): Promise<T | null> => {
    try {
      return await read()
    } catch (error) {
      faults.push(`${what} cannot be read: ${failureOf(error).message.english}`)
      return null
    }
  }
  const names = await readdir(folder.path)
  const record = await attempt('the run', () => folder.readRecord())
  if (!record) return { atRest: null, faults }
  if (names.includes('run.json'))
    await attempt('run.json', async () => JSON.parse(await readFile(join(folder.path, 'run.json'), 'utf8')) as unknown)
  const checkpoints: (Checkpoint | null)[] = []
  for (const name of ['checkpoint.safetensors', 'checkpoint.previous.safetensors'])
    if (names.includes(name))
      checkpoints.push(await attempt(name, () => readCheckpoint(join(folder.path, name), checkpointShape(record))))
  const bestEpochs = (await attempt('best.safetensors', () => bestEpochsOf(folder, reference))) ?? []
  const history = await attempt('the history', () => folder.readHistory(record))
  if (!history) return { atRest: null, faults }
  faults.push(...faultsOfEpochs(history, reference))
  for (const epoch of history.sampleEpochs)
    await attempt(`the samples of epoch ${epoch}`, () => folder.readSamples(epoch))
  const left = strangers(names)
  if (left.length > MOST_LEFT) faults.push(`files pile up: ${left.join(', ')}`)
  faults.push(...(await faultsOfList(folder)))
  const checkpoint = checkpoints.find((found) => found !== null) ?? null
  if (record.epoch > 0 && history.epochs.length < (checkpoint?.counters.epochsDone ?? 0))
    faults.push(
      `the checkpoint is of epoch ${checkpoint?.counters.epochsDone}, the history of ${history.epochs.length}`,
    )
  return { atRest: { record, checkpoint, bestEpochs, history }, faults }
}

/** What got lost from one rest to the next. */
export function faultsOfLoss(before: AtRest | null, after: AtRest | null): Faults {
  if (!before) return []
  if (!after) return ['the run is gone']
  const faults: string[] = []
  const updates = [before, after].map(({ checkpoint }) => checkpoint?.counters.update ?? 0)
  if (updates[1] < updates[0]) faults.push(`the checkpoint went back from update ${updates[0]} to ${updates[1]}`)
  if (before.bestEpochs.length > 0 && after.bestEpochs.length === 0) faults.push('the best model is gone')
  const epochs = [before, after].map(({ history }) => history.epochs.length)
  const kept = before.checkpoint?.counters.epochsDone ?? 0
  if (epochs[1] < Math.min(epochs[0], kept))
    faults.push(`the history went back from epoch ${epochs[0]} to ${epochs[1]}`)
  return faults
}

/** Every epoch that is known is one of the undisturbed run, and none is left out. */
export function faultsOfEpochs({ epochs }: RunHistory, reference: Reference): Faults {
  const faults: string[] = []
  epochs.forEach((record, i) => {
    const expected = reference.history.epochs[i]
    if (!expected || !isDeepStrictEqual(untimed(record), untimed(expected)))
      faults.push(`epoch ${i + 1} in the history differs: ${brief(record)} instead of ${brief(expected)}`)
  })
  return faults
}

/** Names in a folder of a run that are none of its files. Locks follow each other: one of them is left. */
export function strangers(names: readonly string[]): string[] {
  const newestLock = locksIn(names).at(-1)
  return names.filter((name) => !KNOWN.includes(name) && name !== newestLock)
}

/** The locks among the files of a run, the newest last. */
function locksIn(names: readonly string[]): string[] {
  const numberOf = (name: string): number => Number(name.slice(LOCK.length))
  return names.filter((name) => /^\.lock\.\d+$/.test(name)).sort((a, b) => numberOf(a) - numberOf(b))
}

/** The epochs after which the undisturbed run kept this best model. @throws StudioError if it cannot be read */
async function bestEpochsOf(folder: RunFolder, { ends }: Reference): Promise<number[]> {
  if (!(await folder.hasBest())) return []
  await folder.readBest()
  const bytes = await readFile(folder.bestPath)
  return ends.filter(({ best }) => bytes.equals(best)).map(({ bestEpoch }) => bestEpoch)
}

/** The list of runs opens, and this run is in it, undamaged. */
async function faultsOfList(folder: RunFolder): Promise<Faults> {
  try {
    const list = await new Runs(dirname(folder.path)).list()
    const damaged = list
      .filter(({ status }) => status === 'damaged')
      .map(({ id, failure }) => `${id} is listed as damaged: ${failure?.message.english}`)
    return list.some(({ id }) => id === folder.id) ? damaged : [...damaged, `${folder.id} is not listed`]
  } catch (error) {
    return [`the list of runs cannot be read: ${failureOf(error).message.english}`]
  }
}

function untimed({ seconds: _, ...record }: EpochRecord): object {
  return record
}

/** A value in few words. */
export function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 160 ? `${text.slice(0, 160)}…` : text
}
