import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { failureOf } from '../../src/base/failure'
import { EnginePorts } from '../../src/compute/gpu-window/engine-ports'
import { computeHandlers } from '../../src/compute/service'
import { readNpyBits } from '../../src/data/npy'
import { suggestedPreparation } from '../../src/data/preparation/suggestion'
import { readTable } from '../../src/data/readers/read-table'
import { RunFolder } from '../../src/runs/run-folder'
import type { StudioEvent } from '../../src/shared/contract'
import { runIdIn, type RunState } from '../../src/shared/run'
import { syntheticSource } from '../../src/shared/data-source'
import type { RunConfig } from '../../src/shared/run-config'
import { expectFailure } from '../base/expect-failure'
import { smallConfig, temporaryFolder } from '../training/small-run'

const CONFIG: RunConfig = smallConfig({
  data: { ...syntheticSource('bars-and-stripes'), rows: { train: 200, valid: 50, test: 50 } },
  engine: 'cpu',
  epochs: 2,
})
/** A run that lasts until it is stopped. */
const ENDLESS: RunConfig = { ...CONFIG, epochs: 100_000, lookAhead: 100_000 }

type Handlers = ReturnType<typeof computeHandlers>

/** What answers the requests of a window, on folders of its own. */
class Service {
  readonly handlers: Handlers
  /** Called with each state of the run, before anybody else hears of it. */
  onState: (state: RunState) => void = () => undefined

  private constructor(
    readonly home: string,
    readonly runsFolder: string,
  ) {
    const places = {
      mnistFolder: '/nowhere',
      tablesFolder: '/nowhere',
      modelsFolder: '/nowhere',
      runsFolder,
      speedsFile: join(home, 'speeds.json'),
      queueFile: join(home, 'queue.json'),
    }
    const ports = new EnginePorts(
      () => undefined,
      () => undefined,
    )
    this.handlers = computeHandlers(places, (event) => this.hear(event), ports)
  }

  static async open(): Promise<Service> {
    const home = await temporaryFolder()
    const service = new Service(home, join(home, 'runs'))
    onTestFinished(async () => service.handlers['internal.suspend'](undefined))
    return service
  }

  async start(name = 'one', config = CONFIG): Promise<string> {
    return (await this.handlers['run.start']({ name, config })).runId
  }

  /** Starts a run and waits until it is over. */
  async finished(name = 'one'): Promise<string> {
    const runId = await this.start(name)
    await this.until('finished')
    // Its folder is let go of a moment later.
    await expect.poll(() => new RunFolder(join(this.runsFolder, runId)).isHeld()).toBe(false)
    return runId
  }

  async until(kind: RunState['kind']): Promise<void> {
    await expect.poll(() => this.handlers['run.state']({ runId: null })).toMatchObject({ kind })
  }

  /** Waits until an epoch of the run under way is over. */
  async untilTrained(runId: string): Promise<void> {
    await expect.poll(async () => (await this.handlers['run.history']({ runId })).epochs.length).toBeGreaterThan(0)
  }

  async stop(): Promise<void> {
    await this.handlers['run.stop']({ runId: runIdIn(this.handlers['run.state']({ runId: null }) as RunState) ?? '' })
    await this.until('finished')
  }

  private hear(event: StudioEvent): void {
    if (event.type === 'run' && event.event.type === 'state') this.onState(event.event.state)
  }
}

/** What came of several requests: 'done', or the code of the failure. */
async function outcomes(...requests: readonly unknown[]): Promise<string[]> {
  const settled = await Promise.allSettled(requests)
  return settled.map((end) => (end.status === 'fulfilled' ? 'done' : failureOf(end.reason).code))
}

describe('what is asked of a run', () => {
  it('is asked of that one: another that is under way hears nothing of it', async () => {
    const service = await Service.open()
    const { handlers } = service
    const over = await service.finished('one')
    const runId = await service.start('two', ENDLESS)
    await service.until('training')
    for (const channel of ['run.pause', 'run.resume', 'run.stop', 'run.leave'] as const)
      await expectFailure(async () => handlers[channel]({ runId: over }), 'not-found', /not under way/)
    expect(await handlers['run.state']({ runId: null })).toMatchObject({ kind: 'training', runId })
  })

  it('and its state is kept while another trains, also under a new name', async () => {
    const service = await Service.open()
    const { handlers } = service
    const over = await service.finished('one')
    const runId = await service.start('two', ENDLESS)
    await service.until('training')
    await handlers['runs.rename']({ runId: over, name: 'first' })
    expect(await handlers['run.state']({ runId: over })).toMatchObject({ kind: 'finished', name: 'first' })
    expect(await handlers['run.state']({ runId: null })).toMatchObject({ kind: 'training', runId })
    expect(await handlers['run.state']({ runId: 'another' })).toEqual({ kind: 'idle' })
  })
})

describe('another folder of runs, chosen while one trains', () => {
  it('leaves the run where it began: everything about it goes there', async () => {
    const service = await Service.open()
    const { handlers } = service
    const runId = await service.start('stays', ENDLESS)
    await service.untilTrained(runId)
    const other = join(service.home, 'other')
    await handlers['internal.useRunsFolder']({ path: other })

    await expect.poll(async () => (await handlers['run.history']({ runId })).epochs.length).toBeGreaterThan(1)
    const { epochs } = await handlers['run.history']({ runId })
    // The same, without what is not compared.
    const curve = await handlers['run.curve']({ runId })
    const same = epochs.map(({ validNll }) => validNll)
    expect(Array.from(curve.validNll).slice(0, same.length)).toEqual(same)
    expect(curve.seconds[1]).toBeCloseTo(epochs[0].seconds + epochs[1].seconds, 9)
    expect((await handlers['run.epochSamples']({ runId, epoch: 1 })).bits.length).toBeGreaterThan(0)
    expect(await handlers['runs.rename']({ runId, name: 'renamed' })).toMatchObject({ name: 'renamed' })
    expect(await handlers['runs.summary']({ runId })).toMatchObject({
      elsewhere: service.runsFolder,
      status: 'training',
    })
    expect(await handlers['runs.list'](undefined)).toMatchObject([
      { id: runId, name: 'renamed', elsewhere: service.runsFolder },
    ])
    expect(await handlers['internal.folderOf']({ runId })).toBe(join(service.runsFolder, runId))
    const source = { runId, model: 'best' as const, connectivity: 0, seed: 1 }
    await expect.poll(() => outcomes(handlers['samples.draw']({ source, first: 0, count: 4 }))).toEqual(['done'])
    await expectFailure(() => handlers['runs.delete']({ runId }), 'busy')

    await service.stop()
    expect(await handlers['runs.summary']({ runId })).toMatchObject({ status: 'finished', name: 'renamed' })
    await handlers['run.continue']({ runId, epochs: 100_000 })
    await service.until('training')
    await service.stop()
    const { binId } = await handlers['runs.delete']({ runId })
    expect(await handlers['runs.list'](undefined)).toEqual([])
    expect(await readdir(join(service.runsFolder, '.bin'))).toEqual([binId])
    expect(await handlers['runs.restore']({ binId })).toMatchObject({ id: runId, elsewhere: service.runsFolder })
    expect(await handlers['runs.list'](undefined)).toMatchObject([{ id: runId }])

    await service.start('next')
    await service.until('finished')
    expect(await readdir(other)).toHaveLength(1)
    expect(await handlers['runs.list'](undefined)).toMatchObject([{ name: 'next', elsewhere: null, isBuiltIn: false }])
  })

  it('with a run of the same id in it shows the one under way, once', async () => {
    const service = await Service.open()
    const { handlers } = service
    const runId = await service.finished('twin')
    const other = join(service.home, 'other')
    await mkdir(other)
    await cp(join(service.runsFolder, runId), join(other, runId), { recursive: true })
    await handlers['run.continue']({ runId, epochs: 100_000 })
    await service.until('training')
    await handlers['internal.useRunsFolder']({ path: other })
    expect(await handlers['runs.list'](undefined)).toMatchObject([
      { id: runId, status: 'training', elsewhere: service.runsFolder },
    ])
    await handlers['internal.useRunsFolder']({ path: service.runsFolder })
    expect(await handlers['runs.list'](undefined)).toMatchObject([
      { id: runId, status: 'training', elsewhere: null, isBuiltIn: false },
    ])
    await service.stop()
  })
})

describe('two requests at once', () => {
  it('start and start: one run begins, and one folder is made', async () => {
    const service = await Service.open()
    const starts = Array.from({ length: 5 }, () => service.start('one', ENDLESS))
    expect((await outcomes(...starts)).sort()).toEqual(['busy', 'busy', 'busy', 'busy', 'done'])
    expect(await readdir(service.runsFolder)).toHaveLength(1)
  })

  it('another run, or the same, or its deletion, right when one has ended: nobody is told that it is under way', async () => {
    const service = await Service.open()
    const { handlers } = service
    let runId = ''
    const requests = [
      () => service.start('two'),
      () => handlers['run.continue']({ runId, epochs: 4 }),
      () => handlers['runs.delete']({ runId }),
    ]
    const asked: unknown[] = []
    // Asked for at once, however soon a run ends: each end asks for the next thing.
    let isOver = false
    service.onState = (state) => {
      const hasEnded = state.kind === 'finished' && !isOver
      isOver = state.kind === 'finished'
      if (!hasEnded || asked.length === requests.length) return
      runId = state.runId
      asked.push(requests[asked.length]())
    }
    await service.start('one')
    await expect.poll(() => asked).toHaveLength(3)
    expect(await outcomes(...asked)).toEqual(['done', 'done', 'done'])
    expect((await handlers['runs.bin'](undefined)).map(({ id, epoch }) => [id, epoch])).toEqual([[runId, 4]])
  })

  it('continue and delete: whichever came first counts, and the run is whole', async () => {
    const service = await Service.open()
    const { handlers } = service
    const runId = await service.finished()
    const goOn = (): unknown => handlers['run.continue']({ runId, epochs: 100_000 })
    const remove = (): unknown => handlers['runs.delete']({ runId })
    expect(await outcomes(remove(), goOn())).toEqual(['done', 'not-found'])
    await handlers['runs.restore']({ binId: runId })
    expect(await outcomes(goOn(), remove())).toEqual(['done', 'busy'])
    await service.until('training')
    await service.stop()
    expect(await handlers['runs.list'](undefined)).toMatchObject([{ id: runId, status: 'finished' }])
  })

  it('delete while a run that is to go on is being got together is refused, and the run goes on', async () => {
    const service = await Service.open()
    const { handlers } = service
    const runId = await service.finished()
    const asked: Promise<string[]>[] = []
    service.onState = (state) => {
      if (state.kind === 'preparing' && asked.length === 0) asked.push(outcomes(handlers['runs.delete']({ runId })))
    }
    await handlers['run.continue']({ runId, epochs: 4 })
    await service.until('finished')
    expect(await asked[0]).toEqual(['busy'])
    expect(await handlers['runs.list'](undefined)).toMatchObject([{ id: runId, status: 'finished', epoch: 4 }])
  })

  it('rename at any moment of a run that goes on: the name stays', async () => {
    const service = await Service.open()
    const { handlers } = service
    const runId = await service.finished()
    const asked: Promise<unknown>[] = []
    for (const kind of ['preparing', 'training', 'finished'] as const) {
      const name = `renamed while ${kind}`
      service.onState = (state) => {
        if (state.kind === kind && asked.length === 0)
          asked.push(Promise.resolve(handlers['runs.rename']({ runId, name })))
      }
      const [{ epoch }] = await handlers['runs.list'](undefined)
      await handlers['run.continue']({ runId, epochs: epoch + 20 })
      await service.until('finished')
      expect(await outcomes(asked.pop())).toEqual(['done'])
      expect(await handlers['runs.summary']({ runId }), kind).toMatchObject({ name, status: 'finished' })
      expect(await handlers['run.state']({ runId: null })).toMatchObject({ name })
    }
  })

  it('rename and rename, rename and delete: in the order in which they were asked for', async () => {
    const service = await Service.open()
    const { handlers } = service
    const runId = await service.finished()
    const rename = (name: string): unknown => handlers['runs.rename']({ runId, name })
    const names = Array.from({ length: 10 }, (_, i) => `name ${i}`)
    expect(new Set(await outcomes(...names.map(rename)))).toEqual(new Set(['done']))
    expect(await handlers['runs.summary']({ runId })).toMatchObject({ name: 'name 9' })
    expect(await outcomes(rename('last'), handlers['runs.delete']({ runId }))).toEqual(['done', 'done'])
    expect(await handlers['runs.bin'](undefined)).toMatchObject([{ name: 'last' }])
    await handlers['runs.restore']({ binId: runId })
    expect(await outcomes(handlers['runs.delete']({ runId }), rename('too late'))).toEqual(['done', 'not-found'])
    expect(await handlers['runs.bin'](undefined)).toMatchObject([{ name: 'last' }])
  })

  it('delete and delete, restore and restore: once, and in words', async () => {
    const service = await Service.open()
    const { handlers } = service
    const runId = await service.finished()
    expect((await outcomes(handlers['runs.delete']({ runId }), handlers['runs.delete']({ runId }))).sort()).toEqual([
      'done',
      'not-found',
    ])
    const restores = [1, 2, 3].map(() => handlers['runs.restore']({ binId: runId }))
    expect((await outcomes(...restores)).sort()).toEqual(['done', 'not-found', 'not-found'])
    expect(await handlers['runs.list'](undefined)).toMatchObject([{ id: runId, status: 'finished' }])
  })

  it('listing while runs come and go never shows a run that is not one', async () => {
    const service = await Service.open()
    const { handlers } = service
    const runId = await service.finished()
    const twin = `${runId}-twin`
    await cp(join(service.runsFolder, runId), join(service.runsFolder, twin), { recursive: true })
    for (let time = 0; time < 30; time++) {
      const [list, , again, , bin] = await Promise.all([
        handlers['runs.list'](undefined),
        Promise.resolve(handlers['runs.delete']({ runId })).then((there) => handlers['runs.restore'](there)),
        handlers['runs.list'](undefined),
        handlers['runs.rename']({ runId: twin, name: `time ${time}` }),
        handlers['runs.bin'](undefined),
      ])
      for (const summary of [...list, ...again, ...bin])
        expect(summary).toMatchObject({ status: 'finished', failure: null })
      expect(list.map(({ id }) => id)).toContain(twin)
    }
  })

  it('a paused run that goes on on another engine is not let go of for another run', async () => {
    const service = await Service.open()
    const { handlers } = service
    const runId = await service.start('one', ENDLESS)
    await service.until('training')
    await handlers['run.pause']({ runId })
    await service.until('paused')
    const both = outcomes(handlers['run.continue']({ runId, engine: 'cpu' }), service.start('two'))
    expect(await both).toEqual(['done', 'busy'])
    await service.until('training')
    await handlers['run.pause']({ runId })
    await service.until('paused')
    expect(await outcomes(service.start('three'), handlers['run.continue']({ runId }))).toEqual(['busy', 'done'])
    await service.until('training')
    await service.stop()
    expect(await handlers['runs.list'](undefined)).toHaveLength(1)
  })

  it('a run that another process holds is not let go of without a word', async () => {
    const service = await Service.open()
    const { handlers } = service
    const runId = await service.finished()
    const elsewhere = await new RunFolder(join(service.runsFolder, runId)).lock()
    expect(await outcomes(handlers['run.continue']({ runId, epochs: 4 }))).toEqual(['busy'])
    expect(await outcomes(handlers['runs.rename']({ runId, name: 'new' }))).toEqual(['busy'])
    expect(await outcomes(handlers['runs.delete']({ runId }))).toEqual(['busy'])
    await elsewhere.release()
    expect(await outcomes(handlers['run.continue']({ runId, epochs: 4 }))).toEqual(['done'])
    await service.until('finished')
  })

  it('closing while a run is being got together: it does not begin', async () => {
    const service = await Service.open()
    const starting = outcomes(service.start('one', ENDLESS))
    await service.handlers['internal.suspend'](undefined)
    expect(await starting).toEqual(['cancelled'])
    expect(await readdir(service.runsFolder).catch(() => [])).toEqual([])
  })
})

describe('a run that is deleted', () => {
  it('while samples of it are drawn and written out: what was begun is done to its end', async () => {
    const service = await Service.open()
    const { handlers } = service
    const runId = await service.finished()
    const out = join(service.home, 'samples')
    const source = { runId, model: 'best' as const, connectivity: 0, seed: 1 }
    const draw = (): unknown => handlers['samples.draw']({ source, first: 0, count: 100 })
    const write = (format: 'npy' | 'png'): unknown =>
      handlers['internal.export']({ source, count: 5000, format, path: `${out}.${format}` })
    const ends = await outcomes(draw(), write('npy'), write('png'), handlers['runs.delete']({ runId }))
    expect(ends).toEqual(['done', 'done', 'done', 'done'])
    expect(readNpyBits(await readFile(`${out}.npy`), 'samples').rows).toBe(5000)
    expect((await stat(`${out}.png`)).size).toBeGreaterThan(1000)
    expect(await outcomes(draw())).toEqual(['not-found'])
    expect(await handlers['runs.bin'](undefined)).toMatchObject([{ id: runId, status: 'finished' }])
  })

  it('while its missing values are filled in: they are filled in to the end', async () => {
    const service = await Service.open()
    const { handlers } = service
    const path = join(service.home, 'table.csv')
    const lines = Array.from({ length: 1000 }, (_, i) => `${i % 5 === 0 ? '?' : 'abcd'[(i * i) % 4]},${i % 7}`)
    await writeFile(path, `word,number\n${lines.join('\n')}\n`)
    const preparation = { ...suggestedPreparation(await readTable(path)), missing: 'model' as const }
    await service.start('gaps', { ...CONFIG, data: { kind: 'file', path, preparation } })
    await service.until('finished')
    const [{ id: runId }] = await handlers['runs.list'](undefined)
    const out = join(service.home, 'filled.csv')
    const fill = async (): Promise<unknown> =>
      handlers['internal.fill']({ runId, seed: 1, way: 'draw', times: null, path: out })
    const ends = await outcomes(fill(), handlers['runs.delete']({ runId }), fill())
    expect(ends).toEqual(['done', 'done', 'busy'])
    expect((await readFile(out, 'utf8')).split('\n')).toHaveLength(1002)
    expect(await outcomes(fill())).toEqual(['not-found'])
    expect(await handlers['runs.bin'](undefined)).toMatchObject([{ id: runId, status: 'finished' }])
  })
})
