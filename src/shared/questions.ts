import { z } from 'zod'
import type { NamedVariable } from '../data/preparation/named-variables'
import { LIMITS } from '../made/spec'
import type { LabelPlace } from '../made/variables'
import type { Sentence } from '../words/say'
import { runIdSchema } from './run-id'
import { modelChoiceSchema } from './samples'
import { seedSchema } from './setting-limits'

export type { NamedVariable }

/** The model that is asked: one that a run keeps. */
export const askedSourceSchema = z.object({ runId: runIdSchema, model: modelChoiceSchema })
export type AskedSource = z.infer<typeof askedSourceSchema>

const bitsSchema: z.ZodType<Uint8Array> = z
  .instanceof(Uint8Array)
  .refine(({ length }) => length > 0 && length <= LIMITS.inputs.most)

/**
 * What is known of a row, a byte for each column, 0 or 1 (`[D]` each). A variable is known in all of its columns or in none; of a
 * categorical one that is known, `bits` has a one in every value that it may have.
 */
export const knownRowSchema = z
  .object({ bits: bitsSchema, known: bitsSchema })
  .refine(({ bits, known }) => bits.length === known.length)
export type KnownRow = z.infer<typeof knownRowSchema>

const imageSchema: z.ZodType<Uint8Array> = z.instanceof(Uint8Array).refine(({ length }) => length <= 32 * 2 ** 20)
const tableSchema = z.array(z.array(z.union([z.string().max(10_000), z.number()])).max(20)).max(1_000_000)

const drawingSchema = z.string().max(32 * 2 ** 20)

/** An answer as it is written to a file: a table, the first row of which names its columns, or a picture. */
export const writtenAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('csv'), rows: tableSchema }),
  z.object({ kind: z.literal('png'), image: imageSchema }),
  z.object({ kind: z.literal('svg'), drawing: drawingSchema }),
])
export type WrittenAnswer = z.infer<typeof writtenAnswerSchema>

/** A whole row, `[D]`: one value of each variable. */
export const wholeRowSchema = bitsSchema

/** How well a question is to be answered. */
export const effortSchema = z.object({
  /** How many rows of p(rest | evidence) are wanted. */
  draws: z.number().int().min(0).max(64),
  /** Particles are added until every standard error of a probability is at most this, or … */
  accuracy: z.number().min(0).max(1),
  /** … so many seconds are over. */
  seconds: z.number().min(0).max(60),
  seed: seedSchema,
})
export type Effort = z.infer<typeof effortSchema>

/** How well the window has a question answered: pictures sooner, tables better. */
export const EFFORTS = {
  picture: { draws: 16, accuracy: 0.05, seconds: 1, seed: 1 },
  table: { draws: 12, accuracy: 0.005, seconds: 3, seed: 1 },
} as const satisfies Record<string, Effort>

/** At most so many rows of a part of the data are compared with. */
export const MOST_COMPARED = 2000

/** What can be asked of a model. */
export interface AskedSubject {
  /** D */
  readonly columns: number
  /** The shape of its rows but for the label; null if they are not pictures. */
  readonly picture: { readonly width: number; readonly height: number } | null
  /** Its variables in their order; null where they have no names, as pixels. */
  readonly named: readonly NamedVariable[] | null
  /** The label that it has learnt; null where it has learnt none. */
  readonly label: (LabelPlace & { readonly name: NamedVariable['name']; readonly words: readonly string[] }) | null
  /** Whether whatever is known may come first, so that it is told exactly. */
  readonly isOrderAgnostic: boolean
}

/** What a model says of evidence, and of all else given it. */
export interface AskedAnswer {
  readonly evidence: {
    /** log p(evidence), nats; −∞ where no draw met it. */
    readonly logProbability: number
    /** Standard error of p(evidence), relative to it; 0 where it is exact. */
    readonly relativeError: number
    readonly method: 'exact' | 'estimated'
    /** How many independent draws say as much. */
    readonly effectiveSampleSize: number
    /** Whether it is so improbable that what follows from it says little. */
    readonly isContradictory: boolean
  }
  /** p(column | evidence), `[D]`: of a binary variable that it is a one. */
  readonly marginals: Float64Array
  /** Of each of them, 0 where it is exact, `[D]`. */
  readonly standardErrors: Float64Array
  /** Rows drawn from p(rest | evidence), 0 or 1, `[draws, D]`; none where that cannot be. */
  readonly draws: Uint8Array
  /** log p(row | evidence) of each of them, nats, `[draws]`; null until the answer is as good as it becomes. */
  readonly logChances: Float64Array | null
}

/** A better answer to a question that is still being worked at. */
export interface AskedProgress {
  /** The number that the question was asked with. */
  readonly question: number
  readonly answer: AskedAnswer
}

/** Evidence as it was typed. */
export interface TypedEvidence extends KnownRow {
  /** What a person may not expect of it: a number stands for its range. */
  readonly notes: readonly Sentence[]
}

/** The likeliest row with the evidence that a search has found. */
export interface LikeliestRow {
  /** `[D]` */
  readonly bits: Uint8Array
  /** log p(row) under the connectivity that it was found with, nats: the likeliest row of all has at least this. */
  readonly logProbability: number
  /** log p(row and evidence) under all connectivities that answer the question, nats: less log p(evidence) it is its chance. */
  readonly logJoint: number
}

/** How surprising a row is. */
export interface RowSurprise {
  /** The row that was scored: what was not known of it is zero, and its label the likeliest, `[D]`. */
  readonly bits: Uint8Array
  /** −log p(variable | what is before it), nats, `[V]`; the mean over the connectivities. */
  readonly terms: Float64Array
  /** Their sum, nats. */
  readonly nats: number
}

/** Where a row would stand among the test rows of the run's data. */
export interface RowStanding {
  /** Test rows that were scored, and how many of them are less surprising. */
  readonly rows: number
  readonly lessSurprising: number
}

/** A test row with what the model makes of it. */
export interface RatedRow {
  /** Its number within the test rows. */
  readonly number: number
  /** `[D]` */
  readonly bits: Uint8Array
  /** −log p(row), nats. */
  readonly nats: number
  /** The variable that is most surprising, and its part of `nats`. */
  readonly variable: number
  readonly variableNats: number
}

/** The ends of the test rows as the model sees them. */
export interface RatedRows {
  /** How many were scored. */
  readonly rows: number
  /** The least likely first. */
  readonly least: readonly RatedRow[]
  /** The most likely first. */
  readonly most: readonly RatedRow[]
}

/** How often evidence occurs in the training rows. */
export interface EvidenceCount {
  readonly count: number
  readonly rows: number
}

/** A training row that is like another row. */
export interface NearRow {
  /** Its number within the training rows. */
  readonly number: number
  /** `[D]` */
  readonly bits: Uint8Array
  /** In how many variables they differ, the label apart. */
  readonly distance: number
}

/** Whether samples are nearer to training rows than to as many rows that were held out. */
export interface MemorisationAudit {
  readonly samples: number
  /** Training rows, and as many that were held out. */
  readonly rows: number
  /** The share of the samples that are nearer to training rows, 0..1; ties count half. About one half where nothing is memorised. */
  readonly share: number
  /** Its 95% interval. */
  readonly interval: readonly [least: number, most: number]
}
