import { quoted, StudioError } from '../../base/failure'
import { say, type Sentence } from '../../words/say'
import type { Content } from './content'
import { latin1 } from './field'
import { damagedFile, type Reading } from './reading'
import { buildSparse, MOST_ENTRIES, NUMBERED, type SparseEntries } from './sparse-entries'
import type { TableBuilder } from './table-builder'
import { parseText } from './text-blocks'

const [LINE_FEED] = [10]
const BANNER =
  /^%+MatrixMarket\s+matrix\s+(coordinate|array)\s+(real|integer|pattern|complex)\s+(general|symmetric|skew-symmetric|hermitian)\s*$/i

/** Whether a text is a matrix in the format of the Matrix Market. */
export function looksLikeMatrixMarket(sample: string): boolean {
  return /^%+MatrixMarket\b/i.test(sample)
}

/**
 * Reads a matrix of the Matrix Market into `builder`: its rows are rows.
 * @throws StudioError 'damaged-file', 'unknown-format' for kinds that hold no table, 'too-large'
 */
export async function readMatrixMarket(content: Content, builder: TableBuilder, reading: Reading): Promise<void> {
  const parser = new MatrixParser(content.name)
  await parseText(content, reading, (bytes, length, isLast) => {
    let start = 0
    while (start < length) {
      const found = bytes.indexOf(LINE_FEED, start)
      const end = found < 0 || found >= length ? length : found
      if (end >= length && !isLast) break
      parser.readLine(latin1(bytes, start, end).trim())
      start = end + 1
    }
    return Math.min(start, length)
  })
  await buildSparse(content.name, parser.entries(), NUMBERED, builder, reading)
}

class MatrixParser {
  private line = 0
  private layout: 'coordinate' | 'array' = 'coordinate'
  private isPattern = false
  private isSymmetric = false
  private shape: { readonly rows: number; readonly columns: number; readonly count: number } | null = null
  private rowOf = new Uint32Array()
  private columnOf = new Uint32Array()
  private values = new Float64Array()
  private read = 0
  private filled = 0

  constructor(private readonly file: string) {}

  readLine(text: string): void {
    this.line++
    if (this.line === 1) return this.readBanner(text)
    if (text === '' || text.startsWith('%')) return
    const numbers = text.split(/\s+/).map(Number)
    if (numbers.some(Number.isNaN))
      throw this.damaged(say('read.matrix.why.line', { line: this.line, text: quoted(text.slice(0, 40)) }))
    if (this.shape === null) this.readShape(numbers)
    else if (this.layout === 'array') this.readValue(numbers)
    else this.readEntry(numbers)
  }

  entries(): SparseEntries {
    const { shape, filled } = this
    if (shape === null) throw this.damaged(say('read.matrix.why.no-size'))
    if (this.read < shape.count)
      throw this.damaged(say('read.matrix.why.few-entries', { read: this.read, announced: shape.count }))
    return {
      rows: shape.rows,
      columns: shape.columns,
      rowOf: this.rowOf.subarray(0, filled),
      columnOf: this.columnOf.subarray(0, filled),
      values: this.isPattern ? null : this.values.subarray(0, filled),
    }
  }

  private readBanner(text: string): void {
    const match = BANNER.exec(text)
    if (!match) throw this.damaged(say('read.matrix.why.first-line'))
    const [layout, field, symmetry] = match.slice(1).map((word) => word.toLowerCase())
    if (field === 'complex' || symmetry === 'skew-symmetric' || symmetry === 'hermitian')
      throw new StudioError(
        'unknown-format',
        say('read.matrix.kind', { file: this.file, symmetry, field }),
        say('read.matrix.kind.hint'),
      )
    this.layout = layout === 'array' ? 'array' : 'coordinate'
    this.isPattern = field === 'pattern'
    this.isSymmetric = symmetry === 'symmetric'
  }

  private readShape([rows, columns, count]: number[]): void {
    const entries = this.layout === 'array' ? rows * columns : count
    if (![rows, columns, entries].every((size) => Number.isSafeInteger(size) && size >= 0))
      throw this.damaged(say('read.matrix.why.size-line', { line: this.line }))
    const most = this.isSymmetric ? 2 * entries : entries
    if (most > MOST_ENTRIES || rows > MOST_ENTRIES || columns > MOST_ENTRIES)
      throw new StudioError(
        'too-large',
        say('read.matrix.many-entries', { file: this.file, entries, most: MOST_ENTRIES }),
        say('read.table.fewer-rows.hint'),
      )
    this.shape = { rows, columns, count: entries }
  }

  private readEntry([row, column, value = 1]: number[]): void {
    const { shape } = this
    if (shape === null || this.read >= shape.count) throw this.damaged(say('read.matrix.why.more-entries'))
    this.read++
    this.add(row - 1, column - 1, value)
    if (this.isSymmetric && row !== column) this.add(column - 1, row - 1, value)
  }

  /** Dense values stand column by column. */
  private readValue([value]: number[]): void {
    const { shape } = this
    if (shape === null || this.read >= shape.count) throw this.damaged(say('read.matrix.why.more-values'))
    this.add(this.read % shape.rows, Math.floor(this.read / shape.rows), value)
    this.read++
  }

  private add(row: number, column: number, value: number): void {
    if (this.filled === this.rowOf.length) {
      const length = Math.max(1024, 2 * this.filled)
      this.rowOf = longer(this.rowOf, new Uint32Array(length))
      this.columnOf = longer(this.columnOf, new Uint32Array(length))
      this.values = longer(this.values, new Float64Array(length))
    }
    // A place before the first is refused with those behind the last.
    this.rowOf[this.filled] = row < 0 ? 0xffffffff : row
    this.columnOf[this.filled] = column < 0 ? 0xffffffff : column
    this.values[this.filled++] = value
  }

  private damaged(why: Sentence): StudioError {
    return damagedFile(this.file, say('read.format.matrix-market'), why)
  }
}

function longer<T extends Uint32Array | Float64Array>(values: T, room: T): T {
  room.set(values)
  return room
}
