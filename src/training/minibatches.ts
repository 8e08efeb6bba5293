import { minibatchCount } from '../shared/run-config'
import { PURPOSE, RandomStream } from '../made/random'

/** The minibatches of an epoch (from 1): every row number once, in an order that (seed, epoch) alone decides. */
export function epochMinibatches(rows: number, batchSize: number, seed: number, epoch: number): Uint32Array[] {
  const order = Uint32Array.from({ length: rows }, (_, i) => i)
  new RandomStream(seed, PURPOSE.shuffle, epoch).shuffle(order)
  return Array.from({ length: minibatchCount(rows, batchSize) }, (_, i) =>
    order.subarray(i * batchSize, Math.min(rows, (i + 1) * batchSize)),
  )
}
