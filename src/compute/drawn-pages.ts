import { StudioError } from '../base/failure'
import type { BitMatrix } from '../data/bit-matrix'
import type { PictureShape } from '../data/table'
import type { Drawn } from '../engine/contract'
import type { Model } from '../made/model-file'
import { decodeModelPreparation } from '../shared/model-preparation'
import type { SamplePage } from '../shared/samples'
import { DrawnWords } from './drawn-table'

const known = new WeakMap<Pick<Model, 'spec'>, DrawnWords | null>()

/** How what a model draws is told; null where its file does not say how its inputs were made, or in a way that is not known here. */
export function wordsOf(model: Pick<Model, 'spec' | 'preparation'>, picture: PictureShape | null): DrawnWords | null {
  let words = known.get(model)
  if (words === undefined) {
    words = preparedWords(model.preparation, model.spec.inputs, picture)
    known.set(model, words)
  }
  return words
}

/** The same from the text that a model file carries. @param inputs D of the model */
export function preparedWords(
  preparation: string | undefined,
  inputs: number,
  picture: PictureShape | null,
): DrawnWords | null {
  if (preparation === undefined) return null
  try {
    return new DrawnWords(decodeModelPreparation(preparation, inputs).coding, picture)
  } catch (error) {
    // Its rows can be looked at as bits all the same.
    if (error instanceof StudioError) return null
    throw error
  }
}

/** How many columns of a row are looked at: of pictures their pixels, of other rows all but those of a label. */
export function seenColumns(inputs: number, picture: PictureShape | null, words: DrawnWords | null): number {
  return picture ? picture.width * picture.height : (words?.seen ?? inputs)
}

/** What of drawn rows is looked at. */
export function seenOf(
  { rows, probabilities }: Drawn,
  picture: PictureShape | null,
  words: DrawnWords | null,
): Pick<SamplePage, 'columns' | 'picture' | 'bits' | 'probabilities' | 'labels'> {
  const columns = seenColumns(rows.columns, picture, words)
  return {
    columns,
    picture,
    bits: rows.firstColumns(columns).toBytes(),
    probabilities: seenProbabilities(rows, probabilities, columns),
    labels: words?.labelsOf(rows) ?? null,
  }
}

function seenProbabilities(rows: BitMatrix, probabilities: Float32Array, columns: number): Uint8Array {
  const seen = new Uint8Array(rows.rows * columns)
  for (let row = 0, i = 0; row < rows.rows; row++)
    for (let column = 0; column < columns; column++, i++)
      seen[i] = Math.round(255 * probabilities[row * rows.columns + column])
  return seen
}
