import { z } from 'zod'
import { RUN_STATUSES } from './run'

/** The columns that the table of runs can have, in their order. */
export const RUN_COLUMNS = [
  'star',
  'name',
  'note',
  'data',
  'status',
  'date',
  'updates',
  'hidden',
  'orderings',
  'activation',
  'optimizer',
  'learningRate',
  'seed',
  'curve',
  'validation',
  'test',
  'unlabelled',
] as const
export type RunColumnId = (typeof RUN_COLUMNS)[number]

/** The longest text that runs are looked for by. */
export const MOST_FILTER_LETTERS = 200

/** How a person looks at the table of runs. */
export const runTableSchema = z.object({
  /** Words that a run must have, each somewhere in its name, data, status, settings or note. */
  filter: z.string().max(MOST_FILTER_LETTERS),
  /** Whether only runs with a star are looked for. */
  isStarred: z.boolean(),
  /** Only runs that are one of these; none: all. */
  statuses: z.array(z.enum(RUN_STATUSES)).max(RUN_STATUSES.length),
  /** Null: the newest first. */
  sort: z.object({ column: z.enum(RUN_COLUMNS), isDescending: z.boolean() }).nullable(),
  /** Columns that a person has shown or hidden; the others are as the window has room for them. */
  columns: z.partialRecord(z.enum(RUN_COLUMNS), z.boolean()),
  /** Whether runs on the same rows stand together. */
  isGrouped: z.boolean(),
  /** Whether losses to compare with stand among runs on the same rows. */
  hasReferences: z.boolean(),
})
export type RunTable = z.infer<typeof runTableSchema>

/** The table of somebody who has changed nothing of it. */
export const NEW_RUN_TABLE: RunTable = {
  filter: '',
  isStarred: false,
  statuses: [],
  sort: null,
  columns: {},
  isGrouped: true,
  hasReferences: true,
}
