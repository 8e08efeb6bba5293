import type { Note } from '../../base/advice'
import { StudioError } from '../../base/failure'
import { say, type Sentence } from '../../words/say'
import { LIMITS } from '../../made/spec'
import { variableCount } from '../../made/variables'
import { binarize, binarizeForEpoch } from '../binarization'
import type { BitMatrix } from '../bit-matrix'
import { bySplit, SPLITS, type Split } from '../split'
import { atOnce, within, type Steps } from '../../base/steps'
import { isMissing, NO_LABEL, type Column, type Labels, type LeftOut, type PictureShape, type Table } from '../table'
import { besideEachOther, bitsOfRows, type CodedColumn } from './coded-column'
import {
  bitNames,
  hasBits,
  labelAsColumn,
  rowBits,
  type BitName,
  type ColumnCoding,
  type LabelCoding,
  type RowCoding,
} from './coding'
import { codingOf } from './column-coding'
import { labelCoding } from './column-values'
import { asGrey } from './grey'
import { leftOutColumns, leftOutNotes, tooFewBits, tooFewComplete } from './left-out'
import { allKnown, haveUnknown, knownVariables, withKnownLabel } from './known-variables'
import { learntLabel, withLabel } from './learnt-label'
import { leavesOutGaps, type Preparation } from './preparation'
import { keptNumbers, selectBits, selectBytes } from './selection'
import { splitRows } from './split-plan'
import { variablesOfCoding } from './variables'

/** About how much of the whole time these take, for its progress. */
const [SHARE_OF_SPLIT, SHARE_OF_QUANTILES, SHARE_OF_GREYS, SHARE_BEFORE_KNOWN, SHARE_BEFORE_LABEL] = [
  0.1, 0.4, 0.1, 0.8, 0.9,
]

/** A table turned into bits. */
export interface Prepared {
  readonly splits: Readonly<Record<Split, BitMatrix>>
  /** The numbers in the table of the rows of each part, ascending. */
  readonly rowNumbers: Readonly<Record<Split, Uint32Array>>
  /** The class of each row, the words shared by all parts; null without labels. Never part of the bits. */
  readonly labels: DataLabels | null
  /** The grey values that the bits come from, `[rows, columns]`; null if they come from something else. */
  readonly grey: Readonly<Record<Split, Uint8Array>> | null
  /** The training rows of an epoch (from 1), where they are drawn anew for each; null where they stay. */
  readonly epochRows: ((epoch: number) => BitMatrix) | null
  /** How all that was decided, so that other rows can become bits in the same way. */
  readonly coding: RowCoding
  /** What a one says in each column; empty where the columns are pixels. */
  readonly columnNames: readonly BitName[]
  /** How many rows are in no part because the trained model is to fill in what they lack. */
  readonly rowsToFill: number
  /** Which variables of each row are known, `[rows, V]`, where rows that lack values are learnt from; null where all are. */
  readonly known: Readonly<Record<Split, BitMatrix>> | null
  /** Why they are too few bits for a model; null if they are enough. */
  readonly tooFew: StudioError | null
  /** What was done that a person may not expect. */
  readonly notes: readonly Note[]
}

/** The class of each row: `words[codes[split][row]]`, none where the code is `NO_LABEL`. */
export interface DataLabels {
  readonly name: string
  readonly words: readonly string[]
  readonly codes: Readonly<Record<Split, Uint16Array>>
}

/**
 * Turns a table into bits, step by step.
 * @throws StudioError 'invalid-settings' if the preparation does not fit the table, 'invalid-data' if too few rows are left,
 * 'too-large' if there are too many bits
 */
export function* prepare(table: Table, preparation: Preparation): Steps<Prepared> {
  const used = usedColumns(table, preparation)
  const labels = labelsIn(table, preparation)
  const label = preparation.learnsLabel && labels !== null ? learntLabelOf(labels) : null
  const isComplete = rowsWithoutGaps(
    used,
    preparation,
    label === null || preparation.missing === 'observed' ? null : labels,
  )
  requireComplete(table, used, preparation, isComplete)
  const rows = splitRows(table.parts, isComplete, preparation.split)
  yield SHARE_OF_SPLIT
  const leftOut = table.rows - rows.train.length - rows.valid.length - rows.test.length
  const unlabelled = yield* within(encode(table, preparation, used, rows), SHARE_OF_SPLIT, SHARE_BEFORE_LABEL)
  const bits = unlabelled.splits.train.columns
  requireNotTooMany(bits + (label?.words.length ?? 0))
  const tooFew =
    variableCountOf(unlabelled.coding) < LIMITS.inputs.least ? tooFewBits(bits, table, unlabelled.leftOut) : null
  if (tooFew === null) requireShape(bits, preparation.picture)
  const ofRows = labelsOf(labels, rows)
  const prepared =
    label && ofRows ? yield* within(labelled(unlabelled, ofRows, label), SHARE_BEFORE_LABEL, 1) : unlabelled
  return {
    ...prepared,
    rowNumbers: rows,
    tooFew,
    labels: ofRows,
    rowsToFill: preparation.missing === 'model' ? leftOut : incompleteRows(prepared.known),
    notes: [...(leftOut > 0 ? [leftOutInWords(leftOut, table, preparation)] : []), ...prepared.notes],
  }
}

/** In how many rows something is not known. */
function incompleteRows(known: Prepared['known']): number {
  if (known === null) return 0
  return SPLITS.reduce((sum, split) => sum + known[split].rows - rowsOfAllOnes(known[split]), 0)
}

function rowsOfAllOnes(matrix: BitMatrix): number {
  let count = 0
  for (let row = 0; row < matrix.rows; row++) if (matrix.onesOf(row).length === matrix.columns) count++
  return count
}

/** The label as a model learns it. @throws StudioError 'invalid-settings' if it is no class */
function learntLabelOf(labels: Labels): LabelCoding {
  let rows = 0
  for (const code of labels.codes) if (code !== NO_LABEL) rows++
  return learntLabel(labels, rows)
}

/**
 * What was made of the rows, with their label as one more variable. Where rows are learnt from that lack it, the first class
 * stands in its place, and it is unknown.
 */
function* labelled(encoded: Encoded, labels: DataLabels, label: LabelCoding): Steps<Encoded> {
  const { splits, epochRows, coding, columnNames } = encoded
  const codes = bySplit((split) => labels.codes[split].map((code) => (code === NO_LABEL ? 0 : code)))
  const areLacking = SPLITS.some((split) => labels.codes[split].includes(NO_LABEL))
  const known =
    encoded.known ?? (areLacking ? bySplit((split) => allKnown(splits[split].rows, variableCountOf(coding))) : null)
  return {
    ...encoded,
    splits: yield* ofEachPart(
      bySplit((split) => codes[split]),
      (split) => withLabel(splits[split], codes[split], label),
    ),
    epochRows: epochRows && ((epoch) => atOnce(withLabel(epochRows(epoch), codes.train, label))),
    coding: { ...coding, label },
    known: known && bySplit((split) => withKnownLabel(known[split], labels.codes[split])),
    columnNames: columnNames.length > 0 ? [...columnNames, ...bitNames(labelAsColumn(label))] : columnNames,
  }
}

/** Where that most rows lack a value leaves too few, it is said so. */
function requireComplete(
  table: Table,
  used: readonly UsedColumn[],
  preparation: Preparation,
  isComplete: (row: number) => boolean,
): void {
  if (!leavesOutGaps(preparation) || table.rows < SPLITS.length) return
  let complete = 0
  for (let row = 0; row < table.rows && complete < SPLITS.length; row++) if (isComplete(row)) complete++
  if (complete >= SPLITS.length) return
  const columns = used.map(({ column }) => column)
  throw tooFewComplete(complete, table, columns)
}

function leftOutInWords(lacking: number, { rows }: Table, { missing }: Preparation): Sentence {
  return missing === 'model'
    ? say('prepare.gaps.to-fill', { lacking, rows })
    : say('prepare.gaps.dropped', { lacking, rows })
}

/** A column that a model may see, and its number in its table, from 0. */
interface UsedColumn {
  readonly column: Column
  readonly number: number
}

/** The columns that are neither left out nor the label; none of a table that has no columns of several kinds. */
function usedColumns({ values }: Table, { omitted, label }: Preparation): UsedColumn[] {
  if (values.kind !== 'columns') return []
  const out = new Set([...omitted, ...(label === null ? [] : [label])])
  return values.columns.map((column, number) => ({ column, number })).filter(({ number }) => !out.has(number))
}

/**
 * Tells whether a row goes into one of the parts: where gaps are left out, if it lacks no value of a used column.
 * @param learnt the labels where the model learns them: a row without one is not for it
 */
function rowsWithoutGaps(
  used: readonly UsedColumn[],
  preparation: Preparation,
  learnt: Labels | null,
): (row: number) => boolean {
  const gappy = leavesOutGaps(preparation) ? used.filter(({ column }) => column.missing !== null) : []
  return (row) => learnt?.codes[row] !== NO_LABEL && !gappy.some(({ column }) => isMissing(column, row))
}

type RowNumbers = Readonly<Record<Split, Uint32Array>>

/** V. */
function variableCountOf(coding: RowCoding): number {
  return variableCount({ inputs: rowBits(coding), ...variablesOfCoding(coding) })
}

/** What becomes of the values of the rows in the parts. */
type Encoded = Omit<Prepared, 'rowNumbers' | 'labels' | 'rowsToFill' | 'tooFew'> & {
  /** The columns of the table that have no bits. */
  readonly leftOut: readonly LeftOut[]
}

function* encode(
  table: Table,
  preparation: Preparation,
  used: readonly UsedColumn[],
  rows: RowNumbers,
): Steps<Encoded> {
  const { values } = table
  switch (values.kind) {
    case 'bits': {
      const { bits, names } = values
      const kept = keptNumbers(bits.columns, preparation.omitted)
      const splits = yield* ofEachPart(rows, (split) => selectBits(bits, rows[split], kept))
      return {
        splits,
        grey: null,
        epochRows: null,
        coding: { kind: 'bits', names, omitted: omittedOf(bits.columns, preparation) },
        known: null,
        columnNames: kept.map((number) => names[number]),
        leftOut: [],
        notes: [],
      }
    }
    case 'grey':
      return yield* encodeGrey(values.pixels, values.columns, preparation, rows)
    case 'columns': {
      if (!preparation.grey) return yield* encodeTable(table, values.columns, used, preparation, rows)
      const pixels = asGrey(values.columns, table.rows)
      if (pixels) return yield* encodeGrey(pixels, values.columns.length, preparation, rows)
      throw new StudioError('invalid-settings', say('prepare.not-greys'), say('prepare.not-greys.hint'))
    }
  }
}

function* encodeGrey(pixels: Uint8Array, columns: number, preparation: Preparation, rows: RowNumbers): Steps<Encoded> {
  const kept = keptNumbers(columns, preparation.omitted)
  const { binarization } = preparation
  const grey = yield* within(
    ofEachPart(rows, (split) => selectBytes(pixels, columns, rows[split], kept)),
    0,
    SHARE_OF_GREYS,
  )
  const images = (split: Split): { rows: number; width: number; height: number; pixels: Uint8Array } => ({
    rows: rows[split].length,
    width: kept.length,
    height: 1,
    pixels: grey[split],
  })
  return {
    splits: yield* within(
      ofEachPart(rows, (split) => binarize(images(split), binarization, (row) => rows[split][row])),
      SHARE_OF_GREYS,
      1,
    ),
    grey,
    epochRows:
      binarization.kind === 'redrawn' ? (epoch) => binarizeForEpoch(images('train'), binarization.seed, epoch) : null,
    coding: { kind: 'grey', width: columns, omitted: omittedOf(columns, preparation), binarization },
    known: null,
    columnNames: [],
    leftOut: [],
    notes: [],
  }
}

function* encodeTable(
  table: Table,
  columns: readonly Column[],
  used: readonly UsedColumn[],
  preparation: Preparation,
  rows: RowNumbers,
): Steps<Encoded> {
  const codings = yield* within(codingsOf(columns, used, rows.train, preparation), 0, SHARE_OF_QUANTILES)
  const coding: RowCoding = {
    kind: 'columns',
    columns: codings,
    ...(preparation.valuesAs === 'variables' ? { areVariables: true } : {}),
  }
  const leftOut = leftOutColumns(table, preparation, codings)
  requireNotTooMany(rowBits(coding))
  const coded = codedColumns(columns, codings)
  const hasUnknown = haveUnknown(coded)
  const areVariables = preparation.valuesAs === 'variables'
  return {
    splits: yield* within(
      ofEachPart(rows, (split) => bitsOfRows(coded, rows[split])),
      SHARE_OF_QUANTILES,
      hasUnknown ? SHARE_BEFORE_KNOWN : 1,
    ),
    known: hasUnknown
      ? yield* within(
          ofEachPart(rows, (split) => knownVariables(coded, areVariables, rows[split])),
          SHARE_BEFORE_KNOWN,
          1,
        )
      : null,
    grey: null,
    epochRows: null,
    coding,
    columnNames: codings.flatMap(bitNames),
    leftOut,
    notes: leftOutNotes(leftOut),
  }
}

function* codingsOf(
  columns: readonly Column[],
  used: readonly UsedColumn[],
  train: Uint32Array,
  preparation: Preparation,
): Steps<ColumnCoding[]> {
  const codings = columns.map(({ name }): ColumnCoding => ({ name, kind: 'unused' }))
  for (const [i, { column, number }] of used.entries()) {
    codings[number] = codingOf(column, number, train, preparation)
    yield (i + 1) / used.length
  }
  return codings
}

/** The columns of a table that have bits, by codings in the same order. */
function codedColumns(columns: readonly Column[], codings: readonly ColumnCoding[]): CodedColumn[] {
  return besideEachOther(
    codings.flatMap((coding, number) => (hasBits(coding) ? [{ coding, number, column: columns[number] }] : [])),
  )
}

/** The columns that are there and left out. */
function omittedOf(columns: number, { omitted }: Preparation): number[] {
  return omitted.filter((number) => number < columns)
}

/** The work of each part, which takes as long as it has rows. */
function* ofEachPart<T>(
  rows: Readonly<Record<Split, { readonly length: number }>>,
  work: (split: Split) => Steps<T>,
): Steps<Record<Split, T>> {
  const all = rows.train.length + rows.valid.length + rows.test.length
  const { train, valid } = { train: rows.train.length / all, valid: (rows.train.length + rows.valid.length) / all }
  return {
    train: yield* within(work('train'), 0, train),
    valid: yield* within(work('valid'), train, valid),
    test: yield* within(work('test'), valid, 1),
  }
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
      say('prepare.label-too-varied', { column: column.name }),
      say('prepare.label-too-varied.hint'),
    )
  const codes = Uint16Array.from({ length: rows }, (_, row) => (isMissing(column, row) ? NO_LABEL : coding.code(row)))
  return { name: column.name, words: coding.words, codes }
}

function requireNotTooMany(columns: number): void {
  const { most } = LIMITS.inputs
  if (columns <= most) return
  throw new StudioError(
    'too-large',
    say('prepare.too-many-bits', { bits: columns, most }),
    say('prepare.too-many-bits.hint'),
  )
}

function requireShape(columns: number, picture: PictureShape | null): void {
  if (!picture) return
  const { width, height } = picture
  const pixels = width * height
  if (pixels !== columns)
    throw new StudioError(
      'invalid-settings',
      say('prepare.picture-size', { width, height, pixels, bits: columns }),
      say('prepare.picture-size.hint'),
    )
}
