import { philox } from './philox'

/** What a draw is for. The numbers are part of the file format of a run: they never change. */
export const PURPOSE = {
  ordering: 1,
  degrees: 2,
  initialisation: 3,
  shuffle: 4,
  sample: 5,
  binarization: 6,
  synthetic: 7,
  syntheticTruth: 8,
  split: 9,
  epochBinarization: 10,
  mixture: 11,
  filling: 12,
  withinBin: 13,
  incompleteRows: 14,
  resampling: 15,
  questions: 16,
  sweep: 17,
} as const
export type Purpose = (typeof PURPOSE)[keyof typeof PURPOSE]

/** The largest seed: seeds are whole numbers that a double holds exactly. */
export const MOST_SEED = Number.MAX_SAFE_INTEGER

/** The Philox key of a seed in 0..2^53−1: its low and its high word. */
export function keyOf(seed: number): readonly [number, number] {
  return [seed >>> 0, Math.floor(seed / 0x1_0000_0000) >>> 0]
}

/**
 * The uniforms of draw `index` for a purpose: position i is word i mod 4 of the block with counter
 * (⌊i/4⌋, index low, index high, purpose). The top 24 bits make a number in [0, 1) that float32 holds exactly,
 * so that every engine compares the same number.
 */
export class UniformSource {
  private readonly key: readonly [number, number]
  private readonly words = new Uint32Array(4)
  private index = -1
  private block = -1

  constructor(
    seed: number,
    private readonly purpose: Purpose,
  ) {
    this.key = keyOf(seed)
  }

  /** Word number `position` of draw `index`, an unsigned 32-bit whole number. */
  word(index: number, position: number): number {
    const block = position >>> 2
    if (index !== this.index || block !== this.block) {
      philox([block, index >>> 0, Math.floor(index / 0x1_0000_0000) >>> 0, this.purpose], this.key, this.words)
      this.index = index
      this.block = block
    }
    return this.words[position & 3]
  }

  /** Uniform number `position` of draw `index`, in [0, 1). */
  at(index: number, position: number): number {
    return (this.word(index, position) >>> 8) * 2 ** -24
  }
}

/** Uniforms 0..out.length−1 of draw `index`, in [0, 1), written to `out`. */
export function fillUniforms(seed: number, purpose: Purpose, index: number, out: Float32Array): void {
  const source = new UniformSource(seed, purpose)
  for (let position = 0; position < out.length; position++) out[position] = source.at(index, position)
}

/** A sequence of draws under one (seed, purpose, index), for things that need an unknown number of them. */
export class RandomStream {
  private readonly source: UniformSource
  private position = 0

  constructor(
    seed: number,
    purpose: Purpose,
    private readonly index: number,
  ) {
    this.source = new UniformSource(seed, purpose)
  }

  /** The next uniform in [0, 1). */
  uniform(): number {
    return this.source.at(this.index, this.position++)
  }

  /** The next whole number in 0..n−1, each equally likely (rejection, so there is no bias); n ≤ 2^32. */
  below(n: number): number {
    const limit = Math.floor(0x1_0000_0000 / n) * n
    for (;;) {
      const word = this.source.word(this.index, this.position++)
      if (word < limit) return word % n
    }
  }

  /** The next standard normal number (Box–Muller, one of each pair). */
  gaussian(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    return radius * Math.cos(2 * Math.PI * this.uniform())
  }

  /** Puts an array into a uniformly random order, in place (Fisher–Yates). */
  shuffle(values: Int32Array | Uint32Array): void {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      const kept = values[i]
      values[i] = values[j]
      values[j] = kept
    }
  }
}
