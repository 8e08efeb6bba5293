import { DEFAULT_OPTIMIZERS } from '../../src/made/optimizer'
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../../src/shared/run-config'

/**
 * The smallest run in which everything happens: two orderings and sets of masks, direct connections, slots of an
 * optimizer, and best epochs that come and go, since it soon knows its few rows by heart.
 */
export function smallWork(epochs: number): RunConfig {
  return {
    ...DEFAULT_RUN_CONFIG,
    data: {
      kind: 'synthetic',
      set: { kind: 'markov-chain', columns: 12, order: 1 },
      rows: { train: 400, valid: 60, test: 60 },
      seed: 1,
    },
    hidden: [16],
    directConnections: true,
    orderings: 2,
    masks: 2,
    optimizer: { ...DEFAULT_OPTIMIZERS.adam, learningRate: 0.02 },
    batchSize: 10,
    epochs,
    lookAhead: 1000,
    engine: 'cpu',
  }
}
