import { setImmediate as nextTurn } from 'node:timers/promises'
import { BitMatrix } from '../../../src/data/bit-matrix'
import type { Engine } from '../../../src/engine/contract'
import { CpuEngine } from '../../../src/engine/cpu/cpu-engine'
import { Connection, PATIENCE, type LossWords } from '../../../src/engine/remote/connection'
import type { PortEnd } from '../../../src/engine/remote/protocol'
import { withFirst } from '../../../src/made/connectivity'
import { initialParameters } from '../../../src/made/initialisation'
import { DEFAULT_OPTIMIZERS } from '../../../src/made/optimizer'
import { connectivityList } from '../../../src/made/schedule'
import type { ModelSpec } from '../../../src/made/spec'
import { stepSchedule } from '../../../src/made/step-schedule'
import { verbatim } from '../../../src/words/say'
import { served } from '../../engine/served-engine'

const SPEC: ModelSpec = {
  inputs: 7,
  hidden: [5],
  activation: 'relu',
  directConnections: true,
  conditioningWeights: false,
  variables: [{ kind: 'binary', count: 4 }, { kind: 'categorical', categories: 3 }],
} // prettier-ignore
const ROWS = 6

const WORDS: LossWords = {
  stopped: { code: 'process-lost', message: verbatim('It stopped.'), hint: verbatim('Go on elsewhere.') },
  silent: { code: 'process-lost', message: verbatim('It hangs.'), hint: verbatim('Go on elsewhere.') },
}

/** One end of a line, held by hand: what comes in is what is handed over. */
export class HandEnd implements PortEnd {
  readonly posted: unknown[] = []
  hear: (message: unknown) => void = () => undefined
  closed: () => void = () => undefined

  constructor(private readonly onPost: (message: unknown) => void = () => undefined) {}

  post(message: unknown): void {
    const copy: unknown = structuredClone(message)
    this.posted.push(copy)
    this.onPost(copy)
  }

  listen(hear: (message: unknown) => void, closed: () => void): void {
    this.hear = hear
    this.closed = closed
  }

  close(): void {
    this.hear = () => undefined
  }
}

/** The asking end of a line. */
export function connectionOn(port: PortEnd): Connection {
  return new Connection(port, { ...PATIENCE, silent: () => undefined }, WORDS)
}

/** What is served at the other end. */
export function servedCpu(): ReturnType<typeof served> {
  return served(new CpuEngine('fuzz'))
}

/** All that is asked of an engine, once. @returns what came of it, as numbers */
export async function work(engine: Engine): Promise<number[]> {
  const schedule = { orderings: 2, masks: 2, singleOrdering: 'natural', seed: 3 } as const
  const connectivities = connectivityList(SPEC, schedule, 2)
  const parameters = initialParameters(SPEC, 'uniform', 3)
  const optimizer = { optimizer: DEFAULT_OPTIMIZERS.adam, l2: 0, schedule: stepSchedule('constant', 10) }
  const session = await engine.open({ spec: SPEC, parameters }, optimizer)
  const rows = rowsOf(ROWS)
  await session.setData(rows)
  const losses = await session.train([Uint32Array.of(0, 1, 2), Uint32Array.of(3, 4, 5)], connectivities)
  const logs = await session.logLikelihood(rows, connectivities)
  const conditionals = await session.conditionals(rowsOf(1), connectivities[0])
  const request = { count: 2, first: 5, seed: 7, connectivity: connectivities[1] }
  const sampled = await session.sample(request)
  const known = new BitMatrix(2, SPEC.inputs)
  known.set(0, 1)
  const completed = await session.complete(rowsOf(2), known, request)
  const state = await session.readState()
  await session.writeState(state)
  // One that was never drawn goes over the line in full.
  const moved = withFirst(connectivities[0], (variable) => variable === 3)
  const [again] = await session.logLikelihood(rowsOf(1), [moved])
  await session.close()
  return [...losses, ...logs.flatMap((one) => [...one]), ...conditionals, ...sampled.rows.words, ...completed.rows.words, state.update, ...again] // prettier-ignore
}

/** Rows that a model of `SPEC` may see. */
function rowsOf(count: number): BitMatrix {
  const rows = new BitMatrix(count, SPEC.inputs)
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < 4; column++) if ((row * 5 + column * 3) % 4 < 2) rows.set(row, column)
    rows.set(row, 4 + (row % 3))
  }
  return rows
}

/** Lets go on whoever waits for nothing but his turn. */
export async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await nextTurn()
}
