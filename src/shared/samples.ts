import { z } from 'zod'
import { runIdSchema } from './run-id'
import { seedSchema } from './setting-limits'
import { TEMPERATURE } from '../made/temperature'
import type { DrawnTable, ToldVariable } from './table-view'

export const modelChoiceSchema = z.enum(['best', 'latest'])
export type ModelChoice = z.infer<typeof modelChoiceSchema>

/** Where samples come from: a model of a run, one of its connectivities, a seed. */
export const sampleSourceSchema = z.object({
  runId: runIdSchema,
  model: modelChoiceSchema,
  /** Number of the connectivity in the model's stored list. */
  connectivity: z.number().int().min(0).max(9_999),
  seed: seedSchema,
  /** The class that all of them have, by its number among the words of the label; absent: each has one that the model draws. */
  label: z.number().int().min(0).max(65_535).exactOptional(),
  /** At which temperature each variable is drawn; absent: at the model's own, which is 1. */
  temperature: z.number().min(TEMPERATURE.least).max(TEMPERATURE.most).exactOptional(),
})
export type SampleSource = z.infer<typeof sampleSourceSchema>

/** Generated rows to look at. The bits of a label that is learnt are none of them: it is told in words. */
export interface SamplePage {
  readonly first: number
  readonly columns: number
  readonly picture: { readonly width: number; readonly height: number } | null
  /** 0 or 1, `[count, columns]`. */
  readonly bits: Uint8Array
  /** Probability of a one that the model gives each bit before it is drawn, `[count, columns]`, 0..255. */
  readonly probabilities: Uint8Array
  /** log p(x) in nats of each sample under the connectivity that drew it, at whatever temperature. */
  readonly logLikelihoods: Float64Array
  /** The label of each row, where the model has learnt it. */
  readonly labels: readonly string[] | null
  /** The rows as those of the table that the model was taught; null where it was taught none. */
  readonly table: DrawnTable | null
}

/** Rows that a model has just drawn. */
export interface DrawnPage extends SamplePage {
  /** The 0-based inputs in the order in which they were drawn, in each of them. */
  readonly order: Int32Array
  /** Whether they can be written as a table of named columns. */
  readonly hasColumns: boolean
}

/** What a model expects, at some moments of a birth, of the inputs that are still to be drawn. */
export interface Foreseen {
  /** How many variables are drawn at each moment, rising from 0, `[moments]`. */
  readonly steps: Int32Array
  /** The probability of a one in each input, of those that are drawn the bit, `[moments, columns]`, 0..255. */
  readonly probabilities: Uint8Array
}

/** The files that a birth can be kept in. */
export const ANIMATIONS = ['gif', 'webm'] as const
export type AnimationKind = (typeof ANIMATIONS)[number]
const MOST_ANIMATION_BYTES = 64 * 2 ** 20
const animationBytes: z.ZodType<Uint8Array> = z
  .instanceof(Uint8Array)
  .refine(({ length }) => length <= MOST_ANIMATION_BYTES)
/** A birth as a file. */
export const animationSchema = z.object({ kind: z.enum(ANIMATIONS), bytes: animationBytes })

/** One sample with all that its replay needs. */
export interface SampleBirth {
  /** All inputs, those of a label too. */
  readonly columns: number
  readonly picture: { readonly width: number; readonly height: number } | null
  /** The 0-based inputs in the order in which they were drawn, those of one variable together. */
  readonly order: Int32Array
  /** Where the inputs of each variable begin in `order`, `[V + 1]`. */
  readonly begins: Int32Array
  readonly bits: Uint8Array
  /** Probability of a one that the model gives each input before it is drawn, by input. */
  readonly probabilities: Float32Array
  /** log p in nats of each variable given those before it, in the order in which they were drawn, `[V]`. */
  readonly logProbabilities: Float64Array
  readonly logLikelihood: number
  /** The variables that have names, by their place: those of a table, and the label. */
  readonly told: readonly ToldVariable[]
  /** Whether each variable is a column of a table, so that the row is shown as one. */
  readonly isTable: boolean
  /** p(y | x), `[classes]`: what the model thinks of the label of what it drew, under the same connectivity; null without a label. */
  readonly posterior: Float64Array | null
}
