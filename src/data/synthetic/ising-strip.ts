import { largest } from '../../base/extremes'
import type { RandomStream } from '../../made/random'
import { surprise, type Truth } from './truth'

/**
 * The Ising model on a strip with open edges: p(s) ∝ exp(coupling · Σ s_i s_j) over neighbours, s = ±1, a one for +1.
 * Its columns form a Markov chain over 2^height states, so that the transfer matrix gives the partition function, exact
 * draws and the exact entropy.
 * @param coupling J/kT: above 0 neighbours agree, below 0 they differ
 */
export function isingStrip(height: number, width: number, coupling: number): Truth {
  const chain = new ColumnChain(height, width, coupling)
  const columns = height * width
  return {
    columns,
    picture: { width, height },
    entropy: chain.entropy(),
    draw(stream) {
      const row = new Uint8Array(columns)
      for (let x = 0, state = 0; x < width; x++) {
        state = chain.drawNext(x, state, stream)
        for (let y = 0; y < height; y++) row[y * width + x] = (state >>> y) & 1
      }
      return row
    },
    logProbability(row) {
      let agreements = 0
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const spin = 2 * row[y * width + x] - 1
          if (x + 1 < width) agreements += spin * (2 * row[y * width + x + 1] - 1)
          if (y + 1 < height) agreements += spin * (2 * row[(y + 1) * width + x] - 1)
        }
      return coupling * agreements - chain.logPartition
    },
  }
}

/** The columns of the strip from left to right; bit y of a state is the pixel in line y. */
class ColumnChain {
  readonly logPartition: number
  private readonly states: number
  /** exp(coupling · agreements) within a column. */
  private readonly within: Float64Array
  /** exp(coupling · agreements) between two columns, by the number of lines in which they differ. */
  private readonly between: Float64Array
  /** Per place x, the weight of all that can follow a state there, up to a factor per place. */
  private readonly following: Float64Array[]

  constructor(
    height: number,
    private readonly width: number,
    coupling: number,
  ) {
    this.states = 2 ** height
    this.within = Float64Array.from({ length: this.states }, (_, state) => {
      const changes = onesOf((state ^ (state >>> 1)) & (this.states / 2 - 1))
      return Math.exp(coupling * (height - 1 - 2 * changes))
    })
    this.between = Float64Array.from({ length: height + 1 }, (_, unlike) => Math.exp(coupling * (height - 2 * unlike)))
    this.following = Array.from({ length: width }, () => new Float64Array(this.states).fill(1))
    let logScale = 0
    for (let x = width - 2; x >= 0; x--) {
      const weights = this.following[x]
      for (let state = 0; state < this.states; state++) weights[state] = sum(this.weightsAfter(x + 1, state))
      const most = largest(weights)
      for (let state = 0; state < this.states; state++) weights[state] /= most
      logScale += Math.log(most)
    }
    this.logPartition = logScale + Math.log(sum(this.weightsAt(0)))
  }

  /** Chain rule over columns: the entropy of each one given the one before, averaged over that one. */
  entropy(): number {
    let at = normalised(this.weightsAt(0))
    let entropy = at.reduce((total, p) => total + surprise(p), 0)
    for (let x = 1; x < this.width; x++) {
      const next = new Float64Array(this.states)
      for (let state = 0; state < this.states; state++) {
        const given = normalised(this.weightsAfter(x, state))
        for (let other = 0; other < this.states; other++) {
          entropy += at[state] * surprise(given[other])
          next[other] += at[state] * given[other]
        }
      }
      at = next
    }
    return entropy
  }

  /** The state of column x, given that of the column before it (none for the first). */
  drawNext(x: number, before: number, stream: RandomStream): number {
    const weights = x === 0 ? this.weightsAt(0) : this.weightsAfter(x, before)
    let left = stream.uniform() * sum(weights)
    for (let state = 0; state < this.states - 1; state++) {
      left -= weights[state]
      if (left < 0) return state
    }
    return this.states - 1
  }

  private weightsAt(x: number): Float64Array {
    return this.within.map((weight, state) => weight * this.following[x][state])
  }

  private weightsAfter(x: number, before: number): Float64Array {
    const { within, between, states } = this
    const following = this.following[x]
    const weights = new Float64Array(states)
    for (let state = 0; state < states; state++)
      weights[state] = within[state] * between[onesOf(before ^ state)] * following[state]
    return weights
  }
}

function onesOf(word: number): number {
  let ones = 0
  for (let rest = word; rest !== 0; rest &= rest - 1) ones++
  return ones
}

function sum(values: Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}

function normalised(weights: Float64Array): Float64Array {
  const total = sum(weights)
  return weights.map((weight) => weight / total)
}
