import { failureOf } from '../base/failure'
import { MOST_STORED_CONNECTIVITIES } from '../made/model-file'
import { testListLength } from '../made/schedule'
import { variablesOnly } from '../made/variables'
import type { RunStatus, RunSummary } from '../shared/run'
import { DEFAULT_RUN_CONFIG, minibatchCount, scheduleOf } from '../shared/run-config'
import { NO_REMARKS, type RunRemarks } from '../shared/run-remarks'
import type { RunFolder } from './run-folder'
import { readRemarks } from './run-remarks'
import type { RunRecord } from './run-record'

/** A run as it is listed; one that cannot be opened says why. */
export async function summarise(folder: RunFolder): Promise<RunSummary> {
  // What cannot be read of them now is not lost: a change of them says why.
  const remarks = await readRemarks(folder.path).catch(() => NO_REMARKS)
  try {
    return { ...(await summaryOf(folder, await folder.readRecord())), ...remarks }
  } catch (error) {
    return { ...unreadableSummary(folder.id, error), ...remarks }
  }
}

async function summaryOf(folder: RunFolder, record: RunRecord): Promise<Omit<RunSummary, keyof RunRemarks>> {
  const { name, createdAt, changedAt, config, epoch, test, failure, engine, data } = record
  return {
    id: folder.id,
    elsewhere: null,
    isBuiltIn: false,
    name,
    group: record.group ?? null,
    status: await statusOf(folder, record),
    createdAt,
    changedAt,
    config,
    engine: engine?.id ?? null,
    device: engine?.device ?? null,
    measured: engine?.measured ?? null,
    dataName: data.name,
    columns: data.columns,
    ...variablesOnly(data),
    picture: data.picture,
    label: data.label ?? null,
    epoch,
    minibatches: minibatchCount(data.rows.train, config.batchSize),
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

/** A run that cannot be opened, and why. */
export function unreadableSummary(id: string, error: unknown): RunSummary {
  const failure = failureOf(error)
  return {
    id,
    elsewhere: null,
    isBuiltIn: false,
    name: id,
    group: null,
    status: failure.code === 'newer-version' ? 'newer' : 'damaged',
    createdAt: 0,
    changedAt: 0,
    config: DEFAULT_RUN_CONFIG,
    engine: null,
    device: null,
    measured: null,
    dataName: '',
    columns: 0,
    picture: null,
    label: null,
    epoch: 0,
    minibatches: 0,
    best: null,
    test: null,
    failure,
    dataHash: '',
    rowsToFill: 0,
    references: null,
    connectivities: 0,
    hasBest: false,
    hasLatest: false,
    ...NO_REMARKS,
  }
}
