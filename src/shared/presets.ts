import { DEFAULT_OPTIMIZERS } from '../made/optimizer'
import { say, type Sentence } from '../words/say'
import { DEFAULT_RUN_CONFIG, type RunConfig } from './run-config'

export type PresetId = 'quick' | 'paper-one' | 'paper-two'

/** A named set of model and training settings; the data stay what they are. */
export interface Preset {
  readonly id: PresetId
  readonly name: Sentence
  /** What runs with its settings are called unless a person calls them otherwise. */
  readonly runName: Sentence
  /** One sentence: what it is for and what to expect of MNIST. */
  readonly description: Sentence
  /** The same of other data. */
  readonly elsewhere: Sentence
  readonly settings: Omit<RunConfig, 'data' | 'engine' | 'seed'>
}

const { data: _data, engine: _engine, seed: _seed, ...DEFAULT_SETTINGS } = DEFAULT_RUN_CONFIG

export const PRESETS: readonly Preset[] = [
  {
    id: 'quick',
    name: say('model.preset.quick'),
    runName: say('model.preset.quick'),
    description: say('model.preset.quick.mnist'),
    elsewhere: say('model.preset.quick.elsewhere'),
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
    name: say('model.preset.one-layer'),
    runName: say('model.preset.one-layer.run'),
    description: say('model.preset.one-layer.mnist'),
    elsewhere: say('model.preset.one-layer.elsewhere'),
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
    name: say('model.preset.two-layers'),
    runName: say('model.preset.two-layers.run'),
    description: say('model.preset.two-layers.mnist'),
    elsewhere: say('model.preset.two-layers.elsewhere'),
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
