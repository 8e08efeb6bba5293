import { extname, resolve } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { StudioError } from '../base/failure'
import { MNIST_PICTURE } from '../data/mnist'
import type { ModelPreparation } from '../data/preparation/coding'
import { drawnColumns } from '../data/preparation/drawn-values'
import { givenValues, type GivenValues } from '../data/preparation/given-values'
import type { PictureShape } from '../data/table'
import { findEngine } from '../engine/find'
import { MOST_SEED } from '../made/random'
import { TEMPERATURE, tempered } from '../made/temperature'
import { labelColumns } from '../made/variables'
import { givenSamples } from '../training/given-samples'
import { writeSamples, type SampleFormat } from '../training/sample-file'
import { processorUseOf, type EngineOptions } from './engine-options'
import { modelAt, type GivenModel } from './model-place'
import { sizeOf } from './places'
import { PhaseBar } from './progress'
import { listOf } from './reading-options'
import { remark } from './remark'
import { say } from '../words/say'
import { numberWithin, oneOf, UsageError, wholeOf, wholeWithin } from './usage'
import { t } from './words'

const MOST_SAMPLES = 1_000_000_000

export interface SampleOptions extends EngineOptions {
  readonly model: string
  readonly count: string
  readonly connectivity: string
  readonly seed: string
  readonly temperature: string
  readonly size?: string
  readonly given?: readonly string[]
  readonly out: string
}

/**
 * `made sample`: draws from a model under one of its connectivities into a sheet of pictures, an array or a table; rows that have
 * some values, if these are given.
 */
export async function sampleCommand(options: SampleOptions, signal: AbortSignal): Promise<void> {
  const count = wholeWithin('--count', options.count, 1, MOST_SAMPLES)
  const index = wholeOf('--connectivity', options.connectivity, 0)
  const seed = wholeWithin('--seed', options.seed, 0, MOST_SEED)
  const temperature = numberWithin('--temperature', options.temperature, TEMPERATURE.least, TEMPERATURE.most)
  const kind = oneOf('--out', extname(options.out).toLowerCase(), ['.png', '.npy', '.csv'])
  const size = options.size === undefined ? null : sizeOf(options.size)
  const use = processorUseOf(options)
  const given = await modelAt(options.model)
  const { model, preparation } = given
  if (index >= model.connectivities.length)
    throw new UsageError(
      say('cli.sample.no-connectivity', { stored: model.connectivities.length, wanted: index }),
      say('cli.sample.no-connectivity.hint'),
    )
  const format = formatOf(kind, preparation, seed)
  const picture = await pictureOf(given, size)
  const values = options.given ? valuesOf(options.given, preparation) : null
  const connectivity = model.connectivities[index]
  const session = await (await findEngine('cpu', use)).open(tempered(model, temperature), null)
  const bar = new PhaseBar('cli.bar.drawing')
  try {
    const samples = values && givenSamples(session, model.spec, values, { connectivity, seed })
    if (temperature !== TEMPERATURE.own) remark([say('cli.sample.tempered', { temperature })])
    if (samples && !samples.isExact) remark([say('cli.sample.approximate')])
    await writeSamples(resolve(options.out), {
      count,
      format,
      columns: model.spec.inputs,
      picture,
      draw: samples?.draw ?? ((first, some) => session.sample({ first, count: some, seed, connectivity })),
      between: async (share) => {
        bar.show(share)
        await nextTurn()
        signal.throwIfAborted()
      },
    })
  } finally {
    bar.stop()
    await session.close()
  }
  console.log(t('cli.sample.written', { count, out: options.out }))
}

/** How samples are written, by the ending of the file. @throws StudioError where the model knows no columns */
export function formatOf(
  kind: '.png' | '.npy' | '.csv',
  preparation: ModelPreparation | null,
  seed: number,
): SampleFormat {
  if (kind !== '.csv') return { kind: kind === '.npy' ? 'npy' : 'png' }
  const table = preparation && drawnColumns(preparation.coding)
  if (table) return { kind: 'csv', table, seed }
  throw new StudioError(
    'invalid-model',
    preparation ? say('cli.sample.pictures') : say('cli.sample.no-columns'),
    say('cli.sample.no-table.hint'),
  )
}

/** The values that the rows are to have; what a person may not expect of them is told. */
function valuesOf(texts: readonly string[], preparation: ModelPreparation | null): GivenValues {
  const parts = texts.flatMap((text) => listOf('--given', text))
  if (preparation === null)
    throw new StudioError('invalid-model', say('cli.sample.no-columns'), say('cli.sample.no-given.hint'))
  const values = givenValues(preparation.coding, parts)
  remark(values.notes)
  return values
}

/** The shape in which a row is looked at: as asked for, as the model or its run says it, or as an MNIST digit if it is as long. */
export async function pictureOf(
  { model, preparation, run }: GivenModel,
  size: PictureShape | null,
): Promise<PictureShape | null> {
  const { inputs } = model.spec
  const label = labelColumns(model.spec)
  // A label that is no pixel stands behind them.
  const pixels = label && label.end === inputs ? label.first : inputs
  if (size === null) {
    if (preparation) return preparation.picture
    if (run) return (await run.readRecord()).data.picture
    return pixels === MNIST_PICTURE.width * MNIST_PICTURE.height ? MNIST_PICTURE : null
  }
  if (size.width * size.height === pixels) return size
  throw new UsageError(
    say('cli.value.size.other', {
      size: `${size.width}x${size.height}`,
      pixels: size.width * size.height,
      inputs: pixels,
    }),
  )
}
