import { quoted, StudioError } from '../../base/failure'
import type { ColumnBuilder } from './column-builder'
import type { Content } from './content'
import { FieldReader } from './field'
import type { Reading } from './reading'
import { columnsOfPart, LABEL_NAME } from './row-targets'
import type { TableBuilder } from './table-builder'
import { parseText } from './text-blocks'

const [LINE_FEED, RETURN] = [10, 13]
/** A name in quotes of either kind, or up to the next blank. */
const ATTRIBUTE = /^@attribute\s+('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s{]+)\s*(.+)$/i

/** An attribute as the header of a file declares it; `words` are those of a nominal one. */
interface Declared {
  readonly name: string
  readonly kind: Attribute['kind']
  readonly words: readonly string[]
  readonly isLabel: boolean
}

type Attribute =
  | { readonly kind: 'numeric'; readonly column: ColumnBuilder }
  | {
      readonly kind: 'nominal'
      readonly column: ColumnBuilder
      readonly words: ReadonlySet<string>
      readonly first: string
    }
  | { readonly kind: 'text'; readonly column: ColumnBuilder }

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
export async function readArff(content: Content, builder: TableBuilder, reading: Reading): Promise<void> {
  const parser = new ArffParser(content.name, builder)
  await parseText(content, reading, (bytes, length, isLast) => parser.parse(bytes, length, isLast))
  parser.end()
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
  ) {
    this.isFirstFile = builder.columns.length === 0
    this.fields = new FieldReader(() => `Line ${this.line} of ${name}`)
  }

  /** A `RowParser`. */
  parse(bytes: Uint8Array, length: number, isLast: boolean): number {
    let start = 0
    while (start < length) {
      let end = start
      while (end < length && bytes[end] !== LINE_FEED) end++
      if (end >= length && !isLast) break
      this.line++
      const text = this.fields.text(bytes, start, end > start && bytes[end - 1] === RETURN ? end - 1 : end).trim()
      if (text !== '' && !text.startsWith('%')) this.readLine(text)
      start = end + 1
    }
    return Math.min(start, length)
  }

  /** The file is over. @throws StudioError where it had no data section */
  end(): void {
    if (!this.isData) throw this.failure('is the last, but there was no @data', 'Choose a complete ARFF file.')
    if (this.fields.sawOldEncoding)
      this.builder.notes.add(`${this.name} is not UTF-8; its text was read as Windows-1252.`)
  }

  private readLine(text: string): void {
    if (this.isData) return this.readRow(text)
    if (/^@relation\b/i.test(text)) return
    if (/^@data\b/i.test(text)) return this.beginData()
    const match = ATTRIBUTE.exec(text)
    if (!match) throw this.failure(`reads ${quoted(text.slice(0, 60))}, which is not ARFF`)
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
    this.attributes = this.declared.map(({ name, kind, words, isLabel }): Attribute => {
      const column = isLabel ? this.builder.labelColumn(name) : columns[next++]
      if (kind !== 'nominal') return { kind, column }
      // Declared words that are all numbers, such as {0, 1}, are numbers.
      const areNumbers = words.every((word) => word !== '' && Number.isFinite(Number(word)))
      if (!areNumbers && this.isFirstFile) column.declareWords(words)
      return { kind, column, words: new Set(words), first: words[0] }
    })
  }

  private declaration(name: string, type: string): Declared {
    if (/^(numeric|real|integer)\b/i.test(type)) return { name, kind: 'numeric', words: [], isLabel: false }
    if (/^(string|date)\b/i.test(type)) return { name, kind: 'text', words: [], isLabel: false }
    if (!type.startsWith('{') || !type.endsWith('}'))
      throw this.failure(
        `declares the type ${quoted(type)}, which is not read`,
        'Types that are read: numeric, real, integer, string, date and {a, b, c}.',
      )
    const words = this.split(type.slice(1, -1))
    return { name, kind: 'nominal', words, isLabel: LABEL_NAME.test(name) && !this.hasLabels }
  }

  private readRow(text: string): void {
    const { rows } = this.builder
    if (text.startsWith('{')) this.readSparse(text)
    else {
      const fields = this.split(text)
      if (fields.length !== this.attributes.length)
        throw this.failure(`has ${fields.length} fields where ${this.attributes.length} attributes are declared`)
      fields.forEach((field, i) => this.put(this.attributes[i], rows, field))
    }
    this.builder.endRow(this.hasLabels)
  }

  /** {3 1, 7 yes}: what is not named is 0, or the first declared word. */
  private readSparse(text: string): void {
    const { rows } = this.builder
    if (!text.endsWith('}')) throw this.failure('opens a sparse row that it does not close')
    const inside = text.slice(1, -1).trim()
    const named = new Set<number>()
    for (const pair of inside === '' ? [] : this.split(inside, true)) {
      const match = /^(\d{1,9})\s+(.+)$/.exec(pair)
      const index = match ? Number(match[1]) : -1
      if (!match || index >= this.attributes.length || named.has(index))
        throw this.failure(`holds ${quoted(pair)}, which is no pair of attribute and value`)
      named.add(index)
      this.put(this.attributes[index], rows, unquoted(match[2].trim()))
    }
    this.attributes.forEach((attribute, index) => {
      if (attribute.kind === 'nominal' && !named.has(index)) this.put(attribute, rows, attribute.first)
    })
  }

  private put(attribute: Attribute, row: number, field: string): void {
    if (field === '?') return attribute.column.setMissing(row)
    switch (attribute.kind) {
      case 'numeric': {
        const value = Number(field)
        if (field === '' || !Number.isFinite(value))
          throw this.failure(`holds ${quoted(field)} where a number is declared`)
        return attribute.column.setNumber(row, value)
      }
      case 'nominal':
        if (!attribute.words.has(field))
          throw this.failure(`holds ${quoted(field)}, which is not among the values that are declared`)
        return this.fields.readText(attribute.column, row, field)
      case 'text':
        return attribute.column.setWord(row, field === '' ? ' ' : field)
    }
  }

  /** Fields between commas (or tabs), in quotes of either kind or without. */
  private split(text: string, keepQuotes = false): string[] {
    const fields = text.match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^,'"\t]+|[,\t'"]/g) ?? []
    const joined: string[] = ['']
    for (const piece of fields)
      if (piece === ',' || piece === '\t') joined.push('')
      else joined[joined.length - 1] += piece
    return joined.map((field) => (keepQuotes ? field.trim() : unquoted(field.trim())))
  }

  private failure(why: string, hint = 'Look at that line, or save the data again with Weka.'): StudioError {
    return new StudioError('invalid-data', `Line ${this.line} of ${this.name} ${why}.`, hint)
  }
}

function unquoted(text: string): string {
  const quote = text[0]
  if ((quote !== "'" && quote !== '"') || text.length < 2 || !text.endsWith(quote)) return text
  return text.slice(1, -1).replace(/\\(.)/g, '$1')
}
