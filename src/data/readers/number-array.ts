import { sentenceOf, type Text } from '../../base/advice'
import { StudioError } from '../../base/failure'
import { LIMITS } from '../../made/spec'
import { say, type Sentence } from '../../words/say'
import type { PictureShape } from '../table'

/** An array of numbers of any shape, as NumPy and MATLAB store them. */
export interface NumberArray {
  readonly name: string
  readonly shape: readonly number[]
  /** Whether the first index runs fastest (Fortran, MATLAB) rather than the last (C). */
  readonly firstRunsFastest: boolean
  /** Whether the values are bytes, 0 to 255, by their type. */
  readonly areBytes: boolean
  /** The value at a place in storage. */
  readonly valueAt: (place: number) => number
}

/** An array seen as a table: the value of column c in row r is at place r · rowStride + columnPlaces[c]. */
export interface ArrayRows {
  readonly array: NumberArray
  readonly rows: number
  readonly columns: number
  readonly rowStride: number
  readonly columnPlaces: Float64Array
  readonly picture: PictureShape | null
}

/**
 * Lays an array out as rows. Examples are along one axis; the others are the columns, the last of them running fastest,
 * and the shape of a picture if there are two.
 * @param called names the array in the sentence of a failure
 * @throws StudioError 'invalid-data' or 'too-large'
 */
export function rowsOf(array: NumberArray, exampleAxis: number, called: Text): ArrayRows {
  const what = sentenceOf(called)
  const { shape, firstRunsFastest } = array
  if (shape.length < 2)
    throw new StudioError(
      'invalid-data',
      say('read.matrix.dimensions', { what, dimensions: shape.length }),
      say('read.matrix.dimensions.hint'),
    )
  const strides = stridesOf(shape, firstRunsFastest)
  const axes = shape.map((_, axis) => axis).filter((axis) => axis !== exampleAxis)
  const rows = shape[exampleAxis]
  const columns = axes.reduce((product, axis) => product * shape[axis], 1)
  if (rows === 0)
    throw new StudioError('invalid-data', say('read.matrix.no-rows', { what }), say('read.matrix.no-rows.hint'))
  requireColumns(columns, what)
  const columnPlaces = new Float64Array(columns)
  for (let column = 0; column < columns; column++) {
    let left = column
    for (const axis of [...axes].reverse()) {
      columnPlaces[column] += (left % shape[axis]) * strides[axis]
      left = Math.floor(left / shape[axis])
    }
  }
  const sides = axes.map((axis) => shape[axis]).filter((side, i) => side !== 1 || i < 2)
  const picture = sides.length === 2 ? { height: sides[0], width: sides[1] } : null
  return { array, rows, columns, rowStride: strides[exampleAxis], columnPlaces, picture }
}

function stridesOf(shape: readonly number[], firstRunsFastest: boolean): number[] {
  const strides: number[] = new Array<number>(shape.length).fill(1)
  if (firstRunsFastest)
    for (let axis = 1; axis < shape.length; axis++) strides[axis] = strides[axis - 1] * shape[axis - 1]
  else for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1] * shape[axis + 1]
  return strides
}

function requireColumns(columns: number, what: Sentence): void {
  const { least, most } = LIMITS.inputs
  if (columns < least)
    throw new StudioError(
      'invalid-data',
      say('read.matrix.few-columns', { what, columns, least }),
      say('read.matrix.few-columns.hint'),
    )
  if (columns > most)
    throw new StudioError(
      'too-large',
      say('read.matrix.many-columns', { what, columns, most }),
      say('read.matrix.many-columns.hint'),
    )
}
