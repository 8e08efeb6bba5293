import { z } from 'zod'
import type { DataSet } from '../data/data-set'
import type { MixtureResult } from '../data/mixture-fit'
import { unlabelledVariables } from '../data/preparation/variables'
import { independentNll } from '../data/statistics'

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

/**
 * What a model of these data is compared with.
 * @param mixture that was fitted to them
 * @param ones how many are in each column, `[D]`, of training and validation rows: many rows take a while to count
 */
export function referencesOf(
  { splits: { train, valid }, variables, known, coding, entropy, unlabelledHash }: DataSet,
  mixture: MixtureResult | null,
  ones = { train: train.columnCounts(), valid: valid.columnCounts() },
): ReferenceLosses {
  const losses = {
    independent: independentNll(train, valid, { variables, known, ones }),
    entropy: entropy ?? null,
    mixture,
  }
  if (unlabelledHash === undefined || !coding) return losses
  const independent = independentNll(train, valid, { variables: unlabelledVariables(coding), known, ones })
  return { ...losses, withoutLabel: { hash: unlabelledHash, independent } }
}
