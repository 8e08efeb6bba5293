import { describe, expect, it } from 'vitest'
import type { Engine, EngineId } from '../../src/engine/contract'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { StudioError, type Failure } from '../../src/base/failure'
import type { RunEvent, RunState } from '../../src/shared/run'
import { LastingRun } from '../../src/training/lasting-run'
import type { RunFolder } from '../../src/runs/run-folder'
import { newRun, smallConfig, smallData, temporaryFolder } from './small-run'
import { verbatim } from '../../src/words/say'

const LOST: Failure = { code: 'process-lost', message: verbatim('The GPU stopped working.'), hint: verbatim('') }

/** The cpu engine under the name of another, whose device is lost at its nth list of minibatches, then never again. */
class FragileEngine implements Engine {
  readonly device = { kind: 'gpu', name: verbatim('fragile') } as const
  private readonly cpu = new CpuEngine('test')
  readonly heads = this.cpu.heads

  constructor(
    readonly id: EngineId,
    private lists: number,
  ) {}

  async open(...args: Parameters<Engine['open']>): ReturnType<Engine['open']> {
    const session = await this.cpu.open(...args)
    const train = session.train.bind(session)
    session.train = (minibatches, connectivities) =>
      this.lists-- === 0
        ? Promise.reject(new StudioError(LOST.code, LOST.message, LOST.hint))
        : train(minibatches, connectivities)
    return session
  }
}

interface Heard {
  readonly state: RunState
  readonly asked: readonly EngineId[]
  readonly warnings: readonly Failure[]
}

/** Runs on engines that are found in that order, one after each loss; null: there is none. */
async function runOn(
  folder: RunFolder,
  first: Engine,
  next: readonly (Engine | null)[],
  hear: (run: LastingRun, event: RunEvent) => void = () => undefined,
): Promise<Heard> {
  const left = [...next]
  const asked: EngineId[] = []
  const warnings: Failure[] = []
  const find = async (id: EngineId): Promise<Engine> => {
    asked.push(id)
    const engine = left.shift()
    if (engine) return engine
    throw new StudioError('engine-unavailable', 'There is no GPU.', 'Use cpu.')
  }
  const emit = (event: RunEvent): void => {
    if (event.type === 'warning') warnings.push(event.failure)
    hear(run, event)
  }
  const run = new LastingRun(
    { folder, record: await folder.readRecord(), data: smallData(), engine: first, emit, whenDiskFails: 'fail' },
    find,
  )
  return { state: await run.run(), asked, warnings }
}

const CONFIG = smallConfig({ epochs: 3 })

async function expectSame(actual: RunFolder, expected: RunFolder): Promise<void> {
  expect((await actual.readBest()).parameters).toEqual((await expected.readBest()).parameters)
  const [a, b] = [await actual.readRecord(), await expected.readRecord()]
  expect([a.status, a.epoch, a.best, a.test]).toEqual(['finished', b.epoch, b.best, b.test])
}

describe('a run that outlasts its engine', () => {
  it('gives way to cpu where an engine that was chosen for it has no room for its rows', async () => {
    class SmallEngine extends FragileEngine {
      override async open(...args: Parameters<Engine['open']>): ReturnType<Engine['open']> {
        const session = await super.open(...args)
        session.setData = () =>
          Promise.reject(new StudioError('too-large', 'These rows are too large for the GPU.', 'Use cpu.'))
        return session
      }
    }
    const auto = smallConfig({ epochs: 2, engine: 'auto' })
    const whole = await newRun(await temporaryFolder(), auto)
    await runOn(whole, new CpuEngine('test'), [])
    const moved = await newRun(await temporaryFolder(), auto)
    const { state, asked, warnings } = await runOn(moved, new SmallEngine('webgpu', Infinity), [new CpuEngine('test')])
    expect([state.kind, asked]).toEqual(['finished', ['cpu']])
    expect(warnings).toMatchObject([
      {
        code: 'too-large',
        message: { english: 'These rows are too large for the GPU.' },
        hint: { english: 'The run uses the cpu engine instead.' },
      },
    ])
    await expectSame(moved, whole)
    // Where a person chose the engine, the run fails in words.
    const chosen = await newRun(await temporaryFolder(), smallConfig({ epochs: 2, engine: 'webgpu' }))
    expect((await runOn(chosen, new SmallEngine('webgpu', Infinity), [new CpuEngine('test')])).state).toMatchObject({
      kind: 'failed',
      failure: { code: 'too-large' },
    })
  })

  it('goes on on a new device, and ends as if nothing had happened', async () => {
    const whole = await newRun(await temporaryFolder(), CONFIG)
    await runOn(whole, new CpuEngine('test'), [])
    const broken = await newRun(await temporaryFolder(), CONFIG)
    const { state, asked, warnings } = await runOn(broken, new FragileEngine('webgpu', 3), [
      new FragileEngine('webgpu', Infinity),
    ])
    expect(state.kind).toBe('finished')
    expect(asked).toEqual(['webgpu'])
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatchObject({
      message: LOST.message,
      hint: { english: expect.stringMatching(/on the same engine\.$/) },
    })
    await expectSame(broken, whole)
  })

  it('goes on on the processor where the device does not come back, or is lost again and again', async () => {
    const whole = await newRun(await temporaryFolder(), CONFIG)
    await runOn(whole, new CpuEngine('test'), [])
    const gone = await newRun(await temporaryFolder(), CONFIG)
    const first = await runOn(gone, new FragileEngine('webgpu', 1), [null, null, new CpuEngine('test')])
    expect(first.asked).toEqual(['webgpu', 'webgpu', 'cpu'])
    expect(first.warnings.at(-1)?.hint.english).toMatch(/on the cpu engine\.$/)
    expect((await gone.readRecord()).engine?.id).toBe('cpu')
    await expectSame(gone, whole)

    const shaky = await newRun(await temporaryFolder(), CONFIG)
    const second = await runOn(shaky, new FragileEngine('webgpu', 1), [
      new FragileEngine('webgpu', 1),
      new FragileEngine('webgpu', 1),
      new CpuEngine('test'),
    ])
    expect(second.asked).toEqual(['webgpu', 'webgpu', 'cpu'])
    await expectSame(shaky, whole)
  })

  it('takes what a person asked for along', async () => {
    const folder = await newRun(await temporaryFolder(), CONFIG)
    const { state } = await runOn(folder, new FragileEngine('webgpu', 2), [new CpuEngine('test')], (run, event) => {
      if (event.type === 'warning') run.ask('suspend')
    })
    expect(state.kind).toBe('paused')
    expect((await folder.readRecord()).status).toBe('training')
  })

  it('does not stop the test of a run that was stopped before, and stops one whose stop was not saved', async () => {
    /** Loses its device where it is told to: at a call on the test rows, or before a stop can be saved. */
    class LostOnce extends FragileEngine {
      isLost = false

      constructor(private readonly at: 'test' | 'save') {
        super('webgpu', Infinity)
      }

      override async open(...args: Parameters<Engine['open']>): ReturnType<Engine['open']> {
        const session = await super.open(...args)
        const lost = (): Promise<never> => {
          this.isLost = true
          return Promise.reject(new StudioError(LOST.code, LOST.message, LOST.hint))
        }
        const [score, read] = [session.logLikelihood.bind(session), session.readState.bind(session)]
        session.logLikelihood = (rows, connectivities) =>
          this.at === 'test' && !this.isLost && phase === 'testing' ? lost() : score(rows, connectivities)
        session.readState = () => (this.at === 'save' && !this.isLost && hasStopped ? lost() : read())
        return session
      }
    }
    let phase = ''
    let hasStopped = false
    for (const at of ['test', 'save'] as const) {
      ;[phase, hasStopped] = ['', false]
      const folder = await newRun(await temporaryFolder(), smallConfig({ epochs: 50 }))
      const engine = new LostOnce(at)
      const { state, warnings } = await runOn(folder, engine, [engine], (run, event) => {
        if (event.type === 'state' && 'progress' in event.state) phase = event.state.progress.phase
        if (event.type !== 'epoch' || event.record.epoch !== 2 || hasStopped) return
        hasStopped = true
        run.ask('stop')
      })
      expect([at, engine.isLost, warnings.length]).toEqual([at, true, 1])
      expect(state).toMatchObject({ kind: 'finished', result: { reason: 'stopped', test: { rows: 70 } } })
      expect(await folder.readRecord()).toMatchObject({ status: 'finished', test: { rows: 70 } })
    }
  })

  it('gives up where the processor itself fails, and the run can go on later', async () => {
    const folder = await newRun(await temporaryFolder(), CONFIG)
    const next = [new FragileEngine('cpu', 0), new FragileEngine('cpu', 0)]
    const { state } = await runOn(folder, new FragileEngine('cpu', 1), next)
    expect(state).toMatchObject({ kind: 'failed', failure: { code: 'process-lost' } })
    expect(await folder.readRecord()).toMatchObject({ status: 'failed', failure: { code: 'process-lost' } })
    expect((await runOn(folder, new CpuEngine('test'), [])).state.kind).toBe('finished')
  })
})
