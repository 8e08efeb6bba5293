import { z } from 'zod'
import { runIdSchema } from './run-id'
import { seedSchema } from './setting-limits'

const modelChoiceSchema = z.enum(['best', 'latest'])
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
})
export type SampleSource = z.infer<typeof sampleSourceSchema>

/** Generated rows to look at. */
export interface SamplePage {
  readonly first: number
  readonly columns: number
  readonly picture: { readonly width: number; readonly height: number } | null
  /** 0 or 1, `[count, columns]`. */
  readonly bits: Uint8Array
  /** Probability of a one that each bit was drawn with, `[count, columns]`, 0..255. */
  readonly probabilities: Uint8Array
  /** log p(x) in nats of each sample under the connectivity that drew it. */
  readonly logLikelihoods: Float64Array
}

/** Rows that a model has just drawn. */
export interface DrawnPage extends SamplePage {
  /** The 0-based inputs in the order in which they were drawn, in each of them. */
  readonly order: Int32Array
}

/** One sample with all that its replay needs. */
export interface SampleBirth {
  readonly columns: number
  readonly picture: { readonly width: number; readonly height: number } | null
  /** The 0-based inputs in the order in which they were drawn. */
  readonly order: Int32Array
  readonly bits: Uint8Array
  /** Probability of a one with which each input was drawn, by input. */
  readonly probabilities: Float32Array
  readonly logLikelihood: number
  /** p(y | x), `[classes]`: what the model thinks of the label of what it drew, under the same connectivity; null without a label. */
  readonly posterior: Float64Array | null
}
