import { extname, resolve } from 'node:path'
import type { BitMatrix } from '../data/bit-matrix'
import { findEngine } from '../engine/find'
import { MOST_SEED } from '../made/random'
import { ask } from '../questions/ask'
import { mostProbable } from '../questions/most-probable'
import { formatOf, pictureOf } from './sample-command'
import { writeSamples } from '../training/sample-file'
import { askedVariables, evidenceIn } from './asked-variables'
import { processorUseOf, type EngineOptions } from './engine-options'
import { modelAt } from './model-place'
import { sizeOf } from './places'
import { PhaseBar } from './progress'
import { numberOf, oneOf, wholeWithin } from './usage'
import { t } from './words'

const MOST_ROWS = 100_000

export interface CompleteOptions extends EngineOptions {
  readonly model: string
  readonly given?: readonly string[]
  readonly count: string
  readonly likeliest?: true
  readonly seconds: string
  readonly size?: string
  readonly seed: string
  readonly out: string
}

/** `made complete`: rows that have what is given, drawn from p(rest | given), or the likeliest that a search finds. */
export async function completeCommand(options: CompleteOptions, signal: AbortSignal): Promise<void> {
  const count = options.likeliest ? 1 : wholeWithin('--count', options.count, 1, MOST_ROWS)
  const seed = wholeWithin('--seed', options.seed, 0, MOST_SEED)
  const seconds = numberOf('--seconds', options.seconds)
  const kind = oneOf('--out', extname(options.out).toLowerCase(), ['.png', '.npy', '.csv'])
  const size = options.size === undefined ? null : sizeOf(options.size)
  const use = processorUseOf(options)
  const given = await modelAt(options.model)
  const { model, preparation } = given
  const evidence = evidenceIn(options.given ?? [], askedVariables(model.spec, preparation))
  const format = formatOf(kind, preparation, seed)
  const picture = await pictureOf(given, size)
  const session = await (await findEngine('cpu', use)).open(model, null)
  const bar = new PhaseBar('cli.bar.drawing')
  let rows: BitMatrix
  try {
    if (options.likeliest) {
      const found = await mostProbable(session, model, evidence, async (share) => {
        signal.throwIfAborted()
        bar.show(share)
      })
      rows = found.row
      bar.stop()
      console.log(t('cli.complete.likeliest', { logp: found.logProbability }))
    } else
      ({ draws: rows } = await ask(session, model, evidence, { seed, accuracy: 0.01, seconds, draws: count, signal }))
    await writeSamples(resolve(options.out), {
      count: rows.rows,
      format,
      columns: model.spec.inputs,
      picture,
      // What is drawn within a bin follows from the row alone.
      draw: async (first, some) => ({
        rows: rows.slice(first, first + some),
        probabilities: Float32Array.from(rows.slice(first, first + some).toBytes()),
      }),
      between: async () => signal.throwIfAborted(),
    })
  } finally {
    bar.stop()
    await session.close()
  }
  console.log(t('cli.sample.written', { count: rows.rows, out: options.out }))
}
