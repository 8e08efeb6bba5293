import { describe, expect, expectTypeOf, it } from 'vitest'
import { EnginePorts } from '../../src/compute/gpu-window/engine-ports'
import { computeHandlers } from '../../src/compute/service'
import { suggestedPreparation } from '../../src/data/preparation/suggestion'
import type { DataSource as DataSourceOfReaders } from '../../src/data/source'
import type { Optimizer } from '../../src/made/optimizer'
import type { InternalChannel } from '../../src/shared/compute-protocol'
import {
  CHANNELS,
  type Channel,
  type ComputeChannel,
  type MainChannel,
  type Params,
  type Result,
  type StudioBridge,
} from '../../src/shared/contract'
import { issueSentence } from '../../src/shared/issue-words'
import { countingTable } from '../data/preparation/tables'
import { SYNTHETIC_SETS, syntheticSource, type DataSource, type SyntheticKind } from '../../src/shared/data-source'
import { PRESETS } from '../../src/shared/presets'
import { DEFAULT_RUN_CONFIG, runConfigSchema, type RunConfig } from '../../src/shared/run-config'

describe('the contract', () => {
  it('has every channel answered on one side, none missing, none extra', () => {
    expectTypeOf<MainChannel | ComputeChannel>().toEqualTypeOf<Channel>()
    expectTypeOf<MainChannel & ComputeChannel>().toEqualTypeOf<never>()
    expectTypeOf<keyof ReturnType<typeof computeHandlers>>().toEqualTypeOf<ComputeChannel | InternalChannel>()
    const handlers = computeHandlers(
      {
        mnistFolder: '/nowhere',
        tablesFolder: '/nowhere',
        modelsFolder: '/nowhere',
        runsFolder: '/nowhere',
        speedsFile: '/nowhere',
        queueFile: '/nowhere/queue.json',
      },
      () => undefined,
      new EnginePorts(
        () => undefined,
        () => undefined,
      ),
    )
    const answered = Object.keys(handlers).filter((channel) => !channel.startsWith('internal.'))
    const compute = Object.entries(CHANNELS).filter(([, { side }]) => side === 'compute')
    expect(answered.sort()).toEqual(compute.map(([channel]) => channel).sort())
  })

  it('types requests by their channel', () => {
    expectTypeOf<Params<'data.open'>>().toEqualTypeOf<{ source: DataSource }>()
    expectTypeOf<Params<'run.pause'>>().toEqualTypeOf<{ runId: string }>()
    expectTypeOf<Result<'run.start'>>().toEqualTypeOf<{ runId: string }>()
    expectTypeOf<StudioBridge['request']>().parameter(0).toEqualTypeOf<Channel>()
    expectTypeOf<DataSourceOfReaders>().toExtend<DataSource>()
    expectTypeOf<DataSource>().toExtend<DataSourceOfReaders>()
    expectTypeOf<RunConfig['optimizer']>().toExtend<Optimizer>()
    expectTypeOf<Optimizer>().toExtend<RunConfig['optimizer']>()
  })

  it('refuses what is out of range or of the wrong kind', () => {
    const refused: [Channel, unknown][] = [
      ['data.rows', { split: 'train', start: -1, count: 10, view: 'grey', label: null }],
      ['data.rows', { split: 'dev', start: 0, count: 10, view: 'grey', label: null }],
      ['data.rows', { split: 'train', start: 0, count: 1e9, view: 'grey', label: null }],
      ['data.open', { source: { kind: 'url', url: 'x' } }],
      ['data.open', { source: { kind: 'file', path: 'x', preparation: { omitted: [-1] } } }],
      [
        'data.open',
        {
          source: {
            ...syntheticSource('ising-strip'),
            set: { kind: 'ising-strip', height: 20, width: 8, coupling: 1 },
          },
        },
      ],
      ['data.open', { source: { ...syntheticSource('ising-strip'), rows: { train: 0, valid: 1, test: 1 } } }],
      ['data.fitMixture', { components: 0, seed: 1 }],
      ['runs.fill', { runId: 'x', seed: -1, way: 'draw', times: null }],
      ['runs.fill', { runId: 'x', seed: 1, way: 'guess', times: null }],
      ['runs.fill', { runId: 'x', seed: 1, way: 'draw', times: 0 }],
      [
        'data.open',
        {
          source: {
            kind: 'file',
            path: 'x',
            preparation: { ...suggestedPreparation(countingTable(9)), pictureSize: { width: 0, height: 9 } },
          },
        },
      ],
      ['run.start', { name: '', config: DEFAULT_RUN_CONFIG }],
      ['run.start', { name: 'x', config: { ...DEFAULT_RUN_CONFIG, optimizer: { kind: 'adam', learningRate: NaN } } }],
      ['run.start', { name: 'x', config: { ...DEFAULT_RUN_CONFIG, hidden: [1_000_000] } }],
      ['run.start', { name: 'x', config: { ...DEFAULT_RUN_CONFIG, hidden: [] } }],
      ['runs.delete', { runId: '../../etc' }],
      ['run.pause', { please: true }],
      ['run.pause', undefined],
      ['settings.set', { theme: 'pink' }],
    ]
    for (const [channel, params] of refused)
      expect(CHANNELS[channel].params.safeParse(params).success, channel).toBe(false)
    expect(CHANNELS['run.start'].params.safeParse({ name: 'x', config: DEFAULT_RUN_CONFIG }).success).toBe(true)
  })

  it('accepts every synthetic set that is offered', () => {
    for (const kind of Object.keys(SYNTHETIC_SETS) as SyntheticKind[])
      expect(runConfigSchema.parse({ ...DEFAULT_RUN_CONFIG, data: syntheticSource(kind) }).data).toEqual(
        syntheticSource(kind),
      )
  })

  it('has presets that are valid runs', () => {
    for (const { settings } of PRESETS)
      expect(runConfigSchema.parse({ ...DEFAULT_RUN_CONFIG, ...settings })).toBeDefined()
  })
})

describe('what is wrong with a value', () => {
  it.each<[Partial<Record<keyof RunConfig, unknown>>, RegExp]>([
    [{ epochs: 0 }, /^The value of x must be at least 1\.$/],
    [{ epochs: 1.5 }, / must be a whole number\.$/],
    [{ seed: 'one' }, / must be a number\.$/],
    [{ hidden: [] }, / must have at least 1 entry\.$/],
    [{ activation: 'gelu' }, / must be one of relu, softplus, sigmoid, tanh\.$/],
    [{ optimizer: { kind: 'lion' } }, /is not one of the known kinds|must be one of/],
  ])('%j', (change, words) => {
    const parsed = runConfigSchema.safeParse({ ...DEFAULT_RUN_CONFIG, ...change })
    expect(issueSentence('x', parsed.error?.issues[0] ?? fail()).english).toMatch(words)
  })
})

function fail(): never {
  throw new Error('the value was accepted')
}
