import { z } from 'zod'
import { LIMITS } from '../made/spec'
import { hidingSchema } from './painting'
import { runIdSchema } from './run-id'

/** So many steps of a question can be taken back. */
export const MOST_STEPS = 200

/** What was known at a step of a question, as it is kept. */
export const keptStepSchema = z.object({
  /** A letter for each column: `.` where it was not known, `o` and `i` for a 0 and a 1 under what hides them. */
  text: z
    .string()
    .max(LIMITS.inputs.most)
    .regex(/^[.01oi]*$/),
  /** Null: nothing is hidden. */
  hiding: hidingSchema.nullable().default(null),
})
export type KeptStep = z.infer<typeof keptStepSchema>

/** Evidence is not typed in more letters. */
export const MOST_TYPED = 2000

const stepsSchema = z.array(keptStepSchema).max(MOST_STEPS).default([])

/** What was known of a run, as it is kept. */
export const keptQuestionSchema = keptStepSchema.extend({
  runId: runIdSchema,
  /** The steps before, the last one last, and those that were taken back, the next one last. */
  past: stepsSchema,
  future: stepsSchema,
  /** Evidence that was typed, and not added yet. */
  typed: z.string().max(MOST_TYPED).default(''),
})
export type KeptQuestion = z.infer<typeof keptQuestionSchema>
