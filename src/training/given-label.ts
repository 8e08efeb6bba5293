import { StudioError } from '../base/failure'
import { BitMatrix } from '../data/bit-matrix'
import type { Given } from '../engine/contract'
import type { ModelSpec } from '../made/spec'
import { labelColumns } from '../made/variables'
import { say } from '../words/say'

/**
 * Rows of which nothing is known but their label: it leads, so that what is drawn of them is drawn exactly from p(x | y).
 * @param label the number of the class
 * @throws StudioError 'invalid-request' where the model has learnt no label, or not so many classes
 */
export function givenLabel(spec: ModelSpec, label: number, count: number): Given {
  const place = labelColumns(spec)
  const classes = place ? place.end - place.first : 0
  if (!place || label >= classes)
    throw new StudioError(
      'invalid-request',
      say('compute.samples.no-class', { classes, number: label + 1 }),
      say('compute.samples.no-class.hint'),
    )
  const rows = new BitMatrix(count, spec.inputs)
  const known = new BitMatrix(count, spec.inputs)
  for (let row = 0; row < count; row++) {
    rows.set(row, place.first + label)
    for (let column = place.first; column < place.end; column++) known.set(row, column)
  }
  return { rows, known }
}
