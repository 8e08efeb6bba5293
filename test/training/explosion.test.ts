import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { DEFAULT_OPTIMIZERS } from '../../src/made/optimizer'
import type { RunEvent, RunState } from '../../src/shared/run'
import type { RunConfig } from '../../src/shared/run-config'
import { ExplosionWatch } from '../../src/training/explosion'
import { Trainer } from '../../src/training/trainer'
import { newRun, smallConfig, smallData, temporaryFolder } from './small-run'

const DATA = smallData(40)

/** Trains until it is over, or waits for a person. */
async function outcome(
  change: Partial<RunConfig>,
): Promise<{ readonly state: RunState; readonly trainer: Trainer; readonly ended: Promise<RunState> }> {
  const folder = await newRun(await temporaryFolder(), smallConfig({ epochs: 30, batchSize: 2, ...change }), DATA)
  let last: RunState = { kind: 'idle' }
  const emit = (event: RunEvent): void => {
    if (event.type === 'state') last = event.state
  }
  const parts = { folder, record: await folder.readRecord(), data: DATA, engine: new CpuEngine('test'), emit }
  const trainer = new Trainer({ ...parts, whenDiskFails: 'pause', whenExploding: 'pause' })
  const ended = trainer.run()
  await expect.poll(() => ['finished', 'paused', 'failed', 'diverged'].includes(last.kind)).toBe(true)
  return { state: last, trainer, ended }
}

describe('a run that explodes', () => {
  it('pauses within an epoch, says so, and goes on where a person wants it all the same', async () => {
    const { state, trainer, ended } = await outcome({ optimizer: { ...DEFAULT_OPTIMIZERS.sgd, learningRate: 100 } })
    expect(state).toMatchObject({
      kind: 'paused',
      isStopping: false,
      reason: {
        code: 'diverged',
        message: {
          english: expect.stringMatching(/^The loss has exploded: it is [\d.,]+ times that of fair coins\.$/),
        },
      },
    })
    if (state.kind === 'paused') expect(state.progress.update).toBeLessThanOrEqual(230 / 2)
    trainer.ask('run')
    expect((await ended).kind).toBe('finished')
  })

  it('can be stopped from there', async () => {
    const { trainer, ended } = await outcome({ optimizer: { ...DEFAULT_OPTIMIZERS.sgd, learningRate: 100 } })
    trainer.ask('stop')
    expect((await ended).kind).toBe('finished')
  })

  it('is said once where there is nobody to be asked, and goes on', async () => {
    const optimizer = { ...DEFAULT_OPTIMIZERS.sgd, learningRate: 100 }
    const folder = await newRun(await temporaryFolder(), smallConfig({ epochs: 3, batchSize: 2, optimizer }), DATA)
    const warnings: string[] = []
    const emit = (event: RunEvent): void => {
      if (event.type === 'warning') warnings.push(`${event.failure.message.english} ${event.failure.hint.english}`)
    }
    const parts = { folder, record: await folder.readRecord(), data: DATA, engine: new CpuEngine('test'), emit }
    expect((await new Trainer({ ...parts, whenDiskFails: 'fail' }).run()).kind).toBe('finished')
    expect(warnings).toEqual([expect.stringMatching(/^The loss has exploded: .* try a tenth of the learning rate\.$/)])
  })

  it.each(Object.values(DEFAULT_OPTIMIZERS))('is not one with usual settings ($kind)', async (optimizer) => {
    const { state } = await outcome({ optimizer, epochs: 3 })
    expect(state.kind).toBe('finished')
  })
})

describe('the watch for explosions', () => {
  const COINS = 10 * Math.LN2

  it('says nothing of losses that never are far above those of the beginning', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 2 * COINS, noNaN: true }), { minLength: 1, maxLength: 300 }),
        (losses) => {
          const watch = new ExplosionWatch({ columns: 10 })
          watch.note(Float64Array.from(losses))
          expect(watch.failure(false)).toBeNull()
          expect(watch.failure(true)).toBeNull()
        },
      ),
    )
  })

  it('waits for a spike that comes down, until the epoch is over', () => {
    const watch = new ExplosionWatch({ columns: 10 })
    watch.note(Float64Array.from({ length: 60 }, (_, i) => (i === 0 ? COINS : 1000 / i)))
    expect(watch.failure(false)).toBeNull()
    watch.note(Float64Array.from({ length: 60 }, () => 5))
    expect(watch.failure(true)).toBeNull()
  })

  it('tells of losses that stay up, once', () => {
    const watch = new ExplosionWatch({ columns: 10 })
    watch.note(Float64Array.from({ length: 60 }, (_, i) => (i === 0 ? COINS : 500)))
    expect(watch.failure(false)).not.toBeNull()
    watch.accept()
    expect(watch.failure(true)).toBeNull()
  })
})
