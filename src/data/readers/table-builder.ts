import { StudioError } from '../../base/failure'
import { noteAt, type Note, type Text } from '../../base/advice'
import { LIMITS } from '../../made/spec'
import { say } from '../../words/say'
import { BitMatrix } from '../bit-matrix'
import type { ReadingChoices } from '../reading-choices'
import {
  bitAt,
  columnCount,
  isMissing,
  MOST_WORDS,
  NO_LABEL,
  PART_NAMES,
  type Column,
  type Labels,
  type LeftOut,
  type PartName,
  type PictureShape,
  type Table,
  type TablePart,
  type TableValues,
} from '../table'
import { ColumnBuilder, MemoryBudget, type TakenForMissing } from './column-builder'
import { toKeepWords, toUseColumn } from '../deciding'
import { missingMarks, type MissingMarks } from './missing-marks'
import { pictureOf } from './pictures'

/** What a reader knows of its table before the first row. */
export type TableIdentity = Pick<Table, 'name' | 'format' | 'paths'>

/** Of the words that were taken for missing values so many are told. */
const MOST_LISTED = 6

/** The most memory that the columns of one table take while they are read, in bytes. */
export const MOST_TABLE_BYTES = 2 * 1024 ** 3
/** The most rows of a table: what a row number and a file can hold with certainty. */
export const MOST_ROWS = 2 ** 30

/** What a person should know, each once; what is in it of names in files cannot break a sentence. */
export class Notes implements Iterable<Note> {
  private readonly notes = new Map<string, Note>()

  add(note: Note): void {
    this.notes.set(noteAt('options', note).english, note)
  }

  [Symbol.iterator](): Iterator<Note> {
    return this.notes.values()
  }
}

/** A table while its rows are read, one below the other, part after part. */
export class TableBuilder {
  readonly columns: ColumnBuilder[] = []
  readonly notes = new Notes()
  /** How missing values were written. */
  readonly marksFound = new Set<string>()
  /** How the file is read, where its format leaves a choice. */
  readAs: ReadingChoices | null = null
  /** The sheets or tables of the file, one of which is read; none where there are no others. */
  sheets: readonly string[] = []
  /** Whether rows name only what is not zero. */
  isSparse = false
  /** The first bytes of a file of text, unpacked. */
  beginning: Uint8Array | null = null
  /** The number of complete rows. */
  rows = 0
  private readonly leftOut = new Map<string, LeftOut>()
  private labels: ColumnBuilder | null = null
  private labelPlace: number | undefined
  private readonly budget = new MemoryBudget(MOST_TABLE_BYTES)
  private readonly beginnings: { readonly name: PartName; readonly start: number }[] = []

  /**
   * @param marks what stands for a missing value
   * @param wanted the names of the columns that are kept of more than can be read; null for those that say the most
   */
  constructor(
    readonly marks: MissingMarks = missingMarks(),
    readonly wanted: ReadonlySet<string> | null = null,
  ) {}

  /** What follows belongs to that part. Parts must come in the order of `PART_NAMES`. */
  beginPart(name: PartName): void {
    this.beginnings.push({ name, start: this.rows })
  }

  /** @throws StudioError 'too-large' beyond the most inputs that a model may have */
  addColumn(name: string): ColumnBuilder {
    if (this.columns.length >= LIMITS.inputs.most)
      throw new StudioError(
        'too-large',
        say('read.table.many-columns', { most: LIMITS.inputs.most }),
        say('read.table.fewer-columns.hint'),
      )
    const column = this.newColumn(name)
    this.columns.push(column)
    return column
  }

  private newColumn(name: string): ColumnBuilder {
    return new ColumnBuilder(name, this.budget, (word) => this.marks.isAmongNumbers(word))
  }

  /** A column of the file is not put into the table. @param says the sentence that tells of it */
  leaveOut(column: LeftOut, says: Text): void {
    const advice = toUseColumn(column)
    this.notes.add(advice === null ? says : { says, advice })
    this.leftOut.set(column.name, column)
  }

  /** A column before all others. @throws StudioError as `addColumn` */
  addFirstColumn(name: string): ColumnBuilder {
    const column = this.addColumn(name)
    this.columns.pop()
    this.columns.unshift(column)
    return column
  }

  /**
   * The column of labels, made at the first call: the rows before it have none.
   * @param place how many columns of the table stand before it, where it is a column of the file
   */
  labelColumn(name: string, place?: number): ColumnBuilder {
    if (this.labels) return this.labels
    this.labels = this.newColumn(name)
    this.labelPlace = place
    for (let row = 0; row < this.rows; row++) this.labels.setMissing(row)
    return this.labels
  }

  /** The row is complete. @param hasLabel whether its label was set @throws StudioError 'too-large' */
  endRow(hasLabel = false): void {
    if (!hasLabel) this.labels?.setMissing(this.rows)
    if (++this.rows > MOST_ROWS)
      throw new StudioError(
        'too-large',
        say('read.table.many-rows', { most: MOST_ROWS }),
        say('read.table.fewer-rows.hint'),
      )
  }

  /**
   * The table of what was read. @param made the values, where they were not put into columns
   * @throws StudioError 'invalid-data' without rows or columns, where none was left out or kept apart either
   */
  finish(
    identity: TableIdentity,
    made?: { readonly values: TableValues | null; readonly picture: PictureShape | null },
  ): Table {
    const { rows } = this
    const labels = this.takenLabels(identity.name)
    const values = made?.values ?? this.values()
    const leftOut = [...this.leftOut.values()]
    requireContent(identity.name, rows, columnCount(values) + leftOut.length + (labels ? 1 : 0))
    const picture = made ? made.picture : pictureOf(this.columns.map(({ name }) => name))
    const read = { rows, parts: this.parts(), values, picture, labels, missingMarks: [...this.marksFound] }
    const { readAs, sheets, beginning } = this
    return {
      ...identity,
      ...read,
      ...(readAs ? { readAs } : {}),
      ...(sheets.length > 1 ? { sheets } : {}),
      ...(this.isSparse ? { isSparse: true } : {}),
      ...(beginning ? { beginning } : {}),
      ...(leftOut.length > 0 ? { leftOut } : {}),
      notes: [...this.notes],
    }
  }

  /** The labels; what has too many different values for a label is a column like others. */
  private takenLabels(name: string): Labels | null {
    if (this.labels === null) return null
    const labels = labelsOf(this.labels.finish(this.rows), this.rows)
    if (labels) return this.labelPlace === undefined ? labels : { ...labels, place: this.labelPlace }
    this.notes.add(say('read.table.label.varied', { column: this.labels.name, file: name }))
    this.columns.push(this.labels)
    return null
  }

  private noteMissing({ column, holds, words: all, rows, areMarks }: TakenForMissing): void {
    for (const word of all.slice(0, MOST_LISTED)) this.marksFound.add(word)
    const words =
      all
        .slice(0, MOST_LISTED)
        .map((word) => `“${word}”`)
        .join(', ') + (all.length > MOST_LISTED ? ', …' : '')
    const says = say('read.table.missing-words', { column, holds, words, kinds: all.length, rows })
    this.notes.add(areMarks ? says : { says, advice: toKeepWords(column) })
  }

  private parts(): TablePart[] {
    const beginnings = this.beginnings.length > 0 ? this.beginnings : [{ name: 'all' as const, start: 0 }]
    return beginnings
      .map(({ name, start }, i) => ({ name, start, end: beginnings[i + 1]?.start ?? this.rows }))
      .filter(({ start, end }) => end > start)
      .sort((a, b) => PART_NAMES.indexOf(a.name) - PART_NAMES.indexOf(b.name))
  }

  private values(): TableValues {
    if (this.columns.length === 0) return { kind: 'columns', columns: [] }
    const names = this.columns.map(({ name }) => name)
    const words: Uint32Array[] = []
    for (const column of this.columns) {
      const plain = column.plainBits
      if (!plain)
        return {
          kind: 'columns',
          columns: this.columns.map((builder) => builder.finish(this.rows, (taken) => this.noteMissing(taken))),
        }
      words.push(plain)
    }
    return { kind: 'bits', bits: packRows(this.rows, words), names }
  }
}

/**
 * Few columns are no fault of a file: what they become, and whether that is enough, can be chosen.
 * @throws StudioError 'invalid-data' without rows or columns
 */
export function requireContent(name: string, rows: number, columns: number): void {
  if (rows === 0)
    throw new StudioError('invalid-data', say('read.table.no-rows', { name }), say('read.table.no-rows.hint'))
  if (columns === 0)
    throw new StudioError('invalid-data', say('read.table.no-columns', { name }), say('read.table.no-columns.hint'))
}

/** Rows of bits from columns of bits: 32 rows at a time, so that what is written to stays in the cache. */
function packRows(rows: number, columns: readonly Uint32Array[]): BitMatrix {
  const bits = new BitMatrix(rows, columns.length)
  const { words, wordsPerRow } = bits
  for (let block = 0; 32 * block < rows; block++)
    for (let column = 0; column < columns.length; column++) {
      const bit = 1 << (column & 31)
      let at = 32 * block * wordsPerRow + (column >>> 5)
      for (let left = columns[column][block] ?? 0; left !== 0; left >>>= 1, at += wordsPerRow)
        if ((left & 1) === 1) words[at] |= bit
    }
  return bits
}

/** A column as labels: every different value is a class; null if there are too many of them. */
export function labelsOf(column: Column, rows: number): Labels | null {
  if (column.kind === 'text') return null
  const codeOf = new Map<string, number>()
  const codes = new Uint16Array(rows)
  for (let row = 0; row < codes.length; row++) {
    if (isMissing(column, row)) {
      codes[row] = NO_LABEL
      continue
    }
    const word = wordAt(column, row)
    let code = codeOf.get(word)
    if (code === undefined) {
      if (codeOf.size >= MOST_WORDS - 1) return null
      code = codeOf.size
      codeOf.set(word, code)
    }
    codes[row] = code
  }
  return inOrder(column.name, codes, [...codeOf.keys()])
}

/** Classes that are numbers stand in the order of the numbers, others in the order of the alphabet. */
function inOrder(name: string, codes: Uint16Array, words: readonly string[]): Labels {
  const numeric = words.every((word) => Number.isFinite(Number(word)))
  const order = words.map((_, code) => code)
  order.sort((a, b) => (numeric ? Number(words[a]) - Number(words[b]) : words[a] < words[b] ? -1 : 1))
  const place = new Uint16Array(words.length)
  order.forEach((code, i) => (place[code] = i))
  return {
    name,
    codes: codes.map((code) => (code === NO_LABEL ? NO_LABEL : place[code])),
    words: order.map((code) => words[code]),
  }
}

function wordAt(column: Exclude<Column, { kind: 'text' }>, row: number): string {
  switch (column.kind) {
    case 'bits':
      return String(bitAt(column.words, row))
    case 'integers':
    case 'numbers':
      return String(column.values[row])
    case 'categories':
      return column.words[column.codes[row]]
  }
}
