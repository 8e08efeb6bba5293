import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { inProject } from '../../../scripts/setup/project.mjs'
import { openDataSet, type DataSet } from '../../../src/data/data-set'
import { findEngine } from '../../../src/engine/find'
import { RunFolder } from '../../../src/runs/run-folder'
import { continuedRecord } from '../../../src/runs/runs'
import type { FromCompute, ToCompute } from '../../../src/shared/compute-protocol'
import type { Params } from '../../../src/shared/contract'
import { Trainer } from '../../../src/training/trainer'
import { readAtRest, type Faults } from '../at-rest'
import { DiskModel } from '../disk-model'
import { linesOf, underLayer, type TraceLine } from '../layer-order'
import { filesOf, Ledger, type Change } from '../ledger'
import { trainReference, type Reference } from '../reference'
import { faultsAtEnd } from '../same'
import { ONCE_MORE, workToEnd } from '../scripted'
import { smallWork } from '../small-work'
import { OTHERS, Studio } from '../studio'
import type { Trial } from '../trial'

const EPOCHS = 3

/**
 * The power goes after any change of a file: what may then be on the disk is laid out, by what was synced until then,
 * and held against what the person had been told; then the run goes on from it.
 */
export async function cutPower(trial: Trial): Promise<void> {
  const reference = await trainReference(trial.place, smallWork(EPOCHS))
  const data = await openDataSet(reference.config.data, { mnistFolder: trial.place })
  const before = await Studio.open(join(trial.place, 'before'), reference)
  const trace = await traceOf(trial, reference)
  const changes = trace.flatMap(({ type }, i) => (type === 'change' ? [i] : []))
  const cases = Array.from({ length: trial.plan.count }, (_, i) => i)
  await trial.each(cases, async (number) => {
    const random = trial.random(number)
    const last = changes[Math.floor((number * changes.length) / cases.length)]
    const past = trace.slice(0, last + 1)
    const model = await DiskModel.of(before.runsFolder)
    for (const line of past) if (line.type === 'change') model.apply(line)
    const runsFolder = join(trial.place, `left-${number}`, 'runs')
    await mkdir(runsFolder, { recursive: true })
    await model.cutPower(runsFolder, random)
    trial.disturbed(`after ${whatOf(past[last])}`)
    const told = whatWasTold(past, reference)
    const faults = await faultsOfLeft(trial, runsFolder, told, reference, data)
    await trial.found(number, faults, runsFolder)
    await rm(join(trial.place, `left-${number}`), { recursive: true })
  })
}

/** All that happened to the files while the scripted work was done. */
async function traceOf(trial: Trial, reference: Reference): Promise<readonly TraceLine[]> {
  const studio = await Studio.open(join(trial.place, 'traced'), reference)
  const trace = join(trial.place, 'trace.jsonl')
  const layer = inProject('out', 'torture', 'file-layer.js')
  const client = studio.start(underLayer(layer, { folder: studio.runsFolder, at: 0, trouble: 'kill', trace }))
  try {
    await workToEnd(studio, client, ONCE_MORE)
  } finally {
    await client.kill()
  }
  return linesOf(await readFile(trace, 'utf8'))
}

/** What the person knew when the power went. */
interface Told {
  readonly ledger: Ledger
  /** The run that was started. */
  readonly main: string | null
  readonly isFinished: boolean
}

function whatWasTold(past: readonly TraceLine[], reference: Reference): Told {
  const ledger = new Ledger()
  const asked = new Map<number, ToCompute & { kind: 'request' }>()
  const answers = new Map<number, (granted: boolean) => void>()
  let main: string | null = null
  let isFinished = false
  for (const id of OTHERS) ledger.enter(id, reference.record.name, null)
  for (const line of past) {
    if (line.type === 'heard') {
      const message = line.message as ToCompute
      if (message.kind !== 'request') continue
      asked.set(message.id, message)
      const change = changeOf(message)
      if (change) answers.set(message.id, ledger.ask(change.id, change.change))
    } else if (line.type === 'told') {
      const message = line.message as FromCompute
      if (message.kind === 'reply') {
        answers.get(message.id)?.(message.reply.ok)
        if (asked.get(message.id)?.channel !== 'run.start' || !message.reply.ok) continue
        main = (message.reply.value as { runId: string }).runId
        ledger.enter(main, 'main', null)
      } else if (message.kind === 'event' && message.event.type === 'run')
        isFinished ||= message.event.event.type === 'state' && message.event.event.state.kind === 'finished'
    }
  }
  return { ledger, main, isFinished }
}

function changeOf({ channel, params }: ToCompute & { kind: 'request' }): { id: string; change: Change } | null {
  switch (channel) {
    case 'runs.rename': {
      const { runId, name } = params as Params<'runs.rename'>
      return { id: runId, change: { name } }
    }
    case 'runs.delete':
      return { id: (params as Params<'runs.delete'>).runId, change: { place: 'bin' } }
    case 'runs.restore':
      return { id: (params as Params<'runs.restore'>).binId, change: { place: 'runs' } }
    default:
      return null
  }
}

/** Holds what is left against what was told, and lets the run go on from it. */
async function faultsOfLeft(
  trial: Trial,
  runsFolder: string,
  { ledger, main, isFinished }: Told,
  reference: Reference,
  data: DataSet,
): Promise<Faults> {
  const faults: string[] = [...(await ledger.check(runsFolder))]
  const whole = await filesOf(reference.folder.path)
  for (const id of OTHERS)
    for (const place of [join(runsFolder, id), join(runsFolder, '.bin', id)])
      if (await new RunFolder(place).exists()) faults.push(...differing(id, whole, await filesOf(place)))
  if (main === null) return faults
  const folder = new RunFolder(join(runsFolder, main))
  const { atRest, faults: unfit } = await readAtRest(folder, reference)
  faults.push(...unfit)
  if (!atRest || faults.length > 0) return faults
  if (isFinished && atRest.record.status !== 'finished') faults.push('it was told to be finished, and is not')
  if (atRest.record.status !== 'finished') {
    trial.resumed()
    const record = continuedRecord(atRest.record, data)
    const parts = { folder, record, data, engine: await findEngine('cpu'), emit: () => undefined } as const
    const state = await new Trainer({ ...parts, whenDiskFails: 'fail' }).run()
    if (state.kind !== 'finished') return [...faults, `it goes on and ends as ${state.kind}: ${JSON.stringify(state)}`]
  } else {
    // Whoever held it is gone, so that the next can take it.
    const hold = await folder.lock()
    await hold.release()
  }
  trial.ended()
  return [...faults, ...(await faultsAtEnd(folder, reference))]
}

function differing(id: string, whole: ReadonlyMap<string, Buffer>, found: ReadonlyMap<string, Buffer>): string[] {
  return [...whole].flatMap(([name, bytes]) =>
    found.get(name)?.equals(bytes) ? [] : [`${name} of the run ${id}, which is over, has changed`],
  )
}

function whatOf(line: TraceLine): string {
  return line.type === 'change' ? line.op : line.type
}
