import { kindsIn, variableCount, variablesFor, withoutLabel, type ModelledColumns } from '../made/variables'

/** What the loss of a row is shared among, so that rows of different lengths can be compared. */
export interface LossUnit {
  /** How many there are of them in a row. */
  readonly inputs: number
  readonly input: 'pixel' | 'input' | 'column'
}

/**
 * Pixels of a picture, of which its label is none; the columns of a table that has categories, whose one-hot bits could not be
 * drawn by coins; else inputs, each of which costs one bit where a coin is flipped for it.
 */
export function lossUnit(data: ModelledColumns & { readonly picture: object | null }): LossUnit {
  if (data.picture) return { inputs: withoutLabel(data).columns, input: 'pixel' }
  const variables = variablesFor(data)
  return kindsIn(variables).includes('categorical')
    ? { inputs: variableCount(variables), input: 'column' }
    : { inputs: data.columns, input: 'input' }
}
