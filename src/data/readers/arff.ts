import { quoted, StudioError } from '../../base/failure'
import { say, type Sentence } from '../../words/say'
import { dateFormatOf, type DateFormat } from '../dates'
import type { ReadingChoices } from '../reading-choices'
import type { ColumnBuilder } from './column-builder'
import type { Content } from './content'
import { FieldReader } from './field'
import { isInfinite } from './missing-marks'
import type { Reading } from './reading'
import { columnsOfPart, LABEL_NAME, labelNote } from './row-targets'
import type { TableBuilder } from './table-builder'
import { encodingNote, parseText, textEncoding } from './text-blocks'

const [LINE_FEED, RETURN] = [10, 13]
/** A name in quotes of either kind, or up to the next blank. */
const ATTRIBUTE = /^@attribute\s+('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s{]+)\s*(.+)$/i

/** An attribute as the header of a file declares it. */
type Declared = { readonly name: string; readonly isLabel: boolean } & (
  | { readonly kind: 'numeric' }
  /** Its words as they are written, with their quotes. */
  | { readonly kind: 'nominal'; readonly words: readonly string[] }
  | { readonly kind: 'date'; readonly format: DateFormat }
  | { readonly kind: 'text' }
)

type Attribute =
  | {
      readonly kind: 'nominal'
      readonly column: ColumnBuilder
      readonly words: ReadonlySet<string>
      readonly first: string
    }
  | { readonly kind: 'numeric' | 'date' | 'text'; readonly column: ColumnBuilder }

/** Whether text is in Weka's format. */
export function looksLikeArff(sample: string): boolean {
  const first = sample.split('\n').find((line) => line.trim() !== '' && !line.trimStart().startsWith('%'))
  return first !== undefined && /^\s*@relation\b/i.test(first)
}

/**
 * Reads an ARFF file into `builder`, dense or sparse. A nominal attribute called "class" or the like is taken for the
 * labels. The words of a nominal attribute stand in the order in which they are declared.
 * @throws StudioError 'invalid-data', with the line
 */
export async function readArff(
  content: Content,
  builder: TableBuilder,
  reading: Reading,
  choices: ReadingChoices = {},
): Promise<void> {
  const encoding = textEncoding(content, choices.encoding)
  const parser = new ArffParser(content.name, builder, choices)
  await parseText(content, reading, (bytes, length, isLast) => parser.parse(bytes, length, isLast), encoding)
  parser.end()
  const note = encodingNote(content.name, encoding)
  if (note !== null) builder.notes.add(note)
}

class ArffParser {
  private line = 0
  private isData = false
  private readonly declared: Declared[] = []
  private attributes: readonly Attribute[] = []
  private readonly isFirstFile: boolean
  private readonly fields: FieldReader

  constructor(
    private readonly name: string,
    private readonly builder: TableBuilder,
    private readonly choices: ReadingChoices,
  ) {
    this.isFirstFile = builder.columns.length === 0
    this.fields = new FieldReader(false, builder.marks, builder.marksFound)
  }

  /** A `RowParser`. */
  parse(bytes: Uint8Array, length: number, isLast: boolean): number {
    let start = 0
    while (start < length) {
      let end = start
      while (end < length && bytes[end] !== LINE_FEED) end++
      if (end >= length && !isLast) break
      this.line++
      const line = this.fields.text(bytes, start, end > start && bytes[end - 1] === RETURN ? end - 1 : end)
      const text = withoutRemark(line).trim()
      if (text !== '') this.readLine(text)
      start = end + 1
    }
    return Math.min(start, length)
  }

  /** The file is over. @throws StudioError where it had no data section */
  end(): void {
    if (!this.isData) throw this.failure(say('read.text.arff.no-data', this.place), say('read.text.arff.no-data.hint'))
    if (this.fields.sawOldEncoding) this.builder.notes.add(say('read.text.windows-1252', { name: this.name }))
  }

  private readLine(text: string): void {
    if (this.isData) return this.readRow(text)
    if (/^@relation\b/i.test(text)) return
    if (/^@data\b/i.test(text)) return this.beginData()
    const match = ATTRIBUTE.exec(text)
    if (!match) throw this.failure(say('read.text.arff.line', { ...this.place, text: quoted(text.slice(0, 60)) }))
    this.declared.push(this.declaration(unquoted(match[1]), match[2].trim()))
  }

  private get hasLabels(): boolean {
    return this.declared.some(({ isLabel }) => isLabel)
  }

  /** The header is over: the columns of the first file are made, those after it are matched. */
  private beginData(): void {
    this.isData = true
    const names = this.declared.flatMap(({ name, isLabel }) => (isLabel ? [] : [name]))
    const columns = this.isFirstFile
      ? names.map((name) => this.builder.addColumn(name))
      : columnsOfPart(this.name, names, this.builder)
    let next = 0
    this.attributes = this.declared.map((declared, place) => {
      const column = declared.isLabel ? this.builder.labelColumn(declared.name, place) : columns[next++]
      return this.attribute(declared, column)
    })
  }

  private attribute(declared: Declared, column: ColumnBuilder): Attribute {
    switch (declared.kind) {
      case 'numeric':
      case 'text':
        return { kind: declared.kind, column }
      case 'date':
        if (this.isFirstFile) column.declareDates(declared.format)
        return { kind: 'date', column }
      case 'nominal': {
        const words = declared.words.map(unquoted)
        const areBits = words.length === 2 && words[0] === '0' && words[1] === '1'
        if (!areBits && this.isFirstFile) column.declareWords(words)
        return { kind: 'nominal', column, words: new Set(words), first: declared.words[0] }
      }
    }
  }

  private isLabel(name: string, isNominal: boolean): boolean {
    const { label } = this.choices
    if (this.hasLabels || label === null) return false
    if (label !== undefined) return label === name
    if (!isNominal || !LABEL_NAME.test(name)) return false
    this.builder.notes.add(labelNote(name, this.name))
    return true
  }

  private declaration(name: string, type: string): Declared {
    const isNominal = type.startsWith('{')
    const identity = { name, isLabel: this.isLabel(name, isNominal) }
    if (/^(numeric|real|integer)\b/i.test(type)) return { ...identity, kind: 'numeric' }
    if (/^date\b/i.test(type)) return { ...identity, ...dateKind(type.slice('date'.length).trim()) }
    if (/^(string|relational)\b/i.test(type)) return { ...identity, kind: 'text' }
    if (!type.startsWith('{') || !type.endsWith('}'))
      throw this.failure(
        say('read.text.arff.type', { ...this.place, type: quoted(type) }),
        say('read.text.arff.type.hint', { nominal: '{a, b, c}' }),
      )
    return { ...identity, kind: 'nominal', words: this.split(type.slice(1, -1)) }
  }

  private readRow(text: string): void {
    const { rows } = this.builder
    if (text.startsWith('{')) this.readSparse(text)
    else {
      const fields = this.split(text)
      if (fields.length !== this.attributes.length)
        throw this.failure(
          say('read.text.arff.fields', {
            ...this.place,
            fields: fields.length,
            attributes: this.attributes.length,
          }),
        )
      fields.forEach((field, i) => this.put(this.attributes[i], rows, field))
    }
    this.builder.endRow(this.hasLabels)
  }

  /** {3 1, 7 yes}: what is not named is 0, or the first declared word. */
  private readSparse(text: string): void {
    const { rows } = this.builder
    if (!text.endsWith('}')) throw this.failure(say('read.text.arff.unclosed', this.place))
    const inside = text.slice(1, -1).trim()
    const named = new Set<number>()
    for (const pair of inside === '' ? [] : this.split(inside)) {
      const match = /^(\d{1,9})\s+(.+)$/.exec(pair)
      const index = match ? Number(match[1]) : -1
      if (!match || index >= this.attributes.length || named.has(index))
        throw this.failure(say('read.text.arff.pair', { ...this.place, text: quoted(pair) }))
      named.add(index)
      this.put(this.attributes[index], rows, match[2].trim())
    }
    this.attributes.forEach((attribute, index) => {
      if (attribute.kind === 'nominal' && !named.has(index)) this.put(attribute, rows, attribute.first)
    })
  }

  /** @param written the field with its quotes: only without them is ? a value that is not known */
  private put(attribute: Attribute, row: number, written: string): void {
    if (written === '?') return this.fields.readText(attribute.column, row, '?')
    const field = unquoted(written)
    switch (attribute.kind) {
      case 'numeric': {
        const value = field === '' ? NaN : Number(field)
        if (Number.isFinite(value)) return attribute.column.setNumber(row, value)
        // Java writes NaN and Infinity.
        if (isInfinite(field) || /^nan$/i.test(field)) return this.fields.readText(attribute.column, row, field)
        throw this.failure(say('read.text.arff.number', { ...this.place, text: quoted(field) }))
      }
      case 'nominal':
        if (!attribute.words.has(field))
          throw this.failure(say('read.text.arff.word', { ...this.place, text: quoted(field) }))
        if (attribute.column.isNumeric || field === '') return this.fields.readText(attribute.column, row, field)
        return attribute.column.setWord(row, field)
      case 'date':
        return this.fields.readText(attribute.column, row, field)
      case 'text':
        return attribute.column.setWord(row, field === '' ? ' ' : field)
    }
  }

  /** Fields between commas (or tabs), as they are written, in quotes of either kind or without. */
  private split(text: string): string[] {
    const fields = text.match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^,'"\t]+|[,\t'"]/g) ?? []
    const joined: string[] = ['']
    for (const piece of fields)
      if (piece === ',' || piece === '\t') joined.push('')
      else joined[joined.length - 1] += piece
    return joined.map((field) => field.trim())
  }

  /** The line that is read, as sentences name it. */
  private get place(): { readonly name: string; readonly line: number } {
    return { name: this.name, line: this.line }
  }

  private failure(says: Sentence, hint = say('read.text.arff.hint')): StudioError {
    return new StudioError('invalid-data', says, hint)
  }
}

function unquoted(text: string): string {
  const quote = text[0]
  if ((quote !== "'" && quote !== '"') || text.length < 2 || !text.endsWith(quote)) return text
  return text.slice(1, -1).replace(/\\(.)/g, '$1')
}

/** A line up to the mark of a remark, which counts wherever it does not stand in quotes. */
function withoutRemark(line: string): string {
  if (!line.includes('%')) return line
  const match = /^(?:[^%'"\\]|\\.|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")*/.exec(line)
  const kept = match?.[0] ?? ''
  return line[kept.length] === '%' ? kept : line
}

/**
 * What a declared date is; in a format that is not known only text.
 * @param written how Java writes its dates, in quotes; empty: as ISO 8601
 */
function dateKind(written: string): { readonly kind: 'date'; readonly format: DateFormat } | { readonly kind: 'text' } {
  const format = dateFormatOf([exampleOf(unquoted(written) || "yyyy-MM-dd'T'HH:mm:ss")])
  return format === null ? { kind: 'text' } : { kind: 'date', format }
}

/** What the parts of a format of Java are in the example. */
const DATE_PARTS: Readonly<Record<string, string>> = {
  yyyy: '2001',
  yy: '01',
  y: '2001',
  MMMM: 'February',
  MMM: 'Feb',
  MM: '02',
  M: '2',
  dd: '13',
  d: '13',
  HH: '10',
  H: '10',
  hh: '10',
  h: '10',
  kk: '10',
  mm: '11',
  m: '11',
  ss: '12',
  s: '12',
  SSS: '0',
  a: 'AM',
  Z: 'Z',
  z: 'UTC',
}

/** A date as a format of Java writes it. The day is one that is no month. */
function exampleOf(format: string): string {
  return format.replace(
    /'([^']*)'|([A-Za-z])\2*/g,
    (word, literal: string | undefined) => literal ?? DATE_PARTS[word] ?? word,
  )
}
