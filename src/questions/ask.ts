import { PARTICLES_AT_ONCE, type Session } from '../engine/contract'
import { variablesOf, type Variables, type VariableSpec } from '../made/variables'
import type { Answer } from './answer'
import { isOrderAgnostic, prefixesFor, wholePrefix, type AskedModel, type Prefix } from './assignments'
import { exactGroups, particleGroups } from './drawing'
import { chooseDraws } from './draws'
import type { Evidence } from './evidence'
import { addNextMarginal, addPrefixMarginals, enumerate, logEvidenceOf, posterior, type Enumerated } from './exact'
import { effectiveSize, summarise, type Group, type GroupSummary } from './groups'

/** So many rows are scored at most, over all connectivities, for an exact answer. */
const MOST_WAYS = 8192
/** So many rows are passed at most for exact marginals of what may come next. */
const MOST_NEXT = 4096
/** Groups of the first round over all connectivities, enough to know how far they are apart. */
const GROUPS = 32
/** Particles of a group where there are few variables, and where there are many. */
const EACH = { few: 32, many: 64, most: 1024 } as const
const MANY_VARIABLES = 64
/** Rows of a call to the engine, so that others are answered in between. */
const ROWS_OF_CALL = 2048

/** For who watches: of a model of many variables the first answer comes sooner, and says less. */
const FIRST_GROUPS = 16
/** Passes for exact marginals at most then: beyond it particles tell as much sooner. */
const PROMPT_NEXT = 256

/** The engine as questions use it. */
export type AskedSession = Pick<Session, 'logLikelihood' | 'conditionals' | 'complete' | 'particles'>

export interface AskOptions {
  readonly seed: number
  /** Particles are added until every standard error of a probability is at most this, … */
  readonly accuracy: number
  /** … or so many seconds are over, … */
  readonly seconds: number
  /** … or so many have been drawn. */
  readonly particles?: number | undefined
  /** The variables that are asked about; all if absent. Of the others an answer may say nothing (NaN). */
  readonly of?: readonly number[] | undefined
  /** How many rows of p(rest | evidence) are wanted. */
  readonly draws: number
  readonly signal?: AbortSignal | undefined
  /** So many rows are scored at most, over all connectivities, for what is exact; `MOST_WAYS` if absent. */
  readonly mostWays?: number | undefined
  /** Groups of the first round over all connectivities; `GROUPS` if absent. */
  readonly groups?: number | undefined
  /** So many rows are passed at most for exact marginals of what may come next; `MOST_NEXT` if absent. */
  readonly mostNext?: number | undefined
  /** Hears of the answer after every round. */
  readonly onAnswer?: ((answer: Answer) => void) | undefined
}

/** What of the options lets somebody who waits before a window see something soon. */
export function promptPace(spec: VariableSpec): Pick<AskOptions, 'mostNext' | 'groups'> {
  return { mostNext: PROMPT_NEXT, groups: variablesOf(spec).count > MANY_VARIABLES ? FIRST_GROUPS : undefined }
}

/**
 * p(evidence), and p(rest | evidence) of all the rest (docs/mathematics.md, Questions). Exact where the evidence comes first or
 * what is open before it can be enumerated; else estimated by particles, with its error, and better with every round.
 * @throws StudioError 'cancelled' if it was given up
 */
export async function ask(
  session: AskedSession,
  model: AskedModel,
  evidence: Evidence,
  options: AskOptions,
): Promise<Answer> {
  const ends = performance.now() + 1000 * options.seconds
  const question = new Question(session, model, evidence, options)
  await question.tellExactly(options.mostWays ?? MOST_WAYS, options.mostNext ?? MOST_NEXT)
  for (;;) {
    const answer = question.answer(options.draws)
    const isOver = question.drawn >= (options.particles ?? Infinity) || performance.now() >= ends
    const isAnswered = isWithin(answer, question.columns, Number.MAX_VALUE) && answer.draws.rows >= options.draws
    if (isAnswered) options.onAnswer?.(answer)
    if (isAnswered && (isOver || isWithin(answer, question.columns, options.accuracy))) return answer
    // What cannot be met by any draw does not become possible.
    if (isOver && question.drawn > 0) return answer
    await question.draw(ends - performance.now())
  }
}

/** Whether the probability of the evidence, and those of some columns, are known so well. */
function isWithin({ evidence, standardErrors }: Answer, columns: readonly number[], accuracy: number): boolean {
  return (
    Math.exp(evidence.logProbability) * evidence.relativeError <= accuracy &&
    columns.every((column) => standardErrors[column] <= accuracy)
  )
}

/** What passes alone can tell. */
interface Exact {
  readonly enumerated: readonly Enumerated[]
  /** p(way | evidence) of each connectivity. */
  readonly shares: readonly Float64Array[]
  /** `[D]` */
  readonly marginals: Float64Array
  /** Variables whose marginals are told, a one each, `[V]`. */
  readonly isTold: Uint8Array
}

class Question {
  /** How many particles have been drawn. */
  drawn = 0
  /** Those that are asked about. */
  readonly columns: readonly number[]
  private readonly asked: readonly number[]
  private readonly seed: number
  private readonly signal: AbortSignal | undefined
  private readonly groups: number
  private readonly variables: Variables
  private readonly prefixes: readonly Prefix[]
  private exact: Exact | null = null
  private readonly strata: Group[][]
  private each: number
  /** Milliseconds that drawing has taken. */
  private spent = 0

  constructor(
    private readonly session: AskedSession,
    private readonly model: AskedModel,
    private readonly evidence: Evidence,
    { of, seed, signal, groups = GROUPS }: AskOptions,
  ) {
    this.seed = seed
    this.signal = signal
    this.groups = groups
    this.variables = variablesOf(model.spec)
    const { count, first } = this.variables
    this.asked = of ?? Array.from({ length: count }, (_, variable) => variable)
    this.columns = this.asked.flatMap((v) => Array.from({ length: first[v + 1] - first[v] }, (_, c) => first[v] + c))
    this.prefixes = prefixesFor(model, evidence)
    this.strata = this.prefixes.map(() => [])
    this.each = this.variables.count < MANY_VARIABLES ? EACH.few : EACH.many
  }

  async tellExactly(mostWays: number, mostNext: number): Promise<void> {
    const { session, model, evidence, prefixes } = this
    const { spec } = model
    const whole = prefixes.map((prefix) => wholePrefix(prefix, evidence, spec))
    const chosen = [whole, prefixes].find((some) => waysOf(some) <= mostWays)
    if (!chosen) return
    const enumerated = await enumerate(session, spec, evidence, chosen)
    const marginals = new Float64Array(spec.inputs)
    const isTold = new Uint8Array(this.variables.count)
    this.exact = { enumerated, shares: posterior(enumerated), marginals, isTold }
    addPrefixMarginals(spec, enumerated, marginals, isTold)
    // Any variable may come right behind what is known, or the one that always does.
    const isNext = (variable: number): boolean =>
      isOrderAgnostic(model) || chosen.every(({ byPlace, places }) => byPlace[places] === variable)
    const left = this.asked.filter((variable) => isTold[variable] === 0 && isNext(variable))
    if (waysOf(chosen) * left.length > mostNext) return
    for (const variable of left) {
      this.signal?.throwIfAborted()
      await addNextMarginal(session, spec, enumerated, variable, marginals)
      isTold[variable] = 1
    }
  }

  /** The answer as far as it is known. */
  answer(draws: number): Answer {
    const { exact, strata } = this
    const columns = this.model.spec.inputs
    const drawnOf = strata.filter((groups) => groups.length > 0)
    const summary = drawnOf.length > 0 ? summarise(drawnOf, columns) : null
    const logExact = exact && logEvidenceOf(exact.enumerated)
    return {
      evidence: {
        // Rounding does not make anything likelier than certain.
        logProbability: Math.min(0, logExact ?? summary?.logEvidence ?? NaN),
        relativeError: logExact === null ? (summary?.relativeError ?? Infinity) : 0,
        method: logExact === null ? 'estimated' : 'exact',
        effectiveSampleSize: summary?.effectiveSampleSize ?? 0,
      },
      ...this.marginals(summary),
      draws: chooseDraws(drawnOf, draws, this.seed, columns),
    }
  }

  private marginals(summary: GroupSummary | null): Pick<Answer, 'marginals' | 'standardErrors'> {
    const { exact, variables } = this
    const { count, columns, first } = variables
    const marginals = exact?.marginals.slice() ?? new Float64Array(columns)
    const standardErrors = new Float64Array(columns)
    for (let variable = 0; variable < count; variable++) {
      if (exact?.isTold[variable] === 1) continue
      for (let d = first[variable]; d < first[variable + 1]; d++) {
        marginals[d] = summary?.means[d] ?? NaN
        standardErrors[d] = summary?.standardErrors[d] ?? Infinity
      }
    }
    return { marginals: marginals.map((p) => Math.min(1, p)), standardErrors }
  }

  /** Draws a round more: half as much as there is, or what there is time for. */
  async draw(milliseconds: number): Promise<void> {
    const { exact, drawn } = this
    const began = performance.now()
    const most = Math.max(1, Math.min(0.5, milliseconds / this.spent) * drawn)
    if (exact) await this.drawExactly(exact, most)
    else await this.drawParticles(most)
    this.spent += performance.now() - began
  }

  private async drawExactly({ enumerated, shares }: Exact, most: number): Promise<void> {
    const groups = Math.max(this.groups, Math.floor(most / PARTICLES_AT_ONCE))
    for (let done = 0; done < groups; done += this.groups) {
      this.signal?.throwIfAborted()
      const request = { groups: this.groups, each: PARTICLES_AT_ONCE, first: this.drawn, seed: this.seed }
      const drawn = await exactGroups(this.session, this.model.spec, enumerated, shares, request, this.signal)
      for (const group of drawn) this.strata[0].push(group)
      this.drawn += request.groups * request.each
    }
  }

  private async drawParticles(most: number): Promise<void> {
    this.growUnlike()
    const { each } = this
    const least = Math.max(2, Math.ceil(this.groups / this.prefixes.length))
    const count = this.drawn === 0 ? least : Math.max(1, Math.round(most / each / this.prefixes.length))
    const atOnce = Math.max(1, Math.floor(ROWS_OF_CALL / each))
    for (const [k, prefix] of this.prefixes.entries())
      for (let done = 0; done < count; done += atOnce) {
        this.signal?.throwIfAborted()
        const groups = Math.min(atOnce, count - done)
        const request = { groups, each, first: Math.ceil(this.drawn / each), seed: this.seed }
        const { spec } = this.model
        const drawn = await particleGroups(this.session, spec, this.evidence, prefix, request, this.signal)
        for (const group of drawn) this.strata[k].push(group)
        this.drawn = (request.first + groups) * each
      }
  }

  /** Larger groups where few of those that there are count: each then finds by itself what is likely. */
  private growUnlike(): void {
    if (this.drawn > 0 && effectiveSize(this.strata) < this.drawn / 16) this.each = Math.min(EACH.most, 2 * this.each)
  }
}

function waysOf(prefixes: readonly Prefix[]): number {
  return prefixes.reduce((sum, { ways }) => sum + ways, 0)
}
