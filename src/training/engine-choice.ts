import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DataSet } from '../data/data-set'
import { mayBeFastest, type EngineFinding } from '../engine/choose'
import type { Engine, EngineId } from '../engine/contract'
import { hasHeads, requireHeads } from '../engine/session-checks'
import { measureUpdates, type Workload } from '../engine/measure'
import type { Connectivity } from '../made/connectivity'
import type { Failure } from '../base/failure'
import { initialisationSteps } from '../made/initialisation'
import { connectivityAt, testListLength } from '../made/schedule'
import { CONSTANT_STEPS } from '../made/step-schedule'
import { kindsIn, variableCount, variablesFor, type ModelledColumns } from '../made/variables'
import { inTurns } from '../base/steps'
import type { MeasuredEngine } from '../shared/run'
import { scheduleOf, specOf, type RunConfig } from '../shared/run-config'
import { epochMinibatches } from './minibatches'
import type { EngineSpeeds } from './engine-speeds'

/** What measuring all engines may take, as far as the size of the model allows. */
const MEASURING_MS = 1600
/** What timing one engine may take, where nothing depends on it but a word. */
const ESTIMATING_MS = 250
/** Training rows to measure with. */
const MEASURED_ROWS = 2000

/** The engine of a run, and what it was chosen by. */
export interface ChosenEngine {
  readonly engine: Engine
  /** Null if a person chose it, or there was one only. */
  readonly measured: readonly MeasuredEngine[] | null
}

/** Where engines are found. */
export interface EngineSearch {
  /** @throws StudioError 'engine-unavailable' */
  find(id: EngineId): Promise<Engine>
  /** Every engine that may be the fastest. */
  findFast(): Promise<readonly EngineFinding[]>
}

/**
 * The engine for a run: the one that was asked for; for 'auto' the one that makes the most updates of this model in a
 * second. Processors that stand in for a GPU are not tried, nor engines without a head for one of its variables.
 * @throws StudioError 'engine-unavailable'
 */
export async function chooseForRun(
  config: RunConfig,
  data: DataSet,
  search: EngineSearch,
  speeds: EngineSpeeds,
): Promise<ChosenEngine> {
  const spec = specOf(config, data)
  if (config.engine !== 'auto') {
    const engine = await search.find(config.engine)
    requireHeads(engine, spec)
    return { engine, measured: null }
  }
  const engines = (await search.findFast()).filter((finding) => finding.available).map(({ engine }) => engine)
  const worthy = engines.filter((engine) => mayBeFastest(engine) && hasHeads(engine, spec))
  if (worthy.length < 2) return { engine: worthy[0] ?? (await search.find('cpu')), measured: null }
  const work = workloadOf(config, data)
  const measured: MeasuredEngine[] = []
  let fastest: { readonly engine: Engine; readonly speed: number } | null = null
  for (const engine of worthy) {
    const speed = await speedOf(engine, config, data, work, MEASURING_MS / worthy.length, speeds)
    if (speed === null) continue
    measured.push({ id: engine.id, device: engine.device.name.english, updatesPerSecond: speed })
    if (fastest === null || speed > fastest.speed) fastest = { engine, speed }
  }
  return { engine: fastest?.engine ?? worthy[0], measured }
}

/**
 * Whether a run goes on with another engine after this failure: where the device was lost, or where an engine that was
 * chosen by its speed on some of the rows turns out to have no room for all of them.
 */
export function goesOnElsewhere({ code }: Failure, engine: Engine, config: RunConfig): boolean {
  return code === 'process-lost' || (code === 'too-large' && config.engine === 'auto' && engine.id !== 'cpu')
}

/** Updates per second of a run on an engine, measured now unless it is well known. @throws what the engine throws */
export async function measuredSpeed(
  engine: Engine,
  config: RunConfig,
  data: DataSet,
  speeds: EngineSpeeds,
): Promise<number> {
  const key = keyOf(engine, config, data)
  const known = await speeds.find(key)
  if (known !== null) return known
  return speeds.keep(key, await measureUpdates(engine, await workloadOf(config, data)(), ESTIMATING_MS))
}

/** Updates per second, measured now unless it is well known; null for an engine that cannot do it, such as a GPU that is too small. */
async function speedOf(
  engine: Engine,
  config: RunConfig,
  data: DataSet,
  work: () => Promise<Workload>,
  milliseconds: number,
  speeds: EngineSpeeds,
): Promise<number | null> {
  const key = keyOf(engine, config, data)
  const known = await speeds.find(key)
  if (known !== null) return known
  try {
    return await speeds.keep(key, await measureUpdates(engine, await work(), milliseconds))
  } catch {
    // Whatever it is, the run can do without this engine; where it has no other, it fails there in words.
    return null
  }
}

/** What the time of an update depends on, in one line. */
function keyOf({ id, device }: Engine, config: RunConfig, data: ModelledColumns): string {
  const { hidden, activation, directConnections, conditioningWeights, optimizer, batchSize, orderings, masks } = config
  const connectivities = orderings < 0 || masks < 0 ? 'fresh' : Math.max(orderings, masks) > 1 ? 'several' : 'one'
  const spec = variablesFor(data)
  const bits = [
    ...kindsIn(spec)
      .filter((kind) => kind !== 'binary')
      .map((kind) => `${variableCount(spec)} ${kind}`),
    directConnections ? 'direct' : '',
    conditioningWeights ? 'conditioning' : '',
  ].filter((word) => word !== '')
  return [
    id,
    device.name.english,
    `${data.columns}-[${hidden.join(', ')}]`,
    activation,
    ...bits,
    optimizer.kind,
    batchSize,
    connectivities,
  ].join(' | ')
}

/** The first updates of the run, again and again on some of its rows; made once, when it is needed. */
function workloadOf(config: RunConfig, data: DataSet): () => Promise<Workload> {
  let made: Promise<Workload> | null = null
  return () => (made ??= makeWorkload(config, data))
}

async function makeWorkload(config: RunConfig, data: DataSet): Promise<Workload> {
  const spec = specOf(config, data)
  const schedule = scheduleOf(config)
  const draw = (t: number): Connectivity => connectivityAt(spec, schedule, t)
  const { train } = data.splits
  const rows = train.select(
    Uint32Array.from({ length: Math.min(train.rows, Math.max(MEASURED_ROWS, config.batchSize)) }, (_, i) => i),
  )
  const minibatches = epochMinibatches(rows.rows, config.batchSize, config.seed, 1)
  // As in a run, a pair that comes again is the same object; unlimited ones never do.
  const pairs = testListLength(schedule, Infinity)
  const drawn = new Map<number, Connectivity>()
  const connectivityOf = (t: number): Connectivity => {
    const known = drawn.get(t % pairs) ?? draw(t % pairs)
    if (Number.isFinite(pairs)) drawn.set(t % pairs, known)
    return known
  }
  return {
    // The time of an update does not depend on where the weights begin.
    model: {
      spec,
      parameters: await inTurns(initialisationSteps(spec, 'uniform', config.seed), () => nextTurn()),
    },
    // Nor on how long its step is.
    training: { optimizer: config.optimizer, schedule: CONSTANT_STEPS, l2: config.l2 },
    rows,
    update: (t) => ({ minibatch: minibatches[t % minibatches.length], connectivity: connectivityOf(t) }),
  }
}
