import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, watch } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFailed } from 'vitest'
import { PURPOSE, RandomStream } from '../../src/made/random'
import { RunFolder } from '../../src/runs/run-folder'
import { longOr } from '../long'
import { startBuiltMade, type Started } from './made-command'
import { prepared, runPath, SMALL_BASE, trainedAlone } from './small-sweep'

/** Runs that take half a second. */
const LONGER = { ...SMALL_BASE, hidden: [60], epochs: 40 }
/** Runs that are certainly under way when their first model is seen. */
const LONGEST = { ...LONGER, epochs: 120 }
const BEST = 'best.safetensors'
/** How often a run is killed. */
const KILLS = longOr(20, 2)

/** Does something when a file of that name is next changed in a folder. */
function atChange(folder: string, name: string, act: () => void): () => void {
  const watcher = watch(folder, (_, changed) => {
    if (changed === name) act()
  })
  return () => watcher.close()
}

function best(sweep: string, point: number): Promise<Buffer> {
  return readFile(join(runPath(sweep, point), BEST))
}

/** Lines of the metrics that tell of an epoch, with how often each epoch counts for a reader. */
async function epochsOf(sweep: string, point: number): Promise<number[]> {
  const folder = new RunFolder(runPath(sweep, point))
  const { epochs } = await folder.readHistory(await folder.readRecord())
  return epochs.map(({ epoch }) => epoch)
}

describe('a worker of a sweep', () => {
  it(`that is killed goes on when the same command is given again: ${KILLS} times at random moments`, async () => {
    const { place, path } = await prepared({ base: LONGER, vary: { seed: [7] } })
    const seed = Date.now()
    onTestFailed(() => console.log(`The moments were those of the seed ${seed}.`))
    const stream = new RandomStream(seed, PURPOSE.shuffle, 1)
    for (let i = 0; i < KILLS; i++) {
      const { child, finished } = startBuiltMade('sweep', 'run', path, '0')
      let changes = 0
      const last = 1 + stream.below(40)
      const watcher = watch(runPath(path, 0), () => {
        if (++changes === last) child.kill('SIGKILL')
      })
      const { status, signal } = await finished
      watcher.close()
      expect([status, signal]).toEqual(signal === null ? [0, null] : [null, 'SIGKILL'])
    }
    expect(await startBuiltMade('sweep', 'run', path, '0').finished).toMatchObject({ status: 0 })
    expect(await best(path, 0)).toEqual((await trainedAlone(place, path))[0])
    expect(await epochsOf(path, 0)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
  })

  it('saves at SIGTERM and leaves with 75, and the rest of its task is done by whoever comes next', async () => {
    const { place, path } = await prepared({ base: LONGEST, vary: { seed: [1, 2] } }, '--pack', '2')
    const { child, finished } = startBuiltMade('sweep', 'run', path, '0')
    const close = atChange(runPath(path, 1), BEST, () => child.kill('SIGTERM'))
    expect(await finished).toMatchObject({ status: 75, stdout: 'p00000: to its end\n', stderr: expect.stringMatching(/^made: Point p00001 was interrupted and saved\.\n/) }) // prettier-ignore
    close()
    expect(await startBuiltMade('sweep', 'run', path, '0').finished).toMatchObject({ status: 0, stdout: 'p00000: to its end\np00001: to its end\n' }) // prettier-ignore
    const alone = await trainedAlone(place, path)
    for (const point of [0, 1]) expect(await best(path, point)).toEqual(alone[point])
  })

  it('waits for another that trains its point, and takes over from one that is gone', async () => {
    const { place, path } = await prepared({ base: LONGEST, vary: { seed: [3] } })
    const first = startBuiltMade('sweep', 'run', path, '0')
    await changed(runPath(path, 0), BEST)
    first.child.kill('SIGSTOP')
    const second = startBuiltMade('sweep', 'run', path, '0')
    await said(second, 'Another worker trains point p00000')
    // It got no further, so it is not to be started again by itself.
    second.child.kill('SIGTERM')
    expect(await second.finished).toMatchObject({ status: 1, stderr: expect.stringContaining('before it got any further') }) // prettier-ignore
    const third = startBuiltMade('sweep', 'run', path, '0')
    await said(third, 'Another worker trains point p00000')
    first.child.kill('SIGKILL')
    expect(await third.finished).toMatchObject({ status: 0 })
    expect(await best(path, 0)).toEqual((await trainedAlone(place, path))[0])
  })
})

async function changed(folder: string, name: string): Promise<void> {
  await new Promise<void>((resolve) => {
    const close = atChange(folder, name, () => {
      close()
      resolve()
    })
  })
}

async function said({ child: { stderr } }: Started, text: string): Promise<void> {
  let all = ''
  while (!all.includes(text)) {
    const [chunk] = (await once(stderr ?? process.stderr, 'data')) as [Buffer]
    all += chunk.toString()
  }
}

const hasParallel = spawnSync('parallel', ['--version']).stdout?.toString().startsWith('GNU parallel') ?? false
const skipped = hasParallel && process.platform === 'linux' ? '' : ' — SKIPPED: there is no GNU parallel here'

describe.skipIf(skipped !== '')(`GNU parallel${skipped}`, () => {
  it('does a sweep that is interrupted, killed and begun again, as if nothing had been', async () => {
    const { place, path } = await prepared({
      base: LONGER,
      vary: { seed: [1, 2, 3] },
    })
    const job = [join(path, 'jobs', 'parallel.sh'), '--will-cite', '--jobs', '2']
    const interrupted = spawn('sh', job, { stdio: 'ignore' })
    await changed(runPath(path, 1), BEST)
    interrupted.kill('SIGTERM')
    expect((await once(interrupted, 'exit'))[0]).toBe(75)
    expect(workersOn(path)).toEqual([])
    const killed = spawn('sh', job, { stdio: 'ignore' })
    await changed(runPath(path, 2), BEST)
    for (const pid of workersOn(path)) spawnSync('kill', ['-KILL', String(pid)])
    await once(killed, 'exit')
    expect(spawnSync('sh', job).status).toBe(0)

    for (const [point, model] of (await trainedAlone(place, path)).entries()) {
      expect(await epochsOf(path, point)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
      expect(await best(path, point)).toEqual(model)
    }
  })
})

/** The processes that work on the points of a sweep. */
function workersOn(path: string): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0')
      return words[0].endsWith('node') && words.includes('sweep') && words.includes(path) ? [Number(name)] : []
    } catch {
      return []
    }
  })
}
