import { sigmoid, softplus } from './likelihood'
import type { VariableKind } from './variables'

/**
 * What the outputs of the network mean for a variable: the one place where kinds of variables differ. `z` are the logits of
 * its columns in one row, `one` says which of its columns is 1 there, counted from 0, and −1 where none is.
 */
export interface Head {
  /** −log p in nats. */
  loss(z: Float64Array, columns: number, one: number): number
  /** Puts the gradient of the loss by each logit, p − x, in the logits' place. */
  delta(z: Float64Array, columns: number, one: number): void
  /** Writes the probability of a 1 in each column. */
  probabilities(z: Float64Array, columns: number, p: Float32Array): void
  /**
   * Which column a uniform u in [0, 1) draws, given what `probabilities` wrote. All that is compared is in single precision, so
   * that engines which have the same probabilities draw the same.
   */
  draw(p: Float32Array, columns: number, u: number): number
  /** log p in nats of what was drawn, or given, from the probabilities that `probabilities` wrote. */
  logProbability(p: Float32Array, columns: number, one: number): number
}

const binary: Head = {
  loss: (z, _columns, one) => softplus(z[0]) - (one === 0 ? z[0] : 0),
  delta(z, _columns, one) {
    z[0] = 1 / (1 + Math.exp(-z[0])) - (one === 0 ? 1 : 0)
  },
  probabilities(z, _columns, p) {
    p[0] = sigmoid(z[0])
  },
  draw: (p, _columns, u) => (u < p[0] ? 0 : -1),
  logProbability: (p, _columns, one) => (one === 0 ? Math.log(p[0]) : Math.log1p(-p[0])),
}

const categorical: Head = {
  loss(z, columns, one) {
    const most = largestOf(z, columns)
    let sum = 0
    for (let c = 0; c < columns; c++) sum += Math.exp(z[c] - most)
    return most - z[one] + Math.log(sum)
  },
  delta(z, columns, one) {
    softmax(z, columns, z)
    z[one] -= 1
  },
  probabilities: softmax,
  draw(p, columns, u) {
    let sum = 0
    for (let c = 0; c < columns; c++) sum = Math.fround(sum + p[c])
    const threshold = Math.fround(u * sum)
    let cumulative = 0
    for (let c = 0; c < columns - 1; c++) {
      cumulative = Math.fround(cumulative + p[c])
      if (cumulative > threshold) return c
    }
    return columns - 1
  },
  logProbability: (p, _columns, one) => Math.log(p[one]),
}

/** The head of each kind of variable. */
export const HEADS: Readonly<Record<VariableKind, Head>> = { binary, categorical }

/** Writes e^z_c / Σ e^z to `p`, which may be `z` itself. */
function softmax(z: Float64Array, columns: number, p: Float64Array | Float32Array): void {
  const most = largestOf(z, columns)
  let sum = 0
  for (let c = 0; c < columns; c++) sum += Math.exp(z[c] - most)
  for (let c = 0; c < columns; c++) p[c] = Math.exp(z[c] - most) / sum
}

function largestOf(z: Float64Array, columns: number): number {
  let most = z[0]
  for (let c = 1; c < columns; c++) most = Math.max(most, z[c])
  return most
}
