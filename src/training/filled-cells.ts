import type { BitMatrix } from '../data/bit-matrix'
import type { CodedColumn } from '../data/preparation/coded-column'
import { bitCount } from '../data/preparation/coding'
import type { FilledValues, Gaps } from '../data/preparation/gaps'
import { isMissing, type CellValue } from '../data/table'
import type { Candidate } from '../questions/completion'
import type { FilledColumn } from '../shared/contract'

/** So many different values of a column are told, the commonest first. */
const MOST_TOLD = 5

/**
 * How likely the values are that were drawn for gaps: the share of the weight of a row's candidates that say the same. Its
 * candidates are drawn one after another; what they say of a cell is kept as a number that tells values apart.
 */
export class CellChances {
  /** For each column, `[rows]`; NaN where the value was known. */
  private readonly chances: Float32Array[]
  /** For each column, of rows that lack it the likeliest value, as a row that has it. */
  private readonly likeliest: Map<number, { readonly share: number; readonly words: Uint32Array }>[]

  constructor(
    private readonly columns: readonly CodedColumn[],
    private readonly known: BitMatrix,
  ) {
    this.likeliest = columns.map(() => new Map<number, { readonly share: number; readonly words: Uint32Array }>())
    this.chances = columns.map(() => new Float32Array(known.rows).fill(NaN))
  }

  /** Of row `row`, from what its candidates say, of which the one of that number was taken. */
  settle(row: number, candidates: readonly Candidate[], taken: number): void {
    const most = candidates.reduce((least, { logWeight }) => Math.max(least, logWeight), -Infinity)
    const weights = candidates.map(({ logWeight }) => Math.exp(logWeight - most))
    const all = weights.reduce((sum, weight) => sum + weight, 0)
    this.columns.forEach(({ coding, first }, i) => {
      const bits = bitCount(coding)
      if (bits === 0 || this.known.get(row, first) === 1) return
      const shares = new Map<string, { share: number; words: Uint32Array }>()
      const valueOf = (words: Uint32Array): string =>
        Array.from({ length: bits }, (_, bit) => bitOf(words, first + bit)).join('')
      candidates.forEach(({ words }, c) => {
        const value = valueOf(words)
        shares.set(value, { words, share: (shares.get(value)?.share ?? 0) + weights[c] / all })
      })
      this.chances[i][row] = shares.get(valueOf(candidates[taken].words))?.share ?? 0
      const likeliest = [...shares.values()].reduce((best, one) => (one.share > best.share ? one : best))
      this.likeliest[i].set(row, likeliest)
    })
  }

  /** Puts the likeliest value of each gap in the place of what was drawn. */
  takeLikeliest(rows: BitMatrix): void {
    this.columns.forEach(({ coding, first }, i) => {
      for (const [row, { share, words }] of this.likeliest[i]) {
        this.chances[i][row] = share
        for (let bit = first; bit < first + bitCount(coding); bit++)
          if (bitOf(words, bit) === 1) rows.set(row, bit)
          else rows.clear(row, bit)
      }
    })
  }

  /** What was filled in, column by column in the order of the table. */
  told(gaps: Pick<Gaps, 'rows'>, values: FilledValues): FilledColumn[] {
    const inOrder = this.columns.map((coded, i) => ({ ...coded, i })).sort((a, b) => a.number - b.number)
    return inOrder.flatMap(({ column, number, i }) => {
      const cells = values.get(number) ?? []
      const tally = new Map<string, { count: number; chances: number }>()
      gaps.rows.forEach((at, row) => {
        const value = cells[row] ?? null
        if (value === null || !isMissing(column, at)) return
        const before = tally.get(told(value)) ?? { count: 0, chances: 0 }
        tally.set(told(value), { count: before.count + 1, chances: before.chances + this.chances[i][row] })
      })
      const sorted = [...tally].sort(([, a], [, b]) => b.count - a.count)
      const filled = sorted.reduce((sum, [, { count }]) => sum + count, 0)
      if (filled === 0) return []
      const shown = sorted.slice(0, MOST_TOLD)
      return [
        {
          name: column.name,
          filled,
          values: shown.map(([value, { count, chances }]) => ({ value, count, chance: chances / count })),
          others: sorted.length - shown.length,
        },
      ]
    })
  }
}

function bitOf(words: Uint32Array, bit: number): number {
  return (words[bit >>> 5] >>> (bit & 31)) & 1
}

/** A value as a person reads it: a mean of a range has no seven digits that mean something. */
function told(value: CellValue): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : value
}
