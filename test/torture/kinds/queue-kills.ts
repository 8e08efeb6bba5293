import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RandomStream } from '../../../src/made/random'
import { RunFolder } from '../../../src/runs/run-folder'
import type { RunSummary } from '../../../src/shared/run'
import { ComputeClient, Lost } from '../compute-client'
import { trainReference, type Reference } from '../reference'
import { faultsAtEnd } from '../same'
import { smallWork } from '../small-work'
import type { Trial } from '../trial'

const EPOCHS = 12
/** By their names; each has draws of its own. */
const SEEDS = { one: 1, two: 2, three: 3, 'pair 1': 4, 'pair 2': 5 }
/** The last two are a group, one item of the queue. */
const GROUP = 'pair'
/** From the moment that the process answers; all runs take several times as long. */
const MOST_DELAY_MS = 400

type Name = keyof typeof SEEDS
const NAMES = Object.keys(SEEDS) as Name[]

/** SIGKILL to the compute process while three runs and a group of two are put into the queue, reordered and trained: each ends as if it had been alone, and once. */
export async function killQueues(trial: Trial): Promise<void> {
  const references = new Map<string, Reference>()
  for (const name of NAMES) {
    const place = join(trial.place, name)
    await mkdir(place)
    references.set(name, await trainReference(place, { ...smallWork(EPOCHS), seed: SEEDS[name] }))
  }
  await trial.cases(async (number) => {
    const place = join(trial.place, `home-${number}`)
    const runsFolder = join(place, 'runs')
    await mkdir(place)
    const random = trial.random(number)
    let known: readonly string[] = []
    for (;;) {
      const life = await live(place, references, trial, random)
      const lost = known.filter((id) => !life.ids.includes(id))
      await trial.found(number, [...life.faults, ...lost.map((id) => `${id} is lost`)], runsFolder)
      if (life.faults.length > 0 || lost.length > 0) return
      known = life.ids.length > 0 ? life.ids : known
      if (!life.isOver) continue
      trial.ended()
      const twice = life.runs.length === NAMES.length ? [] : [`there are ${life.runs.length} runs of ${NAMES.length}`]
      await trial.found(number, twice, runsFolder)
      for (const { id, name, group } of life.runs) {
        const reference = references.get(name)
        if (!reference) return await trial.found(number, [`${name} is in the queue`], runsFolder)
        await trial.found(
          number,
          await faultsAtEnd(new RunFolder(join(runsFolder, id)), reference, false, group ? 'best' : 'each'),
          runsFolder,
        )
      }
      return
    }
  })
}

/** What one life of the process came to. */
interface Life {
  readonly faults: readonly string[]
  /** The runs as they were listed at its beginning, and at its end where it lived to it; their ids. */
  readonly runs: readonly RunSummary[]
  readonly ids: readonly string[]
  readonly isOver: boolean
}

async function live(
  place: string,
  references: ReadonlyMap<string, Reference>,
  trial: Trial,
  random: RandomStream,
): Promise<Life> {
  const places = {
    mnistFolder: place,
    tablesFolder: place,
    modelsFolder: place,
    runsFolder: join(place, 'runs'),
    speedsFile: join(place, 'speeds.json'),
    queueFile: join(place, 'queue.json'),
  }
  const client = ComputeClient.start(places)
  const delay = random.uniform() * MOST_DELAY_MS
  const place0 = random.below(NAMES.length)
  let runs: RunSummary[] = []
  const life = (faults: readonly string[], isOver: boolean): Life => ({
    faults,
    runs,
    ids: runs.map(({ id }) => id),
    isOver,
  })
  try {
    runs = await listed(client)
    const killed = trial.isDone ? null : killAfter(client, delay, trial)
    await put(client, runs, references, trial)
    await client.request('queue.move', { runId: runs.at(-1)?.id ?? 'none', place: place0 })
    while (
      (await client.request('queue.state', undefined).then((reply) => (reply.ok ? reply.value.runs : []))).length > 0
    )
      await sleep(5)
    runs = await listed(client)
    await client.letGo()
    await client.kill()
    await killed
    const unfinished = runs
      .filter(({ status }) => status !== 'finished')
      .map(({ name, status }) => `${name} is ${status}`)
    return life([...unfinished, ...client.unheard], true)
  } catch (error) {
    if (error instanceof Lost) return life([], false)
    throw error
  } finally {
    await client.kill()
  }
}

/** Puts into the queue what is not in it yet, as a person does; the rest goes on by itself. */
async function put(
  client: ComputeClient,
  runs: readonly RunSummary[],
  references: ReadonlyMap<string, Reference>,
  trial: Trial,
): Promise<void> {
  if (runs.length > 0) trial.resumed()
  await client.request('queue.begin', undefined)
  const queue = await client.request('queue.state', undefined)
  const isGroupKnown = (queue.ok && queue.value.groups.length > 0) || runs.some(({ group }) => group !== null)
  if (!isGroupKnown) await client.request('group.add', { name: GROUP, base: smallWork(EPOCHS), vary: { seed: [4, 5] }, search: { kind: 'grid' }, way: { kind: 'whole' } }) // prettier-ignore
  for (const [name, { config }] of references) {
    // Its group brings it.
    if (name.startsWith(GROUP)) continue
    const found = runs.find((run) => run.name === name)
    if (!found) await client.request('queue.add', { name, config })
    // It was laid and not put in: it is there for a person to go on with.
    else if (found.status === 'paused') await client.request('queue.restore', { runId: found.id, place: 99 })
  }
}

async function listed(client: ComputeClient): Promise<RunSummary[]> {
  const reply = await client.request('runs.list', undefined)
  return reply.ok ? reply.value : []
}

async function killAfter(client: ComputeClient, delay: number, trial: Trial): Promise<void> {
  await sleep(delay)
  if (client.isGone) return
  const pending = await client.kill()
  trial.disturbed(pending.length > 0 ? [...new Set(pending)].sort().join(' + ') : client.state.kind)
}
