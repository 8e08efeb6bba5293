import { philox } from '../../src/made/philox'
import { keyOf } from '../../src/made/random'

/**
 * All the chance of one input: a function of the seed, a name (that of the target) and the number of the input, so that
 * any input can be made again by itself.
 */
export class Draws {
  private readonly key: readonly [number, number]
  private readonly name: number
  private readonly words = new Uint32Array(4)
  private position = 0

  constructor(
    seed: number,
    name: string,
    private readonly index: number,
  ) {
    this.key = keyOf(seed)
    this.name = hashOf(name)
  }

  /** The next unsigned 32-bit whole number. */
  word(): number {
    const place = this.position & 3
    if (place === 0)
      philox([this.position >>> 2, this.index >>> 0, Math.floor(this.index / 2 ** 32), this.name], this.key, this.words)
    this.position++
    return this.words[place]
  }

  /** A whole number in 0..n−1; 0 where n is less than one. The bias of the remainder does not matter here. */
  below(n: number): number {
    return n >= 1 ? this.word() % Math.min(n, 2 ** 32 - 1) : 0
  }

  /** A whole number in least..most. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1)
  }

  /** True with that probability. */
  chance(probability: number): boolean {
    return this.word() < probability * 2 ** 32
  }

  /** One of some things, each equally likely. */
  pick<T>(things: readonly [T, ...T[]] | readonly T[]): T {
    if (things.length === 0) throw new Error('there is nothing to pick from')
    return things[this.below(things.length)]
  }

  /** How often something is done: once, and again with a probability of one half, at most `most` times. */
  times(most: number): number {
    let count = 1
    while (count < most && this.chance(0.5)) count++
    return count
  }

  /** Bytes, each equally likely. */
  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.word() & 255)
  }
}

/** FNV-1a over the characters of a name. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
