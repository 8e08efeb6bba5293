import { StudioError } from '../../made/failure'
import { LIMITS } from '../../made/spec'
import { binarize, binarizeForEpoch } from '../binarization'
import { BitMatrix } from '../bit-matrix'
import { bySplit, type Split } from '../split'
import { isMissing, NO_LABEL, type Column, type Labels, type PictureShape, type Table } from '../table'
import { bitsOfRows, encodeColumns, keptRows, usedColumns, widthOf, type UsedColumn } from './columns'
import { labelCoding } from './encoding'
import { asGrey } from './grey'
import type { Preparation } from './preparation'
import { splitRows } from './split-plan'

/** A table turned into bits. */
export interface Prepared {
  readonly splits: Readonly<Record<Split, BitMatrix>>
  /** The class of each row, the words shared by all parts; null without labels. Never part of the bits. */
  readonly labels: DataLabels | null
  /** The grey values that the bits come from, `[rows, columns]`; null if they come from something else. */
  readonly grey: Readonly<Record<Split, Uint8Array>> | null
  /** The training rows of an epoch (from 1), where they are drawn anew for each; null where they stay. */
  readonly epochRows: ((epoch: number) => BitMatrix) | null
  /** What a one says in each column; empty where the columns are pixels. */
  readonly columnNames: readonly string[]
  /** How many rows are in no part because the trained model is to fill in what they lack. */
  readonly rowsToFill: number
  /** What was done that a person may not expect, one sentence each. */
  readonly notes: readonly string[]
}

/** The class of each row: `words[codes[split][row]]`, none where the code is `NO_LABEL`. */
export interface DataLabels {
  readonly name: string
  readonly words: readonly string[]
  readonly codes: Readonly<Record<Split, Uint16Array>>
}

/**
 * Turns a table into bits.
 * @throws StudioError 'invalid-settings' if the preparation does not fit the table, 'invalid-data' if too few bits are left,
 * 'too-large' if there are too many
 */
export function prepare(table: Table, preparation: Preparation): Prepared {
  const used = usedColumns(table, preparation)
  const rows = splitRows(table.parts, keptRows(used, preparation), preparation.split)
  const leftOut = table.rows - rows.train.length - rows.valid.length - rows.test.length
  const prepared = encode(table, preparation, used, rows)
  requireColumns(prepared.splits.train.columns, preparation.picture)
  return {
    ...prepared,
    labels: labelsOf(labelsIn(table, preparation), rows),
    rowsToFill: preparation.missing === 'model' ? leftOut : 0,
    notes: [...(leftOut > 0 ? [leftOutInWords(leftOut, preparation)] : []), ...prepared.notes],
  }
}

function leftOutInWords(rows: number, { missing }: Preparation): string {
  const lack = rows === 1 ? '1 row lacks a value' : `${rows} rows lack a value`
  return missing === 'model' ? `${lack}; a model trained on the others can fill it in.` : `${lack} and ${rows === 1 ? 'is' : 'are'} left out.`
}

type RowNumbers = Readonly<Record<Split, Uint32Array>>

/** What becomes of the values of the rows in the parts. */
type Encoded = Omit<Prepared, 'labels' | 'rowsToFill'>

function encode(table: Table, preparation: Preparation, used: readonly UsedColumn[], rows: RowNumbers): Encoded {
  const { values } = table
  switch (values.kind) {
    case 'bits': {
      const { bits, names } = values
      const kept = keptNumbers(bits.columns, preparation)
      const splits = bySplit((split) => selectColumns(selectRows(bits, rows[split]), kept))
      return { splits, grey: null, epochRows: null, columnNames: kept.map((number) => names[number]), notes: [] }
    }
    case 'grey':
      return encodeGrey(values.pixels, values.columns, preparation, rows)
    case 'columns': {
      if (!preparation.grey) return encodeTable(used, preparation, rows)
      const pixels = asGrey(values.columns, table.rows)
      if (pixels) return encodeGrey(pixels, values.columns.length, preparation, rows)
      throw new StudioError(
        'invalid-settings',
        'These values are no greys: greys are whole numbers from 0 to 255 in every row and column.',
        'Choose to read them as columns of a table.',
      )
    }
  }
}

function encodeGrey(pixels: Uint8Array, columns: number, preparation: Preparation, rows: RowNumbers): Encoded {
  const kept = keptNumbers(columns, preparation)
  const { binarization } = preparation
  const grey = bySplit((split) => selectBytes(pixels, columns, rows[split], kept))
  const images = (split: Split): { rows: number; width: number; height: number; pixels: Uint8Array } => ({
    rows: rows[split].length,
    width: kept.length,
    height: 1,
    pixels: grey[split],
  })
  return {
    splits: bySplit((split) => binarize(images(split), binarization, (row) => rows[split][row])),
    grey,
    epochRows: binarization.kind === 'redrawn' ? (epoch) => binarizeForEpoch(images('train'), binarization.seed, epoch) : null,
    columnNames: [],
    notes: [],
  }
}

function encodeTable(used: readonly UsedColumn[], preparation: Preparation, rows: RowNumbers): Encoded {
  const columns = encodeColumns(used, rows.train, preparation)
  requireColumns(widthOf(columns), null)
  const encoded = new Set(columns.map(({ number }) => number))
  return {
    splits: bySplit((split) => bitsOfRows(columns, rows[split], preparation)),
    grey: null,
    epochRows: null,
    columnNames: columns.flatMap(({ encoding }) => encoding.names),
    notes: used.filter(({ number }) => !encoded.has(number)).map(({ column }) => whyLeftOut(column)),
  }
}

function whyLeftOut({ name, kind }: Column): string {
  return kind === 'text'
    ? `The column ${name} is text of too many kinds and is left out.`
    : `The column ${name} has the same value in all training rows and is left out.`
}

function keptNumbers(columns: number, { omitted }: Preparation): number[] {
  const out = new Set(omitted)
  return Array.from({ length: columns }, (_, d) => d).filter((d) => !out.has(d))
}

/** Those rows; the memory is shared where they lie one after another. */
function selectRows(bits: BitMatrix, rows: Uint32Array): BitMatrix {
  return isStretch(rows) ? bits.slice(rows[0], rows[0] + rows.length) : bits.select(rows)
}

function selectColumns(bits: BitMatrix, columns: readonly number[]): BitMatrix {
  if (columns.length === bits.columns) return bits
  const selected = new BitMatrix(bits.rows, columns.length)
  for (let row = 0; row < bits.rows; row++)
    columns.forEach((from, to) => {
      if (bits.get(row, from) === 1) selected.set(row, to)
    })
  return selected
}

/** The bytes of those rows and columns; the memory is shared where all columns of rows one after another are taken. */
function selectBytes(bytes: Uint8Array, columns: number, rows: Uint32Array, kept: readonly number[]): Uint8Array {
  if (kept.length === columns && isStretch(rows)) return bytes.subarray(rows[0] * columns, (rows[0] + rows.length) * columns)
  const selected = new Uint8Array(rows.length * kept.length)
  let i = 0
  for (const row of rows) for (const column of kept) selected[i++] = bytes[row * columns + column]
  return selected
}

/** Whether ascending row numbers have no gap. */
function isStretch(rows: Uint32Array): boolean {
  return rows[rows.length - 1] - rows[0] === rows.length - 1
}

function labelsOf(labels: Labels | null, rows: RowNumbers): DataLabels | null {
  if (labels === null) return null
  const { name, words, codes } = labels
  return { name, words, codes: bySplit((split) => Uint16Array.from(rows[split], (row) => codes[row] ?? NO_LABEL)) }
}

/** The labels of the files, or the column that is to be kept as the label. */
function labelsIn({ values, labels, rows }: Table, { label, grey }: Preparation): Labels | null {
  const column = values.kind === 'columns' && !grey && label !== null ? values.columns[label] : undefined
  if (!column) return labels
  const coding = labelCoding(column)
  if (coding === null)
    throw new StudioError(
      'invalid-settings',
      `The column ${column.name} cannot be the label: it has too many different values.`,
      'Choose a column of words or of few whole numbers.',
    )
  const codes = Uint16Array.from({ length: rows }, (_, row) => (isMissing(column, row) ? NO_LABEL : coding.code(row)))
  return { name: column.name, words: coding.words, codes }
}

function requireColumns(columns: number, picture: PictureShape | null): void {
  const { least, most } = LIMITS.inputs
  if (columns < least)
    throw new StudioError(
      'invalid-data',
      `${columns === 0 ? 'No column is' : 'Only one column of bits is'} left; a model needs at least ${least}.`,
      'Leave out fewer columns, or read numbers as more bits.',
    )
  if (columns > most)
    throw new StudioError(
      'too-large',
      `The rows would have ${columns} bits; a model has at most ${most} inputs.`,
      'Leave out columns of many values, or read numbers as fewer bits.',
    )
  if (picture && picture.width * picture.height !== columns)
    throw new StudioError(
      'invalid-settings',
      `A picture of ${picture.width}×${picture.height} has ${picture.width * picture.height} pixels, but a row has ${columns} bits.`,
      'Change the width and height, or say that rows are not pictures.',
    )
}
