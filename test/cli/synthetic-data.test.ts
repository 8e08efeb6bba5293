import { describe, expect, it } from 'vitest'
import { syntheticSourceOf } from '../../src/cli/synthetic-data'
import { UsageError } from '../../src/cli/usage'

describe('--data synthetic:…', () => {
  it('names a set, and any of its settings', () => {
    expect(syntheticSourceOf('synthetic:bars-and-stripes')).toMatchObject({
      kind: 'synthetic',
      set: { kind: 'bars-and-stripes', size: 4 },
      seed: 1,
    })
    expect(syntheticSourceOf('synthetic:ising-strip,width=6,coupling=-0.3,train=50,seed=7')).toMatchObject({
      set: { kind: 'ising-strip', height: 4, width: 6, coupling: -0.3 },
      rows: { train: 50, valid: 5000 },
      seed: 7,
    })
  })

  it.each([
    ['synthetic:', /must be one of bars-and-stripes/],
    ['synthetic:dice', /must be one of/],
    ['synthetic:ising-strip,length=6', /no setting "length"/],
    ['synthetic:ising-strip,kind=6', /no setting "kind"/],
    ['synthetic:ising-strip,width', /not a number/],
    ['synthetic:ising-strip,width=six', /not a number/],
    ['synthetic:ising-strip,width=1000', /--data \(width\) must be at most 64/],
    ['synthetic:noisy-parity,noise=0.7', /--data \(noise\) must be at most 0\.5/],
  ])('refuses %s in words', (text, words) => {
    expect(() => syntheticSourceOf(text)).toThrow(UsageError)
    expect(() => syntheticSourceOf(text)).toThrow(words)
  })
})
