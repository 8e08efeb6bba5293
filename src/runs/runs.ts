import { randomBytes } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DataSet } from '../data/data-set'
import type { MixtureResult } from '../data/mixture-fit'
import { independentNll } from '../data/statistics'
import { failureOf, StudioError } from '../base/failure'
import { testListLength } from '../made/schedule'
import { MOST_STORED_CONNECTIVITIES } from '../made/model-file'
import type { RunStatus, RunSummary } from '../shared/run'
import { DEFAULT_RUN_CONFIG, scheduleOf, type RunConfig } from '../shared/run-config'
import { ifAbsent, makeFolder, moveDurably } from '../files/durable-file'
import { refuseDiverged } from './divergence'
import { RunFolder } from './run-folder'
import type { RunRecord } from './run-record'

const BIN = '.bin'

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
    version: 1,
    name,
    createdAt: now,
    changedAt: now,
    config: { ...config, data: data.source },
    status: 'training',
    data: {
      name: data.name,
      hash: data.hash,
      columns: data.columns,
      picture: data.picture,
      rows: { train: train.rows, valid: valid.rows, test: test.rows },
      toFill: data.rowsToFill ?? 0,
      references: { independent: independentNll(train, valid), entropy: data.entropy ?? null, mixture },
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
}

/**
 * The record of a run that is to go on.
 * @param change replaces the most epochs, or the engine: a checkpoint can go on on another one.
 * @throws StudioError 'invalid-settings' if a finished run has no epoch left, 'invalid-data' if the data changed,
 * 'diverged' if it would do so again
 */
export function continuedRecord(record: RunRecord, data: DataSet, change: RunChange = {}): RunRecord {
  refuseDiverged(record)
  const { epochs = record.config.epochs, engine = record.config.engine } = change
  const config = { ...record.config, epochs, engine }
  if (record.status === 'finished' && config.epochs <= record.epoch)
    throw new StudioError(
      'invalid-settings',
      `This run has completed all ${record.epoch === 1 ? '1 epoch' : `${record.epoch} epochs`} that it was asked for.`,
      'Give it more epochs to go on.',
    )
  requireSameData(record, data)
  return { ...record, config }
}

/** @throws StudioError 'invalid-data' if the data are no longer those that the run began on. */
export function requireSameData(record: RunRecord, data: DataSet): void {
  if (data.hash === record.data.hash) return
  throw new StudioError(
    'invalid-data',
    `The data of this run (${record.data.name}) have changed since it began.`,
    'Put the original file back, or start a new run on the new data.',
  )
}

/** The folder that holds all runs, each in a folder of its own, and a bin for those that were deleted. */
export class Runs {
  constructor(readonly path: string) {}

  /** A folder for a new run, named after it and not there yet. */
  place(name: string): RunFolder {
    const slug = name
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .toLowerCase()
      .slice(0, 32)
    const day = new Date().toISOString().slice(0, 10)
    return new RunFolder(join(this.path, `${day}-${slug || 'run'}-${randomBytes(3).toString('hex')}`))
  }

  /** A run by its id. @throws StudioError 'not-found' */
  async find(id: string): Promise<RunFolder> {
    const folder = new RunFolder(join(this.path, id))
    if (!(await folder.exists()))
      throw new StudioError('not-found', 'This run is not there any more.', 'It may have been moved or deleted.')
    return folder
  }

  /** Every run, the newest first. @throws StudioError 'unreadable-file' if the folder of runs is there and cannot be read */
  list(): Promise<RunSummary[]> {
    return summaries(this.path)
  }

  /** What is in the bin. */
  listBin(): Promise<RunSummary[]> {
    return summaries(this.binPath)
  }

  get binPath(): string {
    return join(this.path, BIN)
  }

  /** Moves a run to the bin. @throws StudioError 'busy' while it is being worked on */
  async delete(id: string): Promise<void> {
    const folder = await this.find(id)
    if (await folder.isHeld())
      throw new StudioError('busy', 'This run is under way and cannot be deleted.', 'Stop it first.')
    await makeFolder(this.binPath)
    await moveDurably(folder.path, join(this.binPath, id))
  }

  /** Moves a run back from the bin. */
  async restore(id: string): Promise<void> {
    await moveDurably(join(this.binPath, id), join(this.path, id))
  }

  /** Removes an empty bin, once its runs have gone elsewhere. */
  async removeBin(): Promise<void> {
    await rm(this.binPath, { recursive: true, force: true })
  }
}

async function summaries(path: string): Promise<RunSummary[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(ifAbsent<Dirent[]>(path, []))
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
  const found = await Promise.all(folders.map(({ name }) => summaryIfRun(new RunFolder(join(path, name)))))
  return found.filter((summary) => summary !== null).sort((a, b) => b.createdAt - a.createdAt)
}

async function summaryIfRun(folder: RunFolder): Promise<RunSummary | null> {
  try {
    return (await folder.exists()) ? await summarise(folder) : null
  } catch (error) {
    return damagedSummary(folder.id, error)
  }
}

/** A run as it is listed; one that cannot be opened says why. */
export async function summarise(folder: RunFolder): Promise<RunSummary> {
  try {
    return await summaryOf(folder, await folder.readRecord())
  } catch (error) {
    return damagedSummary(folder.id, error)
  }
}

async function summaryOf(folder: RunFolder, record: RunRecord): Promise<RunSummary> {
  const { name, createdAt, changedAt, config, epoch, test, failure, engine, data } = record
  return {
    id: folder.id,
    name,
    status: await statusOf(folder, record),
    createdAt,
    changedAt,
    config,
    engine: engine?.id ?? null,
    device: engine?.device ?? null,
    measured: engine?.measured ?? null,
    dataName: data.name,
    columns: data.columns,
    picture: data.picture,
    epoch,
    // What the model says of itself: a crash may have come before run.json said the same.
    best: (await folder.bestValidated()) ?? record.best,
    test,
    failure,
    dataHash: data.hash,
    rowsToFill: data.toFill,
    references: data.references,
    connectivities: Math.min(MOST_STORED_CONNECTIVITIES, testListLength(scheduleOf(config), config.testPairs)),
    hasBest: await folder.hasBest(),
    hasLatest: await folder.hasCheckpoint(),
  }
}

async function statusOf(folder: RunFolder, record: RunRecord): Promise<RunStatus> {
  if (record.status === 'training' && !(await folder.isHeld())) return 'interrupted'
  return record.status
}

function damagedSummary(id: string, error: unknown): RunSummary {
  return {
    id,
    name: id,
    status: 'damaged',
    createdAt: 0,
    changedAt: 0,
    config: DEFAULT_RUN_CONFIG,
    engine: null,
    device: null,
    measured: null,
    dataName: '',
    columns: 0,
    picture: null,
    epoch: 0,
    best: null,
    test: null,
    failure: failureOf(error),
    dataHash: '',
    rowsToFill: 0,
    references: null,
    connectivities: 0,
    hasBest: false,
    hasLatest: false,
  }
}
