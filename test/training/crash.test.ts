import { cp, readdir, readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CpuEngine } from '../../src/engine/cpu/cpu-engine'
import { DEFAULT_OPTIMIZERS } from '../../src/made/optimizer'
import { Journal } from '../../src/runs/journal'
import { checkpointShape, RunFolder } from '../../src/runs/run-folder'
import { summarise } from '../../src/runs/run-summary'
import { evaluate } from '../../src/training/evaluation'
import { unwatchDisk, watchDisk, type Step } from '../files/watched-disk'
import { isLong } from '../long'
import { newRun, smallConfig, smallData, temporaryFolder, trainerOf } from './small-run'

vi.mock('node:fs/promises', async (original) =>
  (await import('../files/watched-disk')).watchedDisk(await original<typeof import('node:fs/promises')>()),
)

afterEach(() => {
  unwatchDisk()
  vi.restoreAllMocks()
})

const CONFIG = smallConfig({ epochs: 4, hidden: [4], optimizer: { ...DEFAULT_OPTIMIZERS.adam, learningRate: 0.03 } })
const DATA = smallData(5)

/** Checkpoints after every second epoch, however fast the machine is: so best models wait for the one that knows of them. */
function saveAfterEverySecondEpoch(): void {
  vi.spyOn(Journal.prototype, 'isDue').mockReturnValue(false)
  let epochs = 0
  vi.spyOn(Journal.prototype, 'isDueAtEpoch').mockImplementation(() => ++epochs % 2 === 0)
}

/** The power goes before change number `steps` of the disk, whatever is going on. @returns the change that did not happen */
async function trainUntilCrash(folder: RunFolder, steps: number): Promise<Step | null> {
  saveAfterEverySecondEpoch()
  let done = 0
  let cut: Step | null = null
  watchDisk((step) => {
    if (cut === null && done++ < steps) return null
    cut ??= step
    return new Error('the power is gone')
  })
  await (await trainerOf(folder, undefined, DATA)).run().catch(() => undefined)
  unwatchDisk()
  for (const name of await readdir(folder.path)) if (name.startsWith('.lock')) await rm(join(folder.path, name))
  return cut
}

/** What a file is, whatever its number and that of the process that writes it. */
function kindOf(path: string): string {
  return basename(path).replace(/[\da-f]{6,}|\d+/g, '#')
}

/** The recorded best epoch and loss are those of the model in the file. */
async function expectAgreement(folder: RunFolder, where: string): Promise<void> {
  const { best, hasBest } = await summarise(folder)
  expect([where, hasBest]).toEqual([where, best !== null])
  if (best === null) return
  const model = await folder.readBest()
  const session = await new CpuEngine('test').open(model, null)
  const { nll } = await evaluate(session, DATA.splits.valid, model.connectivities, () => Promise.resolve())
  await session.close()
  expect([where, best.epoch, nll.toFixed(9)]).toEqual([where, best.epoch, best.validNll.toFixed(9)])
}

async function finalState(folder: RunFolder): Promise<unknown> {
  const record = await folder.readRecord()
  const { checkpoint } = await folder.readCheckpoint(checkpointShape(record))
  const { epochSeconds: _, ...counters } = checkpoint?.counters ?? {}
  const { epochs, losses } = await folder.readHistory(record)
  return {
    counters,
    state: checkpoint?.state,
    best: await readFile(folder.bestPath),
    epochs: epochs.map(({ seconds: _, ...epoch }) => epoch),
    losses,
    recorded: [record.status, record.epoch, record.best, record.test],
  }
}

describe('a run cut off at any step of any save', () => {
  it(
    'has the best model that it says it has, and goes on bit for bit as if it had not been',
    { timeout: 300_000 },
    async () => {
      const place = await temporaryFolder()
      const begun = await newRun(place, CONFIG, DATA)
      const whole = new RunFolder(join(place, 'whole'))
      await cp(begun.path, whole.path, { recursive: true })
      const kinds: string[] = []
      watchDisk(({ what, path }) => (kinds.push(`${what} ${kindOf(path)}`), null))
      saveAfterEverySecondEpoch()
      await (await trainerOf(whole, undefined, DATA)).run()
      unwatchDisk()
      const expected = await finalState(whole)
      expect(kinds.length).toBeGreaterThan(100)

      // In `npm test`, of each kind the first and the last.
      const isTried = (kind: string, step: number): boolean =>
        isLong || kinds.indexOf(kind) === step || kinds.lastIndexOf(kind) === step
      for (const step of kinds.keys()) {
        if (!isTried(kinds[step], step)) continue
        const folder = new RunFolder(join(place, `cut-${step}`))
        await cp(begun.path, folder.path, { recursive: true })
        const cut = await trainUntilCrash(folder, step)
        const where = `before step ${step}: ${cut?.what ?? 'nothing'} ${cut?.path.slice(folder.path.length + 1) ?? ''}`
        await expectAgreement(folder, where)

        // Stopped at once after it was opened again.
        const stopped = new RunFolder(join(place, `stopped-${step}`))
        await cp(folder.path, stopped.path, { recursive: true })
        const stopping = await trainerOf(stopped, undefined, DATA)
        stopping.ask('stop')
        expect([where, (await stopping.run()).kind]).toEqual([where, 'finished'])
        await expectAgreement(stopped, `${where}, then stopped`)

        saveAfterEverySecondEpoch()
        await (await trainerOf(folder, undefined, DATA)).run()
        expect([where, await finalState(folder)]).toEqual([where, expected])
        expect([where, (await readdir(folder.path)).filter((name) => /^\.(?!lock\.)/.test(name))]).toEqual([where, []])
        for (const done of [folder, stopped]) await rm(done.path, { recursive: true })
      }
    },
  )
})
