import { z } from 'zod'

/** The longest note on a run. */
export const MOST_NOTE_LETTERS = 4000

/** What a person says of a run. */
export const runRemarksSchema = z.object({
  /** Whether it is one to come back to. */
  isStarred: z.boolean(),
  note: z.string().max(MOST_NOTE_LETTERS),
})
export type RunRemarks = z.infer<typeof runRemarksSchema>

export const NO_REMARKS: RunRemarks = { isStarred: false, note: '' }
