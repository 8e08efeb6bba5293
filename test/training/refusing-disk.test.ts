import { copyFileSync } from 'node:fs'
import { readdir, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { Journal } from '../../src/runs/journal'
import { RunFolder } from '../../src/runs/run-folder'
import { RunLock } from '../../src/runs/run-lock'
import { newRecord } from '../../src/runs/runs'
import type { RunEvent, RunState } from '../../src/shared/run'
import { Trainer } from '../../src/training/trainer'
import { notOpened, readOnly, unwatchDisk, watchDisk, watchReading, type Step } from '../files/watched-disk'
import { newRun, smallConfig, smallData, temporaryFolder, trainerOf } from './small-run'

vi.mock('node:fs/promises', async (original) =>
  (await import('../files/watched-disk')).watchedDisk(await original<typeof import('node:fs/promises')>()),
)

afterEach(() => {
  unwatchDisk()
  vi.restoreAllMocks()
})

const CONFIG = smallConfig({ epochs: 3 })

/** A write that is not one of its lock. */
function isWriteOfRun({ what, path }: Step): boolean {
  return what === 'write' && !path.includes('.lock')
}

/** A run as the window has it, and all states that it told. */
interface Watched {
  readonly trainer: Trainer
  readonly states: RunState[]
  readonly ended: Promise<RunState>
}

async function start(
  folder: RunFolder,
  hear: (event: RunEvent, trainer: Trainer) => void = () => undefined,
): Promise<Watched> {
  const states: RunState[] = []
  const emit = (event: RunEvent): void => {
    if (event.type === 'state') states.push(event.state)
    hear(event, trainer)
  }
  const record = await folder.readRecord()
  const engine = new CpuEngine('test')
  const trainer = new Trainer({ folder, record, data: smallData(), engine, emit, whenDiskFails: 'pause' })
  return { trainer, states, ended: trainer.run() }
}

/** What it is held by; null if it is not. */
function heldBy({ states }: Watched): string | null {
  const state = states.at(-1)
  return state?.kind === 'paused' ? (state.reason?.message.english ?? null) : null
}

/** A run that was suspended after its second epoch, which was better than the first. */
async function halfRun(): Promise<RunFolder> {
  const folder = await newRun(await temporaryFolder(), CONFIG)
  const trainer: Trainer = await trainerOf(folder, (event) => {
    if (event.type === 'epoch' && event.record.epoch === 2) trainer.ask('suspend')
  })
  await trainer.run()
  expect((await folder.readRecord()).best?.epoch).toBe(2)
  return folder
}

async function wholeRun(): Promise<RunFolder> {
  const folder = await newRun(await temporaryFolder(), CONFIG)
  await (await trainerOf(folder)).run()
  return folder
}

async function expectSame(folder: RunFolder, whole: RunFolder): Promise<void> {
  const [found, expected] = [await folder.readRecord(), await whole.readRecord()]
  expect([found.status, found.epoch, found.best, found.test]).toEqual(['finished', 3, expected.best, expected.test])
  expect(await folder.readBest()).toEqual(await whole.readBest())
  expect((await folder.readHistory(found)).sampleEpochs).toEqual([1, 2, 3])
}

describe('a best model that cannot be opened just now', () => {
  it('when it is to take its place holds the run, which then keeps the model that it told of', async () => {
    const folder = await newRun(await temporaryFolder(), CONFIG)
    let isRefusing = true
    watchReading((path) => (isRefusing && path.endsWith('.best.safetensors.new') ? notOpened(path) : null))
    const run = await start(folder)
    await expect
      .poll(() => heldBy(run) ?? run.states.at(-1)?.kind)
      .toMatch(/\.best\.safetensors\.new cannot be read \(too many files are open\)/)
    isRefusing = false
    run.trainer.ask('run')
    expect(await run.ended).toMatchObject({ kind: 'finished' })
    await expectSame(folder, await wholeRun())
  })

  it('when the run is opened is not forgotten', async () => {
    const folder = await halfRun()
    watchReading((path) => (path === folder.bestPath ? notOpened(path) : null))
    const run = await start(folder)
    await expect.poll(() => heldBy(run) ?? run.states.at(-1)?.kind).toMatch(/best\.safetensors cannot be read/)
    unwatchDisk()
    run.trainer.ask('stop')
    expect(await run.ended).toMatchObject({ kind: 'finished', result: { best: { epoch: 2 } } })
    expect((await folder.readBest()).validated?.epoch).toBe(2)
  })
})

describe('a best model that is not the one that was told of', () => {
  it('is not tested in its place', async () => {
    const other = await halfRun()
    const folder = await newRun(await temporaryFolder(), CONFIG)
    const run = await start(folder, (event) => {
      if (event.type === 'saved') copyFileSync(other.bestPath, folder.bestPath)
    })
    const message = 'The best model on the disk is that of epoch 2, and not of epoch 3 as the checkpoint says.'
    expect(await run.ended).toMatchObject({
      kind: 'failed',
      failure: { code: 'damaged-file', message: { english: message } },
    })
  })
})

describe('checkpoints that cannot be opened just now', () => {
  it.each([
    ['the newest', /\/checkpoint\.safetensors$/],
    ['all', /\/checkpoint\.[a-z.]*safetensors$/],
  ])('(%s) hold the run, which goes on from where it was', async (_which, names) => {
    const folder = await halfRun()
    watchReading((path) => (names.test(path) ? notOpened(path) : null))
    const run = await start(folder)
    await expect.poll(() => heldBy(run) ?? run.states.at(-1)?.kind).toMatch(/checkpoint\.safetensors cannot be read/)
    expect(await readdir(join(folder.path, 'samples'))).toEqual(['epoch-00001.npy', 'epoch-00002.npy'])
    unwatchDisk()
    run.trainer.ask('run')
    expect(await run.ended).toMatchObject({ kind: 'finished' })
    expect(run.states.flatMap((state) => ('progress' in state ? [state.progress.epoch] : []))).not.toContain(1)
    await expectSame(folder, await wholeRun())
  })

  it('leave a run that is suspended meanwhile as it was', async () => {
    const folder = await halfRun()
    const before = await folder.readRecord()
    watchReading((path) => (path.endsWith('checkpoint.safetensors') ? notOpened(path) : null))
    const run = await start(folder)
    await expect.poll(() => heldBy(run) ?? run.states.at(-1)?.kind).toMatch(/cannot be read/)
    run.trainer.ask('suspend')
    expect(await run.ended).toMatchObject({ kind: 'paused' })
    unwatchDisk()
    expect(await folder.readRecord()).toEqual(before)
  })

  it('when a new one is read back hold the run', async () => {
    const folder = await newRun(await temporaryFolder(), CONFIG)
    watchReading((path) => (basename(path).startsWith('.checkpoint') ? notOpened(path) : null))
    const run = await start(folder)
    await expect
      .poll(() => heldBy(run) ?? run.states.at(-1)?.kind)
      .toMatch(/checkpoint\.safetensors could not be written/)
    unwatchDisk()
    run.trainer.ask('run')
    expect(await run.ended).toMatchObject({ kind: 'finished' })
    await expectSame(folder, await wholeRun())
  })
})

describe('sheets of samples that a resumed run draws again', () => {
  /** After its checkpoint. */
  async function withLaterSheet(): Promise<RunFolder> {
    const folder = await halfRun()
    await folder.writeSamples(3, await folder.readSamples(2))
    return folder
  }

  it('and that cannot be removed are told in words', async () => {
    const folder = await withLaterSheet()
    watchDisk((step) => (step.what === 'rm' && step.path.endsWith('epoch-00003.npy') ? readOnly(step) : null))
    const end = await (await trainerOf(folder)).run()
    expect(end).toMatchObject({ kind: 'failed', failure: { code: 'not-writable' } })
    expect(end.kind === 'failed' && end.failure.message.english).toMatch(
      /epoch-00003\.npy could not be removed \(its disk can only be read\)\.$/,
    )
  })

  it('hold the run until they can be', async () => {
    const folder = await withLaterSheet()
    watchDisk((step) => (step.what === 'rm' && step.path.endsWith('epoch-00003.npy') ? readOnly(step) : null))
    const run = await start(folder)
    await expect.poll(() => heldBy(run) ?? run.states.at(-1)?.kind).toMatch(/epoch-00003\.npy could not be removed/)
    unwatchDisk()
    run.trainer.ask('run')
    expect(await run.ended).toMatchObject({ kind: 'finished' })
    await expectSame(folder, await wholeRun())
  })
})

describe('a run that the disk held', () => {
  it('does not say again that it is held once it was told to go on', async () => {
    const folder = await newRun(await temporaryFolder(), CONFIG)
    watchDisk((step) => (isWriteOfRun(step) ? readOnly(step) : null))
    const run = await start(folder)
    await expect.poll(() => heldBy(run)).toMatch(/could not be written/)
    unwatchDisk()
    const told = run.states.length
    run.trainer.ask('run')
    expect(await run.ended).toMatchObject({ kind: 'finished' })
    expect(run.states.slice(told).map(({ kind }) => kind)).not.toContain('paused')
  })

  it('when it was stopped ends at the next stop, though a pause was asked for in between', async () => {
    for (const due of ['isDue', 'isDueAtEpoch'] as const) vi.spyOn(Journal.prototype, due).mockReturnValue(false)
    const folder = await newRun(await temporaryFolder(), CONFIG)
    watchDisk((step) => (step.what === 'write' && step.path.includes('.checkpoint') ? readOnly(step) : null))
    const run = await start(folder, (event, trainer) => {
      if (event.type === 'epoch') trainer.ask('stop')
    })
    await expect.poll(() => heldBy(run) ?? '').toMatch(/checkpoint\.safetensors could not be written/)
    run.trainer.ask('pause')
    unwatchDisk()
    run.trainer.ask('stop')
    await expect.poll(() => run.states.at(-1)?.kind).toBe('finished')
    await run.ended
    expect((await folder.readRecord()).ended).toBe('stopped')
  })

  it('tells one reason where neither its work nor that can be written down', async () => {
    const folder = await newRun(await temporaryFolder(), CONFIG)
    const warnings: RunEvent[] = []
    let isRefusing = false
    watchDisk((step) => {
      isRefusing ||= step.what === 'write' && step.path.includes('samples')
      return isRefusing && isWriteOfRun(step) ? readOnly(step) : null
    })
    const end = await (
      await trainerOf(folder, (event) => void (event.type === 'warning' && warnings.push(event)))
    ).run()
    expect(end).toMatchObject({ kind: 'failed', failure: { code: 'not-writable' } })
    expect(warnings).toEqual([])
  })

  it('is rid of what the disk did not let be removed as soon as it goes on', async () => {
    const folder = await newRun(await temporaryFolder(), CONFIG)
    const left = async (): Promise<string[]> =>
      (await readdir(folder.path)).filter((name) => name.endsWith('.tmp') && !name.includes('.lock'))
    watchDisk((step) =>
      step.path.includes('best.safetensors') && (step.what === 'rename' || step.what === 'rm') ? readOnly(step) : null,
    )
    const run = await start(folder)
    await expect.poll(() => heldBy(run) ?? '').toMatch(/best\.safetensors\.new could not be written/)
    expect(await left()).toHaveLength(1)
    watchDisk((step) => (step.what === 'write' && step.path.includes('samples') ? readOnly(step) : null))
    run.trainer.ask('run')
    await expect.poll(() => heldBy(run) ?? '').toMatch(/samples.* could not be written/)
    expect(await left()).toEqual([])
    run.trainer.ask('suspend')
    await run.ended
  })
})

describe('the folder of a run on a disk that was pulled out', () => {
  it('is not made anew where the disk was', async () => {
    const place = await temporaryFolder()
    const folder = new RunFolder(join(place, 'disk', 'runs', 'run'))
    await folder.create(newRecord('pulled out', CONFIG, smallData()))
    const sheet = await (await halfRun()).readSamples(1)
    const hold = await folder.lock()
    // Between the look at the lock and the writing.
    vi.spyOn(RunLock.prototype, 'requireOurs').mockResolvedValue()
    await rename(join(place, 'disk'), join(place, 'away'))
    await expect(folder.writeSamples(1, sheet)).rejects.toMatchObject({ code: 'not-writable' })
    expect(await readdir(place)).toEqual(['away'])
    await hold.release()
  })
})
