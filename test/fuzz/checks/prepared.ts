import { hashOf } from '../../../src/data/data-set'
import { codeRows, dividedRows } from '../../../src/data/preparation/coded-rows'
import { findGaps, filledTable, valuesOf } from '../../../src/data/preparation/gaps'
import type { Preparation } from '../../../src/data/preparation/preparation'
import { prepare, type Prepared } from '../../../src/data/preparation/prepare'
import { unlabelledVariables } from '../../../src/data/preparation/variables'
import { SPLITS } from '../../../src/data/split'
import { columnCount, NO_LABEL, type Table } from '../../../src/data/table'
import { encodeCsv } from '../../../src/data/table-text'
import { atOnce } from '../../../src/base/steps'
import { LIMITS } from '../../../src/made/spec'
import { decodeModelPreparation, encodeModelPreparation } from '../../../src/shared/model-preparation'
import { checkBits, checkNote, checkTable } from './table'
import { require } from './fault'

/** Of a table with more values than this what follows from a preparation is not gone through, to save time. */
const MOST_CELLS = 200_000

/**
 * Prepares a table and checks all that is promised of the result, of the rows that lack values, and of what they become.
 * @throws Fault, or StudioError as `prepare`
 */
export function checkPreparation(table: Table, preparation: Preparation): string {
  const prepared = atOnce(prepare(table, preparation))
  checkPrepared(table, preparation, prepared)
  if (table.rows * columnCount(table.values) > MOST_CELLS) return 'prepared'
  if (prepared.tooFew) return 'too few'
  checkCoding(table, preparation, prepared)
  if (preparation.missing === 'model' && !preparation.grey && table.values.kind === 'columns')
    checkFilling(table, preparation, prepared)
  return 'prepared'
}

/** What a model file says of the preparation makes the same bits of the same rows. */
function checkCoding(table: Table, preparation: Preparation, { splits, known, coding }: Prepared): void {
  const { missing, split, picture } = preparation
  const hash = hashOf(splits, known)
  const stored = { data: { name: table.name, hash }, coding, missing, split, picture, pictureSize: null }
  const read = decodeModelPreparation(encodeModelPreparation(stored), splits.train.columns)
  const parts = dividedRows(table, atOnce(codeRows(table, read.coding)), read)
  require(hashOf(parts.bits, parts.known) === hash, 'the rows coded by what a model file says are others')
}

function checkPrepared(table: Table, { picture }: Preparation, prepared: Prepared): void {
  const { splits, labels, grey, epochRows, coding, columnNames, rowsToFill, tooFew, notes } = prepared
  const { columns } = splits.train
  require(columns <= LIMITS.inputs.most, `a row has become ${columns} bits`)
  const variables = unlabelledVariables(coding).reduce((sum, { count = 1 }) => sum + count, 0)
  require(variables < LIMITS.inputs.least ===
    (tooFew !== null), `${variables} variables are ${tooFew ? '' : 'not '}too few`)
  require(columnNames.length === 0 ||
    columnNames.length === columns, `${columns} bits have ${columnNames.length} names`)
  require(!picture ||
    tooFew !== null ||
    picture.width * picture.height === columns, 'a picture has not the size that was asked for')
  let rows = 0
  for (const split of SPLITS) {
    const bits = splits[split]
    require(bits.rows > 0, `the part ${split} is empty`)
    checkBits(bits, bits.rows, columns)
    rows += bits.rows
    if (grey) require(grey[split].length === bits.rows * columns, `the greys of ${split} are ${grey[split].length}`)
    if (!labels) continue
    require(labels.codes[split].length === bits.rows, `the labels of ${split} are ${labels.codes[split].length}`)
    require(labels.codes[split].every(
      (code) => code === NO_LABEL || code < labels.words.length,
    ), 'a label is of no class')
  }
  require(rows + rowsToFill <= table.rows, `${rows} rows and ${rowsToFill} to fill were made of ${table.rows}`)
  if (epochRows) checkBits(epochRows(1), splits.train.rows, columns)
  for (const note of notes) checkNote(note)
}

/** Rows that lack values become bits, of which some are known; drawn bits become values, and none is missing where one was drawn. */
function checkFilling(table: Table, preparation: Preparation, { splits, coding, rowsToFill }: Prepared): void {
  const gaps = findGaps(table, { coding, missing: preparation.missing })
  const { columns } = splits.train
  require(gaps.rows.length === rowsToFill, `${gaps.rows.length} rows lack values where ${rowsToFill} were left out`)
  checkBits(gaps.bits, gaps.rows.length, columns)
  checkBits(gaps.known, gaps.rows.length, columns)
  require(gaps.bits.words.every((word, i) => (word & ~gaps.known.words[i]) === 0), 'a bit that is not known is a one')
  if (rowsToFill === 0) return
  const filled = filledTable(
    table,
    gaps.rows,
    valuesOf(gaps, gaps.bits, new Float32Array(rowsToFill * columns).fill(0.5), 1),
  )
  checkTable(filled)
  require(encodeCsv(filled) !== null, 'a table of columns cannot be written')
}
