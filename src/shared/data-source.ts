import { z } from 'zod'
import { MISSING_VALUES, PREPARATION_LIMITS, VALUE_VIEWS, type Preparation } from '../data/preparation/preparation'
import { BUILT_IN_TABLES, builtInPath, builtInTable, type BuiltInTable } from '../data/built-in-names'
import {
  encodingWords,
  mergedChoices,
  READING_LIMITS,
  SEPARATORS,
  type EncodingPreview,
  type ReadingChoices,
  type Separator,
} from '../data/reading-choices'
import {
  SYNTHETIC_LIMITS,
  SYNTHETIC_NAMES,
  SYNTHETIC_ROWS,
  SYNTHETIC_SETS,
  type SyntheticKind,
  type SyntheticSet,
} from '../data/synthetic/synthetic-set'
import { seedSchema, SETTING_LIMITS, whole, within } from './setting-limits'

export {
  BUILT_IN_TABLES,
  builtInPath,
  builtInTable,
  encodingWords,
  mergedChoices,
  MISSING_VALUES,
  PREPARATION_LIMITS,
  READING_LIMITS,
  SEPARATORS,
  SYNTHETIC_LIMITS,
  SYNTHETIC_NAMES,
  SYNTHETIC_SETS,
  VALUE_VIEWS,
  type BuiltInTable,
  type EncodingPreview,
  type Preparation,
  type ReadingChoices,
  type Separator,
  type SyntheticKind,
  type SyntheticSet,
}

const shareSchema = z.number().min(PREPARATION_LIMITS.fraction.least).max(PREPARATION_LIMITS.fraction.most)

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

const columnNamesSchema = z.array(z.string()).max(READING_LIMITS.listed).readonly()

/** How a file is read, as far as a person has decided it. */
export const readingChoicesSchema: z.ZodType<ReadingChoices> = z.object({
  header: z.boolean().exactOptional(),
  skip: whole(0, READING_LIMITS.skip).exactOptional(),
  separator: z.enum(SEPARATORS).exactOptional(),
  decimal: z.enum(['.', ',']).exactOptional(),
  dayFirst: z.boolean().exactOptional(),
  encoding: z.string().min(1).max(READING_LIMITS.length).exactOptional(),
  missingMarks: z.array(z.string().max(READING_LIMITS.length)).max(READING_LIMITS.marks).readonly().exactOptional(),
  comment: z.string().max(READING_LIMITS.length).exactOptional(),
  sheet: z.string().min(1).max(READING_LIMITS.length).exactOptional(),
  transpose: z.boolean().exactOptional(),
  label: z.string().nullable().exactOptional(),
  words: columnNamesSchema.exactOptional(),
  numbers: columnNamesSchema.exactOptional(),
})

/** How a table becomes bits. */
export const preparationSchema = z.object({
  /** The first preparations knew bits alone. */
  valuesAs: z.enum(VALUE_VIEWS).default('bits'),
  learnsLabel: z.boolean().default(false),
  omitted: columnNumbersSchema,
  categorical: columnNumbersSchema,
  label: whole(0, 100_000_000).nullable(),
  grey: z.boolean(),
  binarization: binarizationSchema,
  numberBits: within(PREPARATION_LIMITS.numberBits),
  /** Columns of numbers that have bits of their own. */
  ownBits: z
    .array(z.object({ column: whole(0, 100_000_000), bits: within(PREPARATION_LIMITS.numberBits) }))
    .max(PREPARATION_LIMITS.listed)
    .readonly(),
  missing: z.enum(MISSING_VALUES),
  /** What pictures are fitted into; null: their own size. */
  pictureSize: pictureShapeSchema.nullable(),
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
export const dataSourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('mnist'),
    binarization: binarizationSchema,
    learnsLabel: z.literal(true).exactOptional(),
  }),
  /** A file or a folder of any format; null: prepared as its contents suggest, and read so where nothing else is said. */
  z.object({
    kind: z.literal('file'),
    path: z.string().min(1).max(4096),
    preparation: preparationSchema.nullable(),
    reading: readingChoicesSchema.exactOptional(),
  }),
  /** Rows drawn from a distribution that is known. */
  z.object({
    kind: z.literal('synthetic'),
    set: syntheticSetSchema,
    rows: z.object({ train: rowCountSchema, valid: rowCountSchema, test: rowCountSchema }),
    seed: seedSchema,
  }),
])
export type DataSource = z.infer<typeof dataSourceSchema>

/** A synthetic set of a kind as it is offered: of moderate size, with the usual numbers of rows. */
export function syntheticSource(kind: SyntheticKind): Extract<DataSource, { kind: 'synthetic' }> {
  return { kind: 'synthetic', set: SYNTHETIC_SETS[kind], rows: { ...SYNTHETIC_ROWS }, seed: 1 }
}

export const MNIST_THRESHOLD: Extract<DataSource, { kind: 'mnist' }> = {
  kind: 'mnist',
  binarization: { kind: 'threshold', threshold: 128 },
}

/** MNIST as the window offers it: with the digits' names, so that one can be asked for (docs/results.md: it is better at both). */
export const MNIST_OFFERED: DataSource = { ...MNIST_THRESHOLD, learnsLabel: true }
