import type { Reply } from '../../src/base/failure'
import type { RunState } from '../../src/shared/run'
import type { ComputeClient } from './compute-client'
import { isOver, isStuck, OTHERS, reasonOf, type Begun, type Studio } from './studio'

/** What a trouble begins with that was not overcome by asking again. */
const GAVE_UP = 'even again, '

/** What one begins with that nobody waited for. */
const UNHEARD = 'to no one: '

/** What was said on the way to the end of a run. */
export interface Course {
  readonly end: RunState['kind']
  /** Every refusal and every pause that no person asked for, in the words that a person reads. */
  readonly troubles: readonly string[]
}

/** What a person does about trouble. */
export interface Patience {
  /** How often the same thing is asked for again. */
  readonly tries: number
  /** Mends what is wrong, if it is time: `count` is the number of troubles so far. */
  readonly mend: (count: number) => Promise<void>
}

/** Whoever asks once more, and does not look for what was wrong. */
export const ONCE_MORE: Patience = { tries: 1, mend: () => Promise.resolve() }

/**
 * The same deeds at the same points of the work: a run is started or gone on with, renamed after its first epoch, and
 * trains to its end, while one of the others is renamed and one deleted and restored. What is refused is asked for
 * again, and what is stuck told to go on, as a person would.
 * @param resuming is told when the run goes on
 * @throws Lost if the process ends first
 */
export async function workToEnd(
  studio: Studio,
  client: ComputeClient,
  { tries, mend }: Patience,
  resuming: () => void = () => undefined,
): Promise<Course> {
  const troubles: string[] = []
  const trouble = async (what: string): Promise<void> => {
    troubles.push(what)
    await mend(troubles.length)
  }
  const persist = async <T>(ask: () => Promise<Reply<T>>): Promise<void> => {
    for (let left = tries; ; left--) {
      const reply = await ask()
      if (reply.ok) return
      await trouble(`${left === 0 ? GAVE_UP : ''}${reply.failure.code}: ${reply.failure.message.english}`)
      if (left === 0) return
    }
  }
  const begin = async (): Promise<Begun> => {
    for (let left = tries; ; left--) {
      const begun = await studio.startOrContinue(client, resuming)
      if (begun.kind !== 'refused') return begun
      await trouble(`${left === 0 ? GAVE_UP : ''}${begun.why}`)
      if (left === 0) return begun
    }
  }
  const begun = await begin()
  const deeds = async (): Promise<void> => {
    if (begun.kind === 'under way') await client.until('the second epoch', isBeyondFirstEpoch)
    const { ledger, main } = studio
    const [deleted, renamed] = OTHERS
    const rename = (runId: string, name: string) => (): Promise<Reply<unknown>> =>
      ledger.change(runId, { name }, () => client.request('runs.rename', { runId, name }))
    await persist(rename(main, 'renamed'))
    await persist(rename(renamed, 'renamed too'))
    if (ledger.placeOf(deleted) !== 'bin')
      await persist(() =>
        ledger.change(deleted, { place: 'bin' }, () => client.request('runs.delete', { runId: deleted })),
      )
    if (ledger.placeOf(deleted) !== 'runs')
      await persist(() =>
        ledger.change(deleted, { place: 'runs' }, () => client.request('runs.restore', { binId: deleted })),
      )
  }
  const work = {
    'under way': () => goOnUntilOver(client, { tries, mend: trouble }, begin),
    over: () => Promise.resolve('finished' as const),
    refused: () => Promise.resolve('failed' as const),
  }
  const [end] = await Promise.all([work[begun.kind](), deeds()])
  await client.letGo()
  return { end, troubles: [...troubles, ...client.unheard.map((message) => `${UNHEARD}${message}`)] }
}

/** Troubles that no person should meet. */
export function faultsOfCourse({ end, troubles }: Course): string[] {
  const isBad = (trouble: string): boolean =>
    trouble.startsWith(GAVE_UP) || trouble.startsWith(UNHEARD) || trouble.includes('inside MADE Studio')
  const bad = troubles.filter(isBad)
  return [...bad.map((trouble) => `it was told: ${trouble}`), ...(end === 'finished' ? [] : [`it ended as ${end}`])]
}

function isBeyondFirstEpoch(state: RunState): boolean {
  return isOver(state) || ('progress' in state && state.progress.epoch > 1)
}

/** Lets a run that is stuck go on, and one that failed too, until it is over. */
async function goOnUntilOver(
  client: ComputeClient,
  patience: { readonly tries: number; readonly mend: (trouble: string) => Promise<void> },
  begin: () => Promise<Begun>,
): Promise<RunState['kind']> {
  for (let left = patience.tries; ;) {
    const state = await client.until('the end of the run', (now) => isOver(now) || isStuck(now))
    if (state.kind === 'finished' || (state.kind === 'failed' && left-- === 0)) return state.kind
    await patience.mend(reasonOf(state))
    await client.goOn(async () => {
      if (state.kind === 'paused') return client.request('run.resume', { runId: state.runId })
      await client.isFree()
      return begin()
    })
  }
}
