import { z } from 'zod'
import { MISSING_VALUES, PREPARATION_LIMITS, type Preparation } from '../data/preparation/preparation'
import {
  SYNTHETIC_LIMITS,
  SYNTHETIC_NAMES,
  SYNTHETIC_ROWS,
  SYNTHETIC_SETS,
  type SyntheticKind,
  type SyntheticSet,
} from '../data/synthetic/synthetic-set'
import { ENGINE_CHOICES } from '../made/engines'
import { INITIALISATIONS } from '../made/initialisation'
import { DEFAULT_OPTIMIZERS, type Optimizer } from '../made/optimizer'
import { MOST_SEED } from '../made/random'
import { MOST_CONNECTIVITIES, UNLIMITED, type Schedule } from '../made/schedule'
import { ACTIVATIONS, LIMITS, type ModelSpec } from '../made/spec'

export {
  MISSING_VALUES,
  PREPARATION_LIMITS,
  SYNTHETIC_LIMITS,
  SYNTHETIC_NAMES,
  SYNTHETIC_SETS,
  type Preparation,
  type SyntheticKind,
  type SyntheticSet,
}

/** Limits of the settings, shared by the schemas and by the fields that show them. */
export const SETTING_LIMITS = {
  threshold: { least: 1, most: 255 },
  batchSize: { least: 1, most: 10_000 },
  epochs: { least: 1, most: 100_000 },
  lookAhead: { least: 1, most: 100_000 },
  learningRate: { least: 1e-8, most: 100 },
  epsilon: { least: 1e-12, most: 1 },
  l2: { least: 0, most: 10 },
  pairs: { least: 1, most: MOST_CONNECTIVITIES },
  name: { most: 80 },
} as const

function whole(least: number, most: number): z.ZodNumber {
  return z.number().int().min(least).max(most)
}

function within({ least, most }: { readonly least: number; readonly most: number }): z.ZodNumber {
  return whole(least, most)
}

export const seedSchema = whole(0, MOST_SEED)
const shareSchema = z.number().min(PREPARATION_LIMITS.fraction.least).max(PREPARATION_LIMITS.fraction.most)
const learningRateSchema = z.number().min(SETTING_LIMITS.learningRate.least).max(SETTING_LIMITS.learningRate.most)
const epsilonSchema = z.number().min(SETTING_LIMITS.epsilon.least).max(SETTING_LIMITS.epsilon.most)
const fractionSchema = z.number().min(0).lt(1)
const countSchema = whole(UNLIMITED, MOST_CONNECTIVITIES)

/** How grey pixels become bits. */
export const binarizationSchema = z.discriminatedUnion('kind', [
  /** A pixel of this value or more (of 0..255) is a one. */
  z.object({
    kind: z.literal('threshold'),
    threshold: whole(SETTING_LIMITS.threshold.least, SETTING_LIMITS.threshold.most),
  }),
  /** A pixel is a one with probability value/255, drawn once from the seed. */
  z.object({ kind: z.literal('random'), seed: seedSchema }),
  /** As random, but the training rows are drawn anew for each epoch. */
  z.object({ kind: z.literal('redrawn'), seed: seedSchema }),
])
export type Binarization = z.infer<typeof binarizationSchema>

const columnNumbersSchema = z.array(whole(0, 100_000_000)).max(PREPARATION_LIMITS.listed).readonly()

const pictureShapeSchema = z.object({ width: within(PREPARATION_LIMITS.side), height: within(PREPARATION_LIMITS.side) })

/** How a table becomes bits. */
export const preparationSchema = z.object({
  omitted: columnNumbersSchema,
  categorical: columnNumbersSchema,
  label: whole(0, 100_000_000).nullable(),
  grey: z.boolean(),
  binarization: binarizationSchema,
  numberBits: within(PREPARATION_LIMITS.numberBits),
  /** The first runs kept none. */
  ownBits: z
    .array(z.object({ column: whole(0, 100_000_000), bits: within(PREPARATION_LIMITS.numberBits) }))
    .max(PREPARATION_LIMITS.listed)
    .readonly()
    .default([]),
  missing: z.enum(MISSING_VALUES),
  /** Nor these. */
  pictureSize: pictureShapeSchema.nullable().default(null),
  picture: pictureShapeSchema.nullable(),
  split: z.object({
    keepGiven: z.boolean(),
    amounts: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('fractions'), valid: shareSchema, test: shareSchema }),
      z.object({
        kind: z.literal('counts'),
        valid: within(PREPARATION_LIMITS.count),
        test: within(PREPARATION_LIMITS.count),
      }),
    ]),
    order: z.enum(['random', 'file']),
    seed: seedSchema,
  }),
}) satisfies z.ZodType<Preparation>

const rowCountSchema = within(SYNTHETIC_LIMITS.rows)

/** A distribution whose entropy is known. */
export const syntheticSetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bars-and-stripes'), size: within(SYNTHETIC_LIMITS.size) }),
  z.object({
    kind: z.literal('noisy-parity'),
    columns: within(SYNTHETIC_LIMITS.columns),
    noise: z.number().min(SYNTHETIC_LIMITS.noise.least).max(SYNTHETIC_LIMITS.noise.most),
  }),
  z.object({
    kind: z.literal('markov-chain'),
    columns: within(SYNTHETIC_LIMITS.columns),
    order: within(SYNTHETIC_LIMITS.order),
  }),
  z.object({
    kind: z.literal('ising-strip'),
    height: within(SYNTHETIC_LIMITS.height),
    width: within(SYNTHETIC_LIMITS.width),
    coupling: z.number().min(SYNTHETIC_LIMITS.coupling.least).max(SYNTHETIC_LIMITS.coupling.most),
  }),
]) satisfies z.ZodType<SyntheticSet>

/** Where the rows of a run come from. */
const currentSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mnist'), binarization: binarizationSchema }),
  /** A file or a folder of any format; null: prepared as its contents suggest. */
  z.object({ kind: z.literal('file'), path: z.string().min(1).max(4096), preparation: preparationSchema.nullable() }),
  /** Rows drawn from a distribution that is known. */
  z.object({
    kind: z.literal('synthetic'),
    set: syntheticSetSchema,
    rows: z.object({ train: rowCountSchema, valid: rowCountSchema, test: rowCountSchema }),
    seed: seedSchema,
  }),
])

/** The first runs named .npz files by a kind of their own. */
export const dataSourceSchema = z.preprocess((value) => {
  const isOld = typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'npz'
  return isOld ? { ...value, kind: 'file', preparation: null } : value
}, currentSourceSchema)
export type DataSource = z.infer<typeof dataSourceSchema>

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
  optimizer: optimizerSchema,
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

/** The name that a person gives to a run. */
export const runNameSchema = z.string().trim().min(1).max(SETTING_LIMITS.name.most)

/** A synthetic set of a kind as it is offered: of moderate size, with the usual numbers of rows. */
export function syntheticSource(kind: SyntheticKind): Extract<DataSource, { kind: 'synthetic' }> {
  return { kind: 'synthetic', set: SYNTHETIC_SETS[kind], rows: { ...SYNTHETIC_ROWS }, seed: 1 }
}

export const MNIST_THRESHOLD: DataSource = { kind: 'mnist', binarization: { kind: 'threshold', threshold: 128 } }

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
  optimizer: DEFAULT_OPTIMIZERS.adam,
  l2: 0,
  batchSize: 100,
  epochs: 60,
  lookAhead: 30,
  seed: 1,
  validationPairs: 300,
  testPairs: 1000,
  engine: 'auto',
}

export type PresetId = 'quick' | 'paper-one' | 'paper-two'

/** A named set of model and training settings; the data stay what they are. */
export interface Preset {
  readonly id: PresetId
  readonly name: string
  /** One sentence: what it is for and what to expect. */
  readonly description: string
  readonly settings: Omit<RunConfig, 'data' | 'engine' | 'seed'>
}

const { data: _data, engine: _engine, seed: _seed, ...DEFAULT_SETTINGS } = DEFAULT_RUN_CONFIG

export const PRESETS: readonly Preset[] = [
  {
    id: 'quick',
    name: 'Quick look',
    description: 'A small model that draws recognisable digits within a minute.',
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
    description: 'One wide hidden layer as in the paper, which reports 88.40 nats on its binarized MNIST; a long run.',
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
    description: 'The paper’s best model for binarized MNIST, 86.64 nats with 32 masks; a very long run.',
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

/** The architecture that a run trains on data of `inputs` columns. */
export function specOf(config: RunConfig, inputs: number): ModelSpec {
  const { hidden, activation, directConnections, conditioningWeights } = config
  return { inputs, hidden, activation, directConnections, conditioningWeights }
}

/** How a run draws its connectivities. */
export function scheduleOf(config: RunConfig): Schedule {
  const { orderings, singleOrdering, masks, seed } = config
  return { orderings, singleOrdering, masks, seed }
}

/** How many minibatches an epoch has; the last one may be smaller. */
export function minibatchCount(rows: number, batchSize: number): number {
  return Math.ceil(rows / batchSize)
}
