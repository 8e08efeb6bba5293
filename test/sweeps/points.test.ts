import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StudioError } from '../../src/base/failure'
import { DEFAULT_RUN_CONFIG, runConfigSchema } from '../../src/shared/run-config'
import { pointsOf, type SweepPoint } from '../../src/sweeps/points'
import { readSweep, SWEEP_LIMITS } from '../../src/sweeps/sweep'

function made(sweep: unknown): readonly SweepPoint[] {
  return pointsOf(readSweep(sweep))
}

/** What is said of a sweep that is refused, in two sentences. */
function refusal(sweep: unknown): string {
  try {
    made(sweep)
  } catch (error) {
    if (!(error instanceof StudioError)) throw error
    return `${error.message} ${error.hint}`
  }
  throw new Error('it was not refused')
}

/** Lists of different values of three settings, of several lengths. */
const lists = fc.record({
  hidden: fc.uniqueArray(fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 5,
    selector: String,
  }),
  'optimizer.learningRate': fc.uniqueArray(fc.constantFrom(1, 0.1, 0.02, 3e-3, 1e-4), { minLength: 1, maxLength: 5 }),
  seed: fc.uniqueArray(fc.nat(1000), { minLength: 1, maxLength: 5 }),
})

describe('a grid', () => {
  it('has every combination once, the last list changing fastest, under numbers that say where it stands', () => {
    fc.assert(
      fc.property(lists, (vary) => {
        const points = made({ vary })
        const expected = vary.hidden.flatMap((hidden) =>
          vary['optimizer.learningRate'].flatMap((rate) => vary.seed.map((seed) => ({ hidden, rate, seed }))),
        )
        expect(
          points.map(({ config: { hidden, optimizer, seed } }) => ({
            hidden,
            rate: 'learningRate' in optimizer ? optimizer.learningRate : null,
            seed,
          })),
        ).toEqual(expected)
        expect(points.map(({ id }) => id)).toEqual(expected.map((_, i) => `p${String(i).padStart(5, '0')}`))
      }),
    )
  })

  it('has complete settings of runs that nobody changes any more; what is not named is as usual, on the processor', () => {
    const [point] = made({ base: { epochs: 7, data: { kind: 'synthetic', set: { kind: 'bars-and-stripes' } } }, vary: { seed: [5] } }) // prettier-ignore
    const { data, ...settings } = point.config
    expect(settings).toEqual({ ...DEFAULT_RUN_CONFIG, data: undefined, epochs: 7, seed: 5, engine: 'cpu' })
    expect(data).toMatchObject({ kind: 'synthetic', seed: 1, set: { kind: 'bars-and-stripes' } })
    expect(runConfigSchema.parse(point.config)).toEqual(point.config)
    const { hidden } = point.config
    expect(() => hidden.push(3)).toThrow()
    expect(made({ base: { engine: 'auto' }, vary: { seed: [1] } })[0].config.engine).toBe('auto')
  })

  it('takes the usual constants of each optimizer that it varies', () => {
    const points = made({ vary: { 'optimizer.kind': ['adam', 'sgd'], 'optimizer.learningRate': [0.5] } })
    expect(points.map(({ config }) => config.optimizer)).toEqual([
      { kind: 'adam', learningRate: 0.5, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      { kind: 'sgd', learningRate: 0.5, decay: 0, momentum: 0 },
    ])
  })
})

describe('a random search', () => {
  it('draws different points of the grid, of which those of a smaller search are the first', () => {
    fc.assert(
      fc.property(lists, fc.maxSafeNat(), fc.double({ min: 0, max: 1, noNaN: true }), (vary, seed, share) => {
        const all = made({ vary }).map(({ config }) => JSON.stringify(config))
        const draw = (count: number): string[] =>
          made({ vary, search: { kind: 'random', count, seed } }).map(({ config }) => JSON.stringify(config))
        const count = Math.max(1, Math.round(share * all.length))
        const [some, whole] = [draw(count), draw(all.length)]
        expect(new Set(whole)).toEqual(new Set(all))
        expect(some).toEqual(whole.slice(0, count))
      }),
    )
  })

  it('draws each point as often as any other', () => {
    const counts = new Map<unknown, number>()
    for (let seed = 0; seed < 600; seed++) {
      const [{ settings }] = made({ vary: { seed: [1, 2, 3], l2: [0, 1] }, search: { kind: 'random', count: 1, seed } })
      const key = JSON.stringify(settings)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0)
    // Beyond this one time in a million, were it as it should be; the seeds are always these.
    expect(chiSquare).toBeLessThan(36)
  })

  it('is as it was: the numbers of its draws are part of the format', () => {
    const points = made({ vary: { seed: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], masks: [1, 2, 3] }, search: { kind: 'random', count: 5, seed: 42 } }) // prettier-ignore
    expect(points.map(({ settings }) => [settings['seed'], settings['masks']])).toEqual([
      [8, 1],
      [2, 3],
      [6, 1],
      [6, 2],
      [9, 3],
    ])
  })

  it('is possible where the grid is too large to be written out', () => {
    const seeds = Array.from({ length: 10_000 }, (_, i) => i)
    const vary = { seed: seeds, batchSize: seeds.slice(1), epochs: seeds.slice(1), lookAhead: seeds.slice(1) }
    expect(made({ vary, search: { kind: 'random', count: 20 } })).toHaveLength(20)
  })
})

describe('what cannot be is refused, by what it is', () => {
  it.each<[string, unknown, string]>([
    ['no object', [1], 'A sweep is an object'],
    ['nothing to vary', { base: {} }, 'neither "vary" nor "points"'],
    ['both', { vary: { seed: [1] }, points: [{}] }, 'both "vary" and "points"'],
    ['an unknown field', { varry: {} }, 'no field "varry"'],
    ['an unknown field below', { vary: { seed: [1] }, halving: { kept: 1, keep: 0.5, epochs: [1] } }, 'no field "halving.kept"'], // prettier-ignore
    ['an empty list', { vary: { seed: [1], hidden: [] } }, 'The list of hidden is empty.'],
    ['no points', { points: [] }, 'The list of points is empty.'],
    ['no list', { vary: { seed: 3 } }, 'The values of seed are no list.'],
    ['a value twice', { vary: { hidden: [[5], [6], [5]] } }, 'The list of hidden has the value [5] twice.'],
    ['an unknown setting', { vary: { hiden: [[5]] } }, 'Point p00000 cannot be: there is no setting "hiden". There are data, hidden,'], // prettier-ignore
    ['one of the base', { base: { optimizer: { rate: 1 } }, vary: { seed: [1] } }, 'there is no setting "optimizer.rate". There are optimizer.kind,'], // prettier-ignore
    ['one below a number', { vary: { 'seed.first': [1] }, base: { seed: 1 } }, 'there is no setting "seed.first"'],
    ['one of no prototype', { vary: JSON.parse('{"__proto__": [{"hidden": [5]}]}') as unknown }, 'there is no setting "__proto__"'], // prettier-ignore
    ['a setting that one optimizer lacks', { vary: { 'optimizer.kind': ['adam', 'adadelta'], 'optimizer.learningRate': [0.1] } }, 'Point p00001 cannot be: there is no setting "optimizer.learningRate"'], // prettier-ignore
    ['a value in one point', { vary: { seed: [1, 2], 'optimizer.learningRate': [0.1, -1] } }, 'Point p00001 cannot be: The value of optimizer.learningRate must be at least 1e-8.'], // prettier-ignore
    ['a value of another type', { vary: { hidden: [[5], 5] } }, 'Point p00001 cannot be: The value of hidden must be a list.'], // prettier-ignore
    ['orderings and masks that do not go together', { vary: { orderings: [101], masks: [3, 997] } }, 'Point p00001 cannot be: '], // prettier-ignore
    ['two points alike', { points: [{ seed: 1 }, { hidden: [500] }] }, 'The points p00000 and p00001 have the same settings.'], // prettier-ignore
    ['more drawn than there are', { vary: { seed: [1, 2] }, search: { kind: 'random', count: 3 } }, '3 runs are to be drawn, but the lists make only 2 together'], // prettier-ignore
    ['drawn from points', { points: [{}], search: { kind: 'random', count: 1 } }, 'not from "points"'],
    ['a million runs', { vary: { seed: Array.from({ length: 1000 }, (_, i) => i), epochs: Array.from({ length: 1000 }, (_, i) => i + 1) } }, 'The lists make 1,000,000 runs; the most are 10,000.'], // prettier-ignore
    [
      'a million drawn',
      { vary: { seed: [1] }, search: { kind: 'random', count: 1e6 } },
      'The lists make 1,000,000 runs',
    ],
    ['rungs that descend', { vary: { seed: [1] }, halving: { keep: 0.5, epochs: [3, 3] } }, 'must become more from one to the next: 3, 3.'], // prettier-ignore
    ['a rung beyond the end', { vary: { epochs: [9, 4] }, halving: { keep: 0.5, epochs: [2, 4] } }, 'Point p00001 cannot be: it ends after 4 epochs, not after more than the 4'], // prettier-ignore
    ['a share of none', { vary: { seed: [1] }, halving: { keep: 0, epochs: [3] } }, 'The value of halving.keep must be more than 0.'], // prettier-ignore
  ])('%s', (_, sweep, said) => {
    expect(refusal(sweep)).toContain(said)
  })

  it('too many before any is made out', () => {
    // Lists of values that none of them could have: they are not looked at.
    const values = Array.from({ length: SWEEP_LIMITS.points }, (_, i) => `none ${i}`)
    expect(refusal({ vary: { a: values, b: values, c: values } })).toContain('1,000,000,000,000 runs')
  })

  it('whatever stands in the file, in words', () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            base: fc.jsonValue(),
            vary: fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.array(fc.jsonValue(), { maxLength: 3 }))),
            points: fc.jsonValue(),
            search: fc.jsonValue(),
            halving: fc.jsonValue(),
          },
          { requiredKeys: [] },
        ),
        (sweep) => {
          try {
            made(sweep)
          } catch (error) {
            if (!(error instanceof StudioError)) throw error
          }
        },
      ),
    )
  })
})
