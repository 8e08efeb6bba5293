import { z } from 'zod'
import type { MixtureResult } from '../data/mixture-fit'

/** Losses to compare a model's with, mean NLL in nats of the validation rows unless said otherwise. */
export interface ReferenceLosses {
  /** A model of independent bits. */
  readonly independent: number
  /** The exact entropy, what no model can be better than in the long run; null where it is not known. */
  readonly entropy: number | null
  /** The mixture of Bernoullis that was fitted last, if any was. */
  readonly mixture: MixtureResult | null
}

const nll = z.number()

/** The losses as run.json keeps them. */
export const referenceLossesSchema = z.object({
  independent: nll,
  entropy: nll.nullable(),
  mixture: z
    .object({
      components: z.number(),
      seed: z.number(),
      iterations: z.number(),
      nll: z.object({ train: nll, valid: nll, test: nll }),
    })
    .nullable(),
}) satisfies z.ZodType<ReferenceLosses>
