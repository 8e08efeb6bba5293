import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeFile } from 'node:fs/promises'
import type { RandomStream } from '../../../src/made/random'
import { RunFolder } from '../../../src/runs/run-folder'
import { faultsOfLoss, readAtRest, type AtRest } from '../at-rest'
import { isInWords, startMade, type Ended } from '../command'
import { trainReference, type Reference } from '../reference'
import { faultsAtEnd } from '../same'
import { smallWork } from '../small-work'
import type { Trial } from '../trial'
import { changeIn, orHang } from '../waiting'

const EPOCHS = 40
/** 128 and the number of the signal. */
const SIGTERM_STATUS = 143
/** The whole work takes somewhat longer. */
const MOST_DELAY_MS = 700

/** SIGKILL to `made train` and `made resume` at any moment, again and again until a run comes to its end. */
export async function killCommands(trial: Trial): Promise<void> {
  const reference = await trainReference(trial.place, smallWork(EPOCHS))
  const settings = join(trial.place, 'settings.json')
  await writeFile(settings, JSON.stringify(reference.config))
  await trial.cases(async (number) => {
    const folder = new RunFolder(join(trial.place, `run-${number}`))
    await mkdir(folder.path)
    const random = trial.random(number)
    let before: AtRest | null = null
    while (true) {
      const isThere = await folder.exists()
      const args = isThere ? ['resume', folder.path] : ['train', '--config', settings, '--out', folder.path]
      if (isThere) trial.resumed()
      const processes = isThere && random.uniform() < 0.15 ? 2 : 1
      const ends = await Promise.all(
        Array.from({ length: processes }, () => disturb(trial, folder, args, random, processes)),
      )
      const { atRest, faults } = await readAtRest(folder, reference)
      await trial.found(number, [...faults, ...faultsOfLoss(before, atRest)], folder.path)
      before = atRest
      const odd = ends.filter((end) => !isExpected(end))
      await trial.found(
        number,
        odd.map(({ status, signal, stderr }) => `made ${args[0]} ended with ${status ?? signal}: ${stderr}`),
        folder.path,
      )
      if (odd.length > 0) return
      if (ends.some(({ status }) => status === 0)) return await compare(trial, number, folder, reference)
    }
  })
}

/** Starts a command and kills it, first asking it to leave now and then; the last cases come to their end. */
async function disturb(
  trial: Trial,
  folder: RunFolder,
  args: readonly string[],
  random: RandomStream,
  processes: number,
): Promise<Ended> {
  const duringWork = random.uniform() < 0.85
  const delay = random.uniform() * MOST_DELAY_MS
  const asksFirst = random.uniform() < 0.2
  const grace = random.uniform() * 30
  const { child, ended } = startMade(args)
  const begun = changeIn(folder.path, 1)
  const over = ended.then(() => undefined)
  try {
    if (!trial.isDone) {
      if (duringWork) await Promise.race([begun.happened, over])
      await Promise.race([sleep(delay), over])
      if (asksFirst && child.exitCode === null) {
        child.kill('SIGTERM')
        await Promise.race([sleep(grace), over])
      }
      if (child.exitCode === null && child.kill('SIGKILL'))
        trial.disturbed([processes > 1 ? 'two at once' : args[0], asksFirst ? 'after SIGTERM' : ''].join(' ').trim())
    }
    return await orHang(`made ${args[0]}`, ended)
  } finally {
    begun.stop()
  }
}

/** Killed, done, saved because it was asked to leave, or refused because the other one works. */
function isExpected(end: Ended): boolean {
  if (end.signal === 'SIGKILL' || end.status === 0) return true
  // Asked to leave before it could answer.
  if (end.signal === 'SIGTERM' || (end.status === SIGTERM_STATUS && end.stderr === '')) return true
  return isInWords(end) && /interrupted|being worked on/.test(end.stderr)
}

async function compare(trial: Trial, number: number, folder: RunFolder, reference: Reference): Promise<void> {
  trial.ended()
  await trial.found(number, await faultsAtEnd(folder, reference), folder.path)
}
