import { StudioError } from '../../base/failure'
import { MOST_SEED, PURPOSE, RandomStream } from '../../made/random'
import { say, type MessageKey } from '../../words/say'
import { BitMatrix } from '../bit-matrix'
import { bySplit, type Split } from '../split'
import { barsAndStripes } from './bars-and-stripes'
import { isingStrip } from './ising-strip'
import { markovChain } from './markov-chain'
import { noisyParity } from './noisy-parity'
import type { Truth } from './truth'

/** A distribution whose entropy is known exactly, so that it is known how well a model can do at best. */
export type SyntheticSet =
  /** Pictures of full rows or full columns, `size`×`size`. */
  | { readonly kind: 'bars-and-stripes'; readonly size: number }
  /** Fair coins and their parity, wrong with probability `noise`; D = `columns`. */
  | { readonly kind: 'noisy-parity'; readonly columns: number; readonly noise: number }
  /** Bits whose chance depends on the `order` bits before; the chances are drawn from the seed. */
  | { readonly kind: 'markov-chain'; readonly columns: number; readonly order: number }
  /** Spins on a strip that like to agree with their neighbours (coupling > 0). */
  | { readonly kind: 'ising-strip'; readonly height: number; readonly width: number; readonly coupling: number }
export type SyntheticKind = SyntheticSet['kind']

/** Limits of the settings, both ends allowed. */
export const SYNTHETIC_LIMITS = {
  size: { least: 2, most: 16 },
  columns: { least: 2, most: 1024 },
  noise: { least: 0, most: 0.5 },
  order: { least: 1, most: 8 },
  height: { least: 1, most: 8 },
  width: { least: 2, most: 64 },
  coupling: { least: -2, most: 2 },
  rows: { least: 1, most: 1_000_000 },
} as const
export type SyntheticKey = Exclude<keyof typeof SYNTHETIC_LIMITS, 'rows'>
const FRACTIONS: readonly string[] = ['noise', 'coupling']

/** One of each kind, of a size that a small model learns within a minute. */
export const SYNTHETIC_SETS: { readonly [K in SyntheticKind]: Extract<SyntheticSet, { kind: K }> } = {
  'bars-and-stripes': { kind: 'bars-and-stripes', size: 4 },
  'noisy-parity': { kind: 'noisy-parity', columns: 8, noise: 0.1 },
  'markov-chain': { kind: 'markov-chain', columns: 24, order: 3 },
  'ising-strip': { kind: 'ising-strip', height: 4, width: 8, coupling: 0.4 },
}

/** What each kind is called. */
export const SYNTHETIC_NAMES = {
  'bars-and-stripes': 'source.synthetic.bars-and-stripes',
  'noisy-parity': 'source.synthetic.noisy-parity',
  'markov-chain': 'source.synthetic.markov-chain',
  'ising-strip': 'source.synthetic.ising-strip',
} as const satisfies Readonly<Record<SyntheticKind, MessageKey>>

/** What each setting is called in a sentence. */
const SETTING_NAMES = {
  seed: 'source.synthetic.setting.seed',
  size: 'source.synthetic.setting.size',
  columns: 'source.synthetic.setting.columns',
  noise: 'source.synthetic.setting.noise',
  order: 'source.synthetic.setting.order',
  height: 'source.synthetic.setting.height',
  width: 'source.synthetic.setting.width',
  coupling: 'source.synthetic.setting.coupling',
} as const satisfies Readonly<Record<SyntheticKey | 'seed', MessageKey>>

/** How many rows are drawn unless told otherwise. */
export const SYNTHETIC_ROWS: Readonly<Record<Split, number>> = { train: 20_000, valid: 5_000, test: 5_000 }

/**
 * The distribution of a synthetic set.
 * @param seed what a Markov chain draws its chances from
 * @throws StudioError 'invalid-settings' for a number outside `SYNTHETIC_LIMITS`, or an order that leaves no bit to predict
 */
export function truthOf(set: SyntheticSet, seed: number): Truth {
  requireLimits(set, seed)
  switch (set.kind) {
    case 'bars-and-stripes':
      return barsAndStripes(set.size)
    case 'noisy-parity':
      return noisyParity(set.columns, set.noise)
    case 'markov-chain':
      return markovChain(set.columns, set.order, seed)
    case 'ising-strip':
      return isingStrip(set.height, set.width, set.coupling)
  }
}

/** Rows of a truth, in three parts; row i of all, counted through the parts, depends on the seed and i alone. */
export function drawSplits(
  truth: Truth,
  rows: Readonly<Record<Split, number>>,
  seed: number,
): Record<Split, BitMatrix> {
  let next = 0
  return bySplit((split) => {
    const matrix = new BitMatrix(rows[split], truth.columns)
    for (let row = 0; row < matrix.rows; row++)
      truth.draw(new RandomStream(seed, PURPOSE.synthetic, next++)).forEach((bit, d) => {
        if (bit === 1) matrix.set(row, d)
      })
    return matrix
  })
}

function requireLimits(set: SyntheticSet, seed: number): void {
  requireWithin('seed', seed, { least: 0, most: MOST_SEED }, true)
  for (const [name, value] of Object.entries(set)) {
    if (!isKey(name)) continue
    requireWithin(name, Number(value), SYNTHETIC_LIMITS[name], !FRACTIONS.includes(name))
  }
  if (set.kind === 'markov-chain' && set.order >= set.columns)
    throw new StudioError(
      'invalid-settings',
      say('source.synthetic.long-order', { columns: set.columns, order: set.order }),
      say('source.synthetic.long-order.hint'),
    )
}

function isKey(name: string): name is SyntheticKey {
  return name !== 'rows' && Object.hasOwn(SYNTHETIC_LIMITS, name)
}

function requireWithin(
  name: SyntheticKey | 'seed',
  value: number,
  { least, most }: { least: number; most: number },
  whole: boolean,
): void {
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return
  throw new StudioError(
    'invalid-settings',
    whole
      ? say('source.synthetic.limit.whole', { setting: say(SETTING_NAMES[name]), value, least, most })
      : say('source.synthetic.limit.fraction', { setting: say(SETTING_NAMES[name]), value, least, most }),
    say('source.synthetic.limit.hint'),
  )
}
