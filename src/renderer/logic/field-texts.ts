import type { NumberKey, OptimizerKey } from '../../shared/draft'
import { ENGINE_CHOICES, ENGINES } from '../../made/engines'

/** What the Model view says about one setting: plain words first, the term of the field beside them. */
export interface FieldText {
  readonly label: string
  /** The name that papers use. */
  readonly term?: string
  /** One sentence. */
  readonly help: string
  readonly unit?: string
}

export const NUMBER_TEXTS: Readonly<Record<NumberKey, FieldText>> = {
  orderings: {
    label: 'How many orderings',
    help: 'The length of the list; each update uses the next one, and the test averages over them all.',
    unit: 'orderings',
  },
  masks: {
    label: 'How many masks',
    help: 'The length of the list; each update uses the next set of masks, and the test averages over them all.',
    unit: 'masks',
  },
  l2: {
    label: 'Pull towards zero',
    term: 'L2 penalty',
    help: 'Pulls weights gently towards zero, which can help a large model on few examples; 0 switches it off.',
  },
  batchSize: {
    label: 'Examples per update',
    term: 'minibatch',
    help: 'How many examples are averaged for one change of the weights.',
    unit: 'examples',
  },
  epochs: {
    label: 'Most epochs',
    help: 'How many times at most the model goes through all training examples.',
    unit: 'epochs',
  },
  lookAhead: {
    label: 'Patience',
    term: 'look-ahead',
    help: 'Training ends after this many epochs without a better validation loss.',
    unit: 'epochs',
  },
  seed: {
    label: 'Seed',
    help: 'The number that all chance comes from: the same seed and settings give the same run again.',
  },
  validationPairs: {
    label: 'Pairs in validation',
    help: 'With fresh orderings or masks: over how many of them the loss after each epoch is averaged.',
    unit: 'pairs',
  },
  testPairs: {
    label: 'Pairs in the test',
    help: 'With fresh orderings or masks: over how many of them the final result is averaged.',
    unit: 'pairs',
  },
}

export const OPTIMIZER_TEXTS: Readonly<Record<OptimizerKey, FieldText>> = {
  learningRate: {
    label: 'Step size',
    term: 'learning rate',
    help: 'How far each update moves the weights: too small is slow, too large never settles.',
  },
  epsilon: {
    label: 'Smallest divisor',
    term: 'ε',
    help: 'A tiny number that keeps the step finite where gradients vanish.',
  },
  rho: { label: 'Memory', term: 'ρ', help: 'How long past gradients are remembered: nearer to 1 is longer.' },
  beta1: { label: 'Memory of direction', term: 'β₁', help: 'How long the direction of past steps is remembered.' },
  beta2: { label: 'Memory of size', term: 'β₂', help: 'How long the size of past gradients is remembered.' },
  decay: {
    label: 'Slowing down',
    term: 'decay',
    help: 'The step shrinks to 1/(1 + decay × update); 0 keeps it as it is.',
  },
  momentum: { label: 'Momentum', help: 'How much of the last step is carried into the next; 0 carries nothing.' },
}

export const OPTIMIZER_KEYS = {
  sgd: ['learningRate', 'momentum', 'decay'],
  adagrad: ['learningRate', 'epsilon'],
  adadelta: ['rho', 'epsilon'],
  adam: ['learningRate', 'beta1', 'beta2', 'epsilon'],
} as const satisfies Record<string, readonly OptimizerKey[]>

export const ACTIVATION_OPTIONS = [
  { value: 'relu', label: 'ReLU', help: 'Zero below zero, straight above.' },
  { value: 'softplus', label: 'Softplus', help: 'A smooth ReLU.' },
  { value: 'sigmoid', label: 'Sigmoid', help: 'From 0 to 1.' },
  { value: 'tanh', label: 'Tanh', help: 'From −1 to 1.' },
] as const

export const INITIALISATION_OPTIONS = [
  { value: 'uniform', label: 'Uniform' },
  { value: 'orthogonal', label: 'Orthogonal' },
  { value: 'gaussian', label: 'Gaussian' },
] as const

export const OPTIMIZER_OPTIONS = [
  { value: 'adam', label: 'Adam' },
  { value: 'adagrad', label: 'AdaGrad' },
  { value: 'adadelta', label: 'AdaDelta' },
  { value: 'sgd', label: 'Plain gradient descent (SGD)' },
] as const

export const ENGINE_OPTIONS = ENGINE_CHOICES.map((value) => ({
  value,
  label: value === 'auto' ? 'Choose for me' : ENGINES[value].name,
}))
