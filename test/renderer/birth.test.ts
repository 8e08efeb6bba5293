import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { valuesSoFar } from '../../src/renderer/logic/birth'

const samples = fc.integer({ min: 1, max: 40 }).chain((columns) =>
  fc.record({
    values: fc.uint8Array({ minLength: columns, maxLength: columns }),
    order: fc.shuffledSubarray(
      Array.from({ length: columns }, (_, d) => d),
      { minLength: columns, maxLength: columns },
    ),
    steps: fc.integer({ min: 0, max: columns }),
  }),
)

describe('a sample as far as it is drawn', () => {
  it('has the values of the inputs whose turn has come, and no others', () =>
    fc.assert(
      fc.property(samples, ({ values, order, steps }) => {
        const drawn = valuesSoFar(values, order, steps)
        expect([...drawn]).toEqual(Array.from(values, (value, d) => (order.indexOf(d) < steps ? value : 0)))
        expect(valuesSoFar(values, order, order.length)).toEqual(values)
      }),
    ))
})
