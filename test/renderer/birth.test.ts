import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { variablesOf } from '../../src/made/variables'
import { logLikelihoodSoFar, stepOfInput, valuesSoFar } from '../../src/renderer/logic/birth'

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
        const stepOf = stepOfInput(order)
        const drawn = valuesSoFar(values, order, steps)
        expect([...drawn]).toEqual(Array.from(values, (value, d) => (stepOf[d] < steps ? value : 0)))
        expect(valuesSoFar(values, order, order.length)).toEqual(values)
      }),
    ))

  it('is as likely as the bits that came', () => {
    const birth = {
      columns: 2,
      picture: null,
      order: Int32Array.of(1, 0),
      bits: Uint8Array.of(1, 0),
      probabilities: Float32Array.of(0.25, 0.5),
      logLikelihood: Math.log(0.125),
      posterior: null,
    }
    const binary = variablesOf({ inputs: 2 })
    expect(logLikelihoodSoFar(birth, 0, binary)).toBe(0)
    expect(logLikelihoodSoFar(birth, 1, binary)).toBeCloseTo(Math.log(0.5), 12)
    expect(logLikelihoodSoFar(birth, 2, binary)).toBeCloseTo(birth.logLikelihood, 12)
  })

  it('is as likely as the value of a category that came, whatever the others were', () => {
    const variables = variablesOf({
      inputs: 4,
      variables: [{ kind: 'binary' }, { kind: 'categorical', categories: 3 }],
    })
    const birth = {
      columns: 4,
      picture: null,
      order: Int32Array.of(1, 2, 3, 0),
      bits: Uint8Array.of(0, 0, 1, 0),
      probabilities: Float32Array.of(0.25, 0.125, 0.5, 0.375),
      logLikelihood: Math.log(0.5 * 0.75),
      posterior: null,
    }
    expect(logLikelihoodSoFar(birth, 3, variables)).toBeCloseTo(Math.log(0.5), 12)
    expect(logLikelihoodSoFar(birth, 4, variables)).toBeCloseTo(birth.logLikelihood, 12)
  })
})
