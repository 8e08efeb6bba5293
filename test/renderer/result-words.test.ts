import { describe, expect, it } from 'vitest'
import { allDrawnWords, resultWords, testedWords } from '../../src/renderer/logic/result-words'
import { STANDINGS } from '../../src/shared/verdict'

const test = { nll: 70.32, interval95: 0.42, rows: 10_000, connectivities: 1 }

const pixels = { inputs: 784, input: 'pixel' } as const

describe('a test loss in words', () => {
  it('comes with how good it is, where that is known', () => {
    expect(resultWords(test, null, true)).toBe('Test loss 70.32 ± 0.42 nats')
    expect(STANDINGS.map((standing) => resultWords(test, { standing, end: 'published' }, true))).toEqual(
      [
        'worse than flipping coins',
        'worse than each pixel guessed alone',
        'better than each pixel guessed alone',
        'better than a mixture model',
        'all but as good as the best known',
        'as good as the best known',
      ].map((how) => `Test loss 70.32 ± 0.42 nats: ${how}`),
    )
    expect(resultWords(test, { standing: 'best', end: 'entropy' }, true)).toMatch(/: as good as is possible$/)
    expect(resultWords(test, { standing: 'near-best', end: 'own' }, true)).toMatch(/as the best run here$/)
    expect(resultWords(test, { standing: 'worse-than-independent', end: null }, false)).toMatch(
      /each column guessed alone$/,
    )
  })

  it('says on what it was measured and over what it is averaged', () => {
    const natural = { orderings: 1 }
    expect(testedWords(test, natural, pixels)).toBe(
      'That is 0.129 bits/pixel on 10,000 test rows; flipping coins costs\u00a01.',
    )
    expect(testedWords({ ...test, rows: 1 }, natural, { inputs: 784, input: 'input' })).toMatch(
      /^That is 0\.129 bits\/input on 1 test row;/,
    )
    expect(testedWords(test, natural, { inputs: 14, input: 'column' })).toBe(
      'That is 7.246 bits/column on 10,000 test rows.',
    )
    const averaged = { ...test, connectivities: 4 }
    expect(testedWords(averaged, { orderings: 4 }, pixels)).toContain('averaged over 4 drawing orders')
    expect(testedWords(averaged, { orderings: -1 }, pixels)).toContain('averaged over 4 drawing orders')
    expect(testedWords(averaged, natural, pixels)).toContain('averaged over 4 sets of masks')
  })
})

it('a sample that is drawn whole is compared with the test rows', () => {
  expect(allDrawnWords(-76.45, null)).toBe('All inputs are drawn.')
  expect(allDrawnWords(-76.45, 88.4)).toBe(
    'All inputs are drawn. More typical than the average test row, whose log p is −88.40 nats.',
  )
  expect(allDrawnWords(-90, 88.4)).toMatch(/Less typical/)
})
