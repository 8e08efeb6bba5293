import { ENGINE_CHOICES, ENGINES, type EngineChoice } from '../../made/engines'
import type { Initialisation, OutputBiases } from '../../made/initialisation'
import type { OptimizerKind } from '../../made/optimizer'
import type { LearningRateSchedule } from '../../made/step-schedule'
import type { NumberKey, OptimizerKey } from '../../shared/draft'
import type { MessageKey } from '../../words/say'
import { t } from '../words'
import type { FieldId } from './draft'

/** What the Model view says about one setting, in the reader's language: plain words first, the term of the field beside them. */
export interface FieldText {
  readonly label: string
  /** The name that papers use. */
  readonly term?: string
  /** One sentence. */
  readonly help: string
  readonly unit?: string
}

type FieldKey = Extract<MessageKey, `field.${string}`>

interface FieldKeys {
  readonly label: FieldKey
  readonly term?: FieldKey
  /** A term that is the same in every language. */
  readonly symbol?: string
  readonly help: FieldKey
  readonly unit?: FieldKey
}

const NUMBER_TEXTS: Readonly<Record<NumberKey, FieldKeys>> = {
  orderings: { label: 'field.orderings', help: 'field.orderings.help', unit: 'field.unit.orderings' },
  masks: { label: 'field.masks', help: 'field.masks.help', unit: 'field.unit.masks' },
  l2: { label: 'field.l2', term: 'field.l2.term', help: 'field.l2.help' },
  batchSize: {
    label: 'field.batch-size',
    term: 'field.batch-size.term',
    help: 'field.batch-size.help',
    unit: 'field.unit.examples',
  },
  epochs: { label: 'field.epochs', help: 'field.epochs.help', unit: 'field.unit.epochs' },
  lookAhead: {
    label: 'field.look-ahead',
    term: 'field.look-ahead.term',
    help: 'field.look-ahead.help',
    unit: 'field.unit.epochs',
  },
  averagedEpochs: {
    label: 'field.averaged-epochs',
    help: 'field.averaged-epochs.help',
    unit: 'field.unit.epochs',
  },
  seed: { label: 'field.seed', help: 'field.seed.help' },
  validationPairs: {
    label: 'field.validation-pairs',
    help: 'field.validation-pairs.help',
    unit: 'field.unit.pairs',
  },
  testPairs: { label: 'field.test-pairs', help: 'field.test-pairs.help', unit: 'field.unit.pairs' },
}

const OPTIMIZER_TEXTS: Readonly<Record<OptimizerKey, FieldKeys>> = {
  learningRate: {
    label: 'field.learning-rate',
    term: 'field.learning-rate.term',
    help: 'field.learning-rate.help',
  },
  epsilon: { label: 'field.epsilon', symbol: 'ε', help: 'field.epsilon.help' },
  rho: { label: 'field.rho', symbol: 'ρ', help: 'field.rho.help' },
  beta1: { label: 'field.beta1', symbol: 'β₁', help: 'field.beta1.help' },
  beta2: { label: 'field.beta2', symbol: 'β₂', help: 'field.beta2.help' },
  decay: { label: 'field.decay', term: 'field.decay.term', help: 'field.decay.help' },
  momentum: { label: 'field.momentum', help: 'field.momentum.help' },
}

/** What is said about a number of the model or its training. */
export function numberText(key: NumberKey): FieldText {
  return textOf(NUMBER_TEXTS[key])
}

/** What is said about a number of an optimizer. */
export function optimizerText(key: OptimizerKey): FieldText {
  return textOf(OPTIMIZER_TEXTS[key])
}

/** What a number of the model or its training is called. */
export function numberLabel(key: NumberKey): MessageKey {
  return NUMBER_TEXTS[key].label
}

/** What a number of an optimizer is called. */
export function optimizerLabel(key: OptimizerKey): MessageKey {
  return OPTIMIZER_TEXTS[key].label
}

function textOf({ label, term, symbol, help, unit }: FieldKeys): FieldText {
  const named = term === undefined ? symbol : t(term)
  return {
    label: t(label),
    ...(named === undefined ? {} : { term: named }),
    help: t(help),
    ...(unit === undefined ? {} : { unit: t(unit) }),
  }
}

/** What the setting is called beside which a problem is shown. */
export function fieldName(field: FieldId): string {
  if (field === 'name') return t('field.name')
  if (field === 'hidden') return t('field.hidden')
  if (field === 'initialisation') return t('field.initialisation')
  if (isHiddenLayer(field)) return t('field.layer', { layer: Number(field.slice('hidden.'.length)) + 1 })
  return isOptimizerKey(field) ? optimizerText(field).label : numberText(field).label
}

function isHiddenLayer(field: FieldId): field is `hidden.${number}` {
  return field.startsWith('hidden.')
}

function isOptimizerKey(field: NumberKey | OptimizerKey): field is OptimizerKey {
  return Object.hasOwn(OPTIMIZER_TEXTS, field)
}

export const OPTIMIZER_KEYS = {
  sgd: ['learningRate', 'momentum', 'decay'],
  adagrad: ['learningRate', 'epsilon'],
  adadelta: ['rho', 'epsilon'],
  adam: ['learningRate', 'beta1', 'beta2', 'epsilon'],
} as const satisfies Record<string, readonly OptimizerKey[]>

interface Option<Value> {
  readonly value: Value
  readonly label: string
}

export const ACTIVATION_OPTIONS = [
  { value: 'relu', label: 'ReLU' },
  { value: 'softplus', label: 'Softplus' },
  { value: 'sigmoid', label: 'Sigmoid' },
  { value: 'tanh', label: 'Tanh' },
] as const

/** The ways to draw the first weights. */
export function initialisationOptions(): readonly Option<Initialisation>[] {
  return [
    { value: 'uniform', label: t('field.initialisation.uniform') },
    { value: 'orthogonal', label: t('field.initialisation.orthogonal') },
    { value: 'gaussian', label: t('field.initialisation.gaussian') },
  ]
}

/** What the outputs predict before the first update. */
export function outputBiasesOptions(): readonly Option<OutputBiases>[] {
  return [
    { value: 'zero', label: t('field.output-biases.zero') },
    { value: 'frequencies', label: t('field.output-biases.frequencies') },
  ]
}

/** The optimizers, the usual one first. */
export function optimizerOptions(): readonly Option<OptimizerKind>[] {
  return [
    { value: 'adam', label: 'Adam' },
    { value: 'adagrad', label: 'AdaGrad' },
    { value: 'adadelta', label: 'AdaDelta' },
    { value: 'sgd', label: t('field.optimizer.sgd') },
  ]
}

/** The ways that steps may go over a run, the usual one first. */
export function learningRateScheduleOptions(): readonly Option<LearningRateSchedule>[] {
  return [
    { value: 'constant', label: t('field.learning-rate-schedule.constant') },
    { value: 'cosine', label: t('field.learning-rate-schedule.cosine') },
  ]
}

/** The engines by name, and the choice that is left to the application. */
export function engineOptions(): readonly Option<EngineChoice>[] {
  return ENGINE_CHOICES.map((value) => ({
    value,
    label: value === 'auto' ? t('field.engine.auto') : ENGINES[value].name,
  }))
}
