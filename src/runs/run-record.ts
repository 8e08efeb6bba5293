import { z } from 'zod'
import type { Text } from '../base/advice'
import type { Failure } from '../base/failure'
import { ENGINE_IDS } from '../made/engines'
import { labelCodingSchema } from '../shared/model-preparation'
import { referenceLossesSchema } from '../shared/references'
import type { LabelResult } from '../shared/run'
import { runConfigSchema } from '../shared/run-config'
import { runInGroupSchema } from '../shared/run-group'
import { variablesShape } from '../shared/variables'
import { sentenceSchema } from '../words/sentence-schema'
import { migratedRecord, RUN_VERSION } from './run-versions'

const labelResultSchema = z.object({
  error: z.number(),
  rows: z.number(),
  nll: z.number(),
  interval95: z.number(),
  calibrationError: z.number(),
  confusion: z.array(z.number()).readonly().nullable(),
}) satisfies z.ZodType<LabelResult>

/**
 * run.json: what was asked, on what data, where it is, and what came out. `status` is what the run was doing when it
 * was written; a run that is 'training' although nobody holds it was interrupted. This is its newest version: files of
 * earlier ones are brought to it (`migratedRecord`).
 */
export const runRecordSchema = z.object({
  version: z.literal(RUN_VERSION),
  name: z.string(),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  changedAt: z.number(),
  config: runConfigSchema,
  /** The group that it belongs to; absent where it belongs to none. */
  group: runInGroupSchema.exactOptional(),
  status: z.enum(['training', 'paused', 'finished', 'failed', 'diverged']),
  data: z.object({
    name: z.string(),
    /** SHA-256 of the rows. */
    hash: z.string(),
    columns: z.number().int(),
    ...variablesShape,
    picture: z.object({ width: z.number(), height: z.number() }).nullable(),
    rows: z.object({ train: z.number().int(), valid: z.number().int(), test: z.number().int() }),
    /** Rows in no part, whose missing values the model can fill in. */
    toFill: z.number().int(),
    /** The label that is learnt; absent where none is. */
    label: labelCodingSchema.exactOptional(),
    /** Losses to compare with; null in runs of a time when none were kept. */
    references: referenceLossesSchema.nullable(),
  }),
  engine: z
    .object({
      id: z.enum(ENGINE_IDS),
      device: sentenceSchema,
      /** The build of the program, where there are several that differ in the last bits. */
      build: z.string().nullable().default(null),
      /** What it was chosen by; null if a person chose it, or there was one only. */
      measured: z
        .array(z.object({ id: z.enum(ENGINE_IDS), device: z.string(), updatesPerSecond: z.number() }))
        .nullable(),
    })
    .nullable(),
  /** Epochs completed. */
  epoch: z.number().int(),
  best: z.object({ epoch: z.number().int(), validNll: z.number() }).nullable(),
  ended: z.enum(['look-ahead', 'epochs', 'stopped']).nullable(),
  test: z
    .object({
      nll: z.number(),
      interval95: z.number(),
      rows: z.number(),
      connectivities: z.number(),
      label: labelResultSchema.exactOptional(),
    })
    .nullable(),
  failure: z
    .object({ code: z.string(), message: sentenceSchema, hint: sentenceSchema })
    .nullable() as z.ZodType<Failure | null>,
})
export type RunRecord = z.infer<typeof runRecordSchema>

/**
 * The record that a text holds, brought to the newest version; null where it is none: whoever asks looks elsewhere.
 * @param what it is of, as a part of a sentence: "the run in /runs/mine"
 * @throws StudioError 'newer-version': going on from an older copy would undo what the newer program has done
 */
export function recordIn(text: string, what: Text): RunRecord | null {
  const record = runRecordSchema.safeParse(migratedRecord(jsonIn(text), what))
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
