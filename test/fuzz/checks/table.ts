import { noteAt, type Note } from '../../../src/base/advice'
import type { BitMatrix } from '../../../src/data/bit-matrix'
import {
  bitAt,
  columnCount,
  isMissing,
  MOST_WORDS,
  NO_LABEL,
  PART_NAMES,
  type Column,
  type Labels,
  type Table,
} from '../../../src/data/table'
import { LIMITS } from '../../../src/made/spec'
import { require } from './fault'

/** Checks all that `Table` promises of itself. @throws Fault */
export function checkTable(table: Table): void {
  const { name, format, paths, rows, values, picture, labels, notes } = table
  require(name !== '' && format !== '' && paths.length > 0, 'a table has no name, no format or no path')
  require(Number.isSafeInteger(rows) && rows > 0, `a table has ${rows} rows`)
  const columns = columnCount(values)
  const all = columns + (table.leftOut?.length ?? 0) + (labels ? 1 : 0)
  require(all > 0 && columns <= LIMITS.inputs.most, `a table has ${columns} columns`)
  checkParts(table)
  switch (values.kind) {
    case 'bits':
      checkBits(values.bits, rows, columns)
      require(values.names.length === columns, `${columns} columns of bits have ${values.names.length} names`)
      break
    case 'grey':
      require(values.pixels.length === rows * columns, `${rows}×${columns} greys are ${values.pixels.length}`)
      break
    case 'columns':
      for (const column of values.columns) checkColumn(column, rows)
      break
  }
  if (picture)
    require(picture.width * picture.height ===
      columns, `a picture of ${picture.width}×${picture.height} has ${columns} columns`)
  if (labels) checkLabels(labels, rows)
  const sentences = notes.map(checkNote)
  require(new Set(sentences).size === notes.length, 'a note stands there twice')
}

/** @returns it as it is said on a command line @throws Fault where it is no sentence in one of both places */
export function checkNote(note: Note): string {
  for (const place of ['window', 'options'] as const)
    require(/^\S[^\n]*[.!?]$/.test(noteAt(place, note).english), `a note is no sentence: ${JSON.stringify(note)}`)
  return noteAt('options', note).english
}

function checkParts({ parts, rows }: Table): void {
  let end = 0
  let before = -1
  for (const { name, start, end: itsEnd } of parts) {
    const place = PART_NAMES.indexOf(name)
    require(place > before, `the parts are ${parts.map((part) => part.name).join(', ')}`)
    require(start === end && itsEnd > start, `the part ${name} has rows ${start} to ${itsEnd} after ${end}`)
    end = itsEnd
    before = place
  }
  require(end === rows, `the parts have ${end} rows of ${rows}`)
}

/** Checks the size of a matrix, and that nothing stands beyond its columns. @throws Fault */
export function checkBits(bits: BitMatrix, rows: number, columns: number): void {
  require(bits.rows === rows &&
    bits.columns === columns, `${bits.rows}×${bits.columns} bits where there are ${rows}×${columns}`)
  require(bits.words.length === rows * bits.wordsPerRow, `${bits.words.length} words hold ${rows}×${columns} bits`)
  const left = columns % 32
  if (left === 0) return
  for (let row = 0; row < rows; row++)
    require(bits.words[(row + 1) * bits.wordsPerRow - 1] >>> left === 0, `row ${row} has ones beyond its columns`)
}

function checkColumn(column: Column, rows: number): void {
  const { name, kind, missing } = column
  const words = Math.ceil(rows / 32)
  const of = `the column ${JSON.stringify(name.slice(0, 40))} of ${kind}`
  if (missing) {
    require(missing.length === words, `${of} has ${missing.length} words of gaps for ${rows} rows`)
    if (rows % 32 !== 0) require(missing[words - 1] >>> (rows % 32) === 0, `${of} lacks values beyond its rows`)
  }
  switch (kind) {
    case 'bits':
      require(column.words.length === words, `${of} has ${column.words.length} words for ${rows} rows`)
      for (let row = 0; row < rows; row++)
        require(!isMissing(column, row) || bitAt(column.words, row) === 0, `${of} has a value where one is missing`)
      break
    case 'integers':
    case 'numbers':
      require(column.values.length === rows, `${of} has ${column.values.length} values for ${rows} rows`)
      require(column.values.every(Number.isFinite), `${of} holds what is no finite number`)
      column.values.forEach((value: number, row: number) =>
        require(!isMissing(column, row) || value === 0, `${of} has a value where one is missing`),
      )
      break
    case 'categories':
      require(column.codes.length === rows, `${of} has ${column.codes.length} codes for ${rows} rows`)
      require(column.words.length <= MOST_WORDS &&
        new Set(column.words).size === column.words.length, `${of} has a word twice, or too many`)
      require(!column.words.includes(''), `${of} has an empty word`)
      column.codes.forEach((code, row) =>
        require(isMissing(column, row)
          ? code === 0
          : code < column.words.length, `${of} has the code ${code} of ${column.words.length} words`),
      )
      break
    case 'text':
      break
  }
}

function checkLabels({ codes, words }: Labels, rows: number): void {
  require(codes.length === rows, `there are ${codes.length} labels for ${rows} rows`)
  require(new Set(words).size === words.length, 'a class stands there twice')
  require(codes.every((code) => code === NO_LABEL || code < words.length), 'a label is of no class')
}
