import { spawn, type ChildProcess } from 'node:child_process'
import { readdir, readFile, utimes } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { RunFolder } from '../../src/runs/run-folder'
import { canMakeNamespaces, IN_NEW_NAMESPACE } from '../runs/lock-workers'
import { temporaryFolder } from '../training/small-run'
import { runMade } from './made-command'

const MADE = join(import.meta.dirname, '..', '..', 'out', 'cli', 'made.js')

it.skipIf(!canMakeNamespaces())(
  'of two commands in containers of their own one trains, and no epoch is known twice (needs unshare and root)',
  { timeout: 300_000 },
  async () => {
    // Brings the built command up to date.
    expect(await runMade('--help')).toMatchObject({ status: 0 })
    const folder = new RunFolder(join(await temporaryFolder(), 'run'))
    const data = 'synthetic:bars-and-stripes,train=500,valid=50,test=50'
    const first = startInContainer(
      'train',
      '--data',
      data,
      '--out',
      folder.path,
      '--engine',
      'cpu',
      '--epochs',
      '100000',
      '--look-ahead',
      '100000',
    )
    await expect.poll(async () => (await epochsIn(folder)).length, { timeout: 100_000 }).toBeGreaterThan(3)

    const refused = startInContainer('resume', folder.path)
    expect(await refused.ended).toBe(1)
    expect(refused.words()).toContain('This run is being worked on by another MADE Studio or made command')

    // The first is held still, as a machine that sleeps is, for longer than a lock lasts.
    const held = innerPid(first.child)
    process.kill(held, 'SIGSTOP')
    const then = new Date(Date.now() - 120_000)
    for (const name of await readdir(folder.path))
      if (name.startsWith('.lock')) await utimes(join(folder.path, name), then, then)
    const before = (await epochsIn(folder)).length
    const second = startInContainer('resume', folder.path)
    await expect.poll(async () => (await epochsIn(folder)).length, { timeout: 100_000 }).toBeGreaterThan(before + 3)
    process.kill(held, 'SIGCONT')
    expect(await first.ended).toBe(1)
    expect(first.words()).toContain('This run was taken over by another MADE Studio or made command')
    const after = (await epochsIn(folder)).length
    await expect.poll(async () => (await epochsIn(folder)).length, { timeout: 100_000 }).toBeGreaterThan(after + 3)
    process.kill(innerPid(second.child), 'SIGTERM')
    await second.ended
    // A line that the first was about to write when it was held still is one too many on the disk, and none that is read.
    const { epochs, losses } = await folder.readHistory(await folder.readRecord())
    // No stretch of the curve is missing.
    const stretches = losses.map(({ update }, i) => update - (losses[i - 1]?.update ?? 0))
    expect(Math.max(...stretches)).toBe(stretches[0])
    expect(epochs.map(({ epoch }) => epoch)).toEqual(epochs.map((_, i) => i + 1))
    expect(epochs.length).toBeGreaterThan(3)
  },
)

/** The epochs recorded so far, as they were written, one after another. */
async function epochsIn({ path }: RunFolder): Promise<number[]> {
  const text = await readFile(join(path, 'metrics.jsonl'), 'utf8').catch(() => '')
  return [...text.matchAll(/^\{"type":"epoch","epoch":(\d+)/gm)].map(([, epoch]) => Number(epoch))
}

function startInContainer(...args: string[]): {
  child: ChildProcess
  ended: Promise<number | null>
  words: () => string
} {
  const [command, ...before] = [...IN_NEW_NAMESPACE, process.execPath, MADE, ...args]
  const child = spawn(command, before, { stdio: ['ignore', 'ignore', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const told: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => told.push(chunk))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, ended, words: () => Buffer.concat(told).toString() }
}

/** The one process that was started in a namespace. */
function innerPid({ pid = 0 }: ChildProcess): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'))
}
