import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeModel, encodeModel, MOST_STORED_CONNECTIVITIES, type Model } from '../../src/made/model-file'
import { bytesSource } from '../../src/made/safetensors'
import { connectivityList, type Schedule } from '../../src/made/schedule'
import { parameterTensors, type ModelSpec } from '../../src/made/spec'
import { canonicalSpec } from '../../src/made/variables'
import { anySpecs, schedules } from './arbitraries'
import { concatenated, modelOf, takenApart, type ContainerHeader } from './container'

const ORACLE = join(import.meta.dirname, '..', 'fixtures', 'oracle')

async function roundTrip(model: Model): Promise<Model> {
  return decodeModel(bytesSource(concatenated(encodeModel(model))))
}

describe('the model file', () => {
  it('gives back what was put in', async () => {
    await fc.assert(
      fc.asyncProperty(anySpecs, schedules, fc.integer({ min: 1, max: 5 }), async (spec, schedule, count) => {
        const model = modelOf(spec, schedule, count)
        expect(await roundTrip(model)).toEqual(model)
      }),
    )
  })

  it('keeps any finite float to the bit', async () => {
    const spec: ModelSpec = {
      inputs: 2,
      hidden: [1],
      activation: 'tanh',
      directConnections: false,
      conditioningWeights: false,
    }
    const floats = fc.float32Array({ minLength: 7, maxLength: 7, noNaN: true, noDefaultInfinity: true })
    await fc.assert(
      fc.asyncProperty(floats, async (values) => {
        const model = modelOf(spec, { orderings: 1, singleOrdering: 'natural', masks: 1, seed: 1 }, 1)
        let at = 0
        for (const tensor of model.parameters.values()) {
          tensor.set(values.subarray(at, at + tensor.length))
          at += tensor.length
        }
        expect(at).toBe(7)
        expect((await roundTrip(model)).parameters).toEqual(model.parameters)
      }),
    )
  })

  it('is laid out as the design says', () => {
    const spec: ModelSpec = {
      inputs: 3,
      hidden: [2],
      activation: 'sigmoid',
      directConnections: true,
      conditioningWeights: true,
    }
    const schedule: Schedule = { orderings: 2, singleOrdering: 'natural', masks: 1, seed: 5 }
    const model = modelOf(spec, schedule, 2)
    const { header, headerEnd, data } = takenApart(concatenated(encodeModel(model)))
    const { __metadata__: metadata, ...tensors } = header
    expect(metadata).toEqual({
      format: 'made',
      version: '1',
      spec: JSON.stringify(spec),
      schedule: JSON.stringify(schedule),
    })
    expect(headerEnd % 8).toBe(0)
    expect(Object.entries(tensors).map(([name, entry]) => [name, entry])).toEqual([
      ['hidden.0.weight', { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] }],
      ['hidden.0.bias', { dtype: 'F32', shape: [2], data_offsets: [24, 32] }],
      ['hidden.0.conditioning', { dtype: 'F32', shape: [2, 3], data_offsets: [32, 56] }],
      ['output.weight', { dtype: 'F32', shape: [3, 2], data_offsets: [56, 80] }],
      ['output.bias', { dtype: 'F32', shape: [3], data_offsets: [80, 92] }],
      ['output.conditioning', { dtype: 'F32', shape: [3, 2], data_offsets: [92, 116] }],
      ['direct.weight', { dtype: 'F32', shape: [3, 3], data_offsets: [116, 152] }],
      ['connectivity.0.ordering', { dtype: 'I32', shape: [3], data_offsets: [152, 164] }],
      ['connectivity.0.degrees.0', { dtype: 'I32', shape: [2], data_offsets: [164, 172] }],
      ['connectivity.1.ordering', { dtype: 'I32', shape: [3], data_offsets: [172, 184] }],
      ['connectivity.1.degrees.0', { dtype: 'I32', shape: [2], data_offsets: [184, 192] }],
    ])
    const numbers = new DataView(data.buffer)
    expect(numbers.getFloat32(4 * 4, true)).toBe(model.parameters.get('hidden.0.weight')?.[4])
    expect(numbers.getInt32(176, true)).toBe(model.connectivities[1].ordering[1])
  })

  it('says in version 2 which variables there are and which lead, and is of version 1 where that goes without saying', () => {
    const spec: ModelSpec = {
      inputs: 6,
      hidden: [2],
      activation: 'relu',
      directConnections: false,
      conditioningWeights: false,
      variables: [
        { kind: 'categorical', categories: 4 },
        { kind: 'binary', count: 2 },
      ],
      leading: [1],
    }
    const schedule: Schedule = { orderings: 1, singleOrdering: 'natural', masks: 1, seed: 5 }
    const header = (of: ModelSpec): ContainerHeader =>
      takenApart(concatenated(encodeModel(modelOf(of, schedule, 1)))).header
    const described = (of: ModelSpec): unknown => {
      const { version, spec: text } = header(of).__metadata__ as Record<string, string>
      return { version, ...(JSON.parse(text) as object) }
    }
    expect(described(spec)).toEqual({ version: '2', ...spec })
    expect(header(spec)['connectivity.0.ordering']).toMatchObject({ shape: [3] })
    expect(header(spec)['output.weight']).toMatchObject({ shape: [6, 2] })
    const { variables: _variables, ...binary } = spec
    expect(described(binary)).toEqual({ version: '2', ...binary, variables: [{ kind: 'binary', count: 6 }] })
    const { leading: _leading, ...plain } = binary
    expect(described(plain)).toEqual({ version: '1', ...plain })
    expect(described({ ...plain, variables: [{ kind: 'binary' }, { kind: 'binary', count: 5 }], leading: [] })).toEqual(
      {
        version: '1',
        ...plain,
      },
    )
  })

  it('stores at most 64 pairs; the schedule makes the others again', async () => {
    const spec: ModelSpec = {
      inputs: 6,
      hidden: [4, 3],
      activation: 'relu',
      directConnections: false,
      conditioningWeights: false,
    }
    const schedule: Schedule = { orderings: 100, singleOrdering: 'natural', masks: 50, seed: 11 }
    const model = modelOf(spec, schedule, 100)
    const read = await roundTrip(model)
    expect(MOST_STORED_CONNECTIVITIES).toBe(64)
    expect(read.connectivities).toEqual(model.connectivities.slice(0, 64))
    expect(read.schedule && connectivityList(read.spec, read.schedule, 100)).toEqual(model.connectivities)
  })

  it('may lack the schedule', async () => {
    const spec: ModelSpec = {
      inputs: 4,
      hidden: [4],
      activation: 'relu',
      directConnections: false,
      conditioningWeights: false,
    }
    const { schedule: _schedule, ...model } = modelOf(
      spec,
      { orderings: 3, singleOrdering: 'natural', masks: 1, seed: 1 },
      3,
    )
    expect((await roundTrip(model)).schedule).toBeUndefined()
  })

  const fixtures = readdirSync(ORACLE).filter((file) => file.endsWith('.safetensors'))
  it('has ten fixtures written by an independent program', () => expect(fixtures).toHaveLength(10))

  it.each(fixtures)('opens %s, written by an independent program', async (file) => {
    const model = await decodeModel(bytesSource(readFileSync(join(ORACLE, file))))
    const json = JSON.parse(readFileSync(join(ORACLE, file.replace(/safetensors$/, 'json')), 'utf8')) as {
      spec: ModelSpec
      log_likelihood: number[][]
    }
    expect(model.spec).toEqual(canonicalSpec(json.spec))
    expect(model.connectivities).toHaveLength(json.log_likelihood.length)
    expect([...model.parameters.keys()]).toEqual(parameterTensors(json.spec).map(({ name }) => name))
  })
})
