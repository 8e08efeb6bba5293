import { z } from 'zod'
import { channel } from './channel'
import {
  askedSourceSchema,
  effortSchema,
  knownRowSchema,
  wholeRowSchema,
  writtenAnswerSchema,
  type AskedAnswer,
  type AskedSubject,
  type EvidenceCount,
  type KnownRow,
  type LikeliestRow,
  type MemorisationAudit,
  type NearRow,
  type RatedRows,
  type RowStanding,
  type RowSurprise,
  type TypedEvidence,
} from './questions'
import { sampleSourceSchema } from './samples'
import { MOST_SEED } from '../made/random'

/** What the window asks of kept models. */
export const ASK_CHANNELS = {
  /** What can be asked of a model. */
  'ask.subject': channel('compute', z.object({ source: askedSourceSchema })).returns<AskedSubject>(),
  /**
   * p(evidence), and p(rest | evidence) of all the rest; better answers come as events while it is worked at. A question that was
   * asked before is given up: 'cancelled'.
   * @param question tells its events from those of others
   */
  'ask.answer': channel(
    'compute',
    z.object({
      source: askedSourceSchema,
      question: z.number().int().min(0),
      evidence: knownRowSchema,
      effort: effortSchema,
    }),
  ).returns<AskedAnswer>(),
  /**
   * Evidence as it is typed, such as `sex=Female` and `age>40`.
   * @throws StudioError 'invalid-settings' for a column or a value that the model does not know
   */
  'ask.given': channel(
    'compute',
    z.object({ source: askedSourceSchema, texts: z.array(z.string().max(1000)).min(1).max(1000) }),
  ).returns<TypedEvidence>(),
  /** The likeliest row with the evidence, and its chance. One that was asked for before is given up: 'cancelled'. */
  'ask.likeliest': channel(
    'compute',
    z.object({ source: askedSourceSchema, evidence: knownRowSchema }),
  ).returns<LikeliestRow>(),
  /** How surprising a row is by variable. One that was asked for before is given up: 'cancelled'. */
  'ask.surprise': channel(
    'compute',
    z.object({ source: askedSourceSchema, row: knownRowSchema }),
  ).returns<RowSurprise>(),
  /** Where a row would stand among the test rows. This and what follows up to the sample need the data of the run. */
  'ask.standing': channel(
    'compute',
    z.object({ source: askedSourceSchema, row: wholeRowSchema }),
  ).returns<RowStanding>(),
  /** The test rows that surprise the model most, and least. */
  'ask.rated': channel(
    'compute',
    z.object({ source: askedSourceSchema, count: z.number().int().min(1).max(100) }),
  ).returns<RatedRows>(),
  /** How often the evidence occurs in the training rows. */
  'ask.count': channel(
    'compute',
    z.object({ source: askedSourceSchema, evidence: knownRowSchema }),
  ).returns<EvidenceCount>(),
  /** The training rows that are most like a row. */
  'ask.nearest': channel(
    'compute',
    z.object({ source: askedSourceSchema, row: wholeRowSchema, count: z.number().int().min(1).max(100) }),
  ).returns<readonly NearRow[]>(),
  /** Whether samples are nearer to training rows than to rows that were held out. */
  'ask.memorisation': channel(
    'compute',
    z.object({ source: askedSourceSchema, samples: z.number().int().min(10).max(5000) }),
  ).returns<MemorisationAudit>(),
  /** Asks for a place with the system's dialog and writes an answer there; null if the person cancelled. */
  'ask.export': channel('main', writtenAnswerSchema).returns<{ readonly path: string } | null>(),
  /** The sample of that number, seed and connectivity: the one that Samples shows. */
  'ask.sample': channel(
    'compute',
    z.object({
      source: askedSourceSchema,
      number: z.number().int().min(0).max(MOST_SEED),
      ...sampleSourceSchema.pick({ seed: true, connectivity: true }).shape,
    }),
  ).returns<{ readonly bits: Uint8Array }>(),
  /**
   * A test row by its number, or any, which needs the data of the run.
   * @throws StudioError 'invalid-settings' where there are not so many
   */
  'ask.row': channel(
    'compute',
    z.object({ source: askedSourceSchema, number: z.number().int().min(0).nullable() }),
  ).returns<{ readonly number: number; readonly row: KnownRow }>(),
} as const
