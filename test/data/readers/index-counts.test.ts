import fc from 'fast-check'
import { expect, it } from 'vitest'
import { IndexCounts } from '../../../src/data/readers/index-counts'
import { readFiles, sentencesOf, valueAt } from './table-values'

it('the numbers that occur most often are kept, of equally many the least, and none that never occurs', () =>
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.nat(12), fc.nat(2 ** 27)), { maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      (indices, most) => {
        const counts = new IndexCounts()
        const times = new Map<number, number>()
        for (const index of indices) {
          counts.add(index)
          times.set(index, (times.get(index) ?? 0) + 1)
        }
        const expected = [...times]
          .sort(([a, timesOfA], [b, timesOfB]) => timesOfB - timesOfA || a - b)
          .slice(0, most)
          .map(([index]) => index)
          .sort((a, b) => a - b)
        expect([...counts.mostFrequent(most)]).toEqual(expected)
      },
    ),
  ))

it('a few values of a matrix or of features that go far beyond what a model has are read, and that is told', async () => {
  const matrix =
    '%%MatrixMarket matrix coordinate real general\n3 90000000 4\n1 1 2\n2 90000000 5\n3 90000000 6\n3 7 1\n'
  const svm = '1 1:2\n0 90000000:5\n1 7:1 90000000:6\n'
  for (const [name, text, what] of [
    ['wide.mtx', matrix, 'columns'],
    ['wide.svm', svm, 'features'],
  ]) {
    const table = await readFiles({ [name]: text })
    expect(sentencesOf(table)).toContain(
      `Of the 90,000,000 ${what} of ${name} the 3 that any row names are read; the others are 0 everywhere.`,
    )
    expect([0, 1, 2].map((row) => [0, 1, 2].map((column) => valueAt(table, row, column)))).toEqual([
      [2, 0, 0],
      [0, 0, 5],
      [0, 1, 6],
    ])
  }
})
