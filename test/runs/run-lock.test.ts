import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fsPromises, { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { PLACE } from '../../src/files/processes'
import { failureOf } from '../../src/base/failure'
import { checkpointShape, RunFolder } from '../../src/runs/run-folder'
import { RunLock } from '../../src/runs/run-lock'
import { newRun, smallConfig, temporaryFolder, trainerOf } from '../training/small-run'
import { buildLockWorker, canMakeNamespaces, IN_NEW_NAMESPACE, LockWorker } from './lock-workers'

/** Stands between the lock and the file system: what a call waits for, and whether there are hard links. */
const disk = vi.hoisted(() => ({
  before: (_call: string): Promise<void> => Promise.resolve(),
  hasLinks: true,
}))
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  const through = <T extends unknown[], R>(name: string, call: (...given: T) => Promise<R>) => {
    return async (...given: T): Promise<R> => {
      await disk.before(name)
      return call(...given)
    }
  }
  const link: typeof real.link = async (from, to) => {
    await disk.before('link')
    if (!disk.hasLinks) throw Object.assign(new Error('operation not permitted, link'), { code: 'EPERM' })
    await real.link(from, to)
  }
  const changed = {
    link,
    open: through('open', real.open as (...given: unknown[]) => Promise<unknown>),
    readdir: through('readdir', real.readdir as (...given: unknown[]) => Promise<unknown>),
    rm: through('rm', real.rm),
  }
  return { ...real, ...changed, default: { ...real, ...changed } }
})

let built: string
let program: string

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'made-lock-'))
  program = await buildLockWorker(built)
})

afterAll(() => rm(built, { recursive: true, force: true }))

afterEach(() => {
  disk.before = () => Promise.resolve()
  disk.hasLinks = true
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** Lets the locks of a folder look as if they had not been touched for so many seconds. */
async function age(folder: string, seconds: number): Promise<void> {
  const then = new Date(Date.now() - 1000 * seconds)
  for (const name of await locksIn(folder)) await utimes(join(folder, name), then, then)
}

async function locksIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith('.lock'))
}

/** The one lock of a folder: its path and its text. */
async function lockOf(folder: string): Promise<{ readonly path: string; readonly text: string }> {
  const names = await locksIn(folder)
  expect(names).toHaveLength(1)
  const path = join(folder, names[0])
  return { path, text: await readFile(path, 'utf8') }
}

function pidIn(lock: string): number {
  return Number(/"pid":(\d+)/.exec(lock)?.[1])
}

async function epochsIn(folder: string): Promise<number[]> {
  const text = await readFile(join(folder, 'metrics.jsonl'), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { epoch: number }).epoch)
}

describe('of many processes that want one run', () => {
  it('exactly one gets it, whatever lay there before', async () => {
    const place = await temporaryFolder()
    const workers = await Promise.all(Array.from({ length: 8 }, () => LockWorker.start(program)))
    for (let round = 0; round < 24; round++) {
      const folder = join(place, String(round))
      await mkdir(folder)
      if (round % 3 === 1) {
        await writeFile(join(folder, '.lock'), '999999999')
        await age(folder, 120)
      }
      if (round % 3 === 2) {
        const dying = await LockWorker.start(program)
        expect(await dying.ask(`take ${folder}`)).toBe('won')
        await dying.kill()
      }
      const answers = await Promise.all(workers.map((worker) => worker.ask(`take ${folder}`)))
      const refused = answers.filter((answer) => answer.includes('"busy"'))
      expect([answers.filter((answer) => answer === 'won').length, refused.length], answers.join('\n')).toEqual([1, 7])
      expect(await locksIn(folder)).toHaveLength(1)
      await Promise.all(workers.map((worker) => worker.ask('release')))
      expect(await new RunFolder(folder).isHeld()).toBe(false)
    }
  })

  it.each([true, false])(
    'no two have it, in whatever order their calls reach the disk (hard links: %s)',
    async (hasLinks) => {
      await fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          fc.constantFrom('nothing', 'released', 'stale'),
          fc.integer({ min: 2, max: 4 }),
          async (scheduler, before, takers) => {
            const folder = await mkdtemp(join(tmpdir(), 'made-order-'))
            try {
              if (before === 'released') await (await new RunFolder(folder).lock()).release()
              if (before === 'stale') {
                await writeFile(join(folder, '.lock'), '1')
                await age(folder, 120)
              }
              disk.hasLinks = hasLinks
              disk.before = (call) => scheduler.schedule(Promise.resolve(), call)
              let holders = 0
              let wins = 0
              const taker = async (): Promise<void> => {
                const run = new RunFolder(folder)
                for (let time = 0; time < 3; time++) {
                  const hold = await run.lock().catch((error: unknown) => failureOf(error).code)
                  if (typeof hold === 'string') {
                    expect(hold).toBe('busy')
                    continue
                  }
                  wins++
                  expect(++holders).toBe(1)
                  await scheduler.schedule(Promise.resolve(), 'work')
                  expect(await run.isHeld()).toBe(true)
                  holders--
                  await hold.release()
                }
              }
              await scheduler.waitFor(Promise.all(Array.from({ length: takers }, taker)))
              expect(wins).toBeGreaterThan(0)
            } finally {
              disk.before = () => Promise.resolve()
              await rm(folder, { recursive: true, force: true })
            }
          },
        ),
        { numRuns: 40 },
      )
    },
  )

  it('one that looked long ago, when nobody had it, does not get it while another has it', async () => {
    const folder = await temporaryFolder()
    let goOn: () => void = () => undefined
    const waits = new Promise<void>((arrived) => {
      disk.before = (call) => {
        if (call !== 'link') return Promise.resolve()
        disk.before = () => Promise.resolve()
        arrived()
        return new Promise((resolve) => (goOn = resolve))
      }
    })
    const slow = new RunFolder(folder).lock()
    await waits
    await (await new RunFolder(folder).lock()).release()
    const hold = await new RunFolder(folder).lock()
    goOn()
    await expect(slow).rejects.toMatchObject({ code: 'busy' })
    expect(await locksIn(folder)).toEqual(['.lock.2'])
    await hold.release()
  })

  it('however many die on the way to it, what they were writing does not pile up', async () => {
    const folder = await temporaryFolder()
    const holder = await RunLock.take(folder)
    const ended = spawnSync(process.execPath, ['--version']).pid
    const draft = (pid: number): string => `..lock.${PLACE}.${pid}.0123456789ab.tmp`
    for (const name of [draft(ended), draft(process.ppid)]) await writeFile(join(folder, name), 'held')
    await expect(RunLock.take(folder)).rejects.toMatchObject({ code: 'busy' })
    const left = (await readdir(folder)).filter((name) => name.endsWith('.tmp'))
    expect(left).toEqual([draft(process.ppid)])
    await holder.release()
  })

  it('what could not be removed when it was taken goes when it is given back', async () => {
    const folder = await temporaryFolder()
    await (await RunLock.take(folder)).release()
    const before = await lockOf(folder)
    const lock = await RunLock.take(folder)
    await writeFile(before.path, before.text)
    expect(await locksIn(folder)).toHaveLength(2)
    await lock.release()
    expect((await lockOf(folder)).path).not.toBe(before.path)
  })

  it('one that dies between any two of its steps leaves nothing that stands in the way', async () => {
    const place = await temporaryFolder()
    let deaths = 0
    for (let call = 1; ; call++) {
      const folder = join(place, String(call))
      await mkdir(folder)
      await (await new RunFolder(folder).lock()).release()
      const worker = await LockWorker.start(program, { env: { DIE_AT: String(call) } })
      const isOver = (await worker.ask(`take ${folder}`)) === 'won' && (await worker.ask('release')) === 'released'
      if (!isOver) await worker.over
      const after = new RunFolder(folder)
      expect(await after.isHeld()).toBe(false)
      const hold = await after.lock()
      expect(await locksIn(folder)).toHaveLength(1)
      await hold.release()
      if (isOver) break
      deaths++
    }
    expect(deaths).toBeGreaterThan(6)
  })
})

describe('a lock', () => {
  it('is this one’s until it is released, and says who held it', async () => {
    const folder = await temporaryFolder()
    const hold = await new RunFolder(folder).lock()
    expect(await new RunFolder(folder).isHeld()).toBe(true)
    await expect(new RunFolder(folder).lock()).rejects.toMatchObject({ code: 'busy' })
    const { text } = await lockOf(folder)
    const [word, json] = text.split('\n')
    expect(word.trim()).toBe('held')
    expect(JSON.parse(json)).toMatchObject({
      host: hostname(),
      pid: process.pid,
      pidNamespace: expect.stringMatching(/./),
      nonce: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    await hold.release()
    expect((await lockOf(folder)).text).toMatch(/^released\n/)
    expect(await new RunFolder(folder).isHeld()).toBe(false)
  })

  it('may be taken again by whoever has it, and is free when all is released', async () => {
    const run = new RunFolder(await temporaryFolder())
    const [outer, inner] = [await run.lock(), await run.lock()]
    await inner.release()
    await inner.release()
    expect(await run.isHeld()).toBe(true)
    await outer.release()
    expect(await run.isHeld()).toBe(false)
  })

  it('of another host holds for a minute after it was touched, by the clock of the folder', async () => {
    const folder = await temporaryFolder()
    await (await new RunFolder(folder).lock()).release()
    const { path, text } = await lockOf(folder)
    await writeFile(path, text.replace('released', 'held    ').replace(`"${hostname()}"`, '"node-17"'))
    // Clocks of hosts differ; that of this one does not count.
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000)
    expect(await new RunFolder(folder).isHeld()).toBe(true)
    await expect(new RunFolder(folder).lock()).rejects.toMatchObject({
      code: 'busy',
      message: expect.stringContaining('on node-17'),
    })
    vi.restoreAllMocks()
    await age(folder, 50)
    expect(await new RunFolder(folder).isHeld()).toBe(true)
    await age(folder, 70)
    expect(await new RunFolder(folder).isHeld()).toBe(false)
    await (await new RunFolder(folder).lock()).release()
  })

  it('of a process that is gone is free at once, and so is one of a later process with its number', async () => {
    const folder = await temporaryFolder()
    const worker = await LockWorker.start(program)
    expect(await worker.ask(`take ${folder}`)).toBe('won')
    const { path, text } = await lockOf(folder)
    // Stopped or silent, it holds its run for as long as it is there to be seen.
    const stopped = worker.hold()
    await age(folder, 3600)
    expect(await new RunFolder(folder).isHeld()).toBe(true)
    stopped.release()
    if (process.platform === 'linux') {
      await writeFile(path, text.replace(/"began":"\d+"/, '"began":"1"'))
      expect(await new RunFolder(folder).isHeld()).toBe(false)
      await writeFile(path, text)
    }
    await worker.kill()
    expect(await new RunFolder(folder).isHeld()).toBe(false)
    // As a container's first process finds one of the container's first process before.
    await writeFile(path, text.replace(`"pid":${worker.child.pid ?? 0}`, `"pid":${process.pid}`))
    expect(await new RunFolder(folder).isHeld()).toBe(false)
  })

  it.skipIf(process.platform !== 'linux')(
    'of a process that is over, though nobody has asked how it ended, is free (Linux)',
    async () => {
      const folder = await temporaryFolder()
      // The shell is stopped, so that it cannot ask.
      const worker = await LockWorker.start(program, { before: ['sh', '-c', '"$0" "$1" <&0; true'] })
      expect(await worker.ask(`take ${folder}`)).toBe('won')
      expect(await new RunFolder(folder).isHeld()).toBe(true)
      process.kill(worker.child.pid ?? 0, 'SIGSTOP')
      process.kill(pidIn((await lockOf(folder)).text), 'SIGKILL')
      await expect.poll(() => new RunFolder(folder).isHeld()).toBe(false)
    },
  )

  it('cut off at any byte, or written by an earlier version, holds for a minute and no longer', async () => {
    const folder = await temporaryFolder()
    await (await new RunFolder(folder).lock()).release()
    const { path, text } = await lockOf(folder)
    const held = text.replace('released', 'held    ').replace(`"${hostname()}"`, '"node-17"')
    const cutsOf = (whole: string): string[] =>
      Array.from({ length: whole.length }, (_, length) => whole.slice(0, length))
    for (const cut of [...cutsOf(held), ...cutsOf('released'), String(process.pid), '\u0000'.repeat(200)]) {
      await writeFile(path, cut)
      expect(await new RunFolder(folder).isHeld(), cut).toBe(true)
      await age(folder, 120)
      expect(await new RunFolder(folder).isHeld(), cut).toBe(false)
    }
    await mkdir(join(folder, '.lock.7'))
    expect(await new RunFolder(folder).isHeld()).toBe(true)
    await age(folder, 120)
    await (await new RunFolder(folder).lock()).release()
    expect(await locksIn(folder)).toContain('.lock.8')
  })

  it('is touched while it is held', async () => {
    const folder = await temporaryFolder()
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const hold = await new RunFolder(folder).lock()
    await age(folder, 3600)
    const { path, text } = await lockOf(folder)
    await vi.advanceTimersByTimeAsync(6_000)
    await expect.poll(async () => Date.now() - (await stat(path)).mtimeMs).toBeLessThan(1_800_000)
    expect(await readFile(path, 'utf8')).toBe(text)
    await hold.release()
  })
})

describe('a run that was taken over', () => {
  /** A run in training, whose lock another host takes over at the end of its second epoch. */
  async function robbed(): Promise<{ folder: RunFolder; files: () => Promise<Map<string, string>>; heard: string[] }> {
    const folder = await newRun(await temporaryFolder(), smallConfig({ epochs: 6 }))
    const files = async (): Promise<Map<string, string>> => {
      const names = (await readdir(folder.path, { recursive: true })).filter((name) => name !== '.lock.2')
      return new Map(await Promise.all(names.map(async (name) => [name, await contentOf(folder.path, name)] as const)))
    }
    const heard: string[] = []
    let taken: Map<string, string> | null = null
    const append = folder.appendMetrics.bind(folder)
    vi.spyOn(folder, 'appendMetrics').mockImplementation(async (lines) => {
      if (taken === null && lines.some((line) => line.type === 'epoch' && line.epoch === 2)) {
        const name = (await locksIn(folder.path))[0]
        const text = await readFile(join(folder.path, name), 'utf8')
        const next = `.lock.${Number(/\d+/.exec(name)?.[0]) + 1}`
        const other = text.replace(`"${hostname()}"`, '"node-17"').replace(/"nonce":"[^"]*"/, '"nonce":"theirs"')
        await writeFile(join(folder.path, next), other)
        taken = await files()
      }
      await append(lines)
    })
    const trainer = await trainerOf(folder, (event) => {
      if (event.type === 'warning') heard.push(event.failure.message.english)
    })
    const end = await trainer.run()
    expect(end).toMatchObject({
      kind: 'failed',
      failure: { code: 'busy', message: { english: expect.stringMatching(/was taken over .* on node-17/) } },
    })
    expect(await files()).toEqual(taken)
    return { folder, files, heard }
  }

  it('is written to no more, says so once, and leaves the lock of the other alone', async () => {
    const { folder, heard } = await robbed()
    expect(heard).toEqual([])
    expect(await folder.isHeld()).toBe(true)
    expect(await locksIn(folder.path)).toContain('.lock.3')
    await expect(folder.lock()).rejects.toMatchObject({ code: 'busy' })
    expect((await folder.readHistory(await folder.readRecord())).epochs.map(({ epoch }) => epoch)).toEqual([1])
    await age(folder.path, 120)
    expect(await (await trainerOf(folder)).run()).toMatchObject({ kind: 'finished', result: { epochs: 6 } })
    expect((await folder.readCheckpoint(checkpointShape(await folder.readRecord()))).failures).toEqual([])
  })

  it('between the writing of a checkpoint and its renaming keeps the checkpoint of the other', async () => {
    const folder = await newRun(await temporaryFolder(), smallConfig({ epochs: 2 }))
    await (await trainerOf(folder)).run()
    const record = await folder.readRecord()
    const { checkpoint } = await folder.readCheckpoint(checkpointShape(record))
    if (!checkpoint) throw new Error('there is no checkpoint')
    const before = await readFile(folder.checkpointPath)
    const hold = await folder.lock()
    const { path, text } = await lockOf(folder.path)
    disk.before = async (call) => {
      if (call !== 'open') return
      const names = await readdir(folder.path).catch((): string[] => [])
      const isStaged = names.some((name) => name.startsWith('.checkpoint.safetensors.'))
      if (isStaged) await fsPromises.writeFile(path, text.replace(/"nonce":"[^"]*"/, '"nonce":"theirs"'))
    }
    await expect(folder.writeCheckpoint(checkpointShape(record), checkpoint, record)).rejects.toMatchObject({
      code: 'busy',
    })
    disk.before = () => Promise.resolve()
    expect(await readFile(folder.checkpointPath)).toEqual(before)
    await hold.release()
  })

  it('whose whole folder is gone for a while was not taken over', async () => {
    const place = await temporaryFolder()
    const folder = await newRun(place, smallConfig())
    const hold = await folder.lock()
    const record = await folder.readRecord()
    await fsPromises.rename(folder.path, join(place, 'pulled out'))
    await expect(folder.writeRecord(record)).rejects.toMatchObject({ code: 'not-writable' })
    await fsPromises.rename(join(place, 'pulled out'), folder.path)
    await folder.writeRecord(record)
    await hold.release()
  })
})

describe('across pid namespaces', () => {
  it.skipIf(!canMakeNamespaces())(
    'a process that this one cannot see holds its run, until it has been silent for a minute (needs unshare and root)',
    async () => {
      const folder = new RunFolder(await temporaryFolder())
      const other = await LockWorker.start(program, { before: IN_NEW_NAMESPACE })
      expect(await other.ask(`take ${folder.path}`)).toBe('won')
      await expect(folder.lock()).rejects.toMatchObject({ code: 'busy' })
      // It is process 1 there, as this one is in its own.
      const third = await LockWorker.start(program, { before: IN_NEW_NAMESPACE })
      expect(await third.ask(`take ${folder.path}`)).toContain('"busy"')
      expect(await other.ask('write 1')).toBe('written')

      const stopped = other.hold()
      await age(folder.path, 120)
      expect(await third.ask(`take ${folder.path}`)).toBe('won')
      expect(await third.ask('write 2')).toBe('written')
      stopped.release()
      expect(await other.ask('write 2')).toMatch(/^refused .*"busy".*was taken over/)
      expect(await other.ask('release')).toBe('released')
      expect(await folder.isHeld()).toBe(true)
      expect(await epochsIn(folder.path)).toEqual([1, 2])
    },
  )
})

/** What tells the content of a file from others. */
async function contentOf(folder: string, name: string): Promise<string> {
  if (!(await stat(join(folder, name))).isFile()) return 'a folder'
  return createHash('sha256')
    .update(await readFile(join(folder, name)))
    .digest('hex')
}
