import { sigmoid, softplus } from './likelihood'
import type { VariableKind } from './variables'

/** Of each column of a variable one number per row. */
export type Columns = readonly Float64Array[]

/**
 * What the outputs of the network mean for a variable: the one place where kinds of variables differ. It takes a block of rows
 * at a time. `z` are the logits of its `columns` columns, `ones[b]` says which of its columns is 1 in row b, counted from 0, and
 * is −1 where none is.
 */
export interface Head {
  /** Adds −log p of each row, in nats, to `out`. */
  addLosses(z: Columns, columns: number, ones: Int32Array, rows: number, out: Float64Array): void
  /**
   * Puts the gradient of the rows' mean loss by each logit, (p − x) / rows, in the logits' place.
   * @returns the sum of the losses, in nats
   */
  deltas(z: Columns, columns: number, ones: Int32Array, rows: number): number
  /** Puts the probability of a 1 in each column, in single precision, in the logits' place. */
  probabilities(z: Columns, columns: number, rows: number): void
  /**
   * Writes which column of each row a uniform in [0, 1) draws, given what `probabilities` made. All that is compared is in single
   * precision, so that engines which have the same probabilities draw the same.
   */
  draw(p: Columns, columns: number, uniforms: Float32Array, rows: number, ones: Int32Array): void
  /** log p in nats of what one row has, from the probabilities of a 1 in each column. */
  logProbability(p: Float32Array, one: number): number
}

const binary: Head = {
  addLosses(all, _columns, ones, rows, out) {
    const z = all[0]
    for (let b = 0; b < rows; b++) out[b] += softplus(z[b]) - (ones[b] + 1) * z[b]
  },
  deltas(all, _columns, ones, rows) {
    const z = all[0]
    let loss = 0
    for (let b = 0; b < rows; b++) {
      const x = ones[b] + 1
      loss += softplus(z[b]) - x * z[b]
      z[b] = (1 / (1 + Math.exp(-z[b])) - x) / rows
    }
    return loss
  },
  probabilities(all, _columns, rows) {
    const z = all[0]
    for (let b = 0; b < rows; b++) z[b] = Math.fround(sigmoid(z[b]))
  },
  draw(all, _columns, uniforms, rows, ones) {
    const p = all[0]
    for (let b = 0; b < rows; b++) ones[b] = uniforms[b] < p[b] ? 0 : -1
  },
  logProbability: (p, one) => (one === 0 ? Math.log(p[0]) : Math.log1p(-p[0])),
}

const categorical: Head = {
  addLosses(z, columns, ones, rows, out) {
    for (let b = 0; b < rows; b++) {
      const most = largestOf(z, columns, b)
      out[b] += most - z[ones[b]][b] + Math.log(sumOfExponentials(z, columns, b, most))
    }
  },
  deltas(z, columns, ones, rows) {
    let loss = 0
    for (let b = 0; b < rows; b++) {
      const most = largestOf(z, columns, b)
      const chosen = z[ones[b]][b]
      const sum = softmax(z, columns, b, most)
      loss += most - chosen + Math.log(sum)
      z[ones[b]][b] -= 1
      for (let c = 0; c < columns; c++) z[c][b] /= rows
    }
    return loss
  },
  probabilities(z, columns, rows) {
    for (let b = 0; b < rows; b++) {
      softmax(z, columns, b, largestOf(z, columns, b))
      for (let c = 0; c < columns; c++) z[c][b] = Math.fround(z[c][b])
    }
  },
  draw(p, columns, uniforms, rows, ones) {
    for (let b = 0; b < rows; b++) {
      let sum = 0
      for (let c = 0; c < columns; c++) sum = Math.fround(sum + p[c][b])
      ones[b] = firstBeyond(p, columns, b, Math.fround(uniforms[b] * sum))
    }
  },
  logProbability: (p, one) => Math.log(p[one]),
}

/** The head of each kind of variable. */
export const HEADS: Readonly<Record<VariableKind, Head>> = { binary, categorical }

/** The first column whose cumulative probability exceeds a threshold; the last one if none does. */
function firstBeyond(p: Columns, columns: number, b: number, threshold: number): number {
  let cumulative = 0
  for (let c = 0; c < columns - 1; c++) {
    cumulative = Math.fround(cumulative + p[c][b])
    if (cumulative > threshold) return c
  }
  return columns - 1
}

/** Puts e^z_c / Σ e^z in the place of the logits of row b, of which `most` is the largest. @returns Σ e^(z − most) */
function softmax(z: Columns, columns: number, b: number, most: number): number {
  const sum = sumOfExponentials(z, columns, b, most)
  for (let c = 0; c < columns; c++) z[c][b] = Math.exp(z[c][b] - most) / sum
  return sum
}

function sumOfExponentials(z: Columns, columns: number, b: number, most: number): number {
  let sum = 0
  for (let c = 0; c < columns; c++) sum += Math.exp(z[c][b] - most)
  return sum
}

function largestOf(z: Columns, columns: number, b: number): number {
  let most = z[0][b]
  for (let c = 1; c < columns; c++) most = Math.max(most, z[c][b])
  return most
}
