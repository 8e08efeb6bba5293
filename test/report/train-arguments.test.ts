import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runConfigOf, type TrainOptions } from '../../src/cli/run-options'
import { DEFAULT_OPTIMIZERS } from '../../src/made/optimizer'
import { INITIALISATIONS, OUTPUT_BIASES } from '../../src/made/initialisation'
import { ACTIVATIONS } from '../../src/made/spec'
import { LEARNING_RATE_SCHEDULES } from '../../src/made/step-schedule'
import { trainCommand, trainOptions } from '../../src/report/train-arguments'
import {
  MNIST_OFFERED,
  MNIST_THRESHOLD,
  SYNTHETIC_SETS,
  syntheticSource,
  type DataSource,
} from '../../src/shared/data-source'
import { DEFAULT_RUN_CONFIG, runConfigSchema, type RunConfig } from '../../src/shared/run-config'

const data: fc.Arbitrary<DataSource> = fc.oneof(
  fc.constantFrom<DataSource>(MNIST_THRESHOLD, MNIST_OFFERED),
  fc
    .constantFrom(...(Object.keys(SYNTHETIC_SETS) as (keyof typeof SYNTHETIC_SETS)[]))
    .chain((kind) => fc.record({ seed: fc.nat(), rows: fc.integer({ min: 10, max: 999 }) }).map(({ seed, rows }) => ({ ...syntheticSource(kind), seed, rows: { train: rows, valid: rows + 1, test: rows + 2 } }))), // prettier-ignore
)
const count = fc.integer({ min: -1, max: 40 })
const config: fc.Arbitrary<RunConfig> = fc
  .record({
    data,
    hidden: fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 4 }),
    activation: fc.constantFrom(...ACTIVATIONS),
    directConnections: fc.boolean(),
    conditioningWeights: fc.boolean(),
    orderings: count,
    masks: count,
    singleOrdering: fc.constantFrom('natural' as const, 'random' as const),
    initialisation: fc.constantFrom(...INITIALISATIONS),
    outputBiases: fc.constantFrom(...OUTPUT_BIASES),
    optimizer: fc.constantFrom(...Object.values(DEFAULT_OPTIMIZERS)),
    learningRateSchedule: fc.constantFrom(...LEARNING_RATE_SCHEDULES),
    averagedEpochs: fc.integer({ min: 1, max: 20 }),
    l2: fc.constantFrom(0, 1e-7, 0.01),
    batchSize: fc.integer({ min: 1, max: 500 }),
    epochs: fc.integer({ min: 1, max: 500 }),
    lookAhead: fc.integer({ min: 1, max: 60 }),
    seed: fc.maxSafeNat(),
  })
  .map((settings) => runConfigSchema.parse({ ...DEFAULT_RUN_CONFIG, ...settings }))

/** The options as Commander would give them. */
function read(words: readonly string[]): TrainOptions {
  const options: Record<string, string | true> = {}
  for (let i = 0; i < words.length; i++) {
    const name = words[i].replace(/^--/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
    const value = words.at(i + 1)
    if (value === undefined || value.startsWith('--')) options[name] = true
    else {
      options[name] = value
      i++
    }
  }
  return options as unknown as TrainOptions
}

describe('the command that trains a run anew', () => {
  it('asks for what the run was asked to do, all of it', async () => {
    await fc.assert(
      fc.asyncProperty(config, async (one) => {
        const options = trainOptions(one)
        expect(options).not.toBeNull()
        expect(await runConfigOf({ ...read(options ?? []), out: 'again' })).toEqual(one)
      }),
    )
  })

  it('takes a file where options do not say it all', () => {
    const momentum = { ...DEFAULT_RUN_CONFIG, optimizer: { ...DEFAULT_OPTIMIZERS.sgd, momentum: 0.5 } }
    const pairs = { ...DEFAULT_RUN_CONFIG, testPairs: 7 }
    const file: RunConfig = { ...DEFAULT_RUN_CONFIG, data: { kind: 'file', path: 'x.csv', preparation: null } }
    for (const one of [momentum, pairs, file]) expect(trainOptions(one)).toBeNull()
    expect(trainCommand(file, { engine: 'cpu', build: 'avx2' }, 'run.json')).toBe(
      'made train --config run.json --engine cpu --kernels avx2 --out again',
    )
  })
})
