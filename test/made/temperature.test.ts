import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import type { Model } from '../../src/made/model-file'
import { TEMPERATURE, tempered } from '../../src/made/temperature'
import { randomConnectivity, randomParameters, randomRowsOf } from '../reference/random-models'
import { anySpecs, seeds } from './arbitraries'

const temperatures = fc.double({ min: TEMPERATURE.least, max: TEMPERATURE.most, noNaN: true })

describe('a model at a temperature', () => {
  it('has the logits of the model divided by it', () =>
    fc.assert(
      fc.asyncProperty(anySpecs, seeds, temperatures, async (spec, seed, temperature) => {
        const connectivity = randomConnectivity(spec, seed)
        const model = { spec, parameters: randomParameters(spec, seed), connectivities: [connectivity] }
        const rows = randomRowsOf(spec, 5, seed)
        const logits = async (of: Model): Promise<Float32Array> =>
          (await new CpuEngine('test').open(of, null)).conditionals(rows, connectivity)
        const [own, other] = [await logits(model), await logits(tempered(model, temperature))]
        own.forEach((z, i) => expect(other[i]).toBeCloseTo(z / temperature, 4))
      }),
    ))

  it('of 1 is the model itself', () => {
    const spec = {
      inputs: 3,
      hidden: [2],
      activation: 'relu',
      directConnections: true,
      conditioningWeights: true,
    } as const
    const model = { spec, parameters: randomParameters(spec, 1), connectivities: [randomConnectivity(spec, 1)] }
    expect(tempered(model, 1)).toBe(model)
  })
})
