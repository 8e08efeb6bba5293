import type { Engine, Session } from '../src/engine/contract'
import { KernelSession } from '../src/engine/cpu/kernel-session'
import { QueuedSession } from '../src/engine/queued-engine'
import type { Contestant, Runner } from './contestant'
import { TRAINING, type Job } from './jobs'
import type { Materials } from './materials'

/** Scoring that would take longer than this is timed on a part of it. */
const MOST_SCORING = 1500
const PART_ROWS = 1000

/** An engine, through its contract. */
export class EngineContestant implements Contestant {
  private session: Session | null = null
  private kind: Job['kind'] = 'train'
  private latestThreads: number | null = null

  constructor(
    readonly side: 'ours' | 'tensorflow',
    readonly name: string,
    readonly settle: number,
    private readonly engine: Engine,
  ) {}

  async prepare(job: Job, materials: Materials): Promise<Runner[]> {
    const { spec, parameters } = materials
    const session = await this.engine.open({ spec, parameters }, job.kind === 'train' ? TRAINING : null)
    this.session = session
    this.kind = job.kind
    switch (job.kind) {
      case 'train':
        return [await trainer(session, materials)]
      case 'sample':
        return [drawer(session, materials, job.drawn)]
      case 'score':
        return [await scorer(session, materials)]
    }
  }

  /** Threads that the job done last was made with; null where the engine says nothing of them. */
  get threads(): number | null {
    return this.latestThreads
  }

  async tidy(): Promise<void> {
    const work = this.session instanceof QueuedSession ? this.session.work : null
    this.latestThreads =
      work instanceof KernelSession ? work.threadsFor(this.kind === 'sample' ? 'draw' : this.kind) : null
    await this.session?.close()
    this.session = null
  }
}

async function trainer(session: Session, { rows, minibatches, connectivities }: Materials): Promise<Runner> {
  await session.setData(rows)
  let update = 0
  const run = async (repeats: number): Promise<number> => {
    const updates = Array.from({ length: repeats }, () => update++)
    const chosen = updates.map((t) => minibatches[t % minibatches.length])
    const masked = updates.map((t) => connectivities[t % connectivities.length])
    return (await timed(() => session.train(chosen, masked))) / repeats
  }
  return { variant: '', portion: 1, run }
}

function drawer(session: Session, { connectivities }: Materials, count: number): Runner {
  let first = 0
  const draw = (): Promise<unknown> => {
    first += count
    return session.sample({ count, first, seed: 1, connectivity: connectivities[0] })
  }
  const run = (repeats: number): Promise<number> => timedEach(repeats, draw)
  return { variant: '', portion: 1, run }
}

async function scorer(session: Session, { rows, connectivities }: Materials): Promise<Runner> {
  const part = rows.slice(0, PART_ROWS)
  const [one] = connectivities
  await session.logLikelihood(part, [one])
  const partTime = await timed(() => session.logLikelihood(part, [one]))
  const whole = (partTime * rows.rows) / PART_ROWS
  const wanted = whole * connectivities.length <= MOST_SCORING ? rows : part
  const masks = (wanted === rows ? whole : partTime) * connectivities.length <= MOST_SCORING ? connectivities : [one]
  const run = (repeats: number): Promise<number> => timedEach(repeats, () => session.logLikelihood(wanted, masks))
  return { variant: '', portion: (wanted.rows * masks.length) / (rows.rows * connectivities.length), run }
}

async function timedEach(repeats: number, work: () => Promise<unknown>): Promise<number> {
  const whole = await timed(async () => {
    for (let i = 0; i < repeats; i++) await work()
  })
  return whole / repeats
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
