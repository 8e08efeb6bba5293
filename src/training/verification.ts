import { createHash } from 'node:crypto'
import { failureOf, StudioError } from '../base/failure'
import type { DataSet } from '../data/data-set'
import { findEngine } from '../engine/find'
import type { Session } from '../engine/contract'
import { CPU_BUILDS, type CpuBuild, type ProcessorUse } from '../engine/processor-use'
import { parameterTensors, tensorOf, type ModelSpec, type Tensors } from '../made/spec'
import { checkpointShape, type RunFolder } from '../runs/run-folder'
import type { ComputedFrom } from '../runs/metrics'
import type { RunRecord } from '../runs/run-record'
import { minibatchCount, scheduleOf, specOf, stepScheduleOf, type RunConfig } from '../shared/run-config'
import type { ComparedModel, Verification } from '../shared/verification'
import { say } from '../words/say'
import { AveragedWeights } from './averaged-weights'
import { EpochRows } from './epoch-rows'
import { firstParameters } from './opening'
import { RunConnectivities } from './run-connectivities'

/** So many minibatches are asked for at once: enough that the engine is busy, few enough that a person who gives up is heard. */
const LIST = 16

/** What is verified: the kept models of a run, by the hash of their parameters. */
interface Kept {
  readonly model: ComparedModel
  /** Updates after which it was there. */
  readonly update: number
  /** Whether it is the average over the epochs, where one is taken. */
  readonly isAveraged: boolean
  readonly hash: string
}

/** What a run is retrained with. */
export interface Retraining {
  readonly folder: RunFolder
  /** Opens its data; asked once it is known that the rest is there. @throws what opening throws, also where they have changed */
  readonly data: (record: RunRecord) => Promise<DataSet>
  readonly use: ProcessorUse
  /** Hears how much is done, 0..1; what it throws gives up. */
  readonly between: (share: number) => Promise<void>
}

/**
 * Trains a run again from its beginning, on the processor with the kernels that computed it, and compares the parameters of its
 * best and its newest model with those that it keeps. Nothing is written, and nothing of it is validated: which epoch was the best
 * is known.
 * @throws StudioError 'not-found' where the run keeps no model, 'cancelled', or what reading it throws
 */
export async function verifyRun({ folder, data: open, use, between }: Retraining): Promise<Verification> {
  const record = await folder.readRecord()
  const kept = await keptModels(folder, record)
  if (kept.length === 0) throw new StudioError('not-found', say('run.no-model-yet'), say('run.no-model-yet.hint'))
  const stretches = await folder.readStretches()
  const build = buildOf(stretches)
  if (typeof build !== 'string') return build
  try {
    const engine = await findEngine('cpu', { ...use, build })
    const data = await open(record)
    const session = await engine.open(...(await beginning(record.config, data)))
    try {
      const compared = await retrain(session, record.config, data, kept, between)
      const isSame = compared.every((one) => one.isSame)
      const mayBeOther = stretches.length > 1 && record.config.learningRateSchedule !== 'constant'
      return { kind: isSame ? 'same' : 'differs', models: compared, build, mayBeOther: !isSame && mayBeOther }
    } finally {
      await session.close()
    }
  } catch (error) {
    const { code, message } = failureOf(error)
    if (code === 'cancelled' || code === 'internal') throw error
    return { kind: 'impossible', why: message }
  }
}

/** The kernels that a run was computed with, or why they cannot be had here. */
function buildOf(stretches: readonly ComputedFrom[]): CpuBuild | Extract<Verification, { kind: 'impossible' }> {
  const elsewhere = stretches.find(({ engine }) => engine !== 'cpu')
  if (elsewhere) return { kind: 'impossible', why: say('verify.other-engine', { engine: elsewhere.engine }) }
  const builds = [...new Set(stretches.map(({ build }) => build ?? null))]
  if (builds.length > 1) return { kind: 'impossible', why: say('verify.several-builds') }
  const build = CPU_BUILDS.find((known) => known === builds.at(0))
  return build ?? { kind: 'impossible', why: say('verify.unknown-build') }
}

async function beginning(
  config: RunConfig,
  data: DataSet,
): Promise<Parameters<Awaited<ReturnType<typeof findEngine>>['open']>> {
  const spec = specOf(config, data)
  const { optimizer, l2 } = config
  const schedule = stepScheduleOf(config, minibatchCount(data.splits.train.rows, config.batchSize))
  return [
    { spec, parameters: await firstParameters(config, spec, data) },
    { optimizer, schedule, l2 },
  ]
}

/** What a run keeps: its best model, and the newest one where its checkpoint is there. */
async function keptModels(folder: RunFolder, record: RunRecord): Promise<Kept[]> {
  const shape = checkpointShape(record)
  const perEpoch = minibatchCount(record.data.rows.train, record.config.batchSize)
  const { checkpoint } = await folder.readCheckpoint(shape)
  const kept: Kept[] = []
  if (await folder.hasBest()) {
    const { parameters, validated } = await folder.readBest()
    const epoch = validated?.epoch ?? record.best?.epoch ?? record.epoch
    // One that was stopped within its first epoch is kept as it was then.
    const ofPart = checkpoint && epoch > checkpoint.counters.epochsDone ? checkpoint.counters.update : null
    kept.push({ model: 'best', update: ofPart ?? epoch * perEpoch, isAveraged: ofPart === null, hash: hashOf(shape.spec, parameters) }) // prettier-ignore
  }
  if (checkpoint) {
    const { counters, state } = checkpoint
    kept.push({ model: 'newest', update: counters.update, isAveraged: false, hash: hashOf(shape.spec, state.parameters) }) // prettier-ignore
  }
  return kept
}

/** SHA-256 of all parameters in the order in which a model file has them, in hex. */
export function hashOf(spec: ModelSpec, parameters: Tensors): string {
  const hash = createHash('sha256')
  for (const { name } of parameterTensors(spec)) {
    const { buffer, byteOffset, byteLength } = tensorOf(parameters, name)
    hash.update(new Uint8Array(buffer, byteOffset, byteLength))
  }
  return hash.digest('hex')
}

/** Trains as far as the last of what is kept, and compares each when it should be there. */
async function retrain(
  session: Session,
  config: RunConfig,
  data: DataSet,
  kept: readonly Kept[],
  between: (share: number) => Promise<void>,
): Promise<(Pick<Kept, 'model' | 'hash'> & { readonly found: string; readonly isSame: boolean })[]> {
  const spec = specOf(config, data)
  const rows = new EpochRows(data, config)
  const connectivities = new RunConnectivities(spec, scheduleOf(config))
  const averaged = new AveragedWeights(config.averagedEpochs)
  const end = kept.reduce((most, { update }) => Math.max(most, update), 0)
  const found = new Map<ComparedModel, string>()
  const compare = async (update: number, isAveraged: boolean): Promise<void> => {
    const wanted = kept.filter((one) => one.update === update && one.isAveraged === isAveraged)
    if (wanted.length === 0) return
    const hash = hashOf(spec, (await session.readState()).parameters)
    for (const { model } of wanted) found.set(model, hash)
  }
  let update = 0
  for (let epoch = 1; update < end; epoch++) {
    await rows.handOver(session, epoch)
    const minibatches = rows.minibatches(epoch)
    for (let first = 0; first < minibatches.length && update < end;) {
      const some = minibatches.slice(first, first + Math.min(LIST, end - update))
      await session.train(some, some.map((_, i) => rows.connectivity(epoch, first + i, connectivities.at(update + i)))) // prettier-ignore
      first += some.length
      update += some.length
      await between(update / end)
    }
    await compare(update, false)
    if (update === epoch * minibatches.length) await averaged.atEpochEnd(session, epoch, () => compare(update, true))
  }
  return kept.map(({ model, hash }) => ({
    model,
    hash,
    found: found.get(model) ?? '',
    isSame: found.get(model) === hash,
  }))
}
