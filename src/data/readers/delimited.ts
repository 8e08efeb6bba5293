import { StudioError } from '../../base/failure'
import type { ColumnBuilder } from './column-builder'
import type { Content } from './content'
import { guessDialect, REMARK_MARKS, type Dialect } from './dialect'
import { FieldReader, withDecimalPoint } from './field'
import type { Reading } from './reading'
import { rowTargets, type RowTargets } from './row-targets'
import type { TableBuilder } from './table-builder'
import { parseText, sampleText } from './text-blocks'

const [LINE_FEED, RETURN, QUOTE, SPACE, TAB, POINT, ZERO, ONE] = [10, 13, 34, 32, 9, 46, 48, 49]

/** The format in words, as its separator says. */
export function formatOf({ separator }: Dialect): string {
  return {
    ',': 'CSV',
    ';': 'CSV with semicolons',
    '\t': 'TSV',
    '|': 'text with bars',
    blank: 'text with spaces',
    none: 'text of zeros and ones',
  }[separator]
}

/**
 * Reads a table of text into `builder`: CSV (RFC 4180: fields in quotes may hold separators, line feeds and doubled
 * quotes), the same with tabs, semicolons or bars, columns separated by blanks, or unseparated zeros and ones.
 * Blank lines and remarks are left out. A column called "label", "class", "target" or "y" is taken for the labels.
 * @returns how it was written
 * @throws StudioError 'invalid-data' where rows are not alike, 'unknown-format' where the file is no text
 */
export async function readDelimited(content: Content, builder: TableBuilder, reading: Reading): Promise<Dialect> {
  const dialect = guessDialect(sampleText(content), content.isWhole)
  const parser = new RowReader(content.name, dialect, builder)
  await parseText(content, reading, (bytes, length, isLast) => parser.parse(bytes, length, isLast))
  if (parser.fields.sawOldEncoding)
    builder.notes.add(`${content.name} is not UTF-8; its text was read as Windows-1252.`)
  const { decimalComma, doubtful, endsWithStop } = dialect
  if (endsWithStop) builder.notes.add(`The full stop at the end of each line of ${content.name} was left out.`)
  if (decimalComma !== null)
    builder.notes.add(
      `Numbers in ${content.name} have a decimal comma: ${decimalComma} was read as ${withDecimalPoint(decimalComma)}.`,
    )
  if (doubtful !== null)
    builder.notes.add(
      `Values in ${content.name} such as ${doubtful} were read as words. If they are numbers, save the table again without commas between thousands.`,
    )
  return dialect
}

class RowReader {
  readonly fields: FieldReader
  private line = 1
  private targets: RowTargets | null = null
  private readonly header: readonly string[] | null
  private headerIsAhead: boolean
  private readonly separator: number
  private readonly isBlankSeparated: boolean
  private readonly remarks: readonly number[]
  /** Where the row that is read began, to tell a person. */
  private rowLine = 1

  constructor(
    private readonly name: string,
    private readonly dialect: Dialect,
    private readonly builder: TableBuilder,
  ) {
    const { separator } = dialect
    this.isBlankSeparated = separator === 'blank'
    this.separator = this.isBlankSeparated ? SPACE : separator === 'none' ? -1 : separator.charCodeAt(0)
    this.headerIsAhead = dialect.header !== null
    this.remarks = Array.from(REMARK_MARKS, (mark) => mark.charCodeAt(0)).filter((mark) => mark !== this.separator)
    this.fields = new FieldReader(() => `Line ${this.rowLine} of ${name}`, dialect.decimalComma !== null)
    this.header = dialect.header?.map((name) => this.fields.decoded(name)) ?? null
  }

  /** A `RowParser`. */
  parse(bytes: Uint8Array, length: number, isLast: boolean): number {
    let at = 0
    while (at < length) {
      const lineBefore = this.line
      const end = this.row(bytes, at, length, isLast)
      if (end < 0) {
        this.line = lineBefore
        return at
      }
      at = end
    }
    return at
  }

  /** Reads the row that begins at `start`. @returns where the next begins, or −1 if this one is not complete */
  private row(bytes: Uint8Array, start: number, length: number, isLast: boolean): number {
    this.rowLine = this.line
    let at = start
    while (at < length && (bytes[at] === SPACE || (bytes[at] === TAB && this.separator !== TAB))) at++
    if (at >= length) return isLast ? length : -1
    if (bytes[at] === LINE_FEED || bytes[at] === RETURN) return this.afterLine(bytes, at, length, isLast)
    if (this.remarks.includes(bytes[at]) || this.headerIsAhead) return this.skipLine(bytes, at, length, isLast)
    this.targets ??= this.targetsOf(this.widthOf(bytes, at, length, isLast))
    if (this.targets === null) return -1
    const end =
      this.dialect.separator === 'none'
        ? this.digits(bytes, at, length, isLast)
        : this.separated(bytes, at, length, isLast)
    if (end >= 0) this.builder.endRow(this.targets.hasLabels)
    return end
  }

  /** Reads a row of fields with separators between them into the columns. @returns as `row` */
  private separated(bytes: Uint8Array, start: number, length: number, isLast: boolean): number {
    const { separator, builder } = this
    const { rows } = builder
    const targets = this.targets?.columns ?? []
    const width = targets.length
    let column = 0
    let at = start
    while (true) {
      const begin = at
      const first = bytes[at]
      // Most fields of most files are a single 0 or 1.
      if (
        (first === ZERO || first === ONE) &&
        at + 1 < length &&
        (bytes[at + 1] === separator || bytes[at + 1] === LINE_FEED)
      ) {
        const target = column < width ? targets[column] : null
        if (target) {
          if (first === ONE) target.setOne(rows)
          else target.setZero(rows)
        }
        at++
      } else {
        at = this.fieldEnd(bytes, begin, length, isLast)
        if (at < 0) return -1
        const target = column < width ? targets[column] : null
        const hasStop = this.dialect.endsWithStop && column === width - 1 && bytes[at - 1] === POINT
        if (target) this.field(target, bytes, begin, hasStop ? at - 1 : at)
      }
      column++
      if (this.isBlankSeparated) while (at < length && (bytes[at] === SPACE || bytes[at] === TAB)) at++
      if (at >= length) {
        if (!isLast) return -1
        this.requireWidth(column)
        return length
      }
      if (bytes[at] === LINE_FEED || bytes[at] === RETURN) {
        this.requireWidth(column)
        return this.afterLine(bytes, at, length, isLast)
      }
      if (!this.isBlankSeparated) at++
      if (this.dialect.endsWithSeparator && column === width) return this.skipBlanksToLine(bytes, at, length, isLast)
      if (at >= length && !isLast) return -1
    }
  }

  /** Where the field that begins at `begin` ends; −1 if that is not in these bytes. */
  private fieldEnd(bytes: Uint8Array, begin: number, length: number, isLast: boolean): number {
    let at = begin
    while (at < length && bytes[at] === SPACE && this.separator !== SPACE) at++
    if (at < length && bytes[at] === QUOTE) {
      for (at++; ; at++) {
        if (at >= length) {
          if (isLast) throw this.unclosed()
          return -1
        }
        if (bytes[at] === LINE_FEED) this.line++
        if (bytes[at] !== QUOTE) continue
        if (at + 1 >= length && !isLast) return -1
        if (bytes[at + 1] !== QUOTE || at + 1 >= length) break
        at++
      }
      at++
    }
    while (at < length) {
      const byte = bytes[at]
      if (byte === this.separator || byte === LINE_FEED || byte === RETURN || (this.isBlankSeparated && byte === TAB))
        return at
      at++
    }
    return isLast ? length : -1
  }

  private field(target: ColumnBuilder, bytes: Uint8Array, start: number, end: number): void {
    const { rows } = this.builder
    let begin = start
    while (begin < end && bytes[begin] === SPACE) begin++
    if (bytes[begin] !== QUOTE || begin >= end) return this.fields.read(target, rows, bytes, begin, end)
    const text = this.fields.text(bytes, begin, end).trim()
    const inside = text.endsWith('"') && text.length > 1 ? text.slice(1, -1) : text.slice(1)
    this.fields.readText(target, rows, inside.replaceAll('""', '"').trim())
  }

  /** Reads a row of zeros and ones without separators. @returns as `row` */
  private digits(bytes: Uint8Array, start: number, length: number, isLast: boolean): number {
    const targets = this.targets?.columns ?? []
    let at = start
    for (; at < length && (bytes[at] === ZERO || bytes[at] === ONE); at++)
      if (bytes[at] === ONE) targets[at - start]?.setOne(this.builder.rows)
    if (at >= length && !isLast) return -1
    const end = this.skipBlanksToLine(bytes, at, length, isLast)
    if (end >= 0) this.requireWidth(at - start)
    return end
  }

  /** The number of fields of the first row; 0 if it is not complete. */
  private widthOf(bytes: Uint8Array, start: number, length: number, isLast: boolean): number {
    if (this.header) return this.header.length
    const lineBefore = this.line
    let width = 0
    for (let at = start; ; at++) {
      if (this.isBlankSeparated) while (at < length && (bytes[at] === SPACE || bytes[at] === TAB)) at++
      if (this.isBlankSeparated && (at >= length ? isLast : bytes[at] === LINE_FEED || bytes[at] === RETURN)) break
      const end = this.fieldEnd(bytes, at, length, isLast)
      if (end < 0) return 0
      if (this.separator < 0) return end - at
      width++
      at = end
      if (at >= length || bytes[at] === LINE_FEED || bytes[at] === RETURN) break
    }
    this.line = lineBefore
    return this.dialect.endsWithSeparator ? width - 1 : width
  }

  /** @param width of the first row; 0 if it is not complete */
  private targetsOf(width: number): RowTargets | null {
    return width === 0 ? null : rowTargets(this.name, this.header, width, this.builder)
  }

  private requireWidth(fields: number): void {
    const width = this.targets?.columns.length ?? 0
    if (fields === width) return
    const unit = this.dialect.separator === 'none' ? 'digit' : 'field'
    throw new StudioError(
      'invalid-data',
      `Line ${this.rowLine} of ${this.name} has ${fields} ${unit}${fields === 1 ? '' : 's'}, but the lines before it have ${width}.`,
      'Every line must have the same columns; look at that line, or save the table again as CSV.',
    )
  }

  private unclosed(): StudioError {
    return new StudioError(
      'invalid-data',
      `The quotation mark that opens in line ${this.rowLine} of ${this.name} is never closed.`,
      'Look at that line, or save the table again as CSV.',
    )
  }

  /** Past the line end at `at`. @returns as `row` */
  private afterLine(bytes: Uint8Array, at: number, length: number, isLast: boolean): number {
    if (bytes[at] === RETURN) {
      if (at + 1 >= length && !isLast) return -1
      if (bytes[at + 1] === LINE_FEED && at + 1 < length) at++
    }
    this.line++
    return at + 1
  }

  /** Past a line that is not read: a remark, or the header. @returns as `row` */
  private skipLine(bytes: Uint8Array, start: number, length: number, isLast: boolean): number {
    const isRemark = this.remarks.includes(bytes[start])
    let at = start
    let isQuoted = false
    for (; at < length; at++) {
      if (!isRemark && bytes[at] === QUOTE) isQuoted = !isQuoted
      if ((bytes[at] === LINE_FEED || bytes[at] === RETURN) && !isQuoted) break
      if (bytes[at] === LINE_FEED) this.line++
    }
    if (at >= length) return isLast ? length : -1
    const end = this.afterLine(bytes, at, length, isLast)
    if (end >= 0 && !isRemark) this.headerIsAhead = false
    return end
  }

  /** Past blanks up to and with the end of the line. @returns as `row` */
  private skipBlanksToLine(bytes: Uint8Array, start: number, length: number, isLast: boolean): number {
    let at = start
    while (at < length && (bytes[at] === SPACE || bytes[at] === TAB)) at++
    if (at >= length) return isLast ? length : -1
    if (bytes[at] === LINE_FEED || bytes[at] === RETURN) return this.afterLine(bytes, at, length, isLast)
    if (this.dialect.separator !== 'none') this.requireWidth((this.targets?.columns.length ?? 0) + 1)
    throw new StudioError(
      'invalid-data',
      `Line ${this.rowLine} of ${this.name} holds something other than 0 and 1 in its place ${at - start + 1}.`,
      'Every line must consist of zeros and ones only.',
    )
  }
}
