import { setTimeout as sleep } from 'node:timers/promises'
import type { Reply } from '../../src/base/failure'
import type { RandomStream } from '../../src/made/random'
import { Lost, type Served } from './compute-client'
import type { Ledger } from './ledger'

/** The runs that a person meddles with. */
export interface Desk {
  readonly ledger: Ledger
  /** The run under way. */
  readonly main: string
  /** Runs that are over. */
  readonly others: readonly string[]
}

type Deed = (client: Served, desk: Desk, random: RandomStream) => Promise<readonly Reply<unknown>[]>

/** What a person does in the window while a run trains. Each tells the replies. */
const DEEDS: Readonly<Record<string, Deed>> = {
  rename: async (client, { ledger, main, others }, random) => {
    const inRuns = [main, ...others.filter((other) => ledger.placeOf(other) === 'runs')]
    return [await rename(client, ledger, inRuns[random.below(inRuns.length)], random)]
  },
  'rename twice at once': (client, { ledger, main }, random) =>
    Promise.all([rename(client, ledger, main, random), rename(client, ledger, main, random)]),
  'delete or restore': async (client, { ledger, others }, random) => {
    const runId = others[random.below(others.length)]
    const reply =
      ledger.placeOf(runId) !== 'bin'
        ? await ledger.change(runId, { place: 'bin' }, () => client.request('runs.delete', { runId }))
        : await ledger.change(runId, { place: 'runs' }, () => client.request('runs.restore', { binId: runId }))
    return [reply]
  },
  'pause and resume': async (client, { main: runId }, random) => {
    const paused = await client.request('run.pause', { runId })
    if (random.uniform() < 0.5) await sleep(random.uniform() * 40)
    return [paused, await client.request('run.resume', { runId })]
  },
  look: async (client, { main }) => [
    ...(await Promise.all([client.request('runs.list', undefined), client.request('runs.bin', undefined)])),
    await client.request('run.history', { runId: main }),
    await client.request('samples.draw', {
      source: { runId: main, model: 'best', connectivity: 0, seed: 1 },
      first: 0,
      count: 4,
    }),
  ],
}

/**
 * Does one thing after the other until the process is gone or the run is over.
 * @returns replies that no person should get
 */
export async function meddle(client: Served, desk: Desk, random: RandomStream): Promise<string[]> {
  const faults: string[] = []
  try {
    while (!client.isGone && client.state.kind !== 'finished' && client.state.kind !== 'failed') {
      await sleep(random.uniform() * 30)
      const names = Object.keys(DEEDS)
      const name = names[random.below(names.length)]
      for (const reply of await DEEDS[name](client, desk, random))
        if (!reply.ok && reply.failure.code === 'internal') faults.push(`${name}: ${reply.failure.message.english}`)
    }
  } catch (error) {
    if (!(error instanceof Lost)) faults.push(error instanceof Error ? error.message : String(error))
  }
  return faults
}

function rename(client: Served, ledger: Ledger, runId: string, random: RandomStream): Promise<Reply<unknown>> {
  const name = `name ${random.below(1_000_000)}`
  return ledger.change(runId, { name }, () => client.request('runs.rename', { runId, name }))
}
