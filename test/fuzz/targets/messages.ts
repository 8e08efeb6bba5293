import { within } from '../checks/outside'
import type { Draws } from '../draws'
import { FROM_COMPUTE } from '../edges/from-compute'
import { FROM_ENGINE } from '../edges/from-engine'
import type { Edge } from '../edges/edge'
import { PROBED } from '../edges/probed'
import { SETTINGS, SPEEDS } from '../edges/stored'
import { TO_COMPUTE } from '../edges/to-compute'
import { TO_ENGINE } from '../edges/to-engine'
import { isFields } from '../../../src/base/migration'
import type { Outcome } from '../checks/fault'
import { oneFile, type Input } from '../input'
import { ofModerateSize } from '../mutations/inputs'
import { changeTree } from '../mutations/tree'
import type { Target } from '../target'
import { decodeTree, encodeTree, type Tree } from '../values'

/** All edges but that to the window, which `requests` is about. */
const EDGES: Readonly<Record<string, Edge>> = {
  'to-compute': TO_COMPUTE,
  'from-compute': FROM_COMPUTE,
  'to-engine': TO_ENGINE,
  'from-engine': FROM_ENGINE,
  settings: SETTINGS,
  speeds: SPEEDS,
  probed: PROBED,
}

const FILE = 'messages.json'
/** As many messages as the longest example has, and some. */
const MOST_MESSAGES = 60

interface Crossing {
  readonly edge: string
  readonly messages: readonly Tree[]
}

/** What comes over the borders of processes and out of files of settings, from whoever should know what is right. */
export const MESSAGE_TARGET: Target = {
  name: 'messages',
  what: 'messages between processes, files of settings and of measured speeds',
  share: 200,
  seeds: async () => {
    const all = Object.entries(EDGES).map(async ([edge, { examples }]) =>
      (await examples()).map((messages) => inputOf({ edge, messages })),
    )
    return (await Promise.all(all)).flat()
  },
  change: (input, other, draws) => {
    const crossing = crossingOf(input)
    if (crossing === null) return other
    return ofModerateSize(inputOf(changed(crossing, crossingOf(other)?.messages ?? [], draws)), input)
  },
  run: async (input, folder): Promise<Outcome> => {
    const crossing = crossingOf(input)
    if (crossing === null) return { kind: 'done', what: 'no messages' }
    const home = folder()
    const { result } = await within(home, () => EDGES[crossing.edge].hand(crossing.messages, home))
    return { kind: 'done', what: `${crossing.edge}: ${result}` }
  },
}

function inputOf(crossing: Crossing): Input {
  return oneFile(FILE, encodeTree(crossing))
}

function crossingOf(input: Input): Crossing | null {
  try {
    const tree = decodeTree(new TextDecoder().decode(input.get(FILE)))
    if (!isFields(tree) || typeof tree['edge'] !== 'string' || !Object.hasOwn(EDGES, tree['edge'])) return null
    const { edge, messages } = tree
    return Array.isArray(messages) ? { edge, messages: messages.slice(0, MOST_MESSAGES) } : null
  } catch {
    return null
  }
}

/** One to four messages become others; now and then one goes, comes twice, comes earlier, or is another's. */
function changed({ edge, messages }: Crossing, other: readonly Tree[], draws: Draws): Crossing {
  let now: readonly Tree[] = messages
  for (let left = draws.times(4); left > 0; left--) {
    const at = draws.below(now.length)
    const [from] = now.slice(at, at + 1)
    if (now.length > 0 && draws.chance(0.75)) {
      now = now.with(at, changeTree(from, draws.chance(0.5) ? draws.pick(now) : draws.pick([...other, from]), draws))
      continue
    }
    now = draws.pick<() => readonly Tree[]>([
      () => now.toSpliced(at, 1),
      () => now.toSpliced(at, 0, ...now.slice(at, at + 1)),
      () => [...now.slice(at, at + 1), ...now.toSpliced(at, 1)],
      () => now.toSpliced(at, 0, ...other.slice(-1)),
      () => now.slice(0, at + 1),
    ])()
  }
  return { edge, messages: now }
}
