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
  (
    | { readonly kind: 'bits'; readonly names: readonly string[]; readonly omitted: readonly number[] }
    /** Greys become bits by the binarization: `width` of them in a row, but for those numbered `omitted`. */
    | {
        readonly kind: 'grey'
        readonly width: number
        readonly omitted: readonly number[]
        readonly binarization: Binarization
      }
    /**
     * Each column becomes bits in its own way, one beside the other; all columns of the table, in its order. Each is one variable
     * of the model where it says `areVariables`; else each of its bits is one.
     */
    | { readonly kind: 'columns'; readonly columns: readonly ColumnCoding[]; readonly areVariables?: true }
  ) & {
    /** The label, where the model learns it: one variable, whose bits come after all others. */
    readonly label?: LabelCoding
  }

/** A label as a variable: the word c has a one in bit c of the label. */
export interface LabelCoding {
  readonly name: string
  readonly words: readonly string[]
  /** How many columns of the table stand before it in the file; absent where the file has it in no column. */
  readonly place?: number
}

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
  /**
   * Numbers above the first c of the ascending `levels` have the code c, and a one in bit c. Those of the training rows were from
   * `least` to `most`, and have no more than so many decimals. Of dates all are numbers of that scale.
   */
  | {
      readonly kind: 'bins'
      readonly levels: readonly number[]
      readonly least: number
      readonly most: number
      readonly decimals: number
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
  /** Its bits are those of code 0, and are told to be unknown. */
  | 'unknown'
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

/** How each column of a table is coded: zeros and ones are columns of flags. */
export function columnCodings(coding: Exclude<RowCoding, { kind: 'grey' }>): readonly ColumnCoding[] {
  if (coding.kind === 'columns') return coding.columns
  const omitted = new Set(coding.omitted)
  return coding.names.map((name, number): ColumnCoding =>
    omitted.has(number) ? { name, kind: 'unused' } : { name, kind: 'flag', gap: 'left-out' },
  )
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
    case 'bins':
      return coding.levels.length + 1
  }
}

/** How many codes the values of a column have. */
export function codeCount(coding: ValueCoding): number {
  return coding.kind === 'categories' || coding.kind === 'bins' ? valueBits(coding) : valueBits(coding) + 1
}

/** How many bits a column becomes. */
export function bitCount(coding: ColumnCoding): number {
  return hasBits(coding) ? valueBits(coding) + (coding.gap === 'bit' ? 1 : 0) : 0
}

/** D: how many bits a row becomes. */
export function rowBits(coding: RowCoding): number {
  return unlabelledBits(coding) + (coding.label?.words.length ?? 0)
}

/** How many bits a row becomes, those of the label not counted. */
export function unlabelledBits(coding: RowCoding): number {
  if (coding.kind === 'bits') return coding.names.length - coding.omitted.length
  if (coding.kind === 'grey') return coding.width - coding.omitted.length
  return coding.columns.reduce((sum, column) => sum + bitCount(column), 0)
}

/** The label as a column that has bits. */
export function labelAsColumn({ name, words }: LabelCoding): CodedValues {
  return { name, kind: 'categories', values: words, gap: 'left-out' }
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
      return coding.levels.map((level) => `${name} > ${writtenLevel(level, coding.dates)}`)
    case 'bins':
      return rangeNames(coding)
  }
}

/** What the numbers of each code are, such as "17 < age ≤ 25". */
export function rangeNames({
  name,
  levels,
  dates,
}: Pick<Extract<CodedValues, { kind: 'levels' | 'bins' }>, 'name' | 'levels' | 'dates'>): string[] {
  const bounds = levels.map((level) => writtenLevel(level, dates))
  return Array.from({ length: bounds.length + 1 }, (_, code) => {
    const [above, most] = [bounds.at(code - 1), bounds.at(code)]
    if (code === 0) return `${name} ≤ ${most}`
    return code === bounds.length ? `${name} > ${above}` : `${above} < ${name} ≤ ${most}`
  })
}

/** A bound between numbers as it is written. */
export function writtenLevel(level: number, dates: DateScale | undefined): string {
  return dates ? writtenDate(level, dates) : String(Number(level.toPrecision(6)))
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
  if (coding.kind === 'categories' || coding.kind === 'bins') tell(code)
  else for (let bit = 0; bit < code; bit++) tell(bit)
}

/** Tells the ones of a row that has no value. */
export function tellGap(coding: CodedValues, tell: (bit: number) => void): void {
  if (coding.gap === 'bit') tell(valueBits(coding))
  else if (coding.gap === 'unknown') tellOnes(coding, 0, tell)
  else if (typeof coding.gap === 'number') tellOnes(coding, coding.gap, tell)
}

/** The code of a number: how many levels it is above. */
export function levelOf(levels: readonly number[], value: number): number {
  let code = 0
  while (code < levels.length && value > levels[code]) code++
  return code
}
