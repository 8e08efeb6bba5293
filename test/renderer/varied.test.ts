import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldedRuns } from '../../src/renderer/logic/folded-groups'
import { newAxis, readAxis, variedPaths, type Axis } from '../../src/renderer/logic/varied'
import { DEFAULT_OPTIMIZERS } from '../../src/made/optimizer'
import { isVariedPath, VARIED_NAMES } from '../../src/sweeps/setting-words'
import { summaryOf } from './run-summary'

const axis = (path: Axis['path'], change: Partial<Axis> = {}): Axis => ({ ...newAxis(path), ...change })

describe('settings of which several values are tried', () => {
  it.each<[Axis, readonly unknown[]]>([
    [axis('hidden', { text: '100; 500,500 ;20 30' }), [[100], [500, 500], [20, 30]]],
    [axis('optimizer.learningRate', { text: ' 0.1, 1e-3;0.2 ' }), [0.1, 0.001, 0.2]],
    [axis('orderings', { text: '1 8 −1' }), [1, 8, -1]],
    [axis('activation', { text: 'ReLU, tanh' }), ['relu', 'tanh']],
    [axis('directConnections'), [false, true]],
    [axis('seed', { how: 'range', from: '1', to: '4', count: '4', scale: 'linear' }), [1, 2, 3, 4]],
    [axis('l2', { how: 'range', from: '1e-4', to: '0.01', count: '3', scale: 'logarithmic' }), [1e-4, 1e-3, 0.01]],
    // Layers have no range.
    [axis('hidden', { how: 'range', text: '7' }), [[7]]],
  ])('%o', (typed, values) => expect(readAxis(typed)).toEqual(values))

  it.each<[Axis, RegExp]>([
    [axis('hidden', { text: '' }), /At least one/],
    [axis('hidden', { text: '100; many' }), /Numbers of units/],
    [axis('optimizer.learningRate', { text: '0.1, fast' }), /Numbers, please/],
    [axis('orderings', { text: '1.5' }), /Whole numbers/],
    [axis('activation', { text: 'relu, swish' }), /Only relu/],
    [axis('seed', { how: 'range', from: '4', to: '1', count: '3' }), /smaller one first/],
    [axis('l2', { how: 'range', from: '0', to: '1', count: '3', scale: 'logarithmic' }), /above 0/],
    [axis('l2', { how: 'range', from: '0', to: '1', count: '1' }), /from 2/],
  ])('%o is refused in words', (typed, words) => expect(readAxis(typed)).toMatch(words))

  it('a range begins and ends as typed, ascends, and has as many values', () => {
    const typed = fc.record({
      from: fc.double({ min: 1e-6, max: 1, noNaN: true }),
      factor: fc.double({ min: 2, max: 1e6, noNaN: true }),
      count: fc.integer({ min: 2, max: 20 }),
      scale: fc.constantFrom('linear' as const, 'logarithmic' as const),
    })
    fc.assert(
      fc.property(typed, ({ from, factor, count, scale }) => {
        const to = from * factor
        const values = readAxis(axis('l2', { how: 'range', from: String(from), to: String(to), count: String(count), scale })) // prettier-ignore
        if (typeof values === 'string') throw new Error(values)
        expect(values).toHaveLength(count)
        expect([values[0], values.at(-1)]).toEqual([from, to])
        expect(values.every((value, i) => i === 0 || Number(value) >= Number(values[i - 1]))).toBe(true)
      }),
    )
  })

  it('every setting begins with values that can be', () => {
    for (const path of Object.keys(VARIED_NAMES).filter(isVariedPath))
      expect(readAxis(newAxis(path))).not.toBeTypeOf('string')
    expect(variedPaths({ optimizer: DEFAULT_OPTIMIZERS.adam })).not.toContain('optimizer.epsilon')
    expect(variedPaths({ optimizer: DEFAULT_OPTIMIZERS.adadelta })).not.toContain('optimizer.learningRate')
  })
})

describe('groups in the list of runs', () => {
  const run = (id: string, group: string | null, validNll: number): ReturnType<typeof summaryOf> =>
    summaryOf(id, { group: group === null ? null : { id: group, name: group }, best: { epoch: 1, validNll } })
  const list = [
    run('a', 'g', 3),
    run('b', null, 1),
    run('c', 'g', 2),
    run('d', 'g', 4),
    run('e', 'g', 5),
    run('f', 'h', 1),
  ]

  it('are folded to their best and what is wanted, and open whole; the others stay', () => {
    const ids = (open: boolean, wanted: string): string =>
      foldedRuns(list, () => open, (id) => id === wanted).runs.map(({ id }) => id).join('') // prettier-ignore
    expect([ids(false, ''), ids(false, 'e'), ids(true, '')]).toEqual(['bcf', 'bcef', 'abcdef'])
    const { more } = foldedRuns(list, () => false, () => false) // prettier-ignore
    expect([...more]).toEqual([['c', 3]])
  })
})
