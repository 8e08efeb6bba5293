import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { START, type Counters } from '../../src/runs/counters'
import { afterList, closeEpoch, endReason, reopened } from '../../src/training/early-stopping'
import { Control, Interruption } from '../../src/training/control'
import { evaluate } from '../../src/training/evaluation'
import { minibatchCount } from '../../src/shared/run-config'
import { epochMinibatches } from '../../src/training/minibatches'
import { requireMemory } from '../../src/training/memory'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { randomConnectivity, randomParameters, randomRows } from '../reference/random-models'
import { expectFailure } from '../base/expect-failure'
import { smallConfig } from './small-run'

describe('minibatches of an epoch', () => {
  it('hold every row once, whatever the sizes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 600 }), fc.nat(), (rows, size, seed) => {
        const minibatches = epochMinibatches(rows, size, seed, 1)
        expect(minibatches).toHaveLength(minibatchCount(rows, size))
        expect(minibatches.slice(0, -1).every((minibatch) => minibatch.length === size)).toBe(true)
        const seen = minibatches.flatMap((minibatch) => [...minibatch]).sort((a, b) => a - b)
        expect(seen).toEqual(Array.from({ length: rows }, (_, i) => i))
      }),
    )
  })

  it('depend on the seed and the epoch alone', () => {
    expect(epochMinibatches(100, 10, 5, 3)).toEqual(epochMinibatches(100, 10, 5, 3))
    expect(epochMinibatches(100, 10, 5, 3)).not.toEqual(epochMinibatches(100, 10, 5, 4))
    expect(epochMinibatches(100, 10, 5, 3)).not.toEqual(epochMinibatches(100, 10, 6, 3))
  })
})

describe('early stopping', () => {
  it('keeps the smallest validation NLL and stops when it is too long ago', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        (nlls, lookAhead) => {
          let counters: Counters = START
          let reason = null
          while (reason === null) {
            counters = closeEpoch(counters, nlls[counters.epochsDone])
            reason = endReason(counters, nlls.length, lookAhead)
          }
          const seen = nlls.slice(0, counters.epochsDone)
          const least = Math.min(...seen)
          expect(counters.best).toEqual({ epoch: seen.indexOf(least) + 1, validNll: least })
          const patience = counters.epochsDone - seen.indexOf(least) - 1
          expect(reason).toBe(patience >= lookAhead ? 'look-ahead' : 'epochs')
          expect(patience).toBeLessThanOrEqual(lookAhead)
        },
      ),
    )
  })

  it.each([NaN, Infinity, -Infinity])('never takes %d for the best loss, nor goes on from there', async (bad) => {
    const lists = [Uint32Array.of(0, 1), Uint32Array.of(2)]
    await expectFailure(() => closeEpoch(START, bad), 'diverged', /^The validation loss .* at epoch 1\.$/)
    await expectFailure(() => closeEpoch(closeEpoch(START, 5), bad), 'diverged', /at epoch 2/)
    await expectFailure(
      () => afterList(START, lists, Float64Array.of(3, bad), 1),
      'diverged',
      /^The loss .* at epoch 1/,
    )
  })

  it('counts numbers too large to be added up as infinite', async () => {
    const lists = [Uint32Array.of(0, 1), Uint32Array.of(2)]
    const huge = Float64Array.of(1e308, 1e308)
    await expectFailure(() => afterList(START, lists, huge, 1), 'diverged', /^The loss became infinite at epoch 1\.$/)
  })

  it('is patient again when a finished run goes on', () => {
    expect(reopened({ ...START, ended: 'look-ahead', epochsSinceBest: 30 })).toEqual(START)
    const middle = { ...START, epochsSinceBest: 3 }
    expect(reopened(middle)).toBe(middle)
  })
})

describe('control', () => {
  /** A control, what happened to it, and when its first pause took effect. */
  const watchedControl = (): { readonly control: Control; readonly log: string[]; readonly paused: Promise<void> } => {
    const log: string[] = []
    let tell: () => void = () => undefined
    const paused = new Promise<void>((resolve) => (tell = resolve))
    const control = new Control({
      paused: async () => {
        log.push('paused')
        tell()
      },
      resumed: async () => void log.push('resumed'),
    })
    return { control, log, paused }
  }

  it('waits while paused and goes on when asked', async () => {
    const { control, log, paused } = watchedControl()
    control.ask('pause')
    const waiting = control.point().then(() => log.push('passed'))
    await paused
    // A point that did not wait would pass within a turn.
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(log).toEqual(['paused'])
    control.ask('run')
    await waiting
    expect(log).toEqual(['paused', 'resumed', 'passed'])
  })

  it('stops once, out of a pause too, and lets nothing undo a suspension', async () => {
    const { control, paused } = watchedControl()
    control.ask('pause')
    const waiting = control.point()
    await paused
    control.ask('stop')
    await expect(waiting).rejects.toThrow(Interruption)
    await expect(control.point()).resolves.toBeUndefined()
    control.ask('suspend')
    control.ask('run')
    await expect(control.point()).rejects.toMatchObject({ request: 'suspend' })
    await expect(control.point()).rejects.toMatchObject({ request: 'suspend' })
  })
})

describe('a control on which several wait', () => {
  const idle = { paused: () => Promise.resolve(), resumed: () => Promise.resolve() }
  /** Lets everything happen that can. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
  }

  it('lets all of them go on at one request', async () => {
    const control = new Control(idle)
    control.ask('pause')
    const waiting = [control.point(), control.point(), control.hold()]
    await settle()
    control.ask('run')
    await Promise.all(waiting)
  })

  it('holds until anything but a pause is asked for, and leaves a stop to be done', async () => {
    const control = new Control(idle)
    let isHeld = true
    const held = control.hold().then(() => (isHeld = false))
    control.ask('pause')
    await settle()
    expect(isHeld).toBe(true)
    control.ask('stop')
    await held
    expect(control.current).toBe('stop')
    await expect(control.point()).rejects.toMatchObject({ request: 'stop' })
    const again = control.hold()
    control.ask('suspend')
    await expect(again).rejects.toMatchObject({ request: 'suspend' })
    await expect(control.hold()).rejects.toMatchObject({ request: 'suspend' })
  })

  it('has a clock that stands still meanwhile, and counts no moment twice', async () => {
    let now = 0
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now)
    try {
      const control: Control = new Control({
        paused: async () => void (await control.hold()),
        resumed: () => Promise.resolve(),
      })
      now = 10
      control.ask('pause')
      const waiting = control.point()
      await settle()
      now = 30
      expect(control.now()).toBe(10)
      control.ask('run')
      await waiting
      now = 35
      expect(control.now()).toBe(15)
    } finally {
      clock.mockRestore()
    }
  })
})

describe('evaluation', () => {
  it('is the mean over rows of the ensemble, with 1.96 standard errors, however it is sliced', async () => {
    const spec = {
      inputs: 7,
      hidden: [9],
      activation: 'tanh',
      directConnections: true,
      conditioningWeights: false,
    } as const
    const session = await new CpuEngine('test').open({ spec, parameters: randomParameters(spec, 2) }, null)
    const rows = randomRows(431, 7, 2)
    const connectivities = [0, 1, 2, 3, 4].map((i) => randomConnectivity(spec, 2, i))
    const shares: number[] = []
    const result = await evaluate(session, rows, connectivities, async (share) => void shares.push(share))
    const scored = await session.logLikelihood(rows, connectivities)
    const nlls = Array.from({ length: 431 }, (_, row) => {
      const mean = scored.reduce((sum, values) => sum + Math.exp(values[row]), 0) / scored.length
      return -Math.log(mean)
    })
    const mean = nlls.reduce((a, b) => a + b) / nlls.length
    const deviation = Math.sqrt(nlls.reduce((sum, nll) => sum + (nll - mean) ** 2, 0) / nlls.length)
    expect(result.nll).toBeCloseTo(mean, 10)
    expect(result.interval95).toBeCloseTo((1.96 * deviation) / Math.sqrt(431), 8)
    expect(result).toMatchObject({ rows: 431, connectivities: 5 })
    expect(shares.at(-1)).toBe(1)
    expect([...shares].sort((a, b) => a - b)).toEqual(shares)
  })
})

describe('memory', () => {
  it('refuses what does not fit, in words and before anything is allocated', () => {
    const config = smallConfig({ hidden: [8000, 8000] })
    expect(() => requireMemory(config, { columns: 784 }, 8 * 1024 ** 3)).not.toThrow()
    expect(() => requireMemory(config, { columns: 784 }, 3 * 1024 ** 3)).toThrow(
      /takes about 2\.9 GB of memory; this computer has 3\.0 GB/,
    )
  })
})
