import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RandomStream } from '../../../src/made/random'
import { faultsOfLoss, type AtRest } from '../at-rest'
import { Lost, type ComputeClient } from '../compute-client'
import { meddle } from '../meddling'
import { trainReference } from '../reference'
import { faultsAtEnd, faultsAtStop } from '../same'
import { smallWork } from '../small-work'
import { isOver, isStuck, OTHERS, reasonOf, Studio } from '../studio'
import type { Trial } from '../trial'

const EPOCHS = 40
/** From the moment that the process answers; the whole work takes somewhat longer. */
const MOST_DELAY_MS = 500
/** Of the lives of a process, those in which a person stops the run. */
const STOPPED_SHARE = 0.15

/** SIGKILL to the compute process of the application while it trains, renames, deletes, restores and resumes. */
export async function killCompute(trial: Trial): Promise<void> {
  const reference = await trainReference(trial.place, smallWork(EPOCHS))
  await trial.cases(async (number) => {
    const studio = await Studio.open(join(trial.place, `studio-${number}`), reference)
    const random = trial.random(number)
    let before: AtRest | null = null
    let wasReopened = false
    while (true) {
      const life = await live(studio, trial, random)
      const { atRest, faults } = await studio.faultsAtRest()
      const all = [...life.faults, ...faults, ...faultsOfLoss(before, atRest)]
      await trial.found(number, all, studio.runsFolder)
      if (all.length > 0) return
      before = atRest
      const folder = studio.mainFolder
      if (!folder || !atRest) continue
      const { best, epoch, ended } = atRest.record
      // What came of the first epoch, cut short, stays in the running for the best model.
      if (best && best.epoch > epoch) return
      wasReopened ||= ended === 'stopped'
      if (life.end === 'stopped') await trial.found(number, await faultsAtStop(folder, reference), studio.runsFolder)
      if (life.end !== 'finished') continue
      trial.ended()
      return await trial.found(number, await faultsAtEnd(folder, reference, wasReopened), studio.runsFolder)
    }
  })
}

/** How one life of the compute process went. */
interface Life {
  readonly faults: readonly string[]
  /** How the run ended, if it did. */
  readonly end: 'finished' | 'stopped' | null
}

/** Starts a compute process, lets it work while a person meddles, and kills it. */
async function live(studio: Studio, trial: Trial, random: RandomStream): Promise<Life> {
  const delay = random.uniform() * MOST_DELAY_MS
  const stopAfter = random.uniform() < STOPPED_SHARE ? random.uniform() * MOST_DELAY_MS * 0.5 : null
  const client = studio.start()
  try {
    await client.request('run.state', { runId: null })
    const killed = trial.isDone ? null : killAfter(client, delay, trial)
    const life = await work(studio, client, trial, random, stopAfter)
    await client.kill()
    await killed
    return life
  } finally {
    await client.kill()
  }
}

async function killAfter(client: ComputeClient, delay: number, trial: Trial): Promise<void> {
  await Promise.race([sleep(delay), client.until('the end', isOver).catch(() => undefined)])
  if (client.isGone || isOver(client.state)) return
  const pending = await client.kill()
  trial.disturbed(pending.length > 0 ? [...new Set(pending)].sort().join(' + ') : 'training')
}

async function work(
  studio: Studio,
  client: ComputeClient,
  trial: Trial,
  random: RandomStream,
  stopAfter: number | null,
): Promise<Life> {
  const faults: string[] = []
  try {
    const begun = await studio.startOrContinue(client, () => trial.resumed())
    if (begun.kind === 'refused') return { faults: [`refused: ${begun.why}`], end: null }
    if (begun.kind === 'over') return { faults: [], end: 'finished' }
    const meddling = meddle(client, { ledger: studio.ledger, main: studio.main, others: OTHERS }, random)
    if (stopAfter !== null) {
      await sleep(stopAfter)
      await client.request('run.stop', { runId: studio.main })
    }
    const end = await client.until('the end of the run', (state) => isOver(state) || isStuck(state))
    if (isStuck(end)) return { faults: [`it is paused although the disk is well: ${reasonOf(end)}`], end: null }
    faults.push(...(await meddling), ...client.unheard)
    await client.letGo()
    if (end.kind !== 'finished') return { faults: [...faults, `the run failed: ${reasonOf(end)}`], end: null }
    return { faults, end: end.result.reason === 'stopped' ? 'stopped' : 'finished' }
  } catch (error) {
    if (error instanceof Lost) return { faults, end: null }
    throw error
  }
}
