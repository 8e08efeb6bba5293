import { z } from 'zod'
import { LIMITS } from '../made/spec'
import type { VariableRun, VariableSpec } from '../made/variables'

const countSchema = z.number().int().min(1).max(LIMITS.inputs.most)

const variableRunSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('binary'), count: countSchema.exactOptional() }),
  z.object({ kind: z.literal('categorical'), categories: countSchema.min(2), count: countSchema.exactOptional() }),
]) satisfies z.ZodType<VariableRun>

/** The fields that say which variables the columns of data are; absent where all are binary and none leads. */
export const variablesShape = {
  variables: z.array(variableRunSchema).max(LIMITS.inputs.most).readonly().exactOptional(),
  leading: z.array(z.number().int().min(0)).max(LIMITS.inputs.most).readonly().exactOptional(),
} satisfies { [K in keyof Omit<VariableSpec, 'inputs'>]: z.ZodType<VariableSpec[K]> }
