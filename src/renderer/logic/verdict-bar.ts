import type { Mark, Verdict } from '../../shared/verdict'
import type { MessageKey } from '../../words/say'
import { t } from '../words'

const MARKS = {
  coins: 'train.bar.coins',
  independent: 'train.bar.independent',
  mixture: 'train.bar.mixture',
  model: 'train.bar.model',
} as const satisfies Record<Exclude<Mark['key'], 'best'>, MessageKey>

const ENDS = {
  entropy: 'train.bar.best-possible',
  published: 'train.bar.best-known',
  own: 'train.bar.best-own',
} as const satisfies Record<NonNullable<Verdict['end']>, MessageKey>

/** What a loss on the bar is called. */
export function markName({ key }: Mark, end: Verdict['end']): string {
  return t(key === 'best' ? ENDS[end ?? 'published'] : MARKS[key])
}

/** A label beside others: where its middle should be, and how wide it is, as shares of the bar. */
export interface Label {
  readonly at: number
  readonly width: number
}

/**
 * Puts labels into rows so that none covers another; they stay within the bar.
 * @returns for each its row, from 0, and where it begins
 */
export function placeLabels(labels: readonly Label[]): { readonly row: number; readonly left: number }[] {
  const ends: number[] = []
  const order = labels.map((_, i) => i).sort((a, b) => labels[a].at - labels[b].at)
  const placed = new Map<number, { readonly row: number; readonly left: number }>()
  for (const i of order) {
    const { at, width } = labels[i]
    const left = Math.max(0, Math.min(1 - width, at - width / 2))
    const free = ends.findIndex((end) => end <= left)
    const row = free < 0 ? ends.length : free
    ends[row] = left + width
    placed.set(i, { row, left })
  }
  return labels.map((_, i) => placed.get(i) ?? { row: 0, left: 0 })
}
