import { StudioError } from '../../base/failure'
import { eachRow, type Steps } from '../../base/steps'
import { say } from '../../words/say'
import { BitMatrix } from '../bit-matrix'
import { NO_LABEL } from '../table'
import type { LabelCoding } from './coding'

/** A label of more words than this is a number or a name: a model could not learn to tell so many classes apart. */
const MOST_CLASSES = 1000
/** So is one of nearly as many words as rows. */
const [LEAST_ROWS, NEARLY_ALL] = [20, 0.5]

/**
 * The label as a variable that a model learns.
 * @param labels what the data are labelled with
 * @param rows that have a label
 * @throws StudioError 'invalid-settings' if it is no class that could be learnt
 */
export function learntLabel({ name, words, place }: LabelCoding, rows: number): LabelCoding {
  if (words.length < 2)
    throw new StudioError(
      'invalid-settings',
      say('prepare.label-of-one', { label: name, words: words.length }),
      say('prepare.label-not-learnt.hint'),
    )
  if (words.length > MOST_CLASSES || (rows >= LEAST_ROWS && words.length > NEARLY_ALL * rows))
    throw new StudioError(
      'invalid-settings',
      say('prepare.label-no-class', { label: name, words: words.length, rows }),
      say('prepare.label-not-learnt.hint'),
    )
  return { name, words, ...(place === undefined ? {} : { place }) }
}

/**
 * Rows with the bits of their label after their own, `[rows, D + words]`.
 * @param codes the number of each row's word; of `NO_LABEL` the bits are zeros
 */
export function* withLabel(bits: BitMatrix, codes: Uint16Array, { words }: LabelCoding): Steps<BitMatrix> {
  const { rows, columns, wordsPerRow } = bits
  const labelled = new BitMatrix(rows, columns + words.length)
  yield* eachRow(rows, wordsPerRow, (row) => {
    const start = row * wordsPerRow
    labelled.words.set(bits.words.subarray(start, start + wordsPerRow), row * labelled.wordsPerRow)
    if (codes[row] !== NO_LABEL) labelled.set(row, columns + codes[row])
  })
  return labelled
}
