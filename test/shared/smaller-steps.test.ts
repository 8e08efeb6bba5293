import { describe, expect, it } from 'vitest'
import { DEFAULT_OPTIMIZERS, OPTIMIZER_KINDS } from '../../src/made/optimizer'
import { optimizerSchema, SETTING_LIMITS } from '../../src/shared/run-config'
import { smallerSteps } from '../../src/shared/smaller-steps'

describe('smaller steps', () => {
  it('are a tenth as long, in numbers as a person writes them', () => {
    expect(smallerSteps({ ...DEFAULT_OPTIMIZERS.adam, learningRate: 50 })).toEqual({
      optimizer: { ...DEFAULT_OPTIMIZERS.adam, learningRate: 5 },
      setting: 'learningRate',
      value: 5,
    })
    expect(smallerSteps({ ...DEFAULT_OPTIMIZERS.sgd, learningRate: 0.07 })?.value).toBe(0.007)
  })

  it('of AdaDelta, which has no step size, come of a hundredth of its ε, whose root its steps begin with', () => {
    expect(smallerSteps({ ...DEFAULT_OPTIMIZERS.adadelta, epsilon: 1e-2 })).toEqual({
      optimizer: { ...DEFAULT_OPTIMIZERS.adadelta, epsilon: 1e-4 },
      setting: 'epsilon',
      value: 1e-4,
    })
  })

  it.each(OPTIMIZER_KINDS)('are allowed, and end where they may not be shorter (%s)', (kind) => {
    let optimizer = smallerSteps(DEFAULT_OPTIMIZERS[kind])
    let times = 0
    for (; optimizer !== null && times < 100; times++) {
      expect(optimizerSchema.safeParse(optimizer.optimizer).success).toBe(true)
      const next = smallerSteps(optimizer.optimizer)
      if (next === null) expect(optimizer.value).toBe(SETTING_LIMITS[optimizer.setting].least)
      optimizer = next
    }
    expect(times).toBeGreaterThan(2)
    expect(times).toBeLessThan(20)
  })
})
