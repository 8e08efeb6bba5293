import { z } from 'zod'
import type { Sentence } from '../words/say'
import { runConfigSchema, runNameSchema } from './run-config'
import { seedSchema } from './setting-limits'

/** Limits of what a group may be asked to be; how many runs it may have, `readSweep` says in words. */
export const GROUP_LIMITS = {
  minutes: { least: 0.05, most: 7 * 24 * 60 },
  values: 100_000,
} as const

/** How the runs of a group are trained. */
export const groupWaySchema = z.discriminatedUnion('kind', [
  /** All of them to their end. */
  z.object({ kind: z.literal('whole') }),
  /** Successive halving within so many minutes. */
  z.object({
    kind: z.literal('halving'),
    minutes: z.number().min(GROUP_LIMITS.minutes.least).max(GROUP_LIMITS.minutes.most),
  }),
])
export type GroupWay = z.infer<typeof groupWaySchema>

/** Runs that differ in some settings, as a person asks for them. */
export const groupRequestSchema = z.object({
  /** What is the same in all. */
  base: runConfigSchema,
  /** Values by the paths of settings, as in a sweep (docs/cluster.md). */
  vary: z.record(
    z
      .string()
      .max(100)
      .refine((path) => !/^(data|engine)(\.|$)/.test(path)),
    z.array(z.unknown()).max(GROUP_LIMITS.values),
  ),
  search: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('grid') }),
    z.object({ kind: z.literal('random'), count: z.number().int().min(1), seed: seedSchema }),
  ]),
  way: groupWaySchema,
})
export type GroupRequest = z.infer<typeof groupRequestSchema>

/** The same, with the name that it is to have. */
export const namedGroupSchema = groupRequestSchema.extend({ name: runNameSchema })

/** What a group takes, reckoned before it begins. */
export interface GroupForeseen {
  readonly runs: number
  /** At most, if early stopping does not come first; null where it cannot be told now. */
  readonly seconds: number | null
  readonly bytes: number
}

/** The group that a run belongs to. */
export const runInGroupSchema = z.object({ id: z.string(), name: z.string() })
export type RunInGroup = z.infer<typeof runInGroupSchema>

/** How far a group in the queue is. */
export interface GroupState {
  readonly id: string
  readonly name: string
  /** The run of it that is under way; null where none is. */
  readonly runId: string | null
  /** Runs in all. */
  readonly runs: number
  /** Those of the rung under way that are over in it, and how many are in it. */
  readonly over: number
  readonly of: number
  /** The rung under way, from 1, of how many; one where nothing is halved. */
  readonly rung: number
  readonly rungs: number
  /** Of all of it, 0..1: by the runs that are over, or by the time that is spent. */
  readonly share: number
}

/** A group that has come to its end. */
export interface GroupEnd {
  readonly id: string
  readonly name: string
  readonly runs: number
}

/** What came of a group so far. */
export interface GroupResult {
  readonly id: string
  readonly name: string
  /** Its runs that were trained, the best first. */
  readonly runs: readonly string[]
  /** The one of the least validation NLL; null where none has any. */
  readonly best: { readonly runId: string; readonly name: string; readonly validNll: number } | null
  /** What mattered most, as a sentence; null before there is anything to tell. */
  readonly mattered: Sentence | null
  /** Whether all of it is done. */
  readonly isOver: boolean
}
