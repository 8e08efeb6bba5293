import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { failureOf } from '../../src/base/failure'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import type { RunFolder } from '../../src/runs/run-folder'
import type { RunEvent, RunState } from '../../src/shared/run'
import { LastingRun } from '../../src/training/lasting-run'
import { diskFull, unwatchDisk, watchDisk } from '../files/watched-disk'
import { newRun, smallConfig, smallData, temporaryFolder } from './small-run'

vi.mock('node:fs/promises', async (original) =>
  (await import('../files/watched-disk')).watchedDisk(await original<typeof import('node:fs/promises')>()),
)

afterEach(() => unwatchDisk())

const ENDLESS = smallConfig({ epochs: 100_000, lookAhead: 100_000, hidden: [4], batchSize: 5 })
const DATA = smallData(5)

/** A run under way, and what it last told of itself. */
class WatchedRun {
  told: RunState = { kind: 'idle' }
  private readonly run: LastingRun
  readonly ended: Promise<RunState>

  private constructor(
    private readonly folder: RunFolder,
    parts: Omit<ConstructorParameters<typeof LastingRun>[0], 'emit'>,
  ) {
    const emit = (event: RunEvent): void => {
      if (event.type === 'state') this.told = event.state
    }
    this.run = new LastingRun({ ...parts, emit }, () => Promise.resolve(new CpuEngine('test')))
    this.ended = this.run.run()
  }

  static async start(folder: RunFolder): Promise<WatchedRun> {
    const record = await folder.readRecord()
    const engine = new CpuEngine('test')
    return new WatchedRun(folder, { folder, record, data: DATA, engine, whenDiskFails: 'pause' })
  }

  ask(request: Parameters<LastingRun['ask']>[0]): void {
    this.run.ask(request)
  }

  /** The code of the failure, or "renamed". */
  rename(name: string): Promise<string> {
    return this.run.rename(name).then(
      () => 'renamed',
      (error: unknown) => failureOf(error).code,
    )
  }

  /** What the window shows, and what run.json says. */
  async facts(): Promise<Facts> {
    const { told } = this
    const { status, name } = await this.folder.readRecord()
    const isHeld = told.kind === 'paused' && told.reason !== null
    return {
      told: isHeld ? 'held' : told.kind,
      // Nobody can say what a disk holds that cannot be written.
      recorded: isHeld ? 'whatever' : status,
      names: ['name' in told ? told.name : '', name],
    }
  }
}

interface Facts {
  readonly told: RunState['kind'] | 'held'
  readonly recorded: string
  readonly names: readonly string[]
}

type Action = 'pause' | 'resume' | 'stop' | 'suspend' | 'rename' | 'fill the disk' | 'stop on a full disk' | 'make room'

/** What the run should be like, whatever happened before. */
class Model {
  at: 'training' | 'paused' | 'held' | 'finished' | 'suspended' = 'training'
  name = 'small'
  isFull = false

  /** @returns what a rename comes to */
  act(action: Action, name: string): string | null {
    switch (action) {
      case 'rename':
        if (this.isFull) return 'disk-full'
        this.name = name
        return 'renamed'
      case 'fill the disk':
        this.isFull = true
        // The end of the next epoch cannot be written.
        if (this.at === 'training') this.at = 'held'
        return null
      case 'stop on a full disk':
        this.isFull = true
        // The stop takes effect and cannot be saved.
        if (!this.isOver) this.at = 'held'
        return null
      case 'make room':
        this.isFull = false
        return null
      default:
        if (!this.isOver) this.ask(action)
        return null
    }
  }

  get isOver(): boolean {
    return this.at === 'finished' || this.at === 'suspended'
  }

  get facts(): Facts {
    const names = [this.name, this.name]
    switch (this.at) {
      case 'held':
        return { told: 'held', recorded: 'whatever', names }
      case 'training':
      case 'paused':
      case 'finished':
        return { told: this.at, recorded: this.at, names }
      case 'suspended':
        throw new Error('a suspended run is let go of')
    }
  }

  private ask(action: 'pause' | 'resume' | 'stop' | 'suspend'): void {
    if (action === 'suspend') this.at = 'suspended'
    else if (action === 'pause') this.at = this.at === 'training' ? (this.isFull ? 'held' : 'paused') : this.at
    else if (this.isFull) this.at = 'held'
    else this.at = action === 'resume' ? 'training' : 'finished'
  }
}

const actions = fc.array(
  fc.constantFrom<Action>(
    'pause',
    'pause',
    'resume',
    'resume',
    'rename',
    'rename',
    'fill the disk',
    'stop on a full disk',
    'make room',
    'make room',
    'stop',
    'suspend',
  ),
  { minLength: 2, maxLength: 12 },
)

describe('what a run tells and what it records', () => {
  it('agree after whatever a person and the disk do', { timeout: 300_000 }, async () => {
    const place = await temporaryFolder()
    let runs = 0
    await fc.assert(
      fc.asyncProperty(actions, async (list) => {
        const folder = await newRun(`${place}/${runs++}`, ENDLESS, DATA)
        const model = new Model()
        const run = await WatchedRun.start(folder)
        let refusals = 0
        watchDisk((step) => (model.isFull && step.what === 'write' ? (refusals++, diskFull(step)) : null))
        try {
          await expect.poll(() => run.told.kind).toBe('training')
          for (const [i, action] of list.entries()) {
            const name = `name ${i}`
            const before = refusals
            const expected = model.act(action, name)
            // Held once more: the disk has refused once more.
            const tries = model.at === 'held' && (action === 'resume' || action === 'stop') ? 1 : 0
            if (action === 'rename') expect(await run.rename(name)).toBe(expected)
            else if (action === 'resume') run.ask('run')
            else if (action === 'stop on a full disk') run.ask('stop')
            else if (action === 'pause' || action === 'stop' || action === 'suspend') run.ask(action)
            if (model.at === 'suspended') break
            await expect.poll(() => refusals, { interval: 2 }).toBeGreaterThanOrEqual(before + tries)
            await expect.poll(() => run.facts(), { interval: 2 }).toEqual(model.facts)
          }
          model.isFull = false
          if (model.at === 'suspended') {
            expect((await run.ended).kind).toBe('paused')
            // Whoever opens the folder next finds what was told last, or a run that was interrupted.
            expect(['training', 'paused']).toContain((await folder.readRecord()).status)
          } else {
            run.ask('stop')
            expect((await run.ended).kind).toBe('finished')
            expect(await run.facts()).toEqual({
              told: 'finished',
              recorded: 'finished',
              names: [model.name, model.name],
            })
          }
        } finally {
          model.isFull = false
          run.ask('suspend')
          await run.ended
          unwatchDisk()
        }
      }),
      {
        numRuns: 40,
        examples: [
          // The window said "paused" and run.json "training".
          [['fill the disk', 'rename', 'make room', 'resume', 'pause']],
          [['pause', 'fill the disk', 'rename', 'make room', 'resume', 'pause', 'rename']],
          [['fill the disk', 'pause', 'stop', 'make room', 'stop']],
          [['pause', 'fill the disk', 'resume', 'stop', 'resume', 'make room', 'resume', 'pause', 'stop']],
          // A stop that could not be saved is taken back: the run ended as soon as there was room, whatever was asked for.
          [['stop on a full disk', 'make room', 'resume', 'pause', 'resume', 'stop']],
          [['stop on a full disk', 'stop', 'make room', 'stop']],
        ],
      },
    )
  })
})

describe('a run that is renamed at every step of every save', () => {
  it('trains as if it were not, and has the last name', async () => {
    const folder = await newRun(await temporaryFolder(), smallConfig({ epochs: 4 }))
    const parts = { folder, record: await folder.readRecord(), data: smallData(), engine: new CpuEngine('test') }
    const warnings: RunEvent[] = []
    const emit = (event: RunEvent): void => void (event.type === 'warning' && warnings.push(event))
    const run = new LastingRun({ ...parts, emit, whenDiskFails: 'fail' }, () => Promise.reject(new Error('no engine')))
    const renamed: Promise<void>[] = []
    watchDisk(({ path }) => {
      // While metrics, samples, models, checkpoints and run.json itself are written; its own steps are those of names, too.
      if (!path.includes('run.json')) renamed.push(run.rename(`name ${renamed.length}`))
      return null
    })
    expect(await run.run()).toMatchObject({ kind: 'finished', result: { epochs: 4 } })
    unwatchDisk()
    await Promise.all(renamed)
    expect(renamed.length).toBeGreaterThan(50)
    expect(await folder.readRecord()).toMatchObject({
      name: `name ${renamed.length - 1}`,
      status: 'finished',
      epoch: 4,
    })
    expect(warnings).toEqual([])
  })
})
