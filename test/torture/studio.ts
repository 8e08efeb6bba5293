import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { RunFolder } from '../../src/runs/run-folder'
import type { ComputePlaces } from '../../src/shared/compute-protocol'
import type { RunState } from '../../src/shared/run'
import { readAtRest, type AtRest, type Faults } from './at-rest'
import type { Around } from './command'
import { ComputeClient, type Served } from './compute-client'
import { filesOf, Ledger } from './ledger'
import type { Reference } from './reference'

/** The runs that are over when a person begins. */
export const OTHERS = ['other-1', 'other-2']

/** What became of the wish that the run to come goes on. */
export type Begun =
  | { readonly kind: 'under way' }
  /** It had come to its end before. */
  | { readonly kind: 'over' }
  | { readonly kind: 'refused'; readonly why: string }

/** A folder of runs with two that are over and one to come, and the compute processes that work in it. */
export class Studio {
  private id: string | null = null
  readonly ledger = new Ledger()

  private constructor(
    readonly runsFolder: string,
    private readonly places: ComputePlaces,
    private readonly reference: Reference,
  ) {}

  /** Lays the folder of runs in `place`, which is made if it is not there. */
  static async open(place: string, reference: Reference): Promise<Studio> {
    const runsFolder = join(place, 'runs')
    const places = {
      mnistFolder: place,
      tablesFolder: place,
      modelsFolder: place,
      runsFolder,
      speedsFile: join(place, 'speeds.json'),
      queueFile: join(place, 'queue.json'),
    }
    const studio = new Studio(runsFolder, places, reference)
    await mkdir(runsFolder, { recursive: true })
    for (const id of OTHERS) {
      await cp(reference.folder.path, join(runsFolder, id), { recursive: true })
      studio.ledger.enter(id, reference.record.name, await filesOf(reference.folder.path))
    }
    return studio
  }

  start(around: Around = {}): ComputeClient {
    return ComputeClient.start(this.places, around)
  }

  /** The id of the run to come; empty before there is one. */
  get main(): string {
    return this.id ?? ''
  }

  get mainFolder(): RunFolder | null {
    return this.id === null ? null : new RunFolder(join(this.runsFolder, this.id))
  }

  /**
   * Starts the run, or goes on with it as a window does that finds it interrupted.
   * @param resuming is told when it goes on
   * @throws Lost if the process ends first
   */
  async startOrContinue(client: Served, resuming: () => void = () => undefined): Promise<Begun> {
    const list = await client.request('runs.list', undefined)
    if (!list.ok) return refused(`the list of runs: ${list.failure.message.english}`)
    this.enterNewcomer(list.value.map(({ id }) => id))
    if (this.id === null) return this.startRun(client)
    const summary = list.value.find(({ id }) => id === this.id)
    if (!summary) return refused('the run is not in the list of runs')
    const offer = await client.request('runs.resumable', undefined)
    if (summary.status === 'interrupted' && !(offer.ok && offer.value?.runId === this.id))
      return refused('a run that was interrupted is not offered')
    if (summary.status === 'finished' && summary.epoch >= this.reference.config.epochs) return { kind: 'over' }
    resuming()
    const going = await client.request('run.continue', { runId: this.id })
    return going.ok
      ? { kind: 'under way' }
      : refused(`to go on (it is ${summary.status}): ${going.failure.message.english}`)
  }

  /** What is found wrong with names, places and the run to come once no process works. */
  async faultsAtRest(): Promise<{ readonly atRest: AtRest | null; readonly faults: Faults }> {
    const ledger = await this.ledger.check(this.runsFolder)
    const folder = this.mainFolder
    if (!folder) return { atRest: null, faults: ledger }
    const { atRest, faults } = await readAtRest(folder, this.reference)
    return { atRest, faults: [...ledger, ...faults] }
  }

  private async startRun(client: Served): Promise<Begun> {
    const started = await client.request('run.start', { name: 'main', config: this.reference.config })
    if (!started.ok) return refused(`a start: ${started.failure.message.english}`)
    this.id = started.value.runId
    this.ledger.enter(this.id, 'main', null)
    return { kind: 'under way' }
  }

  /** A start that was killed before it was answered may have made the run. */
  private enterNewcomer(ids: readonly string[]): void {
    const newcomer = ids.find((id) => !this.ledger.ids.includes(id))
    if (this.id !== null || newcomer === undefined) return
    this.id = newcomer
    this.ledger.enter(newcomer, 'main', null)
  }
}

function refused(why: string): Begun {
  return { kind: 'refused', why }
}

export function isOver({ kind }: RunState): boolean {
  return kind === 'finished' || kind === 'failed'
}

/** Paused, and not by a person. */
export function isStuck(state: RunState): boolean {
  return state.kind === 'paused' && state.reason !== null
}

/** Why a run is stuck or failed. */
export function reasonOf(state: RunState): string {
  if (state.kind === 'paused' && state.reason) return `${state.reason.message.english} ${state.reason.hint.english}`
  return state.kind === 'failed' ? `${state.failure.message.english} ${state.failure.hint.english}` : state.kind
}
