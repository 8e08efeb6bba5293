import type { Channel } from '../../../src/shared/contract'
import type { Draws } from '../draws'
import { oneFile, type Input } from '../input'
import { ofModerateSize } from '../mutations/inputs'
import { changeTree } from '../mutations/tree'
import { decodeTree, encodeTree, type Tree } from '../values'
import { EXAMPLES, exampleRequests, type Request } from './examples'

/** A request as it is made one after another, anything in it. */
export interface Step {
  readonly channel: unknown
  readonly params: unknown
  /** Whether its answer is waited for before the next is made. */
  readonly waits: unknown
}

const FILE = 'requests.json'
const MOST_STEPS = 20
/** So many requests more at most than the changed ones: a home is made once for all of them. */
const MOST_MORE = 8
const NO_STEP: Step = { channel: '', params: undefined, waits: true }

/** Requests as an input. */
export function inputOf(steps: readonly Step[]): Input {
  return oneFile(FILE, encodeTree(steps))
}

/** The requests of an input; none where it holds none. */
export function stepsOf(input: Input): Step[] {
  const tree = treeOf(input)
  if (!Array.isArray(tree)) return []
  return tree.filter((one): one is Step => typeof one === 'object' && one !== null).slice(0, MOST_STEPS)
}

function treeOf(input: Input): Tree {
  try {
    return decodeTree(new TextDecoder().decode(input.get(FILE)))
  } catch {
    return null
  }
}

/** Every example, after what it is asked after; and some at once. */
export function seedInputs(): Input[] {
  const examples = exampleRequests()
  const started = examples.find((request) => request.channel === 'run.start' && request.params.name === 'endless')
  const atOnce = (...channels: readonly Channel[]): Input =>
    inputOf([...(started ? [step(started)] : []), ...channels.map((channel) => step({ channel, params: EXAMPLES[channel][0] } as Request, false))]) // prettier-ignore
  return [
    ...examples.map((request) => inputOf([...before(request.channel), step(request)])),
    inputOf([...before('run.pause'), ...(['run.pause', 'run.resume', 'run.pause', 'run.leave', 'run.state'] as const).map((channel) => step({ channel, params: EXAMPLES[channel][0] } as Request, false))]), // prettier-ignore
    atOnce(
      'queue.add',
      'queue.add',
      'queue.move',
      'queue.pause',
      'queue.remove',
      'queue.goOn',
      'run.stop',
      'queue.begin',
    ),
    atOnce('run.stop', 'run.start', 'runs.list', 'runs.resumable'),
    atOnce('samples.draw', 'runs.delete', 'ask.answer', 'samples.birth', 'runs.rename'),
    atOnce('data.open', 'data.cancelOpening', 'data.open', 'data.fitMixture', 'data.cancelFit'),
    atOnce('runs.fill', 'runs.cancelFill', 'runs.fill', 'runs.restore'),
  ]
}

function step({ channel, params }: Request, waits = true): Step {
  return { channel, params, waits }
}

/** What a channel is asked after: data that are open, or a run under way. */
function before(channel: Channel): Step[] {
  switch (channel) {
    case 'data.rows':
    case 'data.cells':
    case 'data.histograms':
    case 'data.encodings':
      return [{ channel: 'data.open', params: EXAMPLES['data.open'][2], waits: true }]
    case 'data.current':
    case 'data.fitMixture':
      return [{ channel: 'data.open', params: EXAMPLES['data.open'][0], waits: true }]
    case 'run.pause':
    case 'run.stop':
    case 'run.state':
      return [{ channel: 'run.continue', params: EXAMPLES['run.continue'][0], waits: true }]
    case 'queue.state':
    case 'queue.move':
    case 'queue.remove':
    case 'queue.pause':
    case 'queue.goOn':
      return [
        { channel: 'queue.add', params: EXAMPLES['queue.add'][1], waits: true },
        { channel: 'queue.restore', params: EXAMPLES['queue.restore'][0], waits: true },
      ]
    case 'run.resume':
    case 'run.leave':
      return [...before('run.pause'), { channel: 'run.pause', params: EXAMPLES['run.pause'][0], waits: true }]
    default:
      return []
  }
}

type Change = (steps: readonly Step[], other: readonly Step[], draws: Draws) => readonly Step[]

/**
 * Changes a request, mostly in what it is given; puts one in, leaves one out, or makes several at once. Other changed
 * requests follow.
 */
export function changeRequests(input: Input, other: Input, draws: Draws): Input {
  let steps: readonly Step[] = stepsOf(input)
  for (let left = draws.times(4); left > 0; left--)
    steps = (draws.chance(0.65) ? changeParams : draws.pick(CHANGES))(steps, stepsOf(other), draws)
  const more = Array.from({ length: draws.below(MOST_MORE + 1) }, () => changedExample(draws)).flat()
  return ofModerateSize(inputOf([...steps, ...more].slice(0, MOST_STEPS)), input)
}

/** An example of any channel with something else in what it is given, now and then after what it is asked after. */
function changedExample(draws: Draws): Step[] {
  examples ??= exampleRequests()
  const request = draws.pick(examples)
  let params: Tree = request.params
  for (let left = draws.times(3); left > 0; left--)
    params = changeTree(params, draws.chance(0.3) ? draws.pick(examples).params : params, draws)
  const asked = { channel: request.channel, params, waits: draws.chance(0.8) }
  return draws.chance(0.5) ? [...before(request.channel), asked] : [asked]
}
let examples: readonly Request[] | null = null

/** Mostly the last, which the others lead to. */
function changeParams(steps: readonly Step[], other: readonly Step[], draws: Draws): readonly Step[] {
  if (steps.length === 0) return other
  const at = draws.chance(0.7) ? steps.length - 1 : draws.below(steps.length)
  const params = changeTree(steps[at].params, draws.pick([...other, steps[at]]).params, draws)
  return steps.with(at, { ...steps[at], params })
}

const CHANGES: readonly Change[] = [
  // Another's before, behind, or in place of one.
  (steps, other, draws) => steps.toSpliced(draws.below(steps.length + 1), draws.below(2), ...other.slice(-1)),
  (steps, other) => [...other, ...steps],
  (steps, other) => [...steps, ...other],
  // What one is given goes to another channel, or to none.
  (steps, other, draws) => {
    const at = draws.below(steps.length)
    const channel = draws.chance(0.3)
      ? changeTree(steps[at]?.channel, null, draws)
      : draws.pick([...other.map((one) => one.channel), ...Object.keys(EXAMPLES)])
    return steps.toSpliced(at, 1, { ...(steps[at] ?? NO_STEP), channel })
  },
  // Left out, again at once, and in another order.
  (steps, _other, draws) => (steps.length > 1 ? steps.toSpliced(draws.below(steps.length), 1) : steps),
  (steps, _other, draws) => {
    const at = draws.below(steps.length)
    const again = steps.slice(at, at + 1).map((one) => ({ ...one, waits: false }))
    return steps.toSpliced(at, 0, ...again, ...again)
  },
  (steps) => steps.toReversed(),
  (steps, _other, draws) => steps.map((one) => ({ ...one, waits: draws.chance(0.5) })),
  (steps) => steps.map((one) => ({ ...one, waits: false })),
]
