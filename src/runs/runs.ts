import { randomBytes } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DataSet } from '../data/data-set'
import { attempt } from '../data/file-source'
import type { MixtureResult } from '../data/mixture-fit'
import { variablesOnly } from '../made/variables'
import { failureOf, StudioError } from '../base/failure'
import { say } from '../words/say'
import { ReadWriteQueue } from '../base/read-write-queue'
import type { RunSummary } from '../shared/run'
import type { DataSource } from '../shared/data-source'
import { referencesOf } from '../shared/data-references'
import type { RunConfig } from '../shared/run-config'
import { isRunId } from '../shared/run-id'
import { ifAbsent, makeFolder } from '../files/durable-file'
import { refuseDiverged } from './divergence'
import { RunFolder } from './run-folder'
import type { RunRecord } from './run-record'
import { RUN_VERSION } from './run-versions'
import { unreadableSummary, summarise } from './run-summary'
import type { TransferKind } from '../shared/runs-folders'
import { transferRun, type LeftRun } from './transfer'

const BIN = '.bin'
/** The longest name that file systems allow. */
const MOST_NAME_BYTES = 255

/**
 * The record of a run that is about to begin. Its data are named with nothing left open.
 * @param mixture a mixture that was fitted to the data, to compare with
 */
export function newRecord(
  name: string,
  config: RunConfig,
  data: DataSet,
  mixture: MixtureResult | null = null,
): RunRecord {
  const now = Date.now()
  const { train, valid, test } = data.splits
  return {
    version: RUN_VERSION,
    name,
    createdAt: now,
    changedAt: now,
    config: { ...config, data: data.source },
    status: 'training',
    data: {
      name: data.name,
      hash: data.hash,
      columns: data.columns,
      ...variablesOnly(data),
      picture: data.picture,
      rows: { train: train.rows, valid: valid.rows, test: test.rows },
      toFill: data.rowsToFill ?? 0,
      references: referencesOf(data, mixture),
      ...(data.coding?.label ? { label: data.coding.label } : {}),
    },
    engine: null,
    epoch: 0,
    best: null,
    ended: null,
    test: null,
    failure: null,
  }
}

/** What may be different when a run goes on. */
export interface RunChange {
  readonly epochs?: RunConfig['epochs'] | undefined
  readonly engine?: RunConfig['engine'] | undefined
  /** Where the file of its data is now. */
  readonly dataPath?: string | undefined
}

/** The data of a run, where they are now. */
export function movedData(data: DataSource, path: string | undefined): DataSource {
  return path === undefined || data.kind !== 'file' ? data : { ...data, path }
}

/**
 * The record of a run that is to go on.
 * @param change replaces the most epochs, the engine (a checkpoint can go on on another one), or the place of the data
 * @throws StudioError 'invalid-settings' if a finished run has no epoch left, 'invalid-data' if the data changed,
 * 'diverged' if it would do so again
 */
export function continuedRecord(record: RunRecord, data: DataSet, change: RunChange = {}): RunRecord {
  const changed = changedRecord(record, change)
  requireSameData(record, data)
  return changed
}

/** The same, where its data are looked at later. @throws StudioError 'invalid-settings' or 'diverged' */
export function changedRecord(record: RunRecord, change: RunChange): RunRecord {
  refuseDiverged(record)
  const { epochs = record.config.epochs, engine = record.config.engine } = change
  const config = { ...record.config, epochs, engine, data: movedData(record.config.data, change.dataPath) }
  if (record.status === 'finished' && config.epochs <= record.epoch)
    throw new StudioError(
      'invalid-settings',
      say('run.all-epochs-done', { epochs: record.epoch }),
      say('run.all-epochs-done.hint'),
    )
  return { ...record, config }
}

/** @throws StudioError 'invalid-data' if the data are no longer those that the run began on. */
export function requireSameData(record: RunRecord, data: DataSet): void {
  if (data.hash === record.data.hash) return
  throw new StudioError(
    'invalid-data',
    say('run.data-changed', { name: record.data.name }),
    say('run.data-changed.hint'),
  )
}

/**
 * The folder that holds all runs, each in a folder of its own, and a bin for those that were deleted. Whoever reads in a
 * run goes on until he is done; whoever changes or moves it does so alone.
 */
export class Runs {
  private readonly queues = new Map<string, ReadWriteQueue>()

  constructor(readonly path: string) {}

  /** A folder for a new run, named after it and not there yet. */
  place(name: string): RunFolder {
    return this.folder(this.newId(name))
  }

  /** An id that no run and no group has yet. */
  newId(name: string): string {
    const slug = name
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .toLowerCase()
      .slice(0, 32)
    const day = new Date().toISOString().slice(0, 10)
    return `${day}-${slug || 'run'}-${randomBytes(3).toString('hex')}`
  }

  /** The folder of that id, whether there is a run in it or not. */
  folder(id: string): RunFolder {
    return new RunFolder(join(this.path, id))
  }

  /** A run by its id. @throws StudioError 'not-found' */
  async find(id: string): Promise<RunFolder> {
    const folder = await runIn(this.path, id)
    if (!folder) throw new StudioError('not-found', say('run.gone'), say('run.gone.hint'))
    return folder
  }

  /** Reads in the folder of a run, which is not moved meanwhile. @throws StudioError 'not-found', or what the work throws */
  reading<T>(id: string, work: (folder: RunFolder) => Promise<T>): Promise<T> {
    return this.queueOf(id).read(async () => work(await this.find(id)))
  }

  /** Changes something of a run, alone. @throws StudioError 'not-found', or what the work throws */
  changing<T>(id: string, work: (folder: RunFolder) => Promise<T>): Promise<T> {
    return this.queueOf(id).change(async () => work(await this.find(id)))
  }

  /** Every run, the newest first. @throws StudioError 'unreadable-file' if the folder of runs is there and cannot be read */
  async list(): Promise<RunSummary[]> {
    const names = await folderNames(this.path)
    return newestFirst(
      await Promise.all(names.map((name) => this.queueOf(name).read(() => summaryIfRun(this.path, name)))),
    )
  }

  /** How many runs there are; none where the folder is gone or cannot be read. */
  async count(): Promise<number> {
    const names = await folderNames(this.path).catch(() => [])
    const there = await Promise.all(
      names.map((name) => new RunFolder(join(this.path, name)).exists().catch(() => false)),
    )
    return there.filter(Boolean).length
  }

  /**
   * Moves or copies all runs into another folder, one after another.
   * @param tell hears how many are done of how many
   * @returns those that stay, and why
   */
  async transfer(
    to: Runs,
    kind: TransferKind,
    tell: (done: number, of: number) => void,
  ): Promise<{ readonly done: number; readonly left: readonly LeftRun[] }> {
    const ids = await folderNames(this.path)
    const left: LeftRun[] = []
    let done = 0
    for (const id of ids) {
      tell(done + left.length, ids.length)
      try {
        const isRun = await this.changing(id, (folder) =>
          to.queueOf(id).change(() => transferRun(folder, new RunFolder(join(to.path, id)), kind)),
        ).then(
          () => true,
          (error: unknown) => {
            if (failureOf(error).code === 'not-found') return false
            throw error
          },
        )
        if (isRun) done++
      } catch (error) {
        left.push({ id, failure: failureOf(error) })
      }
    }
    return { done, left }
  }

  /** What is in the bin. */
  async listBin(): Promise<RunSummary[]> {
    const names = await folderNames(this.binPath)
    return newestFirst(await Promise.all(names.map((name) => summaryIfRun(this.binPath, name))))
  }

  get binPath(): string {
    return join(this.path, BIN)
  }

  /** Whether a run of that id is in the folder. */
  async has(id: string): Promise<boolean> {
    return (await runIn(this.path, id)) !== null
  }

  /** Whether a run of that id is in the bin. */
  async hasInBin(binId: string): Promise<boolean> {
    return (await runIn(this.binPath, binId)) !== null
  }

  /**
   * Moves a run to the bin.
   * @param mayGo throws where it has to stay
   * @returns its id there
   * @throws StudioError 'not-found', 'busy' while it is being worked on, 'not-writable' or 'disk-full'
   */
  delete(id: string, mayGo: () => Promise<void> = async () => undefined): Promise<string> {
    return this.changing(id, async (folder) => {
      await mayGo()
      await makeFolder(this.binPath)
      return this.moveInto(this.binPath, folder)
    })
  }

  /**
   * Moves a run back from the bin.
   * @returns its id, which is another where a run of the same has come meanwhile
   * @throws StudioError 'not-found', 'not-writable' or 'disk-full'
   */
  restore(binId: string): Promise<string> {
    return this.queueOf(join(BIN, binId)).change(async () => {
      const folder = await runIn(this.binPath, binId)
      if (!folder) throw new StudioError('not-found', say('run.not-in-bin'), say('run.not-in-bin.hint'))
      return this.moveInto(this.path, folder)
    })
  }

  /** Moves a run into a folder, under a name that is free there. @returns the name */
  private moveInto(path: string, folder: RunFolder): Promise<string> {
    // One after another, so that no two find the same name free.
    return this.queueOf(BIN).change(async () => {
      const taken = new Set(await attempt(path, () => readdir(path)))
      let name = folder.id
      for (let number = 2; taken.has(name); number++) {
        const end = ` ${number}`
        name = `${shortened(folder.id, MOST_NAME_BYTES - end.length)}${end}`
      }
      await folder.moveTo(join(path, name))
      return name
    })
  }

  private queueOf(key: string): ReadWriteQueue {
    const queue = this.queues.get(key) ?? new ReadWriteQueue()
    this.queues.set(key, queue)
    return queue
  }
}

/** The folders in a folder, and the links to folders; hidden ones are not shown. */
async function folderNames(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(ifAbsent<Dirent[]>(path, []))
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .map(({ name }) => name)
}

/** A run in a folder by its id, which is what the folder itself calls it; null if there is none. */
async function runIn(path: string, id: string): Promise<RunFolder | null> {
  if (!isRunId(id) || !(await folderNames(path)).includes(id)) return null
  const folder = new RunFolder(join(path, id))
  return (await folder.exists()) ? folder : null
}

/** The beginning of a name, in whole letters, of at most so many bytes. */
function shortened(name: string, bytes: number): string {
  let beginning = ''
  for (const letter of name) {
    if (Buffer.byteLength(beginning + letter) > bytes) break
    beginning += letter
  }
  return beginning
}

/** Null if there is no run of that name, or none any more. */
async function summaryIfRun(path: string, name: string): Promise<RunSummary | null> {
  const folder = new RunFolder(join(path, name))
  try {
    if (!(await folder.exists())) return null
    if (!isRunId(name)) throw unusableName(name)
    const summary = await summarise(folder)
    // It may have been moved while it was read.
    return summary.failure?.code === 'not-found' && !(await folder.exists()) ? null : summary
  } catch (error) {
    return unreadableSummary(name, error)
  }
}

function newestFirst(summaries: readonly (RunSummary | null)[]): RunSummary[] {
  return summaries.filter((summary) => summary !== null).sort((a, b) => b.createdAt - a.createdAt)
}

function unusableName(name: string): StudioError {
  return new StudioError('unreadable-file', say('run.unusable-name', { name }), say('run.unusable-name.hint'))
}
