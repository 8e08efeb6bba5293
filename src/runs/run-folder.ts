import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { BitMatrix } from '../data/bit-matrix'
import { withFile } from '../data/file-source'
import { encodeNpy, readNpyBits } from '../data/npy'
import { failureOf, StudioError, type Failure } from '../base/failure'
import { say } from '../words/say'
import { finiteJson } from '../base/json'
import {
  decodeModel,
  encodeModel,
  readPreparation,
  readValidated,
  type Model,
  type Validated,
} from '../made/model-file'
import type { RunHistory } from '../shared/run'
import { minibatchCount, specOf } from '../shared/run-config'
import {
  readCheckpoint,
  readCheckpointRecord,
  writeCheckpoint,
  type Checkpoint,
  type CheckpointShape,
} from './checkpoint'
import type { Best } from './counters'
import { ifAbsent, makeFolder, makeOneFolder, moveDurably, removeFile, replaceFile } from '../files/durable-file'
import { moveFolder } from '../files/move-folder'
import { removeLeftovers } from '../files/temporary-file'
import { mayBeWhole } from '../files/may-be-whole'
import { appendMetrics, newestLockIn, readHistory, readStretches, type ComputedFrom, type MetricsLine } from './metrics'
import { isHeld, RunLock } from './run-lock'
import { recordIn, type RunRecord } from './run-record'

const RECORD = 'run.json'
const METRICS = 'metrics.jsonl'
const CHECKPOINT = 'checkpoint.safetensors'
const PREVIOUS_CHECKPOINT = 'checkpoint.previous.safetensors'
const BEST = 'best.safetensors'
const STAGED_BEST = '.best.safetensors.new'
const SAMPLES = 'samples'

/** A hold on the folder of a run, which one process at a time has. */
export interface RunHold {
  release(): Promise<void>
}

/** The folder of one run (docs/formats.md). A folder cut off at any byte opens again at its last good state. */
export class RunFolder {
  private held: RunLock | null = null
  private holds = 0

  constructor(readonly path: string) {}

  /** The name of the folder: what a run is known by. */
  get id(): string {
    return basename(this.path)
  }

  /** Whether there is a run in this folder. @throws StudioError 'unreadable-file' if that cannot be told */
  async exists(): Promise<boolean> {
    const names = await readdir(this.path).catch(ifAbsent<string[]>(this.path, []))
    return [RECORD, CHECKPOINT, PREVIOUS_CHECKPOINT].some((name) => names.includes(name))
  }

  /** Makes the folder for a new run. @throws StudioError 'busy' if a run is there already. */
  async create(record: RunRecord): Promise<void> {
    await this.refuseExisting()
    await makeFolder(join(this.path, SAMPLES))
    const hold = await this.lock()
    try {
      // Another process may have been faster.
      await this.refuseExisting()
      await this.writeRecord(record)
    } finally {
      await hold.release()
    }
  }

  private async refuseExisting(): Promise<void> {
    if (await this.exists())
      throw new StudioError('busy', say('run.folder-taken', { path: this.path }), say('run.folder-taken.hint'))
  }

  /**
   * Takes the folder for whoever has this object, who may take it more than once; until all is released, nobody else
   * can. What crashes left in it is removed. What is written through this object meanwhile is refused where another process has taken the folder over.
   * @throws StudioError 'busy' if another process or object holds it, 'not-writable' or 'disk-full'
   */
  async lock(): Promise<RunHold> {
    this.held ??= await this.take()
    this.holds++
    let isReleased = false
    const release = async (): Promise<void> => {
      if (isReleased) return
      isReleased = true
      if (--this.holds > 0) return
      const { held } = this
      this.held = null
      await held?.release()
      await this.removeLeftovers()
    }
    return { release }
  }

  private async take(): Promise<RunLock> {
    // A folder that was copied without its locks goes on counting where its lines ended, if they can be read.
    const after = await newestLockIn(this.metricsPath).catch(() => 0)
    const lock = await RunLock.take(this.path, after)
    await this.removeLeftovers()
    return lock
  }

  /** Removes what crashes left, and what a disk that could not be written to would not let be removed. Never fails. */
  async removeLeftovers(): Promise<void> {
    for (const folder of [this.path, join(this.path, SAMPLES)]) await removeLeftovers(folder)
  }

  /**
   * Moves the run to another place on the same disk. Where its folder is a link, that is moved, and leads where it led.
   * @throws StudioError 'busy' while it is being worked on, 'not-writable' or 'disk-full'
   */
  async moveTo(path: string): Promise<void> {
    const hold = await this.lock()
    try {
      await moveFolder(this.path, path)
      this.isNowIn(path)
    } finally {
      await hold.release()
    }
  }

  /** The folder, which is held, was moved there. */
  isNowIn(path: string): void {
    this.held?.isNowIn(path)
  }

  /**
   * Whether anybody who may be alive works in the folder.
   * @param onlyReading nothing may be written for it: where the holder is on another computer, its clock is taken for this one's
   */
  isHeld(onlyReading = false): Promise<boolean> {
    return onlyReading ? isHeld(this.path, () => Promise.resolve(Date.now())) : isHeld(this.path)
  }

  /**
   * Makes sure, for whoever holds the folder, that it is there and has not been taken over.
   * @throws StudioError 'busy' if another process has it, 'not-writable' if that cannot be told
   */
  async requireOurs(): Promise<void> {
    await this.held?.requireOurs()
  }

  /** @throws StudioError 'busy' if another process has taken the folder over, 'not-writable' or 'disk-full' */
  async writeRecord(record: RunRecord): Promise<void> {
    await this.held?.requireOurs()
    await replaceFile(join(this.path, RECORD), [recordBytes(record)])
  }

  /**
   * Writes run.json anew, made of what it says when the write has its turn: a person may rename a run while it trains.
   * @param change is given null where what it says cannot be read
   * @throws as `writeRecord`
   */
  async changeRecord(change: (record: RunRecord | null) => RunRecord): Promise<void> {
    await this.rewrite(() => this.readRecordToChange().catch(() => null), change)
  }

  /** Gives the run another name; of several given at once the last one holds. @throws as `readRecord` and `writeRecord` */
  async rename(name: string): Promise<void> {
    await this.rewrite(
      () => this.readRecordToChange(),
      (record) => ({ ...record, name }),
    )
  }

  /** Reads the record and writes it changed, both in one turn. */
  private async rewrite<T>(read: () => Promise<T>, change: (record: T) => RunRecord): Promise<void> {
    const requireOurs = async (): Promise<void> => this.held?.requireOurs()
    async function* changed(): AsyncGenerator<Uint8Array> {
      await requireOurs()
      yield recordBytes(change(await read()))
    }
    await replaceFile(join(this.path, RECORD), changed())
  }

  /**
   * Reads run.json; where it is damaged, the copy that the newest readable checkpoint carries.
   * @throws StudioError 'not-found', 'damaged-file' or 'newer-version'
   */
  async readRecord(): Promise<RunRecord> {
    return this.recordFrom(() => readFile(join(this.path, RECORD), 'utf8').catch(() => ''))
  }

  /**
   * The same where it is about to be written anew: the copy of a checkpoint is older, and would undo what came after it, such as
   * a new name, only because the file could not be opened just now.
   * @throws StudioError 'unreadable-file' too
   */
  async readRecordToChange(): Promise<RunRecord> {
    const path = join(this.path, RECORD)
    return this.recordFrom(() => readFile(path, 'utf8').catch(ifAbsent(path, '')))
  }

  private async recordFrom(newest: () => Promise<string>): Promise<RunRecord> {
    const { path } = this
    // Why a copy cannot be read does not matter where another can.
    const copies = [CHECKPOINT, PREVIOUS_CHECKPOINT].map(
      (name) => () => readCheckpointRecord(join(path, name)).catch(() => ''),
    )
    for (const source of [newest, ...copies]) {
      const record = recordIn(await source(), say('run.in-folder', { path }))
      if (record) return record
    }
    if (!(await this.exists()))
      throw new StudioError('not-found', say('run.none-in-folder', { path }), say('run.none-in-folder.hint'))
    throw new StudioError('damaged-file', say('run.record-damaged', { path }), say('run.record-damaged.hint'))
  }

  /** Writes a checkpoint; the one before it stays as the previous one. */
  async writeCheckpoint(shape: CheckpointShape, checkpoint: Checkpoint, record: RunRecord): Promise<void> {
    const requireOurs = async (): Promise<void> => this.held?.requireOurs()
    await requireOurs()
    const previous = join(this.path, PREVIOUS_CHECKPOINT)
    // Writing a large one takes a while: it is made sure again before the old one moves.
    await writeCheckpoint(this.checkpointPath, previous, shape, checkpoint, finiteJson(record), requireOurs)
  }

  /**
   * The newest checkpoint that is whole. One before it is not taken for the newest only because that cannot be read just now.
   * @returns null if there is none, and the failures of those that are damaged.
   * @throws StudioError 'unreadable-file'
   */
  async readCheckpoint(shape: CheckpointShape): Promise<{ checkpoint: Checkpoint | null; failures: Failure[] }> {
    const failures: Failure[] = []
    for (const name of [CHECKPOINT, PREVIOUS_CHECKPOINT]) {
      if (!(await isFile(join(this.path, name)))) continue
      try {
        return { checkpoint: await readCheckpoint(join(this.path, name), shape), failures }
      } catch (error) {
        if (mayBeWhole(error)) throw error
        failures.push(failureOf(error))
      }
    }
    return { checkpoint: null, failures }
  }

  get checkpointPath(): string {
    return join(this.path, CHECKPOINT)
  }

  async hasCheckpoint(): Promise<boolean> {
    return (await isFile(join(this.path, CHECKPOINT))) || (await isFile(join(this.path, PREVIOUS_CHECKPOINT)))
  }

  /**
   * Removes the checkpoints of a run that is over. Given more epochs, it is trained anew from its beginning, with the same draws.
   * @throws as `dropSamples`
   */
  async dropCheckpoints(): Promise<void> {
    // The newest last: without it the one before would be taken for it.
    for (const path of [join(this.path, PREVIOUS_CHECKPOINT), this.checkpointPath])
      if (await isFile(path)) {
        await this.held?.requireOurs()
        await removeFile(path)
      }
  }

  get metricsPath(): string {
    return join(this.path, METRICS)
  }

  get bestPath(): string {
    return join(this.path, BEST)
  }

  hasBest(): Promise<boolean> {
    return isFile(this.bestPath)
  }

  /**
   * Writes a new best model beside the old one. It takes its place when the checkpoint that knows of it is on the disk:
   * so after a crash both are from before, or both from after.
   */
  async stageBest(model: Model): Promise<void> {
    await this.held?.requireOurs()
    await replaceFile(join(this.path, STAGED_BEST), encodeModel(model))
  }

  /**
   * Lets a staged model take the place of the best one if it is the one that the checkpoint knows of; else it goes.
   * @param known what the newest checkpoint says of the best model
   * @throws StudioError 'unreadable-file' where that cannot be told, 'not-writable' or 'disk-full'
   */
  async settleBest(known: Best | null): Promise<void> {
    const staged = join(this.path, STAGED_BEST)
    if (!(await isFile(staged))) return
    await this.held?.requireOurs()
    const validated = await withFile(staged, readValidated).catch((error: unknown) => {
      if (mayBeWhole(error)) throw error
      return null
    })
    if (validated !== null && isSame(validated, known)) await moveDurably(staged, this.bestPath)
    // One that cannot be removed is still known to be another.
    else await rm(staged, { force: true }).catch(() => undefined)
  }

  /** The best model so far. @throws like `decodeModel` */
  readBest(): Promise<Model> {
    return withFile(this.bestPath, decodeModel)
  }

  /** Which model the best one is, by its own words; null if there is none, or it does not say. */
  bestValidated(): Promise<Validated | null> {
    return validatedIn(this.bestPath)
  }

  /** The text by which its models say how their inputs were made of data; undefined if there is none yet, or it does not say it. */
  async preparation(): Promise<string | undefined> {
    for (const path of [this.bestPath, join(this.path, STAGED_BEST)]) {
      const text = await withFile(path, readPreparation).catch(() => undefined)
      if (text !== undefined) return text
    }
    return undefined
  }

  async appendMetrics(lines: readonly MetricsLine[]): Promise<void> {
    await this.held?.requireOurs()
    await appendMetrics(this.metricsPath, lines, this.held?.number ?? null)
  }

  /** The curves of the run and the epochs of which a sheet of samples is kept. */
  async readHistory(record: RunRecord): Promise<RunHistory> {
    const perEpoch = minibatchCount(record.data.rows.train, record.config.batchSize)
    const history = await readHistory(this.metricsPath, perEpoch)
    return { ...history, sampleEpochs: await this.sampleEpochs() }
  }

  /** What computed the run, stretch by stretch. */
  readStretches(): Promise<ComputedFrom[]> {
    return readStretches(this.metricsPath)
  }

  /** Keeps a sheet of samples, `[count, D]` zeros and ones, as a .npy file. */
  async writeSamples(epoch: number, rows: BitMatrix): Promise<void> {
    await this.held?.requireOurs()
    await makeOneFolder(join(this.path, SAMPLES))
    await replaceFile(this.samplesPath(epoch), [encodeNpy([rows.rows, rows.columns], rows.toBytes())])
  }

  /** @throws StudioError 'not-found' or what `readNpyBits` throws */
  async readSamples(epoch: number): Promise<BitMatrix> {
    const path = this.samplesPath(epoch)
    const bytes = await readFile(path).catch((cause: unknown) => {
      throw new StudioError('not-found', say('run.no-samples', { epoch }), say('run.no-samples.hint'), { cause })
    })
    return readNpyBits(bytes, basename(path))
  }

  /**
   * Forgets the samples of some epochs: of later ones, which a run that goes on will draw again, or of those that are no longer wanted.
   * @throws StudioError 'busy' if another process has taken the folder over, 'not-writable' or 'unreadable-file'
   */
  async dropSamples(isDropped: (epoch: number) => boolean): Promise<void> {
    await this.held?.requireOurs()
    for (const epoch of await this.sampleEpochs()) if (isDropped(epoch)) await removeFile(this.samplesPath(epoch))
  }

  private async sampleEpochs(): Promise<number[]> {
    const folder = join(this.path, SAMPLES)
    const names = await readdir(folder).catch(ifAbsent<string[]>(folder, []))
    return names
      .map((name) => Number(/^epoch-(\d+)\.npy$/.exec(name)?.[1] ?? NaN))
      .filter(Number.isFinite)
      .sort((a, b) => a - b)
  }

  private samplesPath(epoch: number): string {
    return join(this.path, SAMPLES, `epoch-${String(epoch).padStart(5, '0')}.npy`)
  }
}

/** What the checkpoints of a run must fit. */
export function checkpointShape(record: RunRecord): CheckpointShape {
  return { spec: specOf(record.config, record.data), optimizer: record.config.optimizer }
}

/** Whether both name the same model of a run. */
export function isSame(validated: Validated, best: Best | null): boolean {
  return validated.epoch === best?.epoch && validated.validNll === best.validNll
}

/** What a model file says it is; null where it says nothing, or cannot be read. */
function validatedIn(path: string): Promise<Validated | null> {
  return withFile(path, readValidated).catch(() => null)
}

/** The text of run.json. */
export function recordText(record: RunRecord): string {
  return finiteJson(record, 2)
}

function recordBytes(record: RunRecord): Uint8Array {
  return new TextEncoder().encode(recordText(record))
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(ifAbsent(path, null)))?.isFile() ?? false
}
