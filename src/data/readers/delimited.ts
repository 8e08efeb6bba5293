import type { Note } from '../../base/advice'
import { StudioError } from '../../base/failure'
import { say, type MessageKey, type Sentence } from '../../words/say'
import { TO_READ_ONE_HEADER, toReadLines } from '../deciding'
import type { ColumnBuilder } from './column-builder'
import type { Content } from './content'
import type { ReadingChoices, Separator } from '../reading-choices'
import { guessDialect, NO_EXAMPLE, type Dialect } from './dialect'
import { FieldReader, latin1, withDecimalPoint } from './field'
import type { Reading } from './reading'
import { rowTargets, type RowTargets } from './row-targets'
import type { TableBuilder } from './table-builder'
import type { TextEncoding } from './encodings'
import { isRule, RULE_MARKS } from './sample-rows'
import { encodingNote, parseText, sampleText, textEncoding } from './text-blocks'

/** Of the remarks between the rows so many are told by their lines. */
const MOST_TOLD = 5

const IS_ASCII = /^\p{ASCII}*$/u
const [LINE_FEED, RETURN, QUOTE, SPACE, TAB, POINT, ZERO, ONE, NINE] = [10, 13, 34, 32, 9, 46, 48, 49, 57]

/** What was found of a table of text. */
export interface ReadText {
  /** What the format is called. */
  readonly format: Sentence
  /** How it was read. */
  readonly readAs: ReadingChoices
}

const FORMATS = {
  ',': 'read.text.format.csv',
  ';': 'read.text.format.csv-semicolons',
  '\t': 'read.text.format.tsv',
  '|': 'read.text.format.bars',
  blank: 'read.text.format.spaces',
  none: 'read.text.format.bits',
} as const satisfies Readonly<Record<Separator, MessageKey>>

/** What the format of a table of text is called, as its separator says. */
export function formatOf(separator: Separator): Sentence {
  return say(FORMATS[separator])
}

/**
 * Reads a table of text into `builder`: CSV (RFC 4180: fields in quotes may hold separators, line feeds and doubled
 * quotes), the same with tabs, semicolons or bars, columns separated by blanks, or unseparated zeros and ones.
 * What stands above the table and remarks are left out and told, blank lines without a word.
 * @throws StudioError 'invalid-data' where rows are not alike, 'unknown-format' where the file is no text,
 * 'invalid-settings' for a choice that does not fit it
 */
export async function readDelimited(
  content: Content,
  builder: TableBuilder,
  reading: Reading,
  choices: ReadingChoices = {},
): Promise<ReadText> {
  const encoding = textEncoding(content, choices.encoding)
  const dialect = guessDialect(sampleText(content, encoding), content.isWhole, choices)
  const parser = new RowReader(content.name, dialect, builder, choices)
  await parseText(content, reading, (bytes, length, isLast) => parser.parse(bytes, length, isLast), encoding)
  const notes = [
    encodingNote(content.name, encoding),
    parser.fields.sawOldEncoding ? say('read.text.windows-1252', { name: content.name }) : null,
    preambleNote(content.name, dialect),
    parser.footNote(),
    parser.remarksNote(),
    ...notesOn(content.name, dialect),
  ]
  for (const note of notes) if (note !== null) builder.notes.add(note)
  return { format: formatOf(dialect.separator), readAs: readAs(dialect, encoding, builder) }
}

function readAs(dialect: Dialect, encoding: TextEncoding, { marksFound }: TableBuilder): ReadingChoices {
  const { separator, header, preamble, decimalComma, remarkMarks } = dialect
  return {
    header: header !== null,
    skip: preamble,
    separator,
    decimal: decimalComma === null ? '.' : ',',
    encoding: encoding.name,
    missingMarks: [...marksFound],
    comment: remarkMarks,
  }
}

function preambleNote(name: string, { preamble, namesSeparator }: Dialect): Note | null {
  if (preamble === 0 || (preamble === 1 && namesSeparator)) return null
  return { says: say('read.text.above', { lines: preamble, name }), advice: toReadLines('above') }
}

function notesOn(name: string, { decimalComma, endsWithStop, joined, total }: Dialect): (Note | null)[] {
  return [
    joined > 1 ? { says: say('read.workbook.joined', { file: name, rows: joined }), advice: TO_READ_ONE_HEADER } : null,
    total === null ? null : say('read.text.total', { name, total }),
    endsWithStop ? say('read.text.full-stops', { name }) : null,
    decimalComma === null || decimalComma === NO_EXAMPLE
      ? null
      : say('read.text.decimal-comma', { name, written: decimalComma, point: withDecimalPoint(decimalComma) }),
  ]
}

class RowReader {
  readonly fields: FieldReader
  private line = 1
  private targets: RowTargets | null = null
  private readonly header: readonly string[] | null
  private readonly separator: number
  private readonly isBlankSeparated: boolean
  private readonly hasNumericMarks: boolean
  private readonly remarks: readonly number[]
  private readonly ruleMarks = Array.from(RULE_MARKS, (mark) => mark.charCodeAt(0))
  /** The lines of remarks between the rows. */
  private readonly remarkLines: number[] = []
  private remarkCount = 0
  private footLines = 0
  /** Where the row that is read began, to tell a person. */
  private rowLine = 1

  constructor(
    private readonly name: string,
    private readonly dialect: Dialect,
    private readonly builder: TableBuilder,
    private readonly choices: ReadingChoices,
  ) {
    const { separator } = dialect
    this.isBlankSeparated = separator === 'blank'
    this.hasNumericMarks = builder.marks.hasNumbers
    this.separator = this.isBlankSeparated ? SPACE : separator === 'none' ? -1 : separator.charCodeAt(0)
    this.remarks = Array.from(dialect.remarkMarks, (mark) => mark.charCodeAt(0))
    this.fields = new FieldReader(dialect.decimalComma !== null, builder.marks, builder.marksFound)
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

  /** The sentence that tells of lines below the table; null if there were none. */
  footNote(): Note | null {
    if (this.footLines === 0) return null
    const says = say('read.text.below', { lines: this.footLines, name: this.name })
    return { says, advice: toReadLines('remarks') }
  }

  /** The sentence that tells of remarks between the rows; null if there were none. */
  remarksNote(): Note | null {
    const { remarkCount, remarkLines, name } = this
    if (remarkCount === 0) return null
    const lines = remarkLines.join(', ') + (remarkCount > remarkLines.length ? ', …' : '')
    return { says: say('read.text.remarks', { count: remarkCount, name, lines }), advice: toReadLines('remarks') }
  }

  /** Reads the row that begins at `start`. @returns where the next begins, or −1 if this one is not complete */
  private row(bytes: Uint8Array, start: number, length: number, isLast: boolean): number {
    this.rowLine = this.line
    if (this.line <= this.dialect.linesAbove) return this.skipLine(bytes, start, length, isLast)
    if (this.dialect.footLine !== null && this.line > this.dialect.footLine)
      return this.foot(bytes, start, length, isLast)
    let at = start
    while (at < length && (bytes[at] === SPACE || (bytes[at] === TAB && this.separator !== TAB))) at++
    if (at >= length) return isLast ? length : -1
    if (bytes[at] === LINE_FEED || bytes[at] === RETURN) return this.afterLine(bytes, at, length, isLast)
    if (this.remarks.length > 0 && this.ruleMarks.includes(bytes[at])) {
      const isRule = this.isRule(bytes, at, length, isLast)
      if (isRule === null) return -1
      if (isRule) return this.remark(bytes, at, length, isLast)
    }
    if (this.dialect.hasBorders && bytes[at] === this.separator) at++
    if (this.remarks.includes(bytes[at])) {
      const fields = this.isBlankSeparated ? 0 : this.fieldsIn(bytes, at, length, isLast)
      if (fields < 0) return -1
      if (fields !== this.expectedWidth) return this.remark(bytes, at, length, isLast)
    }
    this.targets ??= this.targetsOf(this.widthOf(bytes, at, length, isLast))
    if (this.targets === null) return -1
    const end =
      this.dialect.separator === 'none'
        ? this.digits(bytes, at, length, isLast)
        : this.separated(bytes, at, length, isLast)
    if (end >= 0) this.builder.endRow(this.targets.hasLabels)
    return end
  }

  /** Whether a line is drawn of dashes; null if its end is not in these bytes. */
  private isRule(bytes: Uint8Array, start: number, length: number, isLast: boolean): boolean | null {
    let end = start
    while (end < length && bytes[end] !== LINE_FEED && bytes[end] !== RETURN) {
      if (bytes[end] >= ZERO && bytes[end] <= NINE) return false
      end++
    }
    return end >= length && !isLast ? null : isRule(latin1(bytes, start, end))
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
        !this.hasNumericMarks &&
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
      const lineBefore = this.line
      const end = this.quotedEnd(bytes, at, length, isLast)
      if (end < 0) return -1
      // Over lines only what ends with them is quoted: else the quotation mark is one of the text, as that of "5 inches is.
      const isQuoted = this.endsField(bytes, end, length) || !isOverLines(bytes, at, end)
      if (isQuoted) at = end
      else this.line = lineBefore
    }
    while (at < length) {
      const byte = bytes[at]
      if (byte === this.separator || byte === LINE_FEED || byte === RETURN || (this.isBlankSeparated && byte === TAB))
        return at
      at++
    }
    return isLast ? length : -1
  }

  /** The place behind the quotation mark that closes the one at `begin`; −1 if that, or what follows it, is not in these bytes. */
  private quotedEnd(bytes: Uint8Array, begin: number, length: number, isLast: boolean): number {
    let at = begin + 1
    for (; ; at++) {
      if (at >= length) {
        if (isLast) throw this.unclosed()
        return -1
      }
      if (bytes[at] === LINE_FEED) this.line++
      if (bytes[at] !== QUOTE) continue
      if (bytes[at + 1] !== QUOTE || at + 1 >= length) break
      at++
    }
    let next = at + 1
    while (next < length && bytes[next] === SPACE) next++
    return next >= length && !isLast ? -1 : at + 1
  }

  /** Whether at a place, blanks apart, a field or the line ends. */
  private endsField(bytes: Uint8Array, from: number, length: number): boolean {
    let at = from
    while (at < length && bytes[at] === SPACE && this.separator !== SPACE) at++
    const byte = bytes[at]
    const isSeparator = byte === this.separator || (this.isBlankSeparated && byte === TAB)
    return at >= length || isSeparator || byte === LINE_FEED || byte === RETURN
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
    return this.header ? this.header.length : Math.max(0, this.fieldsIn(bytes, start, length, isLast))
  }

  /** How many fields a row has, as far as that is known before one was read. */
  private get expectedWidth(): number {
    return this.targets?.columns.length ?? this.header?.length ?? this.dialect.sample.at(0)?.length ?? 0
  }

  /** The number of fields of the row that begins at `start`; −1 if it is not complete. */
  private fieldsIn(bytes: Uint8Array, start: number, length: number, isLast: boolean): number {
    const lineBefore = this.line
    let width = 0
    for (let at = start; ; at++) {
      if (this.isBlankSeparated) while (at < length && (bytes[at] === SPACE || bytes[at] === TAB)) at++
      if (this.isBlankSeparated && (at >= length ? isLast : bytes[at] === LINE_FEED || bytes[at] === RETURN)) break
      const end = this.fieldEnd(bytes, at, length, isLast)
      if (end < 0) {
        this.line = lineBefore
        return -1
      }
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
    if (width === 0) return null
    const { roles, hasRowNames, sample } = this.dialect
    // Of a sample each character is a byte.
    const decoded = sample.map((row) => row.map((field) => (IS_ASCII.test(field) ? field : this.fields.decoded(field))))
    const columns = { file: this.name, header: this.header, width, roles, hasRowNames, sample: decoded }
    // Where the decimal mark of the file was found, a comma that may be either is that.
    const choices = { ...this.choices, decimal: this.dialect.decimalComma === null ? ('.' as const) : (',' as const) }
    return rowTargets(columns, this.builder, choices)
  }

  private requireWidth(fields: number): void {
    const width = this.targets?.columns.length ?? 0
    if (fields === width) return
    const place = { line: this.rowLine, name: this.name }
    throw new StudioError(
      'invalid-data',
      this.dialect.separator === 'none'
        ? say('read.text.digits', { ...place, digits: fields, width })
        : say('read.text.fields', { ...place, fields, width }),
      say('read.text.fields.hint'),
    )
  }

  private unclosed(): StudioError {
    return new StudioError(
      'invalid-data',
      say('read.text.unclosed', { line: this.rowLine, name: this.name }),
      say('read.text.unclosed.hint'),
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

  /** Past a line below the table. @returns as `row` */
  private foot(bytes: Uint8Array, start: number, length: number, isLast: boolean): number {
    const end = this.skipLine(bytes, start, length, isLast)
    if (end >= 0 && bytes.subarray(start, end).some((byte) => byte > SPACE)) this.footLines++
    return end
  }

  /** Past a remark. @returns as `row` */
  private remark(bytes: Uint8Array, start: number, length: number, isLast: boolean): number {
    const end = this.skipLine(bytes, start, length, isLast)
    if (end < 0) return end
    this.remarkCount++
    if (this.remarkLines.length < MOST_TOLD) this.remarkLines.push(this.rowLine)
    return end
  }

  /** Past a line that is not read. @returns as `row` */
  private skipLine(bytes: Uint8Array, start: number, length: number, isLast: boolean): number {
    let at = start
    while (at < length && bytes[at] !== LINE_FEED && bytes[at] !== RETURN) at++
    if (at >= length) return isLast ? length : -1
    return this.afterLine(bytes, at, length, isLast)
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
      say('read.text.not-a-bit', { line: this.rowLine, name: this.name, place: at - start + 1 }),
      say('read.text.not-a-bit.hint'),
    )
  }
}

function isOverLines(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === LINE_FEED || bytes[at] === RETURN) return true
  return false
}
