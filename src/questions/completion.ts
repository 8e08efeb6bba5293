import { BitMatrix } from '../data/bit-matrix'
import { PARTICLES_AT_ONCE, type Session } from '../engine/contract'
import { PURPOSE, UniformSource } from '../made/random'
import { isOrderAgnostic, prefixesFor, type AskedModel } from './assignments'
import type { Evidence } from './evidence'
import { oneByWeight } from './groups'

/** How many particles each row is drawn from in all, at least. */
const PARTICLES = 128
/** Connectivities that take part in one row at most. */
const MOST_CONNECTIVITIES = 8
/** Particles of a call to the engine. */
const AT_ONCE = 4096
/** No more rows than this are numbered. */
const MOST_ROWS = 2 ** 32

/** Rows with what they lacked. */
export interface Completed {
  /** `[rows, D]` */
  readonly rows: BitMatrix
  /** Of each bit the probability of a one that it was drawn with, `[rows, D]`. */
  readonly probabilities: Float32Array
}

/** A way to complete a row. */
export interface Candidate {
  /** Its bits, as `BitMatrix` holds them. */
  readonly words: Uint32Array
  readonly logWeight: number
}

export interface CompletionOptions {
  readonly seed: number
  /** Called between calls to the engine with the share done, 0..1; what it throws ends the work. */
  readonly between?: ((share: number) => Promise<void>) | undefined
  /** Hears of all ways in which each row could be completed, and which one was taken. */
  readonly onRow?: (row: number, candidates: readonly Candidate[], taken: number) => void
  /** The number of the first row among all that are drawn with the seed. */
  readonly first?: number
}

/**
 * Draws what each row lacks from p(missing | known) under the ensemble of a model's connectivities: particles under several of
 * them, of which one is taken in proportion to its weight. Under fresh orderings what is known comes first, so that all of one
 * connectivity weigh the same.
 * @param evidence `[rows, D]` each: what is known of the rows
 */
export async function completeRows(
  session: Pick<Session, 'particles'>,
  model: AskedModel,
  { bits, known }: Evidence,
  { seed, between, onRow, first = 0 }: CompletionOptions,
): Promise<Completed> {
  const completed = {
    rows: new BitMatrix(bits.rows, bits.columns),
    probabilities: new Float32Array(bits.rows * bits.columns),
  }
  const uniforms = new UniformSource(seed, PURPOSE.filling)
  const some = model.connectivities.slice(0, MOST_CONNECTIVITIES)
  const each = Math.max(1, Math.ceil(PARTICLES / some.length / PARTICLES_AT_ONCE)) * PARTICLES_AT_ONCE
  let done = 0
  for (const numbers of pagesOf(known, isOrderAgnostic(model), Math.max(1, Math.floor(AT_ONCE / each)))) {
    const given = { rows: bits.select(numbers), known: known.select(numbers) }
    const evidence = { bits: given.rows.slice(0, 1), known: given.known.slice(0, 1) }
    const drawn = []
    for (const [k, { connectivity }] of prefixesFor({ ...model, connectivities: some }, evidence).entries()) {
      // Every row and connectivity has a number of its own: a row draws the same whatever stands beside it.
      const request = { given, each, seed, connectivity, first: k * MOST_ROWS + first + numbers[0] }
      drawn.push(await session.particles(request))
      await between?.((done + ((k + 1) / some.length) * numbers.length) / bits.rows)
    }
    for (const [i, row] of numbers.entries()) {
      const candidates = drawn.flatMap(({ rows, logWeights }) =>
        Array.from({ length: each }, (_, n): Candidate => {
          const at = i * each + n
          const words = rows.words.subarray(at * rows.wordsPerRow, (at + 1) * rows.wordsPerRow)
          return { words, logWeight: logWeights[at] }
        }),
      )
      const logWeights = Float64Array.from(candidates, ({ logWeight }) => logWeight)
      const taken = oneByWeight(logWeights, uniforms.at(first + row, 0))
      completed.rows.words.set(candidates[taken].words, row * completed.rows.wordsPerRow)
      const { probabilities } = drawn[Math.floor(taken / each)]
      const start = (i * each + (taken % each)) * bits.columns
      completed.probabilities.set(probabilities.subarray(start, start + bits.columns), row * bits.columns)
      onRow?.(row, candidates, taken)
    }
    done += numbers.length
  }
  return completed
}

/** Rows that follow one another, at most so many of them, and where it matters only those that know the same. */
function* pagesOf(known: BitMatrix, ofOneKind: boolean, most: number): Generator<Uint32Array> {
  const isSame = (a: number, b: number): boolean => {
    for (let word = 0; word < known.wordsPerRow; word++)
      if (known.words[a * known.wordsPerRow + word] !== known.words[b * known.wordsPerRow + word]) return false
    return true
  }
  for (let start = 0; start < known.rows;) {
    let end = start + 1
    while (end < known.rows && end - start < most && (!ofOneKind || isSame(start, end))) end++
    yield Uint32Array.from({ length: end - start }, (_, i) => start + i)
    start = end
  }
}
