import { z } from 'zod'
import type { Filling, Sentence } from './placeholders'

const fillingSchema: z.ZodType<Filling> = z.lazy(() =>
  z.union([z.string(), z.number(), sentenceSchema, z.array(z.union([z.string(), sentenceSchema]))]),
)

/** A sentence as it lies in a file. Its key may be one of another version: then the English is told. */
export const sentenceSchema: z.ZodType<Sentence> = z.object({
  key: z.string(),
  values: z.record(z.string(), fillingSchema),
  english: z.string(),
})
