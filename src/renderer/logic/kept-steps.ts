import type { KeptStep } from '../../shared/kept-question'
import type { Hiding } from '../../shared/painting'
import type { KnownRow } from '../../shared/questions'

/** How a part of a picture is hidden, and what there was before. */
export interface Cover extends Hiding {
  readonly under: KnownRow
}

/** What was known at a step of a question. */
export interface QuestionStep {
  readonly row: KnownRow
  /** Null: nothing is hidden. */
  readonly cover: Cover | null
}

/** So many letters are kept of steps: those that are the furthest away are let go. */
const MOST_LETTERS = 100_000

/** A step as it is kept; `stepFrom` reads it. */
export function keptStep({ row, cover }: QuestionStep): KeptStep {
  const letters = Array.from(row.bits, (bit, d) => {
    if (row.known[d] === 1) return String(bit)
    if (cover === null || cover.under.known[d] === 0) return '.'
    return cover.under.bits[d] === 1 ? 'i' : 'o'
  })
  const hiding = cover && { region: cover.region, share: cover.share, seed: cover.seed }
  return { text: letters.join(''), hiding }
}

/** As many of steps as are kept, in their order. @param steps the nearest one last */
export function nearest(steps: readonly KeptStep[]): KeptStep[] {
  let letters = 0
  let from = steps.length
  while (from > 0 && letters + steps[from - 1].text.length <= MOST_LETTERS) letters += steps[--from].text.length
  return steps.slice(from)
}

/** The step that was kept; null where it is of another width. */
export function stepFrom({ text, hiding }: KeptStep, columns: number): QuestionStep | null {
  if (text.length !== columns) return null
  const letters = Array.from(text)
  const rowOf = (ones: string, known: string): KnownRow => ({
    bits: Uint8Array.from(letters, (letter) => (ones.includes(letter) ? 1 : 0)),
    known: Uint8Array.from(letters, (letter) => (known.includes(letter) ? 1 : 0)),
  })
  return { row: rowOf('1', '01'), cover: hiding && { ...hiding, under: rowOf('1i', '01io') } }
}
