import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { philox } from '../../src/made/philox'
import { fillUniforms, keyOf, MOST_SEED, PURPOSE, RandomStream, UniformSource } from '../../src/made/random'
import { seeds } from './arbitraries'
import { chiSquare, unlikelyChiSquare } from './chi-square'

const purposes = fc.constantFrom(...Object.values(PURPOSE))

describe('the key of a seed', () => {
  it('keeps all 53 bits', () => {
    expect(keyOf(0)).toEqual([0, 0])
    expect(keyOf(2 ** 32 + 7)).toEqual([7, 1])
    expect(keyOf(MOST_SEED)).toEqual([0xffff_ffff, 0x1f_ffff])
  })
})

describe('UniformSource', () => {
  it('names its purposes by numbers that never change', () => {
    expect(PURPOSE).toEqual({
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
    })
  })

  it('is the top 24 bits of the word that seed, purpose, index and position name', () => {
    const words = new Uint32Array(4)
    fc.assert(
      fc.property(seeds, purposes, fc.maxSafeNat(), fc.nat(100_000), (seed, purpose, index, position) => {
        philox(
          [Math.floor(position / 4), index % 2 ** 32, Math.floor(index / 2 ** 32), purpose],
          [seed % 2 ** 32, Math.floor(seed / 2 ** 32)],
          words,
        )
        const uniform = new UniformSource(seed, purpose).at(index, position)
        expect(uniform).toBe(Math.floor(words[position % 4] / 256) / 2 ** 24)
        expect(Math.fround(uniform)).toBe(uniform)
      }),
    )
  })

  it('does not depend on what was drawn before', () => {
    const places = fc.array(fc.tuple(fc.nat(3), fc.nat(9)), { maxLength: 40 })
    fc.assert(
      fc.property(seeds, places, (seed, draws) => {
        const source = new UniformSource(seed, PURPOSE.sample)
        for (const [index, position] of draws)
          expect(source.at(index, position)).toBe(new UniformSource(seed, PURPOSE.sample).at(index, position))
      }),
    )
  })

  it('fills an array with the same numbers', () => {
    const out = new Float32Array(11)
    fillUniforms(5, PURPOSE.sample, 3, out)
    const source = new UniformSource(5, PURPOSE.sample)
    expect([...out]).toEqual(Array.from(out, (_, i) => source.at(3, i)))
  })

  it('is uniform in [0, 1), and without correlation between neighbours', () => {
    const source = new UniformSource(2, PURPOSE.sample)
    const n = 200_000
    const bins = new Uint32Array(256)
    let [sum, products, least, most] = [0, 0, 1, 0]
    for (let i = 0; i < n; i++) {
      const u = source.at(Math.floor(i / 1000), i % 1000)
      const next = source.at(Math.floor(i / 1000), (i % 1000) + 1)
      bins[Math.floor(u * 256)]++
      sum += u
      products += (u - 0.5) * (next - 0.5)
      least = Math.min(least, u)
      most = Math.max(most, u)
    }
    expect(least).toBeGreaterThanOrEqual(0)
    expect(most).toBeLessThan(1)
    expect(chiSquare(bins)).toBeLessThan(unlikelyChiSquare(255))
    expect(Math.abs(sum / n - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / n))
    expect(Math.abs(products / n)).toBeLessThan(4 / 12 / Math.sqrt(n))
  })
})

describe('RandomStream', () => {
  it('draws whole numbers below n without the bias of a remainder', () => {
    // With n = 3·2^30 a plain remainder would make the lower third twice as likely.
    const stream = new RandomStream(1, PURPOSE.shuffle, 0)
    const n = 3 * 2 ** 30
    const thirds = new Uint32Array(3)
    for (let i = 0; i < 30_000; i++) {
      const drawn = stream.below(n)
      expect(drawn >= 0 && drawn < n && Number.isInteger(drawn)).toBe(true)
      thirds[Math.floor(drawn / 2 ** 30)]++
    }
    expect(chiSquare(thirds)).toBeLessThan(unlikelyChiSquare(2))
  })

  it.each([1, 2, 3, 10, 255])('reaches every whole number below %i equally often', (n) => {
    const stream = new RandomStream(9, PURPOSE.shuffle, n)
    const counts = new Uint32Array(n)
    for (let i = 0; i < 200 * n; i++) counts[stream.below(n)]++
    expect(counts.every((count) => count > 0)).toBe(true)
    if (n > 1) expect(chiSquare(counts)).toBeLessThan(unlikelyChiSquare(n - 1))
  })

  it('accepts n up to 2^32', () => {
    const drawn = Array.from({ length: 64 }, (_, i) => new RandomStream(1, PURPOSE.shuffle, i).below(2 ** 32))
    expect(Math.max(...drawn)).toBeGreaterThan(2 ** 31)
  })

  it('draws standard normal numbers', () => {
    const stream = new RandomStream(3, PURPOSE.initialisation, 0)
    const n = 50_000
    let [sum, squares, fourths, beyondTwo] = [0, 0, 0, 0]
    for (let i = 0; i < n; i++) {
      const x = stream.gaussian()
      sum += x
      squares += x * x
      fourths += x ** 4
      if (Math.abs(x) > 1.959964) beyondTwo++
    }
    expect(Math.abs(sum / n)).toBeLessThan(0.02)
    expect(squares / n).toBeCloseTo(1, 1.5)
    expect(Math.abs(fourths / n - 3)).toBeLessThan(0.2)
    expect(Math.abs(beyondTwo / n - 0.05)).toBeLessThan(0.005)
  })

  it('is another stream under another seed, purpose or index', () => {
    const first = (seed: number, purpose: (typeof PURPOSE)[keyof typeof PURPOSE], index: number): number =>
      new RandomStream(seed, purpose, index).uniform()
    const draws = [
      first(1, PURPOSE.shuffle, 0),
      first(2, PURPOSE.shuffle, 0),
      first(1 + 2 ** 32, PURPOSE.shuffle, 0),
      first(1, PURPOSE.degrees, 0),
      first(1, PURPOSE.shuffle, 1),
      first(1, PURPOSE.shuffle, 2 ** 32),
    ]
    expect(new Set(draws).size).toBe(draws.length)
  })
})
