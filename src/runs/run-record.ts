import { z } from 'zod'
import { StudioError, type Failure } from '../base/failure'
import { ENGINE_IDS } from '../made/engines'
import { referenceLossesSchema } from '../shared/references'
import { runConfigSchema } from '../shared/run-config'

const VERSION = 1

/**
 * run.json: what was asked, on what data, where it is, and what came out. `status` is what the run was doing when it
 * was written; a run that is 'training' although nobody holds it was interrupted.
 */
export const runRecordSchema = z.object({
  version: z.literal(VERSION),
  name: z.string(),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  changedAt: z.number(),
  config: runConfigSchema,
  status: z.enum(['training', 'paused', 'finished', 'failed', 'diverged']),
  data: z.object({
    name: z.string(),
    /** SHA-256 of the rows. */
    hash: z.string(),
    columns: z.number().int(),
    picture: z.object({ width: z.number(), height: z.number() }).nullable(),
    rows: z.object({ train: z.number().int(), valid: z.number().int(), test: z.number().int() }),
    /** Rows in no part, whose missing values the model can fill in; the first runs had none. */
    toFill: z.number().int().default(0),
    /** Losses to compare with; the first runs kept none. */
    references: referenceLossesSchema.nullable().default(null),
  }),
  engine: z
    .object({
      id: z.enum(ENGINE_IDS),
      device: z.string(),
      /** What it was chosen by; null if a person chose it, or there was one only. */
      measured: z
        .array(z.object({ id: z.enum(ENGINE_IDS), device: z.string(), updatesPerSecond: z.number() }))
        .nullable()
        .default(null),
    })
    .nullable(),
  /** Epochs completed. */
  epoch: z.number().int(),
  best: z.object({ epoch: z.number().int(), validNll: z.number() }).nullable(),
  ended: z.enum(['look-ahead', 'epochs', 'stopped']).nullable(),
  test: z.object({ nll: z.number(), interval95: z.number(), rows: z.number(), connectivities: z.number() }).nullable(),
  failure: z
    .object({ code: z.string(), message: z.string(), hint: z.string() })
    .nullable() as z.ZodType<Failure | null>,
})
export type RunRecord = z.infer<typeof runRecordSchema>

/** What run.json of any version says. */
const anyVersionSchema = z.object({ version: z.number() })

/**
 * The record that a text holds; null where it is none.
 * @throws StudioError 'unknown-format' where another version wrote it: going on from an older record would undo what that has done
 */
export function recordIn(text: string): RunRecord | null {
  const value = jsonIn(text)
  const version = anyVersionSchema.safeParse(value)
  if (version.success && version.data.version !== VERSION)
    throw new StudioError(
      'unknown-format',
      'This run was written by another version of MADE Studio.',
      'Open it with that version, or update this one.',
    )
  const record = runRecordSchema.safeParse(value)
  return record.success ? record.data : null
}

/** Undefined, which no schema accepts, where the text is not JSON. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
