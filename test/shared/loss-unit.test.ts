import { expect, it } from 'vitest'
import { lossUnit } from '../../src/shared/loss-unit'

const picture = { width: 28, height: 28 }

it('a loss is shared among the pixels of a picture, its label or not', () => {
  expect(lossUnit({ columns: 784, picture })).toEqual({ inputs: 784, input: 'pixel' })
  const variables = [
    { kind: 'binary', count: 784 },
    { kind: 'categorical', categories: 10 },
  ] as const
  expect(lossUnit({ columns: 794, variables, leading: [784], picture })).toEqual({ inputs: 784, input: 'pixel' })
})

it('among the columns of a table with categories, and else among inputs', () => {
  const variables = [{ kind: 'categorical', categories: 3, count: 2 }, { kind: 'binary' }] as const
  expect(lossUnit({ columns: 7, variables, leading: [0], picture: null })).toEqual({ inputs: 3, input: 'column' })
  expect(lossUnit({ columns: 16, picture: null })).toEqual({ inputs: 16, input: 'input' })
})
