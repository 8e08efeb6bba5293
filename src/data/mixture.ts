import { eachRun, type VariableSpec } from '../made/variables'
import type { BitMatrix } from './bit-matrix'

/** Limits of what a person may choose of a mixture, both ends allowed. */
export const MIXTURE_LIMITS = { components: { least: 1, most: 1000 } } as const

/**
 * A mixture of Bernoullis: p(x) = Σ_k π_k Π_d p_kd^x_d (1−p_kd)^(1−x_d), the classical baseline of the paper's tables; of
 * categorical variables one of categories: the factor of a variable is the p_kd of its one column that is 1.
 * All is kept as logarithms, in the form in which rows are scored.
 */
export class Mixture {
  /** log π_k + Σ_d log(1−p_kd) over the binary columns, `[components]`: the score of the row of zeros. */
  private readonly base: Float64Array
  /** log p_kd − log(1−p_kd), of a category log p_kd, `[columns, components]`: what each one of a row adds to its score. */
  private readonly logits: Float64Array

  /**
   * @param variables of the columns
   * @param weights π, `[components]`, positive with sum 1
   * @param means p, `[components, columns]`, each above 0 and below 1; those of a categorical variable have the sum 1
   */
  constructor(
    readonly variables: VariableSpec,
    weights: Float64Array,
    means: Float64Array,
  ) {
    const components = weights.length
    const columns = variables.inputs
    this.base = weights.map(Math.log)
    this.logits = new Float64Array(columns * components)
    eachRun(variables, ({ kind, first, count, columns: each }) => {
      for (let k = 0; k < components; k++)
        for (let d = first; d < first + count * each; d++) {
          const one = means[k * columns + d]
          const logZero = kind === 'binary' ? Math.log1p(-one) : 0
          this.base[k] += logZero
          this.logits[d * components + k] = Math.log(one) - logZero
        }
    })
  }

  /** D */
  get columns(): number {
    return this.variables.inputs
  }

  get components(): number {
    return this.base.length
  }

  /** log π_k + log p(x | k) of a row given by the numbers of its ones, written to `out`, `[components]`. */
  scores(ones: Uint32Array, out: Float64Array): void {
    const { base, logits } = this
    const components = base.length
    out.set(base)
    for (let i = 0; i < ones.length; i++) {
      const offset = ones[i] * components
      for (let k = 0; k < components; k++) out[k] += logits[offset + k]
    }
  }

  /** log p(x) in nats of each row, `[rows]`. */
  logLikelihood(rows: BitMatrix): Float64Array {
    const scores = new Float64Array(this.components)
    return Float64Array.from({ length: rows.rows }, (_, row) => {
      this.scores(rows.onesOf(row), scores)
      return logSumExp(scores)
    })
  }
}

/** What EM gathers from the rows: how much of them each component explains, and how much of their ones. */
export class Responsibilities {
  /** Sum over rows of the share that each component has in them, `[components]`. */
  readonly counts: Float64Array
  /** The same over rows with a one in a column, `[components, columns]`. */
  readonly ones: Float64Array
  /** Sum over rows of log p(x), nats. */
  logLikelihood = 0
  rows = 0
  private readonly scores: Float64Array

  constructor(private readonly mixture: Mixture) {
    this.counts = new Float64Array(mixture.components)
    this.ones = new Float64Array(mixture.components * mixture.columns)
    this.scores = new Float64Array(mixture.components)
  }

  /** The E step for one row. */
  add(row: Uint32Array): void {
    const { scores, counts, ones } = this
    const { columns } = this.mixture
    this.mixture.scores(row, scores)
    const log = logSumExp(scores)
    this.logLikelihood += log
    this.rows++
    for (let k = 0; k < scores.length; k++) {
      const share = Math.exp(scores[k] - log)
      // A share below the rounding error of the sums changes none of them.
      if (share < 1e-18) continue
      counts[k] += share
      const offset = k * columns
      for (let i = 0; i < row.length; i++) ones[offset + row[i]] += share
    }
  }

  /**
   * The M step: the most probable mixture under priors Dirichlet(1+s) on the means (of a bit Beta(1+s, 1+s)) and on the weights.
   * @param smoothing s above 0: pretended rows, of which none makes any row impossible
   */
  mixtureOf(smoothing: number): Mixture {
    const { variables, columns, components } = this.mixture
    const weights = this.counts.map((count) => (count + smoothing) / (this.rows + components * smoothing))
    const values = valuesOfColumns(variables)
    const means = this.ones.map(
      (ones, i) => (ones + smoothing) / (this.counts[Math.floor(i / columns)] + values[i % columns] * smoothing),
    )
    return new Mixture(variables, weights, means)
  }
}

/** `[D]`: how many values the variable of each column has. */
export function valuesOfColumns(variables: VariableSpec): Uint32Array {
  const values = new Uint32Array(variables.inputs)
  eachRun(variables, ({ first, count, columns }) => values.fill(Math.max(2, columns), first, first + count * columns))
  return values
}

/** log Σ_k exp(values_k) of finite values. */
function logSumExp(values: Float64Array): number {
  let most = -Infinity
  for (const value of values) most = Math.max(most, value)
  let sum = 0
  for (const value of values) sum += Math.exp(value - most)
  return most + Math.log(sum)
}
