import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_OPTIMIZERS } from '../../src/made/optimizer'
import { likelyCause, type CauseFacts } from '../../src/shared/likely-cause'
import type { EpochRecord } from '../../src/shared/run'
import { DEFAULT_RUN_CONFIG, runConfigSchema } from '../../src/shared/run-config'

function epochsOf(...trainNlls: number[]): EpochRecord[] {
  return trainNlls.map((trainNll, i) => ({
    epoch: i + 1,
    update: 100 * (i + 1),
    trainNll,
    validNll: trainNll + 1,
    isBest: false,
    seconds: 1,
  }))
}

const FACTS: CauseFacts = {
  config: DEFAULT_RUN_CONFIG,
  columns: 784,
  independent: 205,
  epochs: epochsOf(300, 250),
  isOver: true,
}

describe('the likely cause of a bad model', () => {
  it.each<[string, Partial<CauseFacts>, RegExp, RegExp]>([
    [
      'SGD with steps of 100',
      { config: { ...DEFAULT_RUN_CONFIG, optimizer: { ...DEFAULT_OPTIMIZERS.sgd, learningRate: 100 } } },
      /too large/,
      /^Start anew with step size 0\.1$/,
    ],
    ['a loss that rises', { epochs: epochsOf(210, 260) }, /too large/, /^Start anew with step size 0\.0001$/],
    ['rows that are known by heart', { epochs: epochsOf(150, 90) }, /by heart/, /^Start anew with 125 hidden units$/],
    [
      'tiny steps',
      { config: { ...DEFAULT_RUN_CONFIG, optimizer: { ...DEFAULT_OPTIMIZERS.adam, learningRate: 1e-6 } } },
      /too small/,
      /^Start anew with step size 0\.001$/,
    ],
    ['little training', {}, /long enough/, /^Train up to epoch 120$/],
  ])('%s', (_, change, words, remedy) => {
    const cause = likelyCause({ ...FACTS, ...change })
    expect(cause.words.english).toMatch(words)
    expect(cause.remedy?.words.english).toMatch(remedy)
  })

  it('has a remedy that can be carried out, or none', () => {
    const optimizer = fc
      .constantFrom(...Object.values(DEFAULT_OPTIMIZERS))
      .chain((usual) =>
        fc
          .double({ min: 1e-8, max: 100, noNaN: true })
          .map((size) =>
            usual.kind === 'adadelta'
              ? { ...usual, epsilon: Math.min(1, Math.max(1e-12, size)) }
              : { ...usual, learningRate: size },
          ),
      )
    fc.assert(
      fc.property(
        optimizer,
        fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 3 }),
        fc.array(fc.double({ min: 1, max: 1e4, noNaN: true }), { maxLength: 5 }),
        (one, hidden, losses) => {
          const config = { ...DEFAULT_RUN_CONFIG, optimizer: one, hidden }
          const { remedy } = likelyCause({ ...FACTS, config, epochs: epochsOf(...losses) })
          if (remedy?.kind === 'anew') {
            expect(runConfigSchema.safeParse({ ...config, ...remedy.change }).success).toBe(true)
            expect({ ...config, ...remedy.change }).not.toEqual(config)
          }
        },
      ),
    )
  })
})
