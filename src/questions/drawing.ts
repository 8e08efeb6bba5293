import { BitMatrix } from '../data/bit-matrix'
import type { Drawn, Session } from '../engine/contract'
import { logSum } from '../made/likelihood'
import { PURPOSE, UniformSource } from '../made/random'
import type { ModelSpec } from '../made/spec'
import { variablesOf } from '../made/variables'
import type { Prefix } from './assignments'
import type { Evidence } from './evidence'
import type { Enumerated } from './exact'
import type { Group } from './groups'

/** Groups of particles of one connectivity. @param first the number of the first group among all of that size and seed */
export async function particleGroups(
  session: Pick<Session, 'particles'>,
  spec: ModelSpec,
  { bits, known }: Evidence,
  prefix: Prefix,
  request: { readonly groups: number; readonly each: number; readonly first: number; readonly seed: number },
  signal?: AbortSignal,
): Promise<Group[]> {
  const { groups, each, first, seed } = request
  const ofEach = new Uint32Array(groups)
  const given = { rows: bits.select(ofEach), known: known.select(ofEach) }
  const { connectivity } = prefix
  const drawn = await session.particles({ given, each, first, seed, connectivity }, signal)
  return Array.from({ length: groups }, (_, g): Group => {
    const [start, end] = [g * each, (g + 1) * each]
    const logWeights = drawn.logWeights.slice(start, end)
    const means = meansOf(
      spec,
      prefix,
      drawn,
      Array.from(logWeights, (_, i) => start + i),
      logWeights,
    )
    return { rows: drawn.rows.slice(start, end), logWeights, origins: drawn.origins.slice(start, end), means }
  })
}

/**
 * Groups of draws from p(rest | evidence), for a prefix that is enumerated: a way is drawn first, and what comes after it then
 * follows, so that all weigh the same.
 * @param shares p(way | evidence) of each connectivity
 * @param first the number of the first draw
 */
export async function exactGroups(
  session: Pick<Session, 'complete'>,
  spec: ModelSpec,
  enumerated: readonly Enumerated[],
  shares: readonly Float64Array[],
  request: { readonly groups: number; readonly each: number; readonly first: number; readonly seed: number },
  signal?: AbortSignal,
): Promise<Group[]> {
  const { groups, each, first, seed } = request
  const ways = drawWays(shares, groups * each, first, seed)
  const rows = new BitMatrix(groups * each, spec.inputs)
  const means = Array.from({ length: groups }, () => new Float64Array(spec.inputs))
  let done = 0
  for (const [k, { prefix, rows: all }] of enumerated.entries()) {
    const mine = Array.from(ways.keys()).filter((i) => ways[i].connectivity === k)
    if (mine.length === 0) continue
    const given = all.select(mine.map((i) => ways[i].way))
    const known = knownOf(spec, prefix, mine.length)
    const request = { count: mine.length, first: first + done, seed, connectivity: prefix.connectivity }
    const drawn = await session.complete(given, known, request, signal)
    done += mine.length
    mine.forEach((i, row) => {
      rows.words.set(
        drawn.rows.words.subarray(row * rows.wordsPerRow, (row + 1) * rows.wordsPerRow),
        i * rows.wordsPerRow,
      )
      const ofRow = meansOf(spec, prefix, drawn, [row], Float64Array.of(0))
      const group = means[i % groups]
      ofRow.forEach((mean, d) => (group[d] += mean / each))
    })
  }
  return means.map((ofGroup, g): Group => {
    const numbers = Uint32Array.from({ length: each }, (_, i) => i * groups + g)
    return {
      rows: rows.select(numbers),
      logWeights: new Float64Array(each),
      origins: Int32Array.from(numbers, (_, i) => i),
      means: ofGroup,
    }
  })
}

interface Way {
  readonly connectivity: number
  readonly way: number
}

/** Draws ways in proportion to their shares. */
function drawWays(shares: readonly Float64Array[], count: number, first: number, seed: number): Way[] {
  const uniforms = new UniformSource(seed, PURPOSE.questions)
  const all: (Way & { readonly below: number })[] = []
  let below = 0
  shares.forEach((ofOne, connectivity) =>
    ofOne.forEach((share, way) => {
      below += share
      if (share > 0) all.push({ connectivity, way, below })
    }),
  )
  return Array.from({ length: count }, (_, i) => {
    const threshold = uniforms.at(first + i, 0) * below
    let [low, high] = [0, all.length - 1]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (all[middle].below > threshold) high = middle
      else low = middle + 1
    }
    return all[low]
  })
}

/** Where the variables of a prefix have their columns, `[count, D]`. */
function knownOf(spec: ModelSpec, { byPlace, places }: Prefix, count: number): BitMatrix {
  const { first, columns } = variablesOf(spec)
  const one = new BitMatrix(1, columns)
  for (const variable of byPlace.subarray(0, places))
    for (let d = first[variable]; d < first[variable + 1]; d++) one.set(0, d)
  return one.select(new Uint32Array(count))
}

/**
 * The weighted means of the columns of some rows: of what comes after all evidence those of the probabilities that it was drawn
 * with, which say more than what was drawn (Rao-Blackwell); before it, what was drawn.
 */
function meansOf(
  spec: ModelSpec,
  { byPlace, places }: Prefix,
  { rows, probabilities }: Drawn,
  numbers: readonly number[],
  logWeights: Float64Array,
): Float64Array {
  const { first, columns } = variablesOf(spec)
  const means = new Float64Array(columns)
  const all = logSum(logWeights)
  if (all === -Infinity) return means
  const isBefore = new Uint8Array(columns)
  for (const variable of byPlace.subarray(0, places)) isBefore.fill(1, first[variable], first[variable + 1])
  numbers.forEach((row, i) => {
    const share = Math.exp(logWeights[i] - all)
    for (let d = 0; d < columns; d++)
      means[d] += share * (isBefore[d] === 1 ? rows.get(row, d) : probabilities[row * columns + d])
  })
  return means
}
