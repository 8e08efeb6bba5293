import { findEngine } from '../engine/find'
import type { ModelSpec } from '../made/spec'
import { variablesOf } from '../made/variables'
import { MOST_SEED } from '../made/random'
import { LEAST_PROBABILITY, type Answer } from '../questions/answer'
import { ask } from '../questions/ask'
import { formatChance } from '../shared/chance'
import { say } from '../words/say'
import { askedVariables, evidenceIn, nameOf, variableNamed, type AskedVariables } from './asked-variables'
import { processorUseOf, type EngineOptions } from './engine-options'
import { modelAt } from './model-place'
import { remark } from './remark'
import { numberOf, UsageError, wholeWithin } from './usage'
import { t } from './words'

const MOST_PARTICLES = 1_000_000_000
/** A standard error of this is small enough for a person, unless particles or seconds are said. */
const ACCURACY = 0.01

export interface AskCommandOptions extends EngineOptions {
  readonly model: string
  readonly given?: readonly string[]
  readonly of?: string
  readonly particles?: string
  readonly seconds: string
  readonly seed: string
  readonly json?: true
}

/** `made ask`: the probability of what is given, and of the values of one variable or of all given that. */
export async function askCommand(options: AskCommandOptions, signal: AbortSignal): Promise<void> {
  const seed = wholeWithin('--seed', options.seed, 0, MOST_SEED)
  const particles =
    options.particles === undefined ? undefined : wholeWithin('--particles', options.particles, 1, MOST_PARTICLES)
  const seconds = numberOf('--seconds', options.seconds)
  if (seconds < 0) throw new UsageError(say('cli.value.least', { option: '--seconds', value: seconds, least: 0 }))
  const use = processorUseOf(options)
  const { model, preparation } = await modelAt(options.model)
  const asked = askedVariables(model.spec, preparation)
  const evidence = evidenceIn(options.given ?? [], asked)
  const of = options.of === undefined ? null : variableNamed(options.of, asked)
  const session = await (await findEngine('cpu', use)).open(model, null)
  try {
    const accuracy = particles === undefined ? ACCURACY : 0
    const answer = await ask(session, model, evidence, { seed, accuracy, seconds, particles, draws: 0, signal })
    const told = of === null ? [...asked.variables.keys()] : [of]
    if (options.json) console.log(JSON.stringify(inFacts(model.spec, asked, answer, of === null ? null : told[0])))
    else {
      if (Math.exp(answer.evidence.logProbability) < LEAST_PROBABILITY) remark([say('cli.ask.contradiction')])
      console.log(inWords(model.spec, asked, answer, told))
    }
  } finally {
    await session.close()
  }
}

/** One value of a variable with its chance. */
interface ValueChance {
  readonly value: string | number | null
  readonly probability: number
  readonly standardError: number
}

function inFacts(spec: ModelSpec, asked: AskedVariables, answer: Answer, of: number | null): object {
  const { logProbability, relativeError, method, effectiveSampleSize } = answer.evidence
  const probability = Math.exp(logProbability)
  const marginalOf = (variable: number): object => ({
    of: nameOf(asked.variables[variable]),
    marginal: valueChances(spec, asked, answer, variable),
  })
  return {
    evidence: {
      probability,
      standardError: probability * relativeError,
      logProbability,
      method,
      // Nothing was drawn for what is exact.
      effectiveSampleSize: method === 'exact' ? null : effectiveSampleSize,
    },
    ...(of === null ? { marginals: [...asked.variables.keys()].map(marginalOf) } : marginalOf(of)),
  }
}

/** The values of a variable in the order of the model; of a binary one 0, then 1. */
function valueChances(
  spec: ModelSpec,
  { variables: named, areNumbered, coding }: AskedVariables,
  { marginals, standardErrors }: Answer,
  variable: number,
): ValueChance[] {
  const { kinds, first } = variablesOf(spec)
  const { values } = named[variable]
  const isLabel = coding.label !== undefined && variable === named.length - 1
  const written = (value: string | null): ValueChance['value'] =>
    areNumbered && !isLabel && value !== null ? Number(value) : value
  if (kinds[variable] === 'binary') {
    const [one, standardError] = [marginals[first[variable]], standardErrors[first[variable]]]
    return [1 - one, one].map((probability, value) => ({ value, probability, standardError }))
  }
  return values.map((value, c) => ({
    value: written(value),
    probability: marginals[first[variable] + c],
    standardError: standardErrors[first[variable] + c],
  }))
}

/** Three figures. */
function short(value: number): string {
  return String(Number(value.toPrecision(3)))
}

/** The likeliest values of each variable first, at most so many. */
const MOST_TOLD = 8

function inWords(spec: ModelSpec, asked: AskedVariables, answer: Answer, variables: readonly number[]): string {
  const { logProbability, relativeError, method } = answer.evidence
  const probability = Math.exp(logProbability)
  const values = { probability: short(probability), error: short(probability * relativeError), logp: logProbability }
  const lines = [method === 'exact' ? t('cli.ask.exact', values) : t('cli.ask.estimated', values)]
  for (const variable of variables) {
    const chances = valueChances(spec, asked, answer, variable)
    const sorted = variables.length > 1 ? [...chances].sort((a, b) => b.probability - a.probability) : chances
    const shown = variables.length > 1 ? sorted.slice(0, MOST_TOLD) : sorted
    const told = shown.map(({ value, probability: p, standardError }) => {
      const word = value === null ? say('cli.ask.no-value') : String(value)
      return standardError === 0
        ? t('cli.ask.value', { value: word, chance: formatChance(p) })
        : t('cli.ask.value.about', { value: word, chance: formatChance(p), error: 100 * standardError })
    })
    const others = sorted.length - shown.length
    const all = [...told, ...(others > 0 ? [t('cli.fill.others', { count: others })] : [])]
    lines.push(t('cli.ask.variable', { name: asked.variables[variable].name, values: all.join(', ') }))
  }
  return lines.join('\n')
}
