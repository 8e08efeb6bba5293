import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RandomStream } from '../../../src/made/random'
import { RunFolder } from '../../../src/runs/run-folder'
import { readAtRest, type Faults } from '../at-rest'
import { isInWords, startMade } from '../command'
import type { ComputeClient } from '../compute-client'
import { trainReference, type Reference } from '../reference'
import { faultsAtEnd } from '../same'
import { SmallDisk } from '../small-disk'
import { smallWork } from '../small-work'
import { isOver, isStuck, reasonOf, Studio } from '../studio'
import type { Trial } from '../trial'
import { changeIn, orHang } from '../waiting'

const EPOCHS = 30
const MEGABYTES = 16
const MOST_DELAY_MS = 250
const MOST_ROUNDS = 3

/** What happens to a disk, and how it is undone. */
interface DiskTrouble {
  begin(disk: SmallDisk, random: RandomStream): Promise<void>
  /** @returns what was done wrong meanwhile */
  end(disk: SmallDisk): Promise<Faults>
}

const FULL: DiskTrouble = {
  begin: (disk, random) => disk.fill(random.below(4) * random.below(20_000)),
  end: async (disk) => {
    await disk.empty()
    return []
  },
}

const PROTECTED: DiskTrouble = {
  begin: (disk) => disk.protect(),
  end: async (disk) => {
    await disk.unprotect()
    return []
  },
}

const UNPLUGGED: DiskTrouble = {
  begin: (disk) => disk.unplug(),
  end: async (disk) => {
    const besides = await disk.besides()
    await disk.plug()
    return besides.length > 0 ? [`written where the disk was: ${besides.join(', ')}`] : []
  },
}

/** The disk of the runs is full for a while, again and again. */
export const fillDisks = (trial: Trial): Promise<void> => disturbDisks(trial, FULL)
/** It refuses every change for a while. */
export const protectDisks = (trial: Trial): Promise<void> => disturbDisks(trial, PROTECTED)
/** It is away for a while. */
export const unplugDisks = (trial: Trial): Promise<void> => disturbDisks(trial, UNPLUGGED)

async function disturbDisks(trial: Trial, trouble: DiskTrouble): Promise<void> {
  const reference = await trainReference(trial.place, smallWork(EPOCHS))
  await trial.cases(async (number) => {
    const random = trial.random(number)
    const place = join(trial.place, `case-${number}`)
    await mkdir(place)
    const disk = await SmallDisk.mount(place, MEGABYTES)
    try {
      const folder =
        random.uniform() < 0.7
          ? await inCompute(trial, number, disk, trouble, reference, random)
          : await inCommand(trial, number, disk, trouble, reference, random)
      if (!folder) return await trial.found(number, ['there is no run at the end'])
      trial.ended()
      await trial.found(number, await faultsAtEnd(folder, reference), folder.path)
    } finally {
      await disk.unmount()
    }
  })
}

/** Under the compute process: the run pauses in words or goes on, and when all is well again a person lets it go on. */
async function inCompute(
  trial: Trial,
  number: number,
  disk: SmallDisk,
  trouble: DiskTrouble,
  reference: Reference,
  random: RandomStream,
): Promise<RunFolder | null> {
  const studio = await Studio.open(disk.path, reference)
  const client = studio.start()
  let isSweptLater = false
  try {
    await goOn(studio, client, trial, number)
    for (let rounds = 1 + random.below(MOST_ROUNDS); rounds > 0 && !isOver(client.state); rounds--) {
      await sleep(random.uniform() * MOST_DELAY_MS)
      await trouble.begin(disk, random)
      const renames = random.uniform() < 0.5
      const renamed = renames ? rename(studio, client, `name ${rounds}`) : null
      const state = await client.until('trouble', (now) => isOver(now) || isStuck(now))
      trial.disturbed(`${renames ? 'renamed, ' : ''}${isStuck(state) ? 'paused' : state.kind}`)
      if (state.kind !== 'finished' && isOdd(reasonOf(state))) await trial.found(number, [reasonOf(state)], disk.path)
      if (state.kind === 'finished') isSweptLater = true
      await trial.found(number, await trouble.end(disk), disk.path)
      if (state.kind === 'failed') await goOn(studio, client, trial, number)
      else if (state.kind === 'paused') {
        trial.resumed()
        await client.goOn(() => client.request('run.resume', { runId: studio.main }))
      }
      await renamed
      if (random.uniform() < 0.3) await trial.found(number, await faultsOfPause(studio, client), disk.path)
    }
    const end = await client.until('the end of the run', (now) => isOver(now) || isStuck(now))
    if (end.kind !== 'finished') await trial.found(number, [`it ended as ${end.kind}: ${reasonOf(end)}`], disk.path)
    await client.letGo()
  } finally {
    await client.kill()
  }
  await trial.found(number, (await studio.faultsAtRest()).faults, disk.path)
  // What a disk that was in trouble at the very end did not let be removed goes when the run is opened next.
  if (isSweptLater) await (await studio.mainFolder?.lock())?.release()
  return studio.mainFolder
}

async function goOn(studio: Studio, client: ComputeClient, trial: Trial, number: number): Promise<void> {
  if (isOver(client.state)) await client.isFree()
  const begun = await studio.startOrContinue(client, () => trial.resumed())
  if (begun.kind === 'refused') await trial.found(number, [begun.why], studio.runsFolder)
}

function rename(studio: Studio, client: ComputeClient, name: string): Promise<unknown> {
  const runId = studio.main
  return studio.ledger.change(runId, { name }, () => client.request('runs.rename', { runId, name }))
}

/** After trouble, a pause that a person asks for is a pause in the window and on the disk. */
async function faultsOfPause(studio: Studio, client: ComputeClient): Promise<Faults> {
  const paused = await client.request('run.pause', { runId: studio.main })
  // Over meanwhile.
  if (!paused.ok) return []
  const state = await client.until('the pause', ({ kind }) => kind === 'paused' || isOver({ kind } as never))
  if (state.kind !== 'paused') return []
  if (state.reason) return [`a pause after trouble has a reason: ${state.reason.message.english}`]
  const folder = studio.mainFolder
  // What was asked for too late to be heeded is over instead.
  const isPaused = async (): Promise<void> => {
    while (folder && !isOver(client.state) && (await folder.readRecord()).status !== 'paused') await sleep(5)
  }
  await orHang('run.json to say that the run is paused', isPaused())
  if (isOver(client.state)) return []
  await client.goOn(() => client.request('run.resume', { runId: studio.main }))
  return []
}

/** Under `made`: it ends in words, and goes on when all is well again. */
async function inCommand(
  trial: Trial,
  number: number,
  disk: SmallDisk,
  trouble: DiskTrouble,
  reference: Reference,
  random: RandomStream,
): Promise<RunFolder> {
  const settings = join(disk.path, '..', 'settings.json')
  await writeFile(settings, JSON.stringify(reference.config))
  const folder = new RunFolder(join(disk.path, 'runs', 'run'))
  await mkdir(folder.path, { recursive: true })
  for (let rounds = 1 + random.below(MOST_ROUNDS); ; rounds--) {
    const isThere = await folder.exists()
    if (isThere) trial.resumed()
    const args = isThere ? ['resume', folder.path] : ['train', '--config', settings, '--out', folder.path]
    const begun = changeIn(folder.path, 1)
    const { ended } = startMade(args)
    const over = ended.then(() => undefined)
    if (rounds > 0) {
      await Promise.race([begun.happened, over])
      await Promise.race([sleep(random.uniform() * MOST_DELAY_MS), over])
      await trouble.begin(disk, random)
    }
    const end = await orHang(`made ${args[0]}`, ended)
    begun.stop()
    if (rounds > 0) {
      trial.disturbed(`made ${args[0]}, status ${end.status}`)
      await trial.found(number, await trouble.end(disk), disk.path)
    }
    await trial.found(number, (await readAtRest(folder, reference)).faults, disk.path)
    if (end.status === 0) return folder
    if (!isInWords(end) || rounds <= 0) {
      await trial.found(number, [`made ${args[0]} ended with ${end.status ?? end.signal}: ${end.stderr}`], disk.path)
      if (rounds <= 0) return folder
    }
  }
}

/** Words that do not help a person. */
function isOdd(words: string): boolean {
  return words.includes('inside MADE Studio')
}
