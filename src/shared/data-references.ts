import type { DataSet } from '../data/data-set'
import type { MixtureResult } from '../data/mixture-fit'
import { unlabelledVariables } from '../data/preparation/variables'
import { independentNll } from '../data/statistics'
import type { ReferenceLosses } from './references'

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
