import { say, type Sentence } from '../../words/say'
import { missingCount, type Column, type LeftOut } from '../table'

/** A column of more words than this tells rows apart rather than saying something about them. */
const MANY_WORDS = 256
/** So does one of nearly as many words as rows, which has no word for a new row; with fewer rows nothing can be said. */
const [LEAST_ROWS, NEARLY_ALL] = [20, 0.7]

/**
 * Why a column is better left out of a model unless a person says otherwise; null if it is not.
 * @param rows of the table
 * @returns what follows a “because”
 */
export function whyUnsuited(column: Column, rows: number): Sentence | null {
  if (missingCount(column) === rows) return say('prepare.because.no-value')
  if (column.kind === 'text') return say('prepare.because.varied-text')
  if (column.kind !== 'categories') return null
  const words = column.words.length
  const known = rows - missingCount(column)
  if (known >= LEAST_ROWS && words >= NEARLY_ALL * known)
    return words === known
      ? say('prepare.because.every-row')
      : say('prepare.because.nearly-every-row', { words, rows: known })
  return words > MANY_WORDS ? say('prepare.because.many-words', { words }) : null
}

/** A column of so many rows that is left out for what it holds. @param why what follows a “because” */
export function leftOut(column: Column, rows: number, why: Sentence | null): LeftOut {
  const hasUse = column.kind !== 'text' && missingCount(column) < rows
  return { name: column.name, why, use: hasUse ? 'words' : null }
}
