import { z } from 'zod'
import { ENGINE_CHOICES } from '../made/engines'
import { INITIALISATIONS, OUTPUT_BIASES } from '../made/initialisation'
import { DEFAULT_OPTIMIZERS, type Optimizer } from '../made/optimizer'
import { MOST_CONNECTIVITIES, UNLIMITED, type Schedule } from '../made/schedule'
import { ACTIVATIONS, LIMITS, type ModelSpec } from '../made/spec'
import { LEARNING_RATE_SCHEDULES, stepSchedule, type StepSchedule } from '../made/step-schedule'
import { canonicalSpec, variablesFor, type ModelledColumns } from '../made/variables'
import { dataSourceSchema, MNIST_THRESHOLD } from './data-source'
import { seedSchema, SETTING_LIMITS, whole } from './setting-limits'

const learningRateSchema = z.number().min(SETTING_LIMITS.learningRate.least).max(SETTING_LIMITS.learningRate.most)
const epsilonSchema = z.number().min(SETTING_LIMITS.epsilon.least).max(SETTING_LIMITS.epsilon.most)
const fractionSchema = z.number().min(0).lt(1)
const countSchema = whole(UNLIMITED, MOST_CONNECTIVITIES)

export const optimizerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('sgd'),
    learningRate: learningRateSchema,
    decay: z.number().min(0).max(1),
    momentum: fractionSchema,
  }),
  z.object({ kind: z.literal('adagrad'), learningRate: learningRateSchema, epsilon: epsilonSchema }),
  z.object({ kind: z.literal('adadelta'), rho: fractionSchema, epsilon: epsilonSchema }),
  z.object({
    kind: z.literal('adam'),
    learningRate: learningRateSchema,
    beta1: fractionSchema,
    beta2: fractionSchema,
    epsilon: epsilonSchema,
  }),
]) satisfies z.ZodType<Optimizer>

export const engineChoiceSchema = z.enum(ENGINE_CHOICES)

/** Everything that a run was asked to do: the settings of the Model view, of the CLI, and of run.json. */
export const runConfigSchema = z.object({
  data: dataSourceSchema,
  hidden: z
    .array(whole(LIMITS.hiddenUnits.least, LIMITS.hiddenUnits.most))
    .min(LIMITS.hiddenLayers.least)
    .max(LIMITS.hiddenLayers.most),
  activation: z.enum(ACTIVATIONS),
  directConnections: z.boolean(),
  conditioningWeights: z.boolean(),
  /** 0 or 1: one ordering; n: a list; −1: a fresh one for every update. */
  orderings: countSchema,
  singleOrdering: z.enum(['natural', 'random']),
  masks: countSchema,
  initialisation: z.enum(INITIALISATIONS),
  /** What the outputs predict before the first update. */
  outputBiases: z.enum(OUTPUT_BIASES),
  optimizer: optimizerSchema,
  /** How the optimizer's steps go over the epochs that are planned. */
  learningRateSchedule: z.enum(LEARNING_RATE_SCHEDULES),
  /** Over how many epochs the weights are averaged that are validated and kept; 1: they are taken as they are. */
  averagedEpochs: whole(SETTING_LIMITS.averagedEpochs.least, SETTING_LIMITS.averagedEpochs.most),
  /** L2 penalty on weights. */
  l2: z.number().min(SETTING_LIMITS.l2.least).max(SETTING_LIMITS.l2.most),
  batchSize: whole(SETTING_LIMITS.batchSize.least, SETTING_LIMITS.batchSize.most),
  /** The most epochs. */
  epochs: whole(SETTING_LIMITS.epochs.least, SETTING_LIMITS.epochs.most),
  /** Epochs without a new best validation NLL after which training stops. */
  lookAhead: whole(SETTING_LIMITS.lookAhead.least, SETTING_LIMITS.lookAhead.most),
  seed: seedSchema,
  /** With an unlimited control: pairs averaged over in validation. */
  validationPairs: whole(SETTING_LIMITS.pairs.least, SETTING_LIMITS.pairs.most),
  /** With an unlimited control: pairs averaged over in the test. */
  testPairs: whole(SETTING_LIMITS.pairs.least, SETTING_LIMITS.pairs.most),
  engine: engineChoiceSchema,
})
export type RunConfig = z.infer<typeof runConfigSchema>

/** With what a run goes on: to more epochs, perhaps on another engine. */
export const longerSchema = runConfigSchema.pick({ epochs: true, engine: true })
export type Longer = z.infer<typeof longerSchema>

/** The name that a person gives to a run. */
export const runNameSchema = z.string().trim().min(1).max(SETTING_LIMITS.name.most)

/** What a run does unless told otherwise: 500 units, natural order, Adam. */
export const DEFAULT_RUN_CONFIG: RunConfig = {
  data: MNIST_THRESHOLD,
  hidden: [500],
  activation: 'relu',
  directConnections: false,
  conditioningWeights: false,
  orderings: 1,
  singleOrdering: 'natural',
  masks: 1,
  initialisation: 'uniform',
  outputBiases: 'zero',
  optimizer: DEFAULT_OPTIMIZERS.adam,
  learningRateSchedule: 'constant',
  averagedEpochs: 1,
  l2: 0,
  batchSize: 100,
  epochs: 60,
  lookAhead: 30,
  seed: 1,
  validationPairs: 300,
  testPairs: 1000,
  engine: 'auto',
}

/** The architecture that a run trains on data of such columns. */
export function specOf(config: RunConfig, data: ModelledColumns): ModelSpec {
  const { hidden, activation, directConnections, conditioningWeights } = config
  return canonicalSpec({ ...variablesFor(data), hidden, activation, directConnections, conditioningWeights })
}

/** How a run draws its connectivities. */
export function scheduleOf(config: RunConfig): Schedule {
  const { orderings, singleOrdering, masks, seed } = config
  return { orderings, singleOrdering, masks, seed }
}

/**
 * How long a run's steps are: those of its plan, so where more epochs are asked for of it, from then on those of the new one.
 * @param minibatches of an epoch
 */
export function stepScheduleOf({ learningRateSchedule, epochs }: RunConfig, minibatches: number): StepSchedule {
  return stepSchedule(learningRateSchedule, epochs * minibatches)
}

/** How many minibatches an epoch has; the last one may be smaller. */
export function minibatchCount(rows: number, batchSize: number): number {
  return Math.ceil(rows / batchSize)
}
