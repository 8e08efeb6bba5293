import { formatWhole } from './format'
import { largest } from '../../base/extremes'

/** A cell of a confusion table. */
export interface ConfusionCell {
  readonly count: number
  /** Per cent of its row; a dot for less than half of one, nothing for none. */
  readonly text: string
  /** How strongly it is shaded, 0..1: mistakes beside the largest share of mistakes, so that a good model's are seen too. */
  readonly strength: number
}

/** The cells of each class, and how many rows it has. @param confusion `[classes · classes]`, by row */
export function confusionCells(
  confusion: readonly number[],
  classes: number,
): { readonly all: number; readonly cells: readonly ConfusionCell[] }[] {
  const rows = Array.from({ length: classes }, (_, is) => confusion.slice(is * classes, (is + 1) * classes))
  const shares = rows.map((row) => {
    const all = row.reduce((sum, count) => sum + count, 0)
    return row.map((count) => (all === 0 ? 0 : count / all))
  })
  const worst = largest(shares.flatMap((row, is) => row.filter((_, taken) => taken !== is)))
  return rows.map((row, is) => ({
    all: row.reduce((sum, count) => sum + count, 0),
    cells: row.map((count, taken) => {
      const share = shares[is][taken]
      return { count, text: textOf(share), strength: is === taken ? share : worst > 0 ? share / worst : 0 }
    }),
  }))
}

function textOf(share: number): string {
  if (share === 0) return ''
  return share < 0.005 ? '·' : formatWhole(100 * share)
}

/** The commonest mistake; null where there is none. */
export function worstMistake(
  confusion: readonly number[],
  classes: number,
): { readonly is: number; readonly taken: number; readonly count: number; readonly rows: number } | null {
  let worst = -1
  confusion.forEach((count, at) => {
    const isMistake = Math.floor(at / classes) !== at % classes
    if (isMistake && count > (confusion[worst] ?? 0)) worst = at
  })
  if (worst < 0) return null
  const is = Math.floor(worst / classes)
  const rows = confusion.slice(is * classes, (is + 1) * classes).reduce((sum, count) => sum + count, 0)
  return { is, taken: worst % classes, count: confusion[worst], rows }
}
