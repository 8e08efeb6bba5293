import { dateNumber } from '../dates'
import type { ColumnBuilder } from './column-builder'
import { numberIn } from './dressed-numbers'
import { isInfinite, isMissingMark, missingMarks, type MissingMarks } from './missing-marks'

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
/** With a decimal comma, and perhaps points between thousands: 3,14 or 1.234,5. */
const DECIMAL_COMMA = /^[+-]?(\d+|\d{1,3}(\.\d{3})+)?,\d+([eE][+-]?\d+)?$/
const THOUSANDS_POINTS = /^[+-]?[1-9]\d{0,2}(\.\d{3})+$/
const THOUSANDS_COMMAS = /^[+-]?[1-9]\d{0,2}(,\d{3})+$/
/** Zeros ahead say that a code is meant: 00501. */
const CODE = /^0\d+$/
/** May also be hexadecimal: 12e5. */
const EXPONENT_ALONE = /^\d+[eE]\d+$/
/** Whole numbers of so many digits, and powers of ten up to 22, are exact as doubles. */
const MOST_EXACT_DIGITS = 15
const POWERS_OF_TEN = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent)

const [ZERO, NINE, MINUS, PLUS, POINT, SPACE, TAB] = [48, 57, 45, 43, 46, 32, 9]

/** Reads fields of a text, each into its column. */
export class FieldReader {
  /** Whether a text was met that is not UTF-8, behind others that are, and was taken as Windows-1252. */
  sawOldEncoding = false
  private readonly utf8 = new TextDecoder('utf-8', { fatal: true })
  private readonly windows1252 = new TextDecoder('windows-1252')

  /**
   * @param hasDecimalCommas whether numbers are written 3,14
   * @param marks what stands for a missing value
   */
  constructor(
    private readonly hasDecimalCommas = false,
    private readonly marks: MissingMarks = missingMarks(),
    /** Hears which marks are there. */
    private readonly marksFound = new Set<string>(),
  ) {}

  /** Puts the field `bytes[start..end)` into a row: a number, a word, or nothing if it is a mark for missing. */
  read(column: ColumnBuilder, row: number, bytes: Uint8Array, start: number, end: number): void {
    while (start < end && isBlank(bytes[start])) start++
    while (end > start && isBlank(bytes[end - 1])) end--
    const isCode = !column.isOfNumbers && bytes[start] === ZERO && end - start > 1 && bytes[start + 1] !== POINT
    const isPlain = column.dates === null && column.dress === null
    const asText = this.hasDecimalCommas || isCode || !isPlain || this.marks.hasNumbers
    const value = asText ? NaN : plainNumber(bytes, start, end)
    if (Number.isNaN(value)) this.readText(column, row, this.text(bytes, start, end))
    else column.setNumber(row, value)
  }

  /** The same for a field that is a string already. */
  readText(column: ColumnBuilder, row: number, field: string): void {
    const { dress } = column
    const text = this.hasDecimalCommas && dress === null ? withDecimalPoint(field) : field
    if (this.marks.isCertain(text)) {
      if (text !== '') this.marksFound.add(text)
      return column.setMissing(row)
    }
    if (column.dates !== null) {
      const date = dateNumber(text, column.dates)
      return date === null ? column.setWord(row, text) : column.setNumber(row, date)
    }
    if (dress !== null) {
      const value = numberIn(text, dress)
      return value === null ? column.setWord(row, text) : column.setNumber(row, value)
    }
    const value = column.isOfNumbers || !CODE.test(text) ? writtenNumber(text) : NaN
    if (Number.isFinite(value)) column.setNumber(row, value, EXPONENT_ALONE.test(text) ? text : undefined)
    else column.setWord(row, text)
  }

  /** Bytes as text, UTF-8 or else Windows-1252. */
  text(bytes: Uint8Array, start: number, end: number): string {
    const field = bytes.subarray(start, end)
    if (field.every((byte) => byte < 128)) return latin1(bytes, start, end)
    try {
      return this.utf8.decode(field)
    } catch {
      this.sawOldEncoding = true
      return this.windows1252.decode(field)
    }
  }

  /** The same for bytes of which each is a character of a string, as in a sample. */
  decoded(sample: string): string {
    const bytes = Buffer.from(sample, 'latin1')
    return this.text(bytes, 0, bytes.length)
  }
}

/** The number that is written so, with digits alone or a point, a sign or an exponent; NaN for anything else. */
export function writtenNumber(text: string): number {
  return NUMBER.test(text) ? Number(text) : NaN
}

/** A number with a decimal comma as one with a decimal point; anything else as it is. */
export function withDecimalPoint(text: string): string {
  const isNumber = DECIMAL_COMMA.test(text) || THOUSANDS_POINTS.test(text)
  return isNumber ? text.replaceAll('.', '').replace(',', '.') : text
}

/** Whether a field is a number with a decimal comma; so may be one with commas between thousands. */
export function hasDecimalComma(text: string): boolean {
  return DECIMAL_COMMA.test(text)
}

/** Whether a field is a number of thousands with points between them where there are decimal commas: 1.234. */
export function hasThousandsPoint(text: string): boolean {
  return THOUSANDS_POINTS.test(text)
}

/** Whether a comma in a field may also stand between thousands: 1,234. */
export function hasThousandsComma(text: string): boolean {
  return THOUSANDS_COMMAS.test(text)
}

/** Whether a field is a number that has a decimal point, which no point between thousands can be. */
export function hasDecimalPoint(text: string): boolean {
  return NUMBER.test(text) && text.includes('.') && !THOUSANDS_POINTS.test(text)
}

/** Whether a field is a number or a mark for missing, as it stands in a sample. */
export function isNumberOrMissing(text: string): boolean {
  return isMissingMark(text) || NUMBER.test(text) || isInfinite(text)
}

/** Bytes as text, one character a byte. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB
}

/** A number of a few digits, exactly; NaN for anything else, numbers in other forms among them. */
function plainNumber(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  const negative = bytes[at] === MINUS
  if (negative || bytes[at] === PLUS) at++
  if (at >= end || end - at > MOST_EXACT_DIGITS + 1) return NaN
  let digits = 0
  let value = 0
  let pointAt = -1
  for (; at < end; at++) {
    const byte = bytes[at]
    if (byte >= ZERO && byte <= NINE) {
      value = 10 * value + byte - ZERO
      digits++
    } else if (byte === POINT && pointAt < 0) pointAt = at
    else return NaN
  }
  if (digits === 0 || digits > MOST_EXACT_DIGITS) return NaN
  if (pointAt >= 0) value /= POWERS_OF_TEN[end - 1 - pointAt]
  return negative ? -value : value
}
