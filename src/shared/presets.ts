import { DEFAULT_OPTIMIZERS } from '../made/optimizer'
import { DEFAULT_RUN_CONFIG, type RunConfig } from './run-config'

export type PresetId = 'quick' | 'paper-one' | 'paper-two'

/** A named set of model and training settings; the data stay what they are. */
export interface Preset {
  readonly id: PresetId
  readonly settings: Omit<RunConfig, 'data' | 'engine' | 'seed'>
}

const { data: _data, engine: _engine, seed: _seed, ...DEFAULT_SETTINGS } = DEFAULT_RUN_CONFIG

export const PRESETS: readonly Preset[] = [
  {
    id: 'quick',
    settings: {
      ...DEFAULT_SETTINGS,
      hidden: [300, 300],
      directConnections: true,
      outputBiases: 'frequencies',
      optimizer: { ...DEFAULT_OPTIMIZERS.adam, learningRate: 2e-3 },
      epochs: 15,
      averagedEpochs: 3,
      lookAhead: 15,
    },
  },
  {
    id: 'paper-one',
    settings: {
      ...DEFAULT_SETTINGS,
      hidden: [8000],
      directConnections: true,
      singleOrdering: 'random',
      optimizer: { kind: 'adagrad', learningRate: 0.01, epsilon: 1e-6 },
      epochs: 1000,
      lookAhead: 30,
    },
  },
  {
    id: 'paper-two',
    settings: {
      ...DEFAULT_SETTINGS,
      hidden: [8000, 8000],
      directConnections: true,
      singleOrdering: 'random',
      masks: 32,
      optimizer: { kind: 'adagrad', learningRate: 0.01, epsilon: 1e-6 },
      epochs: 1000,
      lookAhead: 30,
    },
  },
]
