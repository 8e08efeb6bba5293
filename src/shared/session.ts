import { z } from 'zod'
import { dataSourceSchema } from './data-source'
import { draftSchema } from './draft'
import { keptQuestionSchema } from './kept-question'
import { paintToolsSchema } from './painting'
import { runIdSchema } from './run-id'
import { NEW_RUN_TABLE, runTableSchema } from './run-table'
import { VIEWS, type ViewId } from './views'

/** So many files that were opened are remembered. */
export const MOST_RECENT = 8
/** So many places that can be scrolled are remembered. */
const MOST_SCROLLS = 40

const fileSourceSchema = dataSourceSchema.options[1]
export type FileSource = z.infer<typeof fileSourceSchema>

const viewIds = VIEWS.map(({ id }) => id) as [ViewId, ...ViewId[]]
const chosenRunSchema = runIdSchema.nullable()

/** What the window looked like and what was being done, so that the next day begins where this one ended. */
export const sessionSchema = z.object({
  view: z.enum(viewIds),
  /** What was open, and how it was prepared; null: nothing yet. */
  data: dataSourceSchema.nullable(),
  /** The model that was being set up; null: none yet. */
  draft: draftSchema.nullable(),
  /** Whether its name was typed. */
  isNameOwn: z.boolean(),
  /** How far down each part of the window was scrolled, in pixels. */
  scroll: z
    .record(z.string().max(40), z.number().min(0).max(1e8))
    .refine((scrolls) => Object.keys(scrolls).length <= MOST_SCROLLS),
  /** The runs that were looked at in each view. */
  chosen: z.object({ train: chosenRunSchema, samples: chosenRunSchema, runs: chosenRunSchema }),
  /** What was asked last, and of which run; null: nothing yet. */
  asked: keptQuestionSchema.nullable(),
  painting: paintToolsSchema,
  /** The run that is shown although there are newer ones. */
  pinned: chosenRunSchema,
  runTable: runTableSchema,
  /** Files that were opened, the last one first, as they were prepared. */
  recent: z.array(fileSourceSchema).max(MOST_RECENT),
})
export type Session = z.infer<typeof sessionSchema>

/** The session of somebody who starts for the first time. */
export const NEW_SESSION: Session = {
  view: 'home',
  data: null,
  draft: null,
  isNameOwn: false,
  scroll: {},
  chosen: { train: null, samples: null, runs: null },
  asked: null,
  painting: { brush: 'ink', size: null, region: 'bottom', takenFrom: 'row', number: '' },
  pinned: null,
  runTable: NEW_RUN_TABLE,
  recent: [],
}

/** What makes sense of a session as it was kept by any version; the rest is as at the first start. */
export function sensibleSession(kept: unknown): Session {
  if (typeof kept !== 'object' || kept === null) return NEW_SESSION
  const entries = Object.entries(sessionSchema.shape).flatMap(([name, schema]) => {
    const { success, data } = schema.safeParse(Reflect.get(kept, name))
    return success ? [[name, data] as const] : []
  })
  return { ...NEW_SESSION, ...(Object.fromEntries(entries) as Partial<Session>) }
}
