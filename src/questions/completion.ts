import { BitMatrix } from '../data/bit-matrix'
import { PARTICLES_AT_ONCE, type Drawn, type Particles, type Session } from '../engine/contract'
import { PURPOSE, UniformSource } from '../made/random'
import { isOrderAgnostic, prefixesFor, type AskedModel, type Prefix } from './assignments'
import { completeByEnumeration, isEnumerable } from './enumerated-completion'
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

/** What completes rows: a session of the model. */
export type CompletingSession = Pick<Session, 'particles' | 'complete' | 'logLikelihood'>

/** Ways to complete a row, from `start` on, that were drawn under one connectivity. */
interface Ways extends Drawn {
  readonly logWeights: Float64Array
  readonly start: number
}

/**
 * Draws what each row lacks from p(missing | known) under the ensemble of a model's connectivities: many ways to complete it under
 * several of them, of which one is taken in proportion to its weight. Where all that may be missing before the last known value can
 * be told by enumeration, that is exact; else the ways are particles. Under fresh orderings what is known comes first.
 * @param evidence `[rows, D]` each: what is known of the rows
 */
export async function completeRows(
  session: CompletingSession,
  model: AskedModel,
  { bits, known }: Evidence,
  options: CompletionOptions,
): Promise<Completed> {
  const completion = new Completion(session, model, { bits, known }, options)
  const { each } = completion
  for (const page of pagesOf(known, isOrderAgnostic(model), Math.max(1, Math.floor(AT_ONCE / each)))) {
    let from = page[0]
    for (const row of page) {
      const prefixes = completion.prefixesOf(row)
      if (!prefixes.every(isEnumerable)) continue
      if (from < row) await completion.byParticles(from, row)
      await completion.byEnumeration(row, prefixes)
      from = row + 1
    }
    const end = page[0] + page.length
    if (from < end) await completion.byParticles(from, end)
  }
  return completion.completed
}

/** Rows that are being completed. */
class Completion {
  readonly completed: Completed
  /** Ways of each row and connectivity. */
  readonly each: number
  private readonly model: AskedModel
  private readonly uniforms: UniformSource
  private readonly first: number

  constructor(
    private readonly session: CompletingSession,
    model: AskedModel,
    private readonly evidence: Evidence,
    private readonly options: CompletionOptions,
  ) {
    const { rows, columns } = evidence.bits
    this.completed = { rows: new BitMatrix(rows, columns), probabilities: new Float32Array(rows * columns) }
    this.model = { ...model, connectivities: model.connectivities.slice(0, MOST_CONNECTIVITIES) }
    const strata = this.model.connectivities.length
    this.each = Math.max(1, Math.ceil(PARTICLES / strata / PARTICLES_AT_ONCE)) * PARTICLES_AT_ONCE
    this.uniforms = new UniformSource(options.seed, PURPOSE.filling)
    this.first = options.first ?? 0
  }

  prefixesOf(row: number): Prefix[] {
    return prefixesFor(this.model, this.of([row]))
  }

  /** Completes a row exactly. */
  async byEnumeration(row: number, prefixes: readonly Prefix[]): Promise<void> {
    const { each, session, model, uniforms, first } = this
    const { seed, between } = this.options
    const ways: Ways[] = []
    for (const [k, prefix] of prefixes.entries()) {
      const uniform = uniforms.at(first + row, 1 + k)
      const draw = { count: each, first: this.numberOf(row, k) * each, seed, uniform }
      const drawn = await completeByEnumeration(session, model.spec, this.of([row]), prefix, draw)
      ways.push({ ...drawn, logWeights: new Float64Array(each).fill(drawn.logEvidence), start: 0 })
    }
    this.take(row, ways)
    await between?.((row + 1) / this.evidence.bits.rows)
  }

  /** Completes rows that follow one another, which know the same if the model is asked in any order. */
  async byParticles(from: number, end: number): Promise<void> {
    const { each, session } = this
    const { seed, between } = this.options
    const given = this.of(Uint32Array.from({ length: end - from }, (_, i) => from + i))
    const drawn: Particles[] = []
    const prefixes = this.prefixesOf(from)
    for (const [k, { connectivity }] of prefixes.entries()) {
      const request = { given: { rows: given.bits, known: given.known }, each, seed, connectivity }
      drawn.push(await session.particles({ ...request, first: this.numberOf(from, k) }))
      await between?.((from + ((k + 1) / prefixes.length) * (end - from)) / this.evidence.bits.rows)
    }
    for (let row = from; row < end; row++)
      this.take(
        row,
        drawn.map((particles) => ({ ...particles, start: (row - from) * each })),
      )
  }

  /** Takes one of the ways to complete a row. */
  private take(row: number, ways: readonly Ways[]): void {
    const { each, completed, uniforms, first } = this
    const { columns } = this.evidence.bits
    const candidates = ways.flatMap(({ rows, logWeights, start }) =>
      Array.from({ length: each }, (_, n): Candidate => {
        const at = start + n
        const words = rows.words.subarray(at * rows.wordsPerRow, (at + 1) * rows.wordsPerRow)
        return { words, logWeight: logWeights[at] }
      }),
    )
    const logWeights = Float64Array.from(candidates, ({ logWeight }) => logWeight)
    const taken = oneByWeight(logWeights, uniforms.at(first + row, 0))
    completed.rows.words.set(candidates[taken].words, row * completed.rows.wordsPerRow)
    const { probabilities, start } = ways[Math.floor(taken / each)]
    const from = (start + (taken % each)) * columns
    completed.probabilities.set(probabilities.subarray(from, from + columns), row * columns)
    this.options.onRow?.(row, candidates, taken)
  }

  /** Every row and connectivity has a number of its own: a row draws the same whatever stands beside it. */
  private numberOf(row: number, k: number): number {
    return k * MOST_ROWS + this.first + row
  }

  private of(numbers: ArrayLike<number>): Evidence {
    return { bits: this.evidence.bits.select(numbers), known: this.evidence.known.select(numbers) }
  }
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
