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
  /** Of the same rows without the label that is learnt, which p(x) is compared with; absent where none is. */
  readonly withoutLabel?: UnlabelledReferences
}

export interface UnlabelledReferences {
  /** `DataSet.unlabelledHash`: it is that of the same data where the label is not learnt. */
  readonly hash: string
  readonly independent: number
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
  withoutLabel: z.object({ hash: z.string(), independent: nll }).exactOptional(),
}) satisfies z.ZodType<ReferenceLosses>
