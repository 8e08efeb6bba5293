import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FailureCode } from '../../src/base/failure'
import { connectivityAt } from '../../src/made/schedule'
import type { ModelSpec } from '../../src/made/spec'
import {
  canonicalSpec,
  columnsByPlace,
  kindsIn,
  placesOfColumns,
  validateVariables,
  variableCount,
  variablesOf,
  type VariableRun,
  type VariableSpec,
} from '../../src/made/variables'
import { expectFailure } from '../base/expect-failure'
import { anySpecs, schedules } from './arbitraries'

/** A bit, two of three values, two bits. */
const mixed: VariableSpec = {
  inputs: 9,
  variables: [{ kind: 'binary' }, { kind: 'categorical', categories: 3, count: 2 }, { kind: 'binary', count: 2 }],
}

describe('the variables of a model', () => {
  it('are its columns where nothing else is said', () => {
    const { count, columns, kinds, first, of, widest } = variablesOf({ inputs: 4 })
    expect([count, columns, widest]).toEqual([4, 4, 1])
    expect(kinds).toEqual(['binary', 'binary', 'binary', 'binary'])
    expect([...first]).toEqual([0, 1, 2, 3, 4])
    expect([...of]).toEqual([0, 1, 2, 3])
    expect(kindsIn({ inputs: 4 })).toEqual(['binary'])
  })

  it('have adjacent columns in the order of their runs', () => {
    const { count, kinds, first, of, widest } = variablesOf(mixed)
    expect([count, widest]).toEqual([5, 3])
    expect(kinds).toEqual(['binary', 'categorical', 'categorical', 'binary', 'binary'])
    expect([...first]).toEqual([0, 1, 4, 7, 8, 9])
    expect([...of]).toEqual([0, 1, 1, 1, 2, 2, 2, 3, 4])
    expect(kindsIn(mixed)).toEqual(['binary', 'categorical'])
    expect(kindsIn({ inputs: 4, variables: [{ kind: 'categorical', categories: 2, count: 2 }] })).toEqual([
      'categorical',
    ])
  })

  it('have one place for all columns of each', () => {
    const ordering = Int32Array.of(4, 1, 5, 2, 3)
    expect([...placesOfColumns(variablesOf(mixed), ordering)]).toEqual([4, 1, 1, 1, 5, 5, 5, 2, 3])
    expect([...columnsByPlace(variablesOf(mixed), ordering)]).toEqual([1, 2, 3, 7, 8, 0, 4, 5, 6])
    const binary = Int32Array.of(3, 1, 2)
    expect(placesOfColumns(variablesOf({ inputs: 3 }), binary)).toBe(binary)
    expect([...columnsByPlace(variablesOf({ inputs: 3 }), binary)]).toEqual([1, 2, 0])
  })

  it('are as many as are counted, and those that lead are first in every ordering', () => {
    fc.assert(
      fc.property(anySpecs, schedules, fc.nat(9), (spec, schedule, t) => {
        const variables = variablesOf(spec)
        expect(variableCount(spec)).toBe(variables.count)
        const { ordering } = connectivityAt(spec, schedule, t)
        expect(ordering).toHaveLength(variables.count)
        spec.leading?.forEach((variable, i) => expect(ordering[variable]).toBe(i + 1))
        const places = placesOfColumns(variables, ordering)
        const sorted = [...columnsByPlace(variables, ordering)]
        expect([...sorted].sort((a, b) => a - b)).toEqual(Array.from({ length: spec.inputs }, (_, d) => d))
        sorted.slice(1).forEach((column, i) => {
          const before = sorted[i]
          expect(places[before] < places[column] || (places[before] === places[column] && before < column)).toBe(true)
        })
      }),
    )
  })
})

describe('the canonical form', () => {
  it('says nothing where all are binary and none leads', () => {
    const plain = { inputs: 3 }
    expect(canonicalSpec(plain)).toBe(plain)
    expect(
      canonicalSpec({ inputs: 3, variables: [{ kind: 'binary' }, { kind: 'binary', count: 2 }], leading: [] }),
    ).toEqual(plain)
    expect(canonicalSpec({ inputs: 3, variables: [{ kind: 'binary', count: 3 }], leading: [2] })).toEqual({
      inputs: 3,
      leading: [2],
    })
  })

  it('has runs as long as can be, and means the same', () => {
    const one: VariableRun = { kind: 'categorical', categories: 3, count: 1 }
    const spec = {
      inputs: 9,
      variables: [{ kind: 'binary', count: 1 }, one, { ...one }, { kind: 'binary' }, { kind: 'binary' }],
    } as const
    expect(canonicalSpec(spec)).toEqual(mixed)
    expect(variablesOf(canonicalSpec(spec))).toEqual(variablesOf(spec))
    fc.assert(fc.property(anySpecs, (any) => void expect(canonicalSpec(any)).toEqual(any)))
  })

  it('keeps values of another number apart', () => {
    const runs: VariableRun[] = [
      { kind: 'categorical', categories: 2 },
      { kind: 'categorical', categories: 3 },
    ]
    expect(canonicalSpec({ inputs: 5, variables: runs })).toEqual({ inputs: 5, variables: runs })
  })
})

describe('validateVariables', () => {
  it('accepts what is drawn, before anything is allocated for it', () => {
    fc.assert(fc.property(anySpecs, (spec) => validateVariables(spec)))
  })

  it.each<[string, Partial<ModelSpec>, FailureCode, RegExp]>([
    [
      'more columns than inputs',
      {
        variables: [
          { kind: 'binary', count: 4 },
          { kind: 'categorical', categories: 3 },
        ],
      },
      'invalid-model',
      /7 columns, but the model has 6 inputs/,
    ],
    ['fewer columns than inputs', { variables: [{ kind: 'binary', count: 5 }] }, 'invalid-model', /5 columns/],
    ['none', { variables: [] }, 'invalid-model', /0 columns/],
    [
      'a single one',
      { variables: [{ kind: 'categorical', categories: 6 }] },
      'invalid-model',
      /variables is 1; it must be at least 2/,
    ],
    [
      'one value',
      { variables: [{ kind: 'categorical', categories: 1, count: 6 }] },
      'invalid-model',
      /values of a variable is 1/,
    ],
    ['half a value', { variables: [{ kind: 'categorical', categories: 2.5 }] }, 'invalid-model', /2\.5/],
    ['values without number', { variables: [{ kind: 'categorical', categories: NaN }] }, 'invalid-model', /NaN/],
    ['very many values', { variables: [{ kind: 'categorical', categories: 1e9 }] }, 'too-large', /1000000000/],
    [
      'no variable in a run',
      {
        variables: [
          { kind: 'binary', count: 0 },
          { kind: 'binary', count: 6 },
        ],
      },
      'invalid-model',
      /equal variables is 0/,
    ],
    ['a negative number of them', { variables: [{ kind: 'binary', count: -6 }] }, 'invalid-model', /-6/],
    ['very many of them', { variables: [{ kind: 'binary', count: 1e15 }] }, 'too-large', /1000000000000000/],
    [
      'a kind that is not known',
      { variables: [{ kind: 'ordinal' } as unknown as VariableRun] },
      'invalid-model',
      /"ordinal"/,
    ],
    ['a leading one that is not there', { leading: [6] }, 'invalid-model', /leading variable 6 is not one of 0 to 5/],
    [
      'a leading column of few variables',
      { variables: [{ kind: 'categorical', categories: 3, count: 2 }], leading: [2] },
      'invalid-model',
      /0 to 1/,
    ],
    ['a negative leading one', { leading: [-1] }, 'invalid-model', /-1/],
    ['half a leading one', { leading: [0.5] }, 'invalid-model', /0\.5/],
    ['one that leads twice', { leading: [3, 1, 3] }, 'invalid-model', /variable 3 leads twice/],
  ])('refuses %s', async (_what, change, code, sentence) => {
    await expectFailure(() => validateVariables({ inputs: 6, ...change }), code, sentence)
  })
})
