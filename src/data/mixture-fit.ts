import { setImmediate as nextTurn } from 'node:timers/promises'
import { StudioError } from '../base/failure'
import { PURPOSE, RandomStream } from '../made/random'
import { variablesFor, type VariableRun, type VariableSpec } from '../made/variables'
import { say } from '../words/say'
import type { BitMatrix } from './bit-matrix'
import { Mixture, MIXTURE_LIMITS, Responsibilities, valuesOfColumns } from './mixture'
import type { Split } from './split'

export interface MixtureOptions {
  /** Of the columns; all binary if absent. */
  readonly variables?: readonly VariableRun[] | undefined
  /** K */
  readonly components: number
  readonly seed: number
  /** Pretended rows per component, see `Responsibilities.mixtureOf`. */
  readonly smoothing?: number
  readonly mostIterations?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: MixtureProgress) => void
}

/** How far a fit is. */
export interface MixtureProgress {
  /** The iteration under way, from 1, and the share of it that is done, 0..1. */
  readonly iteration: number
  readonly share: number
  /** The best validation NLL so far, nats; null in the first iteration. */
  readonly validNll: number | null
}

/** What a fit found: mean NLL in nats on each part, of the mixture that was best on the validation rows. */
export interface MixtureResult {
  readonly components: number
  readonly seed: number
  /** Iterations of EM made, those after the best included. */
  readonly iterations: number
  readonly nll: Readonly<Record<Split, number>>
}

const SMOOTHING = 0.1
const MOST_ITERATIONS = 200
/** Iterations without a better validation NLL after which a fit ends. */
const PATIENCE = 3
/** Better by less than this share is not better: EM creeps for ever. */
const LEAST_GAIN = 1e-4
/** The event loop is let in at least so often. */
const SLICE_MS = 30

/**
 * Fits a mixture of Bernoullis to the training rows by EM, and stops when the validation NLL gets no better.
 * @throws StudioError 'invalid-settings' for a number of components outside `MIXTURE_LIMITS` or beyond the training rows,
 * 'cancelled' when the signal is aborted
 */
export async function fitMixture(
  splits: Readonly<Record<Split, BitMatrix>>,
  options: MixtureOptions,
): Promise<MixtureResult> {
  const { components, seed, smoothing = SMOOTHING, mostIterations = MOST_ITERATIONS } = options
  requireComponents(components, splits.train.rows)
  const work = splits.train.rows + splits.valid.rows
  const variables = variablesFor({
    columns: splits.train.columns,
    ...(options.variables ? { variables: options.variables } : {}),
  })
  let mixture = firstMixture(splits.train, variables, components, seed)
  let best = { mixture, validNll: Infinity, trainNll: Infinity }
  let iteration = 0
  let sinceBest = 0
  while (sinceBest < PATIENCE && iteration < mostIterations) {
    iteration++
    const pacer = new Pacer(options, (rows) => ({
      iteration,
      share: rows / work,
      validNll: Number.isFinite(best.validNll) ? best.validNll : null,
    }))
    // Every iteration is told, however short.
    await pacer.pause(0)
    const validNll = await meanNll(mixture, splits.valid, pacer)
    const gathered = new Responsibilities(mixture)
    for (let row = 0; row < splits.train.rows; row++) {
      gathered.add(splits.train.onesOf(row))
      if (pacer.isDue()) await pacer.pause(splits.valid.rows + row)
    }
    sinceBest = validNll < best.validNll * (1 - LEAST_GAIN) ? 0 : sinceBest + 1
    if (validNll < best.validNll) best = { mixture, validNll, trainNll: -gathered.logLikelihood / gathered.rows }
    mixture = gathered.mixtureOf(smoothing)
  }
  const test = await meanNll(best.mixture, splits.test, new Pacer(options, () => null))
  return { components, seed, iterations: iteration, nll: { train: best.trainNll, valid: best.validNll, test } }
}

async function meanNll(mixture: Mixture, rows: BitMatrix, pacer: Pacer): Promise<number> {
  const slice = 100
  let sum = 0
  for (let start = 0; start < rows.rows; start += slice) {
    for (const log of mixture.logLikelihood(rows.slice(start, Math.min(rows.rows, start + slice)))) sum -= log
    if (pacer.isDue()) await pacer.pause(start)
  }
  return sum / rows.rows
}

/**
 * Where EM begins: equal weights; each component leans from the mean of all rows towards one row drawn by the seed, since
 * equal components would stay equal.
 */
function firstMixture(train: BitMatrix, variables: VariableSpec, components: number, seed: number): Mixture {
  const { columns, rows } = train
  const order = Uint32Array.from({ length: rows }, (_, row) => row)
  new RandomStream(seed, PURPOSE.mixture, 0).shuffle(order)
  const values = valuesOfColumns(variables)
  const mean = Float64Array.from(train.columnCounts(), (count, d) => (count + 1) / (rows + values[d]))
  const means = new Float64Array(components * columns)
  for (let k = 0; k < components; k++)
    for (let d = 0; d < columns; d++)
      means[k * columns + d] =
        components === 1 ? mean[d] : 0.5 * mean[d] + 0.25 * (1 / values[d] + train.get(order[k], d))
  return new Mixture(variables, new Float64Array(components).fill(1 / components), means)
}

/** Lets other work in now and then, tells how far the fit is, and notices when it is not wanted any more. */
class Pacer {
  private since = performance.now()

  constructor(
    private readonly options: MixtureOptions,
    private readonly progressAt: (rows: number) => MixtureProgress | null,
  ) {}

  isDue(): boolean {
    return performance.now() - this.since > SLICE_MS
  }

  async pause(rows: number): Promise<void> {
    const progress = this.progressAt(rows)
    if (progress) this.options.onProgress?.(progress)
    await nextTurn()
    if (this.options.signal?.aborted)
      throw new StudioError('cancelled', say('source.mixture.cancelled'), say('source.mixture.cancelled.hint'))
    this.since = performance.now()
  }
}

function requireComponents(components: number, rows: number): void {
  const most = Math.min(MIXTURE_LIMITS.components.most, rows)
  if (Number.isInteger(components) && components >= MIXTURE_LIMITS.components.least && components <= most) return
  throw new StudioError(
    'invalid-settings',
    say('source.mixture.components', { components, rows }),
    say('source.mixture.components.hint', { least: MIXTURE_LIMITS.components.least, most }),
  )
}
