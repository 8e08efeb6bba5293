import { PURPOSE, UniformSource } from '../../made/random'
import { coinEntropy, type Truth } from './truth'

/**
 * A random Markov chain: the first `order` bits are fair coins, and every later one is a coin whose chance depends on the
 * `order` bits before it. The 2^order chances are uniform numbers drawn from the seed.
 * @param columns D, more than `order`
 */
export function markovChain(columns: number, order: number, seed: number): Truth {
  const states = 2 ** order
  const uniforms = new UniformSource(seed, PURPOSE.syntheticTruth)
  /** Probability of a one after each state; the newest bit is the lowest of the state. */
  const chances = Float64Array.from({ length: states }, (_, state) => uniforms.at(0, state))
  const after = (state: number, bit: number): number => ((state << 1) | bit) & (states - 1)
  return {
    columns,
    picture: null,
    entropy: order * Math.LN2 + entropyAfterStart(chances, columns - order, after),
    draw(stream) {
      const row = new Uint8Array(columns)
      for (let d = 0, state = 0; d < columns; d++) {
        row[d] = stream.uniform() < (d < order ? 0.5 : chances[state]) ? 1 : 0
        state = after(state, row[d])
      }
      return row
    },
    logProbability(row) {
      let log = 0
      for (let d = 0, state = 0; d < columns; d++) {
        const one = d < order ? 0.5 : chances[state]
        log += Math.log(row[d] === 1 ? one : 1 - one)
        state = after(state, row[d])
      }
      return log
    },
  }
}

/** Chain rule: the entropy of each bit given the state before it, averaged over where the chain can be by then. */
function entropyAfterStart(
  chances: Float64Array,
  steps: number,
  after: (state: number, bit: number) => number,
): number {
  let at = new Float64Array(chances.length).fill(1 / chances.length)
  let entropy = 0
  for (let step = 0; step < steps; step++) {
    const next = new Float64Array(chances.length)
    at.forEach((probability, state) => {
      entropy += probability * coinEntropy(chances[state])
      next[after(state, 1)] += probability * chances[state]
      next[after(state, 0)] += probability * (1 - chances[state])
    })
    at = next
  }
  return entropy
}
