import { z } from 'zod'
import { isFields } from '../base/migration'
import { failureSchema } from '../base/reply'
import type { FromCompute, ToCompute } from './compute-protocol'

/**
 * What main and the compute process tell each other is looked at before it is taken for what it should be, as far as whoever
 * hears it reads of it at once: what is no message of theirs is passed over, and ends nothing.
 */

const idSchema = z.number().int()

const probeEndSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ended'),
    stdout: z.string(),
    log: z.string(),
    how: z.union([z.number(), z.string()]).nullable(),
  }),
  z.object({ kind: z.literal('late') }),
])

const toComputeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('places'),
    places: z.object({
      mnistFolder: z.string(),
      tablesFolder: z.string(),
      modelsFolder: z.string(),
      runsFolder: z.string(),
      speedsFile: z.string(),
      queueFile: z.string(),
    }),
  }),
  z.object({ kind: z.literal('ping') }),
  z.object({ kind: z.literal('request'), id: idSchema, channel: z.string() }),
  z.object({ kind: z.literal('engine-port'), failure: failureSchema.nullable() }),
  z.object({ kind: z.literal('probed'), id: idSchema, end: probeEndSchema }),
])

const runStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('idle') }),
  z.object({
    kind: z.enum(['preparing', 'training', 'paused', 'stopping', 'finished', 'diverged']),
    runId: z.string(),
  }),
  z.object({ kind: z.literal('failed'), runId: z.string().nullable() }),
])

const runEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: runStateSchema }),
  z.object({ type: z.enum(['losses', 'epoch', 'saved', 'samples', 'warning']), runId: z.string() }),
])

const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run'), event: runEventSchema }),
  z.object({ type: z.literal('failure'), failure: failureSchema }),
  z.object({
    type: z.literal('queue'),
    state: z.object({
      isPaused: z.boolean(),
      runs: z.array(z.string()),
      groups: z.array(z.object({ id: z.string(), name: z.string(), runId: z.string().nullable(), share: z.number() })),
      done: z.number(),
    }),
  }),
  z.object({
    type: z.literal('group'),
    ended: z.object({ id: z.string(), name: z.string(), runs: z.number() }),
  }),
  z.object({ type: z.enum(['data', 'filling', 'asking', 'comparing', 'transfer']) }),
])

function areTexts(fields: unknown): boolean {
  return isFields(fields) && Object.values(fields).every((value) => typeof value === 'string')
}

const fromComputeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['alive', 'engine-port', 'engine-silent']) }),
  z.object({ kind: z.literal('reply'), id: idSchema }),
  z.object({ kind: z.literal('event'), event: eventSchema }),
  z.object({
    kind: z.literal('probe'),
    id: idSchema,
    request: z.object({ folder: z.string(), timeLimit: z.number(), env: z.custom(areTexts) }),
  }),
])

/** A message of main; null where it is none. */
export function toComputeIn(message: unknown): ToCompute | null {
  return toComputeSchema.safeParse(message).success ? (message as ToCompute) : null
}

/** A message of the compute process; null where it is none. Whether a reply is one, whoever waits for it has to see. */
export function fromComputeIn(message: unknown): FromCompute | null {
  return fromComputeSchema.safeParse(message).success ? (message as FromCompute) : null
}
