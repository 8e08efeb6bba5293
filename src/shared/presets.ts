import { DEFAULT_OPTIMIZERS } from '../made/optimizer'
import { DEFAULT_RUN_CONFIG, type RunConfig } from './run-config'

export type PresetId = 'quick' | 'paper-one' | 'paper-two'

/** A named set of model and training settings; the data stay what they are. */
export interface Preset {
  readonly id: PresetId
  readonly name: string
  /** One sentence: what it is for and what to expect of MNIST. */
  readonly description: string
  /** The same of other data. */
  readonly elsewhere: string
  readonly settings: Omit<RunConfig, 'data' | 'engine' | 'seed'>
}

const { data: _data, engine: _engine, seed: _seed, ...DEFAULT_SETTINGS } = DEFAULT_RUN_CONFIG

export const PRESETS: readonly Preset[] = [
  {
    id: 'quick',
    name: 'Quick look',
    description: 'A small model that soon draws recognisable digits.',
    elsewhere: 'A small model that soon shows what there is to learn.',
    settings: {
      ...DEFAULT_SETTINGS,
      hidden: [300, 300],
      directConnections: true,
      optimizer: { ...DEFAULT_OPTIMIZERS.adam, learningRate: 2e-3 },
      epochs: 15,
      lookAhead: 15,
    },
  },
  {
    id: 'paper-one',
    name: 'One hidden layer (paper)',
    description: 'One wide hidden layer as in the paper, which reports 88.40 nats on its binarized MNIST.',
    elsewhere: 'One wide hidden layer, as the paper has it for pictures of digits; more than most tables need.',
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
    name: 'Two hidden layers, 32 masks (paper)',
    description: 'The paper’s best model for binarized MNIST, 86.64 nats with 32 masks.',
    elsewhere: 'The largest model of the paper, under 32 masks; for large sets of pictures.',
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
