import { watch } from 'node:fs'
import { cp, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFailed } from 'vitest'
import { bySplit } from '../../src/data/split'
import { PURPOSE, RandomStream } from '../../src/made/random'
import { checkpointShape, RunFolder } from '../../src/runs/run-folder'
import { chainRows } from '../training/chain'
import { temporaryFolder } from '../training/small-run'
import { runMade, startMade, type Finished } from './made-command'
import { writeNpz } from './npz-file'

const KILLS = 25

describe('a process killed at any moment', () => {
  it(
    `loses nothing: ${KILLS} SIGKILLs at random points, then the same parameters as a run that was never killed`,
    { timeout: 600_000 },
    async () => {
      const place = await temporaryFolder()
      const data = join(place, 'chain.npz')
      await writeNpz(
        data,
        bySplit((split) => chainRows(split === 'train' ? 3000 : 400, 24, split.length)),
      )
      const settings = [
        '--data',
        data,
        '--hidden',
        '200,100',
        '--orderings',
        '2',
        '--masks',
        '3',
        '--direct',
        '--batch',
        '20',
      ]
      const train = (out: string): string[] => [
        'train',
        ...settings,
        '--epochs',
        '20',
        '--look-ahead',
        '100',
        '--out',
        out,
      ]

      const whole = new RunFolder(join(place, 'whole'))
      const { finished, changes } = await runUntil(whole, Infinity, ...train(whole.path))
      expect(finished).toMatchObject({ status: 0 })
      expect(changes).toBeGreaterThan(20)

      const seed = Date.now()
      onTestFailed(() => console.log(`The moments were those of the seed ${seed}.`))
      const stream = new RandomStream(seed, PURPOSE.shuffle, 0)
      let runs = 0
      let killed = new RunFolder(join(place, `killed-${runs}`))
      // Each start gets somewhat further; a run that finishes is compared, and the next one begins.
      for (let kills = 0; kills < KILLS;) {
        const args = (await killed.exists()) ? ['resume', killed.path] : train(killed.path)
        const { signal } = (await runUntil(killed, 1 + stream.below(Math.ceil(changes / 2)), ...args)).finished
        if (signal === 'SIGKILL') await expectToOpen(killed, join(place, `copy-${kills++}`))
        else {
          await expectSame(killed, whole)
          killed = new RunFolder(join(place, `killed-${++runs}`))
        }
      }
      if (!(await killed.exists())) await runMade(...train(killed.path))
      else if ((await killed.readRecord()).status !== 'finished')
        expect(await runMade('resume', killed.path)).toMatchObject({ status: 0, stderr: '' })
      await expectSame(killed, whole)
    },
  )
})

/**
 * Runs `made` until it has changed its folder so often (a file made, written or renamed), and then kills it. So a kill
 * comes at a point of the work, whether the machine is fast or slow.
 */
async function runUntil(
  folder: RunFolder,
  change: number,
  ...args: string[]
): Promise<{ readonly finished: Finished; readonly changes: number }> {
  await mkdir(folder.path, { recursive: true })
  const { child, finished } = startMade(...args)
  let changes = 0
  const watcher = watch(folder.path, () => {
    if (++changes >= change) child.kill('SIGKILL')
  })
  try {
    const end = await finished
    return { finished: end, changes }
  } finally {
    watcher.close()
  }
}

async function expectSame(killed: RunFolder, whole: RunFolder): Promise<void> {
  const shape = checkpointShape(await whole.readRecord())
  const [a, b] = [await whole.readCheckpoint(shape), await killed.readCheckpoint(shape)]
  expect(b.checkpoint?.state).toEqual(a.checkpoint?.state)
  expect(await readFile(killed.bestPath)).toEqual(await readFile(whole.bestPath))
  const record = await killed.readRecord()
  expect(record).toMatchObject({ status: 'finished', test: (await whole.readRecord()).test })
}

/** Whatever the moment of the kill, what is there opens without a complaint (if the folder was begun at all). */
async function expectToOpen(folder: RunFolder, copy: string): Promise<void> {
  if (!(await folder.exists())) return
  await cp(folder.path, copy, { recursive: true })
  const copied = new RunFolder(copy)
  const record = await copied.readRecord()
  expect((await copied.readCheckpoint(checkpointShape(record))).failures).toEqual([])
  if (await copied.hasBest()) expect((await copied.readBest()).spec.inputs).toBe(24)
  const { epochs } = await copied.readHistory(record)
  expect(epochs.map(({ epoch }) => epoch)).toEqual(epochs.map((_, i) => i + 1))
}
