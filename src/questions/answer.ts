import type { BitMatrix } from '../data/bit-matrix'

/** What the model says of evidence, and of all else given it. */
export interface Answer {
  readonly evidence: EvidenceAnswer
  /** p(column | evidence), `[D]`: of a binary variable that it is a one. */
  readonly marginals: Float64Array
  /** Of each of them, 0 where it is exact, `[D]`. */
  readonly standardErrors: Float64Array
  /** Rows drawn from p(rest | evidence), the first of which differ as far as they can; none where that cannot be. */
  readonly draws: BitMatrix
}

export interface EvidenceAnswer {
  /** log p(evidence), nats; −∞ where no draw met it. */
  readonly logProbability: number
  /** Of the probability itself, relative to it; 0 where it is exact. */
  readonly relativeError: number
  readonly method: Method
  /** How many independent draws say as much; of an exact answer as many as there are. */
  readonly effectiveSampleSize: number
}

/** Whether an answer is what the passes say, or an estimate by draws. */
export type Method = 'exact' | 'estimated'

/** Evidence as rare as this contradicts what the model has learnt, and what follows from it says little. */
export const LEAST_PROBABILITY = 1e-12
