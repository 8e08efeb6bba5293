import { StudioError } from '../../base/failure'
import { say } from '../../words/say'
import { PURPOSE, RandomStream } from '../../made/random'
import { SPLITS, type Split } from '../split'
import type { PartName, TablePart } from '../table'
import type { SplitPlan } from './preparation'

/** How rows are divided unless a person says otherwise. */
export const USUAL_SPLIT: SplitPlan = {
  keepGiven: true,
  amounts: { kind: 'fractions', valid: 0.1, test: 0.1 },
  order: 'random',
  seed: 1,
}

/**
 * The numbers of the rows of each part, ascending.
 * @param parts the parts that the files name
 * @param isKept whether a row is used at all
 * @throws StudioError 'invalid-data' for fewer than three rows, 'invalid-settings' if a part would be empty
 */
export function splitRows(
  parts: readonly TablePart[],
  isKept: (row: number) => boolean,
  plan: SplitPlan,
): Record<Split, Uint32Array> {
  const of = (names: readonly PartName[]): Uint32Array =>
    rowsOf(
      parts.filter(({ name }) => names.includes(name)),
      isKept,
    )
  const train = of(['train', 'all'])
  const keeps = plan.keepGiven && train.length > 0
  const pool = keeps ? train : of(['train', 'valid', 'test', 'all'])
  const given = { valid: keeps ? of(['valid']) : new Uint32Array(), test: keeps ? of(['test']) : new Uint32Array() }
  const all = pool.length + given.valid.length + given.test.length
  if (all < SPLITS.length)
    throw new StudioError('invalid-data', say('prepare.too-few-rows', { rows: all }), say('prepare.too-few-rows.hint'))
  if (plan.order === 'random') new RandomStream(plan.seed, PURPOSE.split, 0).shuffle(pool)

  const amount = (split: 'valid' | 'test'): number => (given[split].length > 0 ? 0 : amountOf(plan, split, pool.length))
  const test = amount('test')
  const valid = amount('valid')
  const rest = Math.max(0, pool.length - valid - test)
  const taken = (start: number, count: number): Uint32Array => pool.slice(start, start + count).sort()
  const rows = {
    train: taken(0, rest),
    valid: given.valid.length > 0 ? given.valid : taken(rest, valid),
    test: given.test.length > 0 ? given.test : taken(rest + valid, test),
  }
  for (const split of SPLITS) if (rows[split].length === 0) throw emptyPart(split, pool.length)
  return rows
}

/** The numbers of the rows that are used in those parts, ascending. */
function rowsOf(parts: readonly TablePart[], isKept: (row: number) => boolean): Uint32Array {
  const found = new Uint32Array(parts.reduce((sum, { start, end }) => sum + end - start, 0))
  let count = 0
  for (const { start, end } of parts) for (let row = start; row < end; row++) if (isKept(row)) found[count++] = row
  return found.slice(0, count)
}

/** At least one row where a share of them was asked for at all. */
function amountOf({ amounts }: SplitPlan, split: 'valid' | 'test', pool: number): number {
  if (amounts.kind === 'counts') return amounts[split]
  return amounts[split] > 0 ? Math.max(1, Math.round(amounts[split] * pool)) : 0
}

function emptyPart(split: Split, rows: number): StudioError {
  return new StudioError(
    'invalid-settings',
    say('prepare.part-empty', { part: split }),
    say('prepare.part-empty.hint', { rows }),
  )
}
