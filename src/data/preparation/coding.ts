import { say, type Sentence } from '../../words/say'
import type { Binarization } from '../binarization'
import { writtenDate, type DateScale } from '../dates'
import type { ReadingChoices } from '../reading-choices'
import type { CellValue, PictureShape } from '../table'
import type { MissingValues, SplitPlan } from './preparation'

/**
 * How the rows of a table become bits, with all that was decided from the rows it was made for: plain data, which a model
 * file carries, so that other rows become bits as those did that the model was trained on.
 */
export type RowCoding =
  /** Zeros and ones are bits as they are, but for the columns `omitted`, by number from 0, ascending. */
  | { readonly kind: 'bits'; readonly names: readonly string[]; readonly omitted: readonly number[] }
  /** Greys become bits by the binarization: `width` of them in a row, but for those numbered `omitted`. */
  | {
      readonly kind: 'grey'
      readonly width: number
      readonly omitted: readonly number[]
      readonly binarization: Binarization
    }
  /** Each column becomes bits in its own way, one beside the other; all columns of the table, in its order. */
  | { readonly kind: 'columns'; readonly columns: readonly ColumnCoding[] }

/** How one column becomes bits. */
export type ColumnCoding = { readonly name: string } & (
  | /** The model does not see it: it was left out, or is the label. */ { readonly kind: 'unused' }
  | ((
      | /** It told nothing: the training rows all had one value, or it is text of too many kinds. */ {
          readonly kind: 'empty'
        }
      | ValueCoding
    ) & { readonly gap: GapCoding })
)

/** The values of a column as few codes 0, 1, 2, … */
export type ValueCoding =
  /** Zeros and ones: code 1 has a one. */
  | { readonly kind: 'flag' }
  /** Code c is `values[c]`, and has a one in bit c. Of dates they are numbers of that scale. */
  | { readonly kind: 'categories'; readonly values: readonly CellValue[]; readonly dates?: DateScale }
  /**
   * Numbers above the first c of the ascending `levels` have the code c, and ones in bits 0..c−1. `means[c]` is what such a
   * number is taken for when it is drawn: the mean of those of the training rows. Of dates all are numbers of that scale.
   */
  | {
      readonly kind: 'levels'
      readonly levels: readonly number[]
      readonly means: readonly number[]
      readonly dates?: DateScale
    }

/** What becomes of a row that has no value in the column. */
export type GapCoding =
  /** It cannot be coded. */
  | 'left-out'
  /** It has a one in a bit of its own, after those of the values. */
  | 'bit'
  /** Nothing: the column has no bits. */
  | 'nothing'
  /** It gets this code. */
  | number

/** A column that has bits. */
export type CodedValues = { readonly name: string; readonly gap: GapCoding } & ValueCoding

/** How the inputs of a model were made of its data. */
export interface ModelPreparation {
  /** What the data were called, and their hash (`DataSet.hash`). */
  readonly data: { readonly name: string; readonly hash: string }
  readonly coding: RowCoding
  readonly missing: MissingValues
  /** What was decided of how its file was read; later files are read so, too. */
  readonly reading?: ReadingChoices
  /** How rows were divided where the files do not say it; null for data that come in parts. */
  readonly split: SplitPlan | null
  /** The shape in which a row is looked at; null if rows are not pictures. */
  readonly picture: PictureShape | null
  /** The size that pictures from picture files were given; null if they came from something else. */
  readonly pictureSize: PictureShape | null
}

/** Whether a column has bits. */
export function hasBits(coding: ColumnCoding): coding is CodedValues {
  return coding.kind !== 'unused' && coding.kind !== 'empty'
}

/** How many bits the values of a column have, that of a gap not counted. */
function valueBits(coding: ValueCoding): number {
  switch (coding.kind) {
    case 'flag':
      return 1
    case 'categories':
      return coding.values.length
    case 'levels':
      return coding.levels.length
  }
}

/** How many codes the values of a column have. */
export function codeCount(coding: ValueCoding): number {
  return coding.kind === 'categories' ? coding.values.length : valueBits(coding) + 1
}

/** How many bits a column becomes. */
export function bitCount(coding: ColumnCoding): number {
  return hasBits(coding) ? valueBits(coding) + (coding.gap === 'bit' ? 1 : 0) : 0
}

/** D: how many bits a row becomes. */
export function rowBits(coding: RowCoding): number {
  if (coding.kind === 'bits') return coding.names.length - coding.omitted.length
  if (coding.kind === 'grey') return coding.width - coding.omitted.length
  return coding.columns.reduce((sum, column) => sum + bitCount(column), 0)
}

/** What a one says in a bit: in the signs that are the same everywhere, or in words. */
export type BitName = string | Sentence

/** What a one says in each bit of a column, such as "colour = red" or "age > 37". */
export function bitNames(coding: ColumnCoding): BitName[] {
  if (!hasBits(coding)) return []
  return [...valueNames(coding), ...(coding.gap === 'bit' ? [say('prepare.bit.missing', { column: coding.name })] : [])]
}

function valueNames(coding: CodedValues): string[] {
  const { name } = coding
  switch (coding.kind) {
    case 'flag':
      return [name]
    case 'categories':
      return coding.values.map((value) => `${name} = ${writtenValue(coding, value)}`)
    case 'levels':
      return coding.levels.map(
        (level) => `${name} > ${coding.dates ? writtenDate(level, coding.dates) : Number(level.toPrecision(6))}`,
      )
  }
}

/** The scale of the dates that a column holds; undefined if it holds none. */
export function datesOf(coding: ValueCoding): DateScale | undefined {
  return coding.kind === 'flag' ? undefined : coding.dates
}

/** A value of a column as it is written. */
export function writtenValue(coding: ValueCoding, value: CellValue): CellValue {
  const dates = datesOf(coding)
  return dates && typeof value === 'number' ? writtenDate(value, dates) : value
}

/** Tells the ones of a code, by bit from 0. */
export function tellOnes(coding: ValueCoding, code: number, tell: (bit: number) => void): void {
  if (coding.kind === 'categories') tell(code)
  else for (let bit = 0; bit < code; bit++) tell(bit)
}

/** Tells the ones of a row that has no value. */
export function tellGap(coding: CodedValues, tell: (bit: number) => void): void {
  if (coding.gap === 'bit') tell(valueBits(coding))
  else if (typeof coding.gap === 'number') tellOnes(coding, coding.gap, tell)
}

/** The code of a number: how many levels it is above. */
export function levelOf(levels: readonly number[], value: number): number {
  let code = 0
  while (code < levels.length && value > levels[code]) code++
  return code
}

/**
 * The value that drawn bits stand for; null for one that is missing. Where they are not exactly one of a category's, it is
 * the category that was the most probable when its bit was drawn; of a number it is how many of its levels it is above.
 * @param probability of each bit, that of a one that it was drawn with
 */
export function drawnValue(
  coding: CodedValues,
  isOne: (bit: number) => boolean,
  probability: (bit: number) => number,
): CellValue | null {
  switch (coding.kind) {
    case 'flag':
      return coding.gap === 'bit' && isOne(1) ? null : isOne(0) ? 1 : 0
    case 'categories': {
      const code = drawnCategory(bitCount(coding), isOne, probability)
      return coding.values[code] ?? null
    }
    case 'levels':
      if (coding.gap === 'bit' && isOne(coding.levels.length)) return null
      return coding.means[coding.levels.filter((_, bit) => isOne(bit)).length]
  }
}

/** The columns that a model sees, and what reads the values of drawn rows; null for greys, which are no columns. */
export function drawnColumns(coding: RowCoding): DrawnColumns | null {
  switch (coding.kind) {
    case 'grey':
      return null
    case 'bits': {
      const omitted = new Set(coding.omitted)
      return {
        names: coding.names.filter((_, number) => !omitted.has(number)),
        values: (isOne) => Array.from({ length: rowBits(coding) }, (_, bit) => (isOne(bit) ? 1 : 0)),
      }
    }
    case 'columns': {
      const columns = coding.columns.filter(hasBits)
      let next = 0
      const firsts = columns.map((column) => {
        const first = next
        next += bitCount(column)
        return first
      })
      return {
        names: columns.map(({ name }) => name),
        values: (isOne, probability) =>
          columns.map((column, i) => {
            const value = drawnValue(
              column,
              (bit) => isOne(firsts[i] + bit),
              (bit) => probability(firsts[i] + bit),
            )
            return value === null ? null : writtenValue(column, value)
          }),
      }
    }
  }
}

/** Drawn rows as rows of a table. */
export interface DrawnColumns {
  readonly names: readonly string[]
  /** The values of a row, of which the bits and the probabilities that they were drawn with are told by number from 0. */
  readonly values: (
    isOne: (bit: number) => boolean,
    probability: (bit: number) => number,
  ) => readonly (CellValue | null)[]
}

function drawnCategory(count: number, isOne: (bit: number) => boolean, probability: (bit: number) => number): number {
  const bits = Array.from({ length: count }, (_, bit) => bit)
  const ones = bits.filter(isOne)
  if (ones.length === 1) return ones[0]
  return bits.reduce((best, bit) => (probability(bit) > probability(best) ? bit : best))
}
