import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, watch } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFailed } from 'vitest'
import { bySplit } from '../../src/data/split'
import { PURPOSE, RandomStream } from '../../src/made/random'
import { checkpointShape, RunFolder } from '../../src/runs/run-folder'
import { chainRows } from '../training/chain'
import { longOr } from '../long'
import { temporaryFolder } from '../training/small-run'
import { runMade, startMade, startMadeBy, type Finished, type Started } from './made-command'
import { writeNpz } from './npz-file'

/** Commands that a signal comes to at a random moment, twice. */
const DOUBLED = longOr(48, 8)

async function chainFile(place: string): Promise<string> {
  const data = join(place, 'chain.npz')
  await writeNpz(
    data,
    bySplit((split) => chainRows(split === 'train' ? 2000 : 300, 20, split.length)),
  )
  return data
}

function train(data: string, out: string, ...more: string[]): string[] {
  return ['train', '--data', data, '--hidden', '60', '--batch', '20', '--look-ahead', '1000', '--engine', 'cpu', '--out', out, ...more] // prettier-ignore
}

/** Does something at every change of a folder until the command ends. */
async function atChanges(
  folder: string,
  { child, finished }: Started,
  act: (change: number, child: Started['child'], name: string | null) => void,
): Promise<Finished> {
  let changes = 0
  const watcher = watch(folder, (_, name) => act(++changes, child, name))
  try {
    return await finished
  } finally {
    watcher.close()
  }
}

async function updatesIn(folder: RunFolder): Promise<number> {
  const { checkpoint } = await folder.readCheckpoint(checkpointShape(await folder.readRecord()))
  return checkpoint?.counters.update ?? 0
}

/** What a run keeps after its first epoch. */
const BEST = 'best.safetensors'
const SAVED = /^made: Training was interrupted in epoch \d+ and saved\.\n {6}Go on with: made resume .*\n$/

describe('an interrupted training', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'saves and leaves with the status 75 when %s comes, and 0 when it has gone on to its end',
    async (signal) => {
      const place = await temporaryFolder()
      const folder = new RunFolder(join(place, 'run'))
      await mkdir(folder.path)
      const started = startMade(...train(await chainFile(place), folder.path, '--epochs', '30'))
      const finished = await atChanges(folder.path, started, (_, child, name) => {
        if (name === BEST) child.kill(signal)
      })
      expect(finished).toMatchObject({ status: 75, signal: null, stdout: '', stderr: expect.stringMatching(SAVED) })
      expect(await updatesIn(folder)).toBeGreaterThan(0)
      const resumed = await runMade('resume', folder.path, '--json')
      expect(resumed).toMatchObject({ status: 0, stderr: '' })
      expect(JSON.parse(resumed.stdout)).toMatchObject({ epochs: 30, reason: 'epochs' })
      expect(await runMade('resume', folder.path)).toMatchObject({ status: 0, stderr: '' })
    },
  )

  it(
    `outlasts signals that come twice: ${DOUBLED} commands at random moments lose nothing, and get further or say that they did not`,
    { timeout: 600_000 },
    async () => {
      const place = await temporaryFolder()
      const data = await chainFile(place)
      const whole = new RunFolder(join(place, 'whole'))
      expect(await runMade(...train(data, whole.path, '--epochs', '40'))).toMatchObject({ status: 0 })
      const seed = Date.now()
      onTestFailed(() => console.log(`The moments were those of the seed ${seed}.`))
      const stream = new RandomStream(seed, PURPOSE.shuffle, 0)
      const folder = new RunFolder(join(place, 'run'))
      await mkdir(folder.path)
      for (let i = 0; i < DOUBLED; i++) {
        const isNew = !(await folder.exists())
        const before = isNew ? 0 : await updatesIn(folder)
        const args = isNew ? train(data, folder.path, '--epochs', '40') : ['resume', folder.path]
        const first = 1 + stream.below(25)
        const between = stream.below(3)
        const signal = i % 2 === 0 ? 'SIGTERM' : 'SIGINT'
        const end = await atChanges(folder.path, startMade(...args), (change, child) => {
          if (change === first) child.kill(signal)
          if (change === first + between) child.kill(signal)
          // And once more while it saves.
          if (change > first && change <= first + 6) child.kill(signal)
        })
        expect([i, end.signal, end.stderr.includes('    at ')]).toEqual([i, null, false])
        if (end.status === 0) {
          expect((await folder.readRecord()).status).toBe('finished')
          break
        }
        const after = (await folder.exists()) ? await updatesIn(folder) : 0
        expect([i, end.status]).toEqual([i, after > before ? 75 : signal === 'SIGTERM' ? 143 : 130])
      }
      const last = (await folder.exists()) ? ['resume', folder.path] : train(data, folder.path, '--epochs', '40')
      expect(await runMade(...last)).toMatchObject({ status: 0, stderr: '' })
      const shape = checkpointShape(await whole.readRecord())
      const [a, b] = [await whole.readCheckpoint(shape), await folder.readCheckpoint(shape)]
      expect(b.checkpoint?.state).toEqual(a.checkpoint?.state)
      expect(await readFile(folder.bestPath)).toEqual(await readFile(whole.bestPath))
    },
  )
})

const isLinux = process.platform === 'linux' ? '' : ' — SKIPPED: /proc is Linux’s'

describe.skipIf(isLinux !== '')(`a command interrupted while it reads${isLinux}`, () => {
  /** Waits until the process has the file open, and holds it still in that moment. */
  async function stoppedReading(child: Started['child'], path: string): Promise<void> {
    const reads = (): boolean => {
      const folder = `/proc/${String(child.pid)}/fd`
      try {
        return readdirSync(folder).some((name) => readlinkSync(join(folder, name)) === path)
      } catch {
        return false
      }
    }
    for (;;) {
      if (child.exitCode !== null) throw new Error('the command ended before it read')
      if (reads()) {
        child.kill('SIGSTOP')
        if (reads()) return
        child.kill('SIGCONT')
      }
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }

  it('leaves nothing behind, and its status is 128 and the number of the signal', async () => {
    const place = await temporaryFolder()
    const data = join(place, 'long.csv')
    await writeFile(data, `a,b,c\n${'0.5,x,1\n0.25,y,0\n'.repeat(400_000)}`)
    const out = join(place, 'run')
    const commands: string[][] = [
      train(data, out),
      ['data', 'inspect', data],
      ['data', 'convert', data, '--out', join(place, 'x.npz')],
    ]
    for (const [i, command] of commands.entries()) {
      const { child, finished } = startMade(...command)
      await stoppedReading(child, data)
      child.kill(i === 0 ? 'SIGTERM' : 'SIGINT')
      child.kill('SIGTERM')
      child.kill('SIGCONT')
      const end = await finished
      expect(end).toMatchObject({ signal: null, stdout: '' })
      expect([130, 143]).toContain(end.status)
      expect(end.stderr).toMatch(/^made: Interrupted \(SIG(INT|TERM)\)\.\n {6}Nothing was changed\.\n$/)
    }
    expect(readdirSync(place)).toEqual(['long.csv'])
  })
})

/** Runs a program as the first process of a pid namespace of its own, as containers do. */
const AS_FIRST = ['unshare', '--pid', '--fork', '--mount-proc']
const [unshare, ...unshareArgs] = AS_FIRST
const canUnshare = isLinux === '' && spawnSync(unshare, [...unshareArgs, 'true']).status === 0
const skippedFirst = canUnshare ? '' : ' — SKIPPED: unshare may not make a pid namespace here'

describe.skipIf(!canUnshare)(`made as the first process of a container${skippedFirst}`, () => {
  it('saves and leaves with the status 75 when SIGTERM comes, as elsewhere', async () => {
    const place = await temporaryFolder()
    const folder = new RunFolder(join(place, 'run'))
    await mkdir(folder.path)
    const started = startMadeBy(AS_FIRST, ...train(await chainFile(place), folder.path, '--epochs', '1000'))
    const finished = await atChanges(folder.path, started, (_, child, name) => {
      if (name !== BEST) return
      const children = `/proc/${String(child.pid)}/task/${String(child.pid)}/children`
      const inner = existsSync(children) ? Number(readFileSync(children, 'utf8').trim().split(' ')[0]) : 0
      if (inner > 0) process.kill(inner, 'SIGTERM')
    })
    expect(finished).toMatchObject({ status: 75, stderr: expect.stringMatching(SAVED) })
    expect(await updatesIn(folder)).toBeGreaterThan(0)
  })
})
