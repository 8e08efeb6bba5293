import { validRequest } from '../../../src/main/valid-request'
import type { Failure, Reply } from '../../../src/base/failure'
import { BUILT_IN_RUNS } from '../../../src/shared/built-in-runs'
import { checkFailure, require, Unanswered, type Outcome } from '../checks/fault'
import { checkRuns } from '../checks/kept-runs'
import { within } from '../checks/outside'
import { checkFailuresIn, checkResult } from '../checks/results'
import { BARS, furnish } from '../studio/home'
import { isModerate } from '../studio/moderate'
import { inHome } from '../studio/paths'
import { changeRequests, seedInputs, stepsOf, type Step } from '../studio/steps'
import { Studio } from '../studio/studio'
import type { Target } from '../target'
import { encodeTree } from '../values'

/** A request of an input takes milliseconds; who has waited for so long is not answered any more. */
const PATIENCE_MS = 50_000
/** The runs of a home, of which none may get lost. */
const RUNS = 4

/** What the window may ask, one after another and at once, of a compute service on a home of its own. */
export const REQUEST_TARGET: Target = {
  name: 'requests',
  what: 'requests of the window, one after another and at once',
  share: 40,
  seeds: () => Promise.resolve(seedInputs()),
  change: changeRequests,
  run: async (input, folder) => {
    const home = folder()
    await furnish(home)
    const { result, outside } = await within(home, () => askAll(home, inHome(stepsOf(input), home) as Step[]))
    require(outside.length ===
      0, `something outside of the home was to be changed: ${outside.join(', ').slice(0, 300)}`)
    return result
  },
}

async function askAll(home: string, steps: readonly Step[]): Promise<Outcome> {
  const studio = Studio.open(home)
  let last: Failure | null = null
  try {
    const waiting: Promise<void>[] = []
    for (const { channel, params, waits } of steps) {
      const asked = ask(studio, channel, params).then((failure) => void (last = failure))
      // Whoever waits for them all hears of it.
      asked.catch(() => undefined)
      waiting.push(asked)
      if (waits !== false) await asked
    }
    await Promise.all(waiting)
    await requireSound(studio)
    studio.events.forEach(checkFailuresIn)
  } finally {
    await answered(studio.close(), 'closing')
  }
  await checkRuns(home, RUNS)
  return last === null ? { kind: 'done', what: 'answered' } : { kind: 'refused', failure: last }
}

/** Makes a request and checks the answer. @returns why it was refused; null if it was not @throws Fault */
async function ask(studio: Studio, channel: unknown, params: unknown): Promise<Failure | null> {
  const reply = await answered(studio.request(clone(channel), clone(params), isModerate), `the request ${typeof channel === 'string' ? channel.slice(0, 60) : typeof channel}`) // prettier-ignore
  if (!reply.ok) {
    checkFailure(reply.failure)
    require(reply.failure.code !== 'process-lost', `a request was lost: ${reply.failure.message.english}`)
    return reply.failure
  }
  const valid = validRequest(channel, params)
  if (isModerate(valid.channel, valid.params)) checkResult(valid.channel, reply.value, valid.params)
  return null
}

/** What a window hands over is a copy, or nothing where there can be none. */
function clone(value: unknown): unknown {
  try {
    return structuredClone(value)
  } catch {
    return undefined
  }
}

let sound: string | null = null

/** Checks that requests which are right are answered as ever. @throws Fault */
async function requireSound(studio: Studio): Promise<void> {
  const values: unknown[] = []
  for (const [channel, params] of KNOWN) {
    const reply: Reply<unknown> = await answered(studio.request(channel, params), `${channel} afterwards`)
    require(reply.ok, `${channel} is refused afterwards: ${reply.ok ? '' : reply.failure.message.english}`)
    if (reply.ok) values.push(reply.value)
  }
  const now = encodeTree(values)
  sound ??= now
  require(now === sound, 'the same requests are answered otherwise afterwards')
}

const KNOWN = [
  ['samples.draw', { source: { runId: BUILT_IN_RUNS.mushrooms, model: 'best', connectivity: 0, seed: 9 }, first: 3, count: 2 }],
  ['data.open', { source: { ...BARS, seed: 4242 } }],
  ['data.rows', { split: 'train', start: 0, count: 3, view: 'binary', label: null }],
  ['runs.summary', { runId: BUILT_IN_RUNS.mushrooms }],
] as const // prettier-ignore

async function answered<T>(answer: Promise<T>, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    return await Promise.race([
      answer,
      new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new Unanswered(`${what} is not answered`)), PATIENCE_MS)
      }),
    ])
  } finally {
    clearTimeout(timer)
  }
}
