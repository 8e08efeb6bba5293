import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EngineFinding } from '../../src/engine/choose'
import type { DeviceInfo, Engine, EngineId } from '../../src/engine/contract'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { StudioError } from '../../src/base/failure'
import { chooseForRun, type EngineSearch } from '../../src/training/engine-choice'
import { EngineSpeeds } from '../../src/training/engine-speeds'
import { smallConfig, smallData } from './small-run'
import { verbatim } from '../../src/words/say'

/** Milliseconds, moved on by the engines alone: how busy this machine is decides nothing here. */
let clock = 0
beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => clock)
})

const folders: string[] = []
afterEach(async () => {
  vi.restoreAllMocks()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

/** The cpu engine under another name that takes so many milliseconds for every update; counts the sessions it opened. */
class TimedEngine implements Engine {
  opened = 0
  private readonly cpu = new CpuEngine('test')
  readonly heads = this.cpu.heads

  constructor(
    readonly id: EngineId,
    readonly device: DeviceInfo,
    public updateMs: number,
  ) {}

  async open(...args: Parameters<Engine['open']>): ReturnType<Engine['open']> {
    this.opened++
    const session = await this.cpu.open(...args)
    const train = session.train.bind(session)
    session.train = async (minibatches, connectivities) => {
      const losses = await train(minibatches, connectivities)
      clock += this.updateMs * minibatches.length
      return losses
    }
    return session
  }
}

function searchAmong(...engines: Engine[]): EngineSearch {
  const findings = engines.map((engine): EngineFinding => ({ id: engine.id, available: true, engine, note: null }))
  return {
    findFast: async () => findings,
    find: async (id) => {
      const engine = engines.find((one) => one.id === id)
      if (engine) return engine
      throw new StudioError('engine-unavailable', `No ${id}.`, 'Use another.')
    },
  }
}

const PROCESSOR: DeviceInfo = { kind: 'cpu', name: verbatim('a processor') }
const GPU: DeviceInfo = { kind: 'gpu', name: verbatim('a GPU') }
const AUTO = smallConfig({ engine: 'auto' })

describe('the engine of a run', () => {
  it('is the fastest at its own model, and says by what it was chosen', async () => {
    for (const [cpuMs, gpuMs, wanted] of [
      [5, 2, 'webgpu'],
      [2, 5, 'cpu'],
    ] as const) {
      const search = searchAmong(new TimedEngine('cpu', PROCESSOR, cpuMs), new TimedEngine('webgpu', GPU, gpuMs))
      const { engine, measured } = await chooseForRun(AUTO, smallData(), search, new EngineSpeeds())
      expect(engine.id).toBe(wanted)
      expect(measured).toEqual([
        { id: 'cpu', device: PROCESSOR.name.english, updatesPerSecond: 1000 / cpuMs },
        { id: 'webgpu', device: GPU.name.english, updatesPerSecond: 1000 / gpuMs },
      ])
    }
  })

  it('is found within two seconds, however slow or fast an update is', async () => {
    for (const [cpuMs, gpuMs] of [
      [20, 30],
      [190, 8],
      [15, 190],
    ]) {
      const began = clock
      await chooseForRun(
        AUTO,
        smallData(),
        searchAmong(new TimedEngine('cpu', PROCESSOR, cpuMs), new TimedEngine('webgpu', GPU, gpuMs)),
        new EngineSpeeds(),
      )
      expect(clock - began).toBeLessThan(2000)
      expect(clock - began).toBeGreaterThan(800)
    }
  })

  it('is never one on a processor that stands in for a GPU, which is not even tried', async () => {
    const [cpu, software] = [
      new TimedEngine('cpu', PROCESSOR, 5),
      new TimedEngine('webgpu', { kind: 'cpu', name: verbatim('SwiftShader') }, 1),
    ]
    expect(await chooseForRun(AUTO, smallData(), searchAmong(cpu, software), new EngineSpeeds())).toEqual({
      engine: cpu,
      measured: null,
    })
    expect([cpu.opened, software.opened]).toEqual([0, 0])
  })

  it('is the one that a person chose, whatever is faster', async () => {
    const search = searchAmong(new TimedEngine('cpu', PROCESSOR, 1), new TimedEngine('webgpu', GPU, 5))
    const { engine, measured } = await chooseForRun(
      { ...AUTO, engine: 'webgpu' },
      smallData(),
      search,
      new EngineSpeeds(),
    )
    expect([engine.id, measured]).toEqual(['webgpu', null])
    await expect(
      chooseForRun({ ...AUTO, engine: 'tensorflow' }, smallData(), search, new EngineSpeeds()),
    ).rejects.toMatchObject({ code: 'engine-unavailable' })
  })

  it('leaves out an engine that cannot hold the model', async () => {
    const cpu = new TimedEngine('cpu', PROCESSOR, 1)
    const small: Engine = {
      id: 'webgpu',
      device: GPU,
      heads: ['binary'],
      open: () => Promise.reject(new StudioError('too-large', 'Too large.', 'Use cpu.')),
    }
    const { engine, measured } = await chooseForRun(AUTO, smallData(), searchAmong(cpu, small), new EngineSpeeds())
    expect(engine).toBe(cpu)
    expect(measured?.map(({ id }) => id)).toEqual(['cpu'])
  })

  it('is not decided for ever by one busy moment', async () => {
    const [cpu, gpu] = [new TimedEngine('cpu', PROCESSOR, 2), new TimedEngine('webgpu', GPU, 20)]
    const speeds = new EngineSpeeds()
    const choose = async (): Promise<EngineId> =>
      (await chooseForRun(AUTO, smallData(), searchAmong(cpu, gpu), speeds)).engine.id
    expect(await choose()).toBe('cpu')
    gpu.updateMs = 1
    await choose()
    expect(await choose()).toBe('webgpu')
    expect(await choose()).toBe('webgpu')
  })

  it('is measured three times for a device and a shape of model, also over restarts', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'made-speeds-'))
    folders.push(folder)
    const path = join(folder, 'not there yet', 'engine-speeds.json')
    const engines = [new TimedEngine('cpu', PROCESSOR, 1), new TimedEngine('webgpu', GPU, 1)]
    const opened = (): number[] => engines.map((engine) => engine.opened)
    const choose = (change: Partial<typeof AUTO> = {}): ReturnType<typeof chooseForRun> =>
      chooseForRun({ ...AUTO, ...change }, smallData(), searchAmong(...engines), new EngineSpeeds(path))
    const first = await choose()
    for (let i = 0; i < 4; i++) expect(await choose({ seed: i, epochs: 7 })).toEqual(first)
    expect(opened()).toEqual([3, 3])
    await choose({ hidden: [9] })
    expect(opened()).toEqual([4, 4])

    await writeFile(path, (await readFile(path, 'utf8')).slice(0, 20))
    await choose()
    expect(opened()).toEqual([5, 5])
  })
})
