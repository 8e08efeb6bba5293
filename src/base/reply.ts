import { z } from 'zod'
import { sentenceSchema } from '../words/sentence-schema'
import { FAILURE_CODES, type Failure, type Reply } from './failure'

/** A failure as it crosses a process boundary. */
export const failureSchema: z.ZodType<Failure> = z.object({
  code: z.enum(FAILURE_CODES),
  message: sentenceSchema,
  hint: sentenceSchema,
})

const replySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), failure: failureSchema }),
])

/** Whether what came in answer to a request is one; what a request that was done gives may be anything. */
export function isReply(value: unknown): value is Reply<unknown> {
  return replySchema.safeParse(value).success
}
