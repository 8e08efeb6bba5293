import { extname } from 'node:path'
import { withFile } from '../data/file-source'
import { encodeNpy } from '../data/npy'
import { encodeSheet, inkOf } from '../data/sheet'
import { MNIST_PICTURE } from '../data/mnist'
import { findEngine } from '../engine/find'
import { decodeModel } from '../made/model-file'
import { MOST_SEED } from '../made/random'
import { replaceFile } from '../files/durable-file'
import { oneOf, UsageError, wholeOf } from './usage'

const MOST_SAMPLES = 1_000_000

export interface SampleOptions {
  readonly model: string
  readonly count: string
  readonly connectivity: string
  readonly seed: string
  readonly out: string
}

/** `made sample`: draws from a model under one of its connectivities into a picture or an array. */
export async function sampleCommand(options: SampleOptions): Promise<void> {
  const count = wholeOf('--count', options.count, 1)
  const index = wholeOf('--connectivity', options.connectivity, 0)
  const seed = wholeOf('--seed', options.seed, 0)
  const format = oneOf('--out', extname(options.out).toLowerCase(), ['.png', '.npy'])
  if (count > MOST_SAMPLES) throw new UsageError(`The value of --count is ${count}; the most is ${MOST_SAMPLES}.`)
  if (seed > MOST_SEED) throw new UsageError(`The value of --seed is ${seed}; the most is ${MOST_SEED}.`)
  const model = await withFile(options.model, decodeModel)
  if (index >= model.connectivities.length)
    throw new UsageError(
      `The model stores ${model.connectivities.length} connectivities; number ${index} is not among them.`,
      'They are numbered from 0.',
    )
  const session = await (await findEngine('auto')).open(model, null)
  const { rows } = await session.sample({ count, first: 0, seed, connectivity: model.connectivities[index] })
  await session.close()
  const bytes =
    format === '.npy'
      ? encodeNpy([count, rows.columns], rows.toBytes())
      : encodeSheet({ columns: rows.columns, picture: pictureOf(rows.columns), values: inkOf(rows) })
  await replaceFile(options.out, [bytes])
  console.log(`${count} samples written to ${options.out}`)
}

/** A model file does not say whether its rows are pictures; rows as long as an MNIST digit are drawn as one. */
function pictureOf(columns: number): typeof MNIST_PICTURE | null {
  return columns === MNIST_PICTURE.width * MNIST_PICTURE.height ? MNIST_PICTURE : null
}
