import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { EnginePorts } from '../../src/compute/gpu-window/engine-ports'
import { computeHandlers } from '../../src/compute/service'
import type { Failure } from '../../src/base/failure'
import type { StudioEvent } from '../../src/shared/contract'
import { syntheticSource } from '../../src/shared/data-source'
import { stateOf, NO_STATES, withState, type RunState, type RunStates } from '../../src/shared/run'
import type { RunConfig } from '../../src/shared/run-config'
import type { GroupEnd } from '../../src/shared/run-group'
import { EMPTY_QUEUE, type QueueState } from '../../src/shared/run-queue'
import { smallConfig, temporaryFolder } from '../training/small-run'

export const CONFIG: RunConfig = smallConfig({
  data: { ...syntheticSource('bars-and-stripes'), rows: { train: 200, valid: 50, test: 50 } },
  engine: 'cpu',
  epochs: 2,
})
/** A run that lasts until it is stopped. */
export const ENDLESS: RunConfig = { ...CONFIG, epochs: 100_000, lookAhead: 100_000 }

type Handlers = ReturnType<typeof computeHandlers>

/** What answers the requests of a window, in a home that others have been in before. */
export class Service {
  readonly handlers: Handlers
  states: RunStates = NO_STATES
  queue: QueueState = EMPTY_QUEUE
  readonly failures: Failure[] = []
  /** Groups in the order in which they came to their end. */
  readonly groupsEnded: GroupEnd[] = []
  /** Runs in the order in which they came to their end. */
  readonly ended: string[] = []

  constructor(readonly home: string) {
    const ports = new EnginePorts(
      () => undefined,
      () => undefined,
    )
    const nowhere = { mnistFolder: '/nowhere', tablesFolder: '/nowhere', modelsFolder: '/nowhere' }
    const places = {
      ...nowhere,
      runsFolder: join(home, 'runs'),
      speedsFile: join(home, 'speeds.json'),
      queueFile: join(home, 'queue.json'),
    }
    this.handlers = computeHandlers(places, (event) => this.hear(event), ports)
    onTestFinished(async () => this.handlers['internal.suspend'](undefined))
  }

  /** @returns the ids of the runs that were added, in order */
  async add(...names: readonly string[]): Promise<string[]> {
    const ids: string[] = []
    for (const name of names) ids.push((await this.handlers['queue.add']({ name, config: CONFIG })).runId)
    return ids
  }

  async endless(name: string): Promise<string> {
    const { runId } = await this.handlers['queue.add']({ name, config: ENDLESS })
    return runId
  }

  async until(runId: string, kind: RunState['kind']): Promise<void> {
    await expect.poll(() => stateOf(this.states, runId).kind, { interval: 5 }).toBe(kind)
  }

  async untilEmpty(): Promise<void> {
    await expect.poll(() => this.handlers['queue.state'](undefined), { interval: 5 }).toMatchObject({ runs: [] })
  }

  async statuses(): Promise<Record<string, string>> {
    const list = await this.handlers['runs.list'](undefined)
    return Object.fromEntries(list.map(({ name, status }) => [name, status]))
  }

  private hear(event: StudioEvent): void {
    if (event.type === 'queue') this.queue = event.state
    if (event.type === 'group') this.groupsEnded.push(event.ended)
    if (event.type === 'failure') this.failures.push(event.failure)
    if (event.type !== 'run' || event.event.type !== 'state') return
    const { state } = event.event
    this.states = withState(this.states, state)
    if (state.kind === 'finished') this.ended.push(state.runId)
  }
}

/** One in a home of its own. */
export async function opened(): Promise<Service> {
  return new Service(await temporaryFolder())
}
