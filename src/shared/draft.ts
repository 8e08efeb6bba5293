import { z } from 'zod'
import { isFields } from '../base/migration'
import { INITIALISATIONS, OUTPUT_BIASES } from '../made/initialisation'
import { OPTIMIZER_KINDS } from '../made/optimizer'
import { ACTIVATIONS } from '../made/spec'
import { LEARNING_RATE_SCHEDULES } from '../made/step-schedule'
import { engineChoiceSchema } from './run-config'

/** How many orderings or masks: one, a list, or a fresh one for every update. */
const listModeSchema = z.enum(['one', 'list', 'fresh'])
export type ListMode = z.infer<typeof listModeSchema>

export const NUMBER_KEYS = [
  'orderings',
  'masks',
  'l2',
  'batchSize',
  'epochs',
  'lookAhead',
  'averagedEpochs',
  'seed',
  'validationPairs',
  'testPairs',
] as const
export type NumberKey = (typeof NUMBER_KEYS)[number]

export const OPTIMIZER_NUMBER_KEYS = ['learningRate', 'epsilon', 'rho', 'beta1', 'beta2', 'decay', 'momentum'] as const
export type OptimizerKey = (typeof OPTIMIZER_NUMBER_KEYS)[number]

/** What a person types is not longer. */
const textSchema = z.string().max(200)
const MOST_LAYERS = 100

/** The settings as typed: numbers stay text until they are read, so that what is wrong can be shown and mended. */
export const draftSchema = z.object({
  name: textSchema,
  hidden: z.array(textSchema).min(1).max(MOST_LAYERS),
  orderingMode: listModeSchema,
  singleOrdering: z.enum(['natural', 'random']),
  maskMode: listModeSchema,
  activation: z.enum(ACTIVATIONS),
  directConnections: z.boolean(),
  conditioningWeights: z.boolean(),
  initialisation: z.enum(INITIALISATIONS),
  // Drafts of earlier versions had neither these nor a schedule nor averages.
  outputBiases: z.enum(OUTPUT_BIASES).default('zero'),
  optimizer: z.enum(OPTIMIZER_KINDS),
  learningRateSchedule: z.enum(LEARNING_RATE_SCHEDULES).default('constant'),
  optimizerNumbers: z.record(z.enum(OPTIMIZER_KINDS), z.partialRecord(z.enum(OPTIMIZER_NUMBER_KEYS), textSchema)),
  numbers: z.preprocess(
    (kept) => (isFields(kept) ? { averagedEpochs: '1', ...kept } : kept),
    z.record(z.enum(NUMBER_KEYS), textSchema),
  ),
  engine: engineChoiceSchema,
})
export type Draft = z.infer<typeof draftSchema>
