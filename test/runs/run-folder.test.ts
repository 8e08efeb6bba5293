import { createHash } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rename, rm, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { StudioError } from '../../src/base/failure'
import { replaceFile } from '../../src/files/durable-file'
import { PLACE } from '../../src/files/processes'
import { appendMetrics, readHistory, type MetricsLine } from '../../src/runs/metrics'
import { checkpointShape, RunFolder } from '../../src/runs/run-folder'
import type { RunRecord } from '../../src/runs/run-record'
import { summarise } from '../../src/runs/run-summary'
import { Runs } from '../../src/runs/runs'
import { expectFailure } from '../base/expect-failure'
import { newRun, smallConfig, temporaryFolder, trainerOf } from '../training/small-run'

/** A finished run to do harm to. */
async function finishedRun(): Promise<RunFolder> {
  const folder = await newRun(await temporaryFolder(), smallConfig({ epochs: 3 }))
  await (await trainerOf(folder)).run()
  return folder
}

const FILES = [
  'run.json',
  'metrics.jsonl',
  'checkpoint.safetensors',
  'checkpoint.previous.safetensors',
  'best.safetensors',
]

describe('a run folder', () => {
  it.each(FILES)('cut off at any byte of %s opens again at its last good state', async (name) => {
    const whole = await finishedRun()
    const { size } = await stat(join(whole.path, name))
    const record = await whole.readRecord()
    const history = await whole.readHistory(record)
    const place = await temporaryFolder()
    let copies = 0
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: size - 1 }), async (length) => {
        const folder = new RunFolder(join(place, `run-${copies++}`))
        await cp(whole.path, folder.path, { recursive: true })
        await truncate(join(folder.path, name), length)
        expect((await folder.readRecord()).config).toEqual(record.config)
        const { checkpoint } = await folder.readCheckpoint(checkpointShape(record))
        expect(checkpoint).not.toBeNull()
        const read = await folder.readHistory(record)
        expect(history.epochs.slice(0, read.epochs.length)).toEqual(read.epochs)
        const summary = await summarise(folder)
        expect(summary.status).not.toBe('damaged')
        if (name === 'best.safetensors') await expect(folder.readBest()).rejects.toBeInstanceOf(StudioError)
        // And it goes on: one more epoch than before.
        await folder.writeRecord({
          ...(await folder.readRecord()),
          config: { ...record.config, epochs: 4 },
          status: 'finished',
        })
        expect(await (await trainerOf(folder)).run()).toMatchObject({ kind: 'finished', result: { epochs: 4 } })
        expect((await folder.readHistory(record)).epochs.at(-1)?.epoch).toBe(4)
      }),
      { numRuns: 15, examples: [[0], [1], [7], [8], [size - 1]] },
    )
  })

  it('falls back when a checkpoint has one flipped bit anywhere', async () => {
    const folder = await finishedRun()
    const path = join(folder.path, 'checkpoint.safetensors')
    const bytes = await readFile(path)
    const shape = checkpointShape(await folder.readRecord())
    const good = await folder.readCheckpoint(shape)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 8 * bytes.length - 1 }), async (bit) => {
        const flipped = Uint8Array.from(bytes)
        flipped[bit >>> 3] ^= 1 << (bit & 7)
        await writeFile(path, flipped)
        const read = await folder.readCheckpoint(shape)
        expect(read.checkpoint).not.toBeNull()
        // Either the damage was noticed, or it changed nothing that is used (a space of the header, the copy of run.json).
        if (read.failures.length === 0) expect(read.checkpoint).toEqual(good.checkpoint)
      }),
      { numRuns: 150 },
    )
    await writeFile(path, bytes)
  })

  it('falls back when a checkpoint has one flipped bit in its counters', async () => {
    const folder = await finishedRun()
    const path = join(folder.path, 'checkpoint.safetensors')
    const bytes = new Uint8Array(await readFile(path))
    const shape = checkpointShape(await folder.readRecord())
    const { checkpoint } = await folder.readCheckpoint(shape)
    const begin = Buffer.from(bytes).indexOf(JSON.stringify(JSON.stringify(checkpoint?.counters)))
    expect(begin).toBeGreaterThan(0)
    for (let bit = 8 * begin; bit < 8 * (begin + 60); bit++) {
      const flipped = Uint8Array.from(bytes)
      flipped[bit >>> 3] ^= 1 << (bit & 7)
      await writeFile(path, flipped)
      expect((await folder.readCheckpoint(shape)).failures).toHaveLength(1)
    }
  })

  it('opens a checkpoint of earlier builds, whose checksum is of the tensors alone', async () => {
    const folder = await finishedRun()
    const path = join(folder.path, 'checkpoint.safetensors')
    const bytes = await readFile(path)
    const shape = checkpointShape(await folder.readRecord())
    const now = await folder.readCheckpoint(shape)
    const tensors = bytes.subarray(8 + Number(bytes.readBigUInt64LE(0)))
    const begin = bytes.indexOf('"checksum":"') + '"checksum":"'.length
    bytes.write(createHash('sha256').update(tensors).digest('hex'), begin, 'latin1')
    await writeFile(path, bytes)
    expect(await folder.readCheckpoint(shape)).toEqual(now)
  })

  it('whose run.json cannot be opened just now is not written anew from an older copy of it', async () => {
    const folder = await finishedRun()
    await folder.rename('Renamed since')
    const path = join(folder.path, 'run.json')
    const text = await readFile(path)
    // What is no file cannot be read, whoever asks.
    await rm(path)
    await mkdir(path)
    expect((await folder.readRecord()).name).not.toBe('Renamed since')
    await expectFailure(() => folder.rename('Again'), 'unreadable-file')
    const given: (RunRecord | null)[] = []
    await folder
      .changeRecord((record) => {
        given.push(record)
        throw new Error('enough')
      })
      .catch(() => undefined)
    expect(given).toEqual([null])

    await rm(path, { recursive: true })
    await writeFile(path, text)
    expect((await folder.readRecordToChange()).name).toBe('Renamed since')
    // One that is damaged has nothing newer to lose.
    await writeFile(path, text.subarray(0, 20))
    await folder.rename('Again')
    expect((await folder.readRecord()).name).toBe('Again')
  })

  it('without any readable description says so and is listed as damaged', async () => {
    const folder = await finishedRun()
    for (const name of FILES.filter((file) => file.endsWith('.json') || file.startsWith('checkpoint')))
      await writeFile(join(folder.path, name), 'rubbish')
    await expect(folder.readRecord()).rejects.toMatchObject({ code: 'damaged-file' })
    expect(await summarise(folder)).toMatchObject({ status: 'damaged', failure: { code: 'damaged-file' } })
  })

  it('leaves no temporary file behind', async () => {
    const folder = await finishedRun()
    const names = await readdir(folder.path)
    expect(names.filter((name) => name.includes('.tmp') || name.includes('.new'))).toEqual([])
  })

  it('is rid of what crashes left in it when it is locked', async () => {
    const folder = await finishedRun()
    const left = '.checkpoint.safetensors.elsewhere.17.0123456789ab.tmp'
    const longAgo = new Date(Date.now() - 86_400_000)
    for (const path of [join(folder.path, left), join(folder.path, 'samples', left)]) {
      await writeFile(path, 'half of it')
      await utimes(path, longAgo, longAgo)
    }
    await (await folder.lock()).release()
    expect(await readdir(folder.path)).not.toContain(left)
    expect(await readdir(join(folder.path, 'samples'))).not.toContain(left)
  })

  it('is rid of what could not be removed while it was held when it is given back', async () => {
    const folder = await finishedRun()
    const hold = await folder.lock()
    const left = `.epoch-00007.npy.${PLACE}.${process.pid}.0123456789ab.tmp`
    for (const place of [folder.path, join(folder.path, 'samples')]) await writeFile(join(place, left), 'half of it')
    await hold.release()
    expect(await readdir(folder.path)).not.toContain(left)
    expect(await readdir(join(folder.path, 'samples'))).not.toContain(left)
  })

  it('is not overwritten by a new run', async () => {
    const folder = await finishedRun()
    await expect(folder.create(await folder.readRecord())).rejects.toMatchObject({ code: 'busy' })
  })

  it('is made by one of those who make it at once', async () => {
    const record = await (await finishedRun()).readRecord()
    const folder = new RunFolder(join(await temporaryFolder(), 'new'))
    const made = await Promise.allSettled(['a', 'b', 'c'].map((name) => folder.create({ ...record, name })))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const winner = made.findIndex(({ status }) => status === 'fulfilled')
    expect((await folder.readRecord()).name).toBe('abc'[winner])
  })

  it('loses no change of its record where several are made at once', async () => {
    const folder = await finishedRun()
    const { changedAt } = await folder.readRecord()
    const later = (record: RunRecord | null): RunRecord => {
      if (record === null) throw new Error('there is a record')
      return { ...record, changedAt: record.changedAt + 1 }
    }
    const names = Array.from({ length: 10 }, (_, i) => `name ${i}`)
    await Promise.all(names.flatMap((name) => [folder.rename(name), folder.changeRecord(later)]))
    expect(await folder.readRecord()).toMatchObject({ name: 'name 9', changedAt: changedAt + 10 })
  })

  it('keeps no number that is none, and the record before stays', async () => {
    const folder = await finishedRun()
    const record = await folder.readRecord()
    await expect(folder.writeRecord({ ...record, best: { epoch: 1, validNll: NaN } })).rejects.toThrow('validNll')
    expect(await folder.readRecord()).toEqual(record)
  })

  it('knows which model its best one is, from the model itself', async () => {
    const folder = await finishedRun()
    const record = await folder.readRecord()
    expect(await folder.bestValidated()).toEqual(record.best)
    await folder.writeRecord({ ...record, best: { epoch: 1, validNll: 99 } })
    expect((await summarise(folder)).best).toEqual(record.best)
  })
})

describe('metrics', () => {
  const epoch = (
    n: number,
  ): {
    type: 'epoch'
    epoch: number
    update: number
    trainNll: number
    validNll: number
    isBest: boolean
    seconds: number
  } => ({
    type: 'epoch',
    epoch: n,
    update: n * 3,
    trainNll: 10 - n,
    validNll: 11 - n,
    isBest: true,
    seconds: 1,
  })

  it('do not hear a process that had lost the run, and wrote what it was about to write when it woke up', async () => {
    const path = join(await temporaryFolder(), 'metrics.jsonl')
    const losses = (update: number, value: number): MetricsLine => ({
      type: 'losses',
      update,
      values: [value, value, value],
    })
    await appendMetrics(path, [losses(0, 9), epoch(1)], 1)
    await appendMetrics(path, [{ type: 'resumed', update: 3, engine: 'cpu' }, losses(3, 8), epoch(2)], 2)
    await appendMetrics(path, [losses(6, 7), epoch(3)], 2)
    const told = await readHistory(path, 3)
    await appendMetrics(path, [losses(3, 1), { ...epoch(2), trainNll: 1 }, epoch(9)], 1)
    await appendMetrics(path, [{ type: 'resumed', update: 0, engine: 'cpu' }], 1)
    expect(await readHistory(path, 3)).toEqual(told)
    expect(told.epochs.map((one) => one.epoch)).toEqual([1, 2, 3])
    await appendMetrics(path, [losses(9, 6), epoch(4)], 2)
    const { epochs, losses: curve } = await readHistory(path, 3)
    expect(epochs.map((one) => one.epoch)).toEqual([1, 2, 3, 4])
    expect(curve.map(({ loss }) => loss)).toEqual([9, 9, 9, 8, 8, 8, 7, 7, 7, 6, 6, 6])
  })

  it('go on being heard in a folder that was copied without its locks', async () => {
    const folder = await finishedRun()
    const epochs = async (): Promise<number[]> =>
      (await folder.readHistory(await folder.readRecord())).epochs.map((one) => one.epoch)
    expect(await epochs()).toEqual([1, 2, 3])
    for (const name of await readdir(folder.path))
      if (name.startsWith('.lock')) await rm(join(folder.path, name), { force: true })
    const hold = await folder.lock()
    await folder.appendMetrics([epoch(4)])
    await hold.release()
    expect(await epochs()).toEqual([1, 2, 3, 4])
  })

  it('survive a line cut short, and drop what a resumed run does again', async () => {
    const path = join(await temporaryFolder(), 'metrics.jsonl')
    await appendMetrics(path, [{ type: 'losses', update: 0, values: [9, 8, 7] }, epoch(1)], null)
    await appendMetrics(path, [{ type: 'losses', update: 3, values: [6, 5, 4] }, epoch(2)], null)
    await truncate(path, (await stat(path)).size - 5)
    expect((await readHistory(path, 3)).epochs).toHaveLength(1)
    await appendMetrics(path, [{ type: 'resumed', update: 4, engine: 'cpu' }], null)
    await appendMetrics(path, [{ type: 'losses', update: 4, values: [5.5, 4.5] }, epoch(2)], null)
    const history = await readHistory(path, 3)
    expect(history.epochs.map((record) => record.epoch)).toEqual([1, 2])
    expect(history.losses.map(({ loss }) => loss)).toEqual([9, 8, 7, 6, 5.5, 4.5])
    await appendMetrics(path, [{ type: 'resumed', update: 3, engine: 'cpu' }], null)
    expect((await readHistory(path, 3)).epochs).toHaveLength(1)
  })

  it('that are there but cannot be read are told, and not taken for none', async () => {
    const path = join(await temporaryFolder(), 'metrics.jsonl')
    expect((await readHistory(path, 3)).losses).toEqual([])
    await mkdir(path)
    await expectFailure(() => readHistory(path, 3), 'unreadable-file', /metrics\.jsonl cannot be read/)
  })

  it('of a run of a million updates, all of them in one line, give a curve', async () => {
    const path = join(await temporaryFolder(), 'metrics.jsonl')
    const values = Array.from({ length: 1_000_000 }, (_, i) => 100 - i / 1e5)
    await appendMetrics(path, [{ type: 'losses', update: 0, values }], null)
    const { losses } = await readHistory(path, 100)
    expect(losses).toHaveLength(2000)
    expect(losses[1999].loss).toBeCloseTo(90, 1)
  })

  it('that are damaged, or were written by earlier builds with null for a number, are passed over', async () => {
    const path = join(await temporaryFolder(), 'metrics.jsonl')
    const lines = [
      '{"type":"losses","update":0,"values":[3,null,1]}',
      '{"type":"losses","update":9007199254740000,"values":[1]}',
      '{"type":"losses","update":-1,"values":[1]}',
      '{"type":"losses","update":3}',
      '{"type":"epoch","epoch":1,"update":3,"trainNll":null,"validNll":2,"isBest":true,"seconds":1}',
      '{"type":"resumed","update":"x"}',
      '[]',
    ]
    await writeFile(path, lines.join('\n'))
    const history = await readHistory(path, 3)
    expect(history.losses.map(({ loss }) => loss)).toEqual([3, 1])
    expect(history.epochs).toEqual([])
  })

  it('of a long run are thinned to a curve', async () => {
    const path = join(await temporaryFolder(), 'metrics.jsonl')
    await appendMetrics(
      path,
      [{ type: 'losses', update: 0, values: Array.from({ length: 10_000 }, (_, i) => i) }],
      null,
    )
    const { losses } = await readHistory(path, 100)
    expect(losses).toHaveLength(2000)
    expect(losses[0]).toEqual({ update: 5, loss: 2 })
    expect(losses[1999]).toEqual({ update: 10_000, loss: 9997 })
  })
})

describe('the folder of runs', () => {
  it('lists the newest first, and a deleted run comes back from the bin', async () => {
    const place = await temporaryFolder()
    const runs = new Runs(place)
    expect(await runs.list()).toEqual([])
    const folder = await finishedRun()
    for (const [name, createdAt] of [
      ['Älter, längst!', 1],
      ['newer', 2],
    ] as const) {
      const copy = runs.place(name)
      expect(copy.id).toMatch(/^[A-Za-z0-9_-]{1,64}$/)
      await cp(folder.path, copy.path, { recursive: true })
      await copy.writeRecord({ ...(await copy.readRecord()), name, createdAt })
    }
    await mkdir(join(place, 'something else'))
    const [newer, older] = await runs.list()
    expect([newer.name, older.name]).toEqual(['newer', 'Älter, längst!'])
    expect(newer).toMatchObject({ status: 'finished', hasBest: true, hasLatest: true, connectivities: 1, epoch: 3 })
    await runs.delete(newer.id)
    expect((await runs.list()).map(({ id }) => id)).toEqual([older.id])
    expect((await runs.listBin()).map(({ id }) => id)).toEqual([newer.id])
    await runs.restore(newer.id)
    expect(await runs.list()).toHaveLength(2)
    await expect(runs.find('not-there')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('that is not there is empty; one that cannot be read is told, and a run in it that cannot be is listed with why', async () => {
    const place = await temporaryFolder()
    expect(await new Runs(join(place, 'nowhere')).list()).toEqual([])
    await writeFile(join(place, 'file'), '')
    expect(await new Runs(join(place, 'file', 'runs')).list()).toEqual([])
    await symlink('loop', join(place, 'loop'))
    await expectFailure(() => new Runs(join(place, 'loop')).list(), 'unreadable-file', /loop cannot be read/)

    await mkdir(join(place, 'runs', 'hidden'), { recursive: true })
    vi.spyOn(RunFolder.prototype, 'exists').mockRejectedValue(
      new StudioError('unreadable-file', 'The folder cannot be read.', 'Check it.'),
    )
    expect(await new Runs(join(place, 'runs')).list()).toMatchObject([
      { id: 'hidden', status: 'damaged', failure: { code: 'unreadable-file' } },
    ])
    vi.restoreAllMocks()
  })

  it('that another program moves a run out of while it is read does not list that one', async () => {
    const [place, away] = [await temporaryFolder(), await temporaryFolder()]
    const folder = await finishedRun()
    await cp(folder.path, join(place, 'stays'), { recursive: true })
    await cp(folder.path, join(place, 'goes'), { recursive: true })
    const readRecord: (this: RunFolder) => Promise<RunRecord> = Reflect.get(RunFolder.prototype, 'readRecord')
    vi.spyOn(RunFolder.prototype, 'readRecord').mockImplementation(async function (this: RunFolder) {
      // Just before it is read, the first time that it is.
      if (this.path === join(place, 'goes')) await rename(this.path, join(away, 'gone')).catch(() => undefined)
      return readRecord.call(this)
    })
    expect((await new Runs(place).list()).map(({ id, status }) => [id, status])).toEqual([['stays', 'finished']])
    vi.restoreAllMocks()
  })

  it('does not delete a run under way', async () => {
    const folder = await finishedRun()
    const lock = await folder.lock()
    await expectFailure(() => new Runs(join(folder.path, '..')).delete(folder.id), 'busy', /worked on already/)
    await lock.release()
  })
})

describe('a full disk', () => {
  const canMount = mountsSmallDisks()

  it.skipIf(!canMount)(
    'is said in words, and what was saved stays (needs root on Linux to mount a small disk)',
    async () => {
      const place = join(await temporaryFolder(), 'disk')
      await mkdir(place)
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', place])
      try {
        await replaceFile(join(place, 'kept'), [new Uint8Array(50_000).fill(1)])
        await expect(replaceFile(join(place, 'kept'), [new Uint8Array(500_000)])).rejects.toMatchObject({
          code: 'disk-full',
          message: expect.stringContaining('The disk is full'),
        })
        expect(await readFile(join(place, 'kept'))).toEqual(Buffer.alloc(50_000, 1))
        expect(await readdir(place)).toEqual(['kept'])
        const folder = await newRun(place, smallConfig({ epochs: 30, hidden: [200] }))
        const end = await (await trainerOf(folder)).run()
        expect(end).toMatchObject({ kind: 'failed', failure: { code: 'disk-full' } })
        await rm(join(place, 'kept'))
        const { checkpoint } = await folder.readCheckpoint(checkpointShape(await folder.readRecord()))
        expect(checkpoint === null || checkpoint.counters.update > 0).toBe(true)
      } finally {
        execFileSync('umount', [place])
      }
    },
  )
})

/** Whether this process may mount a small disk; tried, since root in a container may not. */
function mountsSmallDisks(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'made-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', place], { stdio: 'ignore' })
    execFileSync('umount', [place])
    return true
  } catch {
    return false
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
