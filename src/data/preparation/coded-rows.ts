import { inTurn } from '../../base/advice'
import { StudioError } from '../../base/failure'
import { within, type Steps } from '../../base/steps'
import { variableCount, variablesFor } from '../../made/variables'
import { say, type Sentence } from '../../words/say'
import { binarize, type Binarization } from '../binarization'
import type { BitMatrix } from '../bit-matrix'
import { bySplit, type Split } from '../split'
import { areNumbered, cellOf, columnCount, isMissing, NO_LABEL, type Table } from '../table'
import { wordOf } from '../table-columns'
import { bitsOfRows, codesOf, UNKNOWN } from './coded-column'
import {
  columnCodings,
  labelAsColumn,
  rowBits,
  unlabelledBits,
  type ModelPreparation,
  type RowCoding,
  hasBits,
} from './coding'
import { asGrey } from './grey'
import { withLabel } from './learnt-label'
import { labelColumn, matchBits, matchColumns } from './matched-columns'
import { allKnown, haveUnknown, knownVariables, withKnownLabel } from './known-variables'
import { requireOneValueEach } from './one-value-each'
import { keptNumbers, selectBits, selectBytes } from './selection'
import { splitRows, USUAL_SPLIT } from './split-plan'
import { Tally } from './tally'
import { variableNames, variablesOfCoding } from './variables'

/** How greys become bits for a model that was trained on bits. */
const MIDDLE_GREY = { kind: 'threshold', threshold: 128 } as const satisfies Binarization

/** Rows of a table as the inputs of a model. */
export interface CodedRows {
  /** `[rows, D]`, in the order of the table. */
  readonly bits: BitMatrix
  /** Which variables of each row are known, `[rows, V]`, where the model learnt from rows that lack values; null where all are. */
  readonly known: BitMatrix | null
  /** Whether the rows lack the label that the model was taught: its bits are zeros then. */
  readonly lacksLabel: boolean
  /** The number of each in the table, ascending. */
  readonly numbers: Uint32Array
  /** How many rows of the table are not among them. */
  readonly leftOut: number
  /** What was done that a person may not expect. */
  readonly notes: readonly Sentence[]
}

/**
 * Makes rows the inputs of a model, as those were that it was trained on: nothing is decided from these rows. Those that
 * cannot be coded are left out, and told: they lack a value where the model knows no way with it, or hold one that it has
 * never seen.
 * @param leavesOutGaps whether all rows that lack a value are left out, whatever the model would make of them
 * @throws StudioError 'invalid-data' where the table has other columns or no row is left
 */
export function* codeRows(table: Table, coding: RowCoding, leavesOutGaps = false): Steps<CodedRows> {
  const coded: CodedRows =
    coding.label && areModelColumns(table, coding, rowBits(coding))
      ? { ...(yield* codeModelColumns(table, coding)), lacksLabel: false }
      : yield* labelled(yield* within(codeAs(table, coding, leavesOutGaps), 0, 0.9), table, coding, leavesOutGaps)
  if (coded.numbers.length > 0) return coded
  throw new StudioError(
    'invalid-data',
    coded.notes.reduce(inTurn, say('prepare.no-row-as-taught', { name: table.name })),
    say('prepare.like-model.hint'),
  )
}

/**
 * The rows with the label that the model learnt. Those that have one that it has never seen are left out, and those that have none
 * unless it learnt from such rows, too.
 */
function* labelled(coded: Unlabelled, table: Table, coding: RowCoding, leavesOutGaps: boolean): Steps<CodedRows> {
  const { label } = coding
  if (!label) return { ...coded, lacksLabel: false }
  const column = labelColumn(table, label.name)
  const one = labelAsColumn(label)
  if (column === null) {
    const none = new Uint16Array(coded.numbers.length).fill(NO_LABEL)
    const notes = [...coded.notes, say('prepare.lacks-label', { name: table.name, label: label.name })]
    const bits = yield* withLabel(coded.bits, none, label)
    const known = coded.known && withKnownLabel(coded.known, none)
    return { ...coded, bits, known, lacksLabel: true, notes }
  }
  const codeOf = codesOf(one, column)
  const [gaps, unknown] = [new Tally(), new Tally()]
  const kept: number[] = []
  const codes: number[] = []
  const canLack = !leavesOutGaps && takesUnknown(coding)
  coded.numbers.forEach((row, i) => {
    const isLacking = isMissing(column, row)
    if (isLacking && !canLack) return gaps.add(row, label.name)
    const code = isLacking ? NO_LABEL : codeOf(row)
    if (code === UNKNOWN) return unknown.add(row, String(wordOf(column, row)))
    kept.push(i)
    codes.push(code)
  })
  const ofKept = (rows: BitMatrix): BitMatrix => (kept.length === coded.numbers.length ? rows : rows.select(kept))
  const bits = ofKept(coded.bits)
  const unlabelled =
    coded.known ?? (codes.includes(NO_LABEL) ? allKnown(coded.bits.rows, unlabelledCount(coding)) : null)
  const inPlace = Uint16Array.from(codes, (code) => (code === NO_LABEL ? 0 : code))
  return {
    bits: yield* withLabel(bits, inPlace, label),
    known: unlabelled && withKnownLabel(ofKept(unlabelled), Uint16Array.from(codes)),
    numbers: Uint32Array.from(kept, (i) => coded.numbers[i]),
    lacksLabel: false,
    leftOut: coded.leftOut + coded.numbers.length - kept.length,
    notes: [
      ...coded.notes,
      ...gaps.inWords((rows, columns) => say('prepare.gaps-left-out', { rows, columns })),
      ...unknown.inWords((rows, values) => say('prepare.unseen-left-out', { rows, values, column: label.name })),
    ],
  }
}

/** Rows before they have their label. */
type Unlabelled = Omit<CodedRows, 'lacksLabel'>

function codeAs(table: Table, coding: RowCoding, leavesOutGaps: boolean): Steps<Unlabelled> {
  if (areModelColumns(table, coding, unlabelledBits(coding))) return codeModelColumns(table, coding)
  switch (coding.kind) {
    case 'grey':
      return codeGreys(table, coding)
    case 'columns':
      return codeColumns(table, coding, leavesOutGaps)
    case 'bits':
      return table.values.kind === 'columns' ? codeColumns(table, coding, leavesOutGaps) : codeBits(table, coding)
  }
}

/**
 * The rows of each part: as the files say, or as those were divided that the model was trained on.
 * @throws StudioError as `splitRows`
 */
export function dividedRows(
  table: Table,
  { bits, known, numbers }: CodedRows,
  { split }: ModelPreparation,
): { readonly bits: Record<Split, BitMatrix>; readonly known: Record<Split, BitMatrix> | null } {
  const place = new Map(Array.from(numbers, (number, i) => [number, i]))
  const rows = splitRows(table.parts, (row) => place.has(row), split ?? USUAL_SPLIT)
  const of = (all: BitMatrix): Record<Split, BitMatrix> =>
    bySplit((part) => all.select(Array.from(rows[part], (row) => place.get(row) ?? 0)))
  return { bits: of(bits), known: known && of(known) }
}

/** V, the label not counted. */
function unlabelledCount(coding: RowCoding): number {
  const { label: _label, ...unlabelled } = coding
  return variableCount(variablesFor({ columns: unlabelledBits(coding), ...variablesOfCoding(unlabelled) }))
}

/** Whether a model that was taught so can take what a row lacks as unknown. */
function takesUnknown(coding: RowCoding): boolean {
  return coding.kind === 'columns' && coding.columns.some((column) => hasBits(column) && column.gap === 'unknown')
}

function* codeColumns(
  table: Table,
  coding: Exclude<RowCoding, { kind: 'grey' }>,
  leavesOutGaps: boolean,
): Steps<Unlabelled> {
  const { coded, required, notes } = matchColumns(table, coding)
  const gaps = new Tally()
  const unknown = new Map(coded.map(({ column }) => [column.name, new Tally()]))
  const readers = coded.map(({ coding: one, column }) => ({
    column,
    needsValue: leavesOutGaps || one.gap === 'left-out',
    code: codesOf(one, column),
    unknown: unknown.get(column.name) ?? new Tally(),
  }))
  const isKept = (row: number): boolean => {
    let kept = true
    const leaveOut = (tally: Tally, what: string): void => {
      kept = false
      tally.add(row, what)
    }
    for (const column of required) if (isMissing(column, row)) leaveOut(gaps, column.name)
    for (const { column, needsValue, code, unknown: values } of readers)
      if (!isMissing(column, row)) {
        if (code(row) === UNKNOWN) leaveOut(values, String(cellOf(column, row)))
      } else if (needsValue) leaveOut(gaps, column.name)
    return kept
  }
  const numbers = Uint32Array.from({ length: table.rows }, (_, row) => row).filter(isKept)
  yield 0.3
  const areVariables = coding.kind === 'columns' && coding.areVariables === true
  const hasUnknown = !leavesOutGaps && haveUnknown(coded)
  return {
    bits: yield* within(bitsOfRows(coded, numbers), 0.3, hasUnknown ? 0.7 : 1),
    known: hasUnknown ? yield* within(knownVariables(coded, areVariables, numbers), 0.7, 1) : null,
    numbers,
    leftOut: table.rows - numbers.length,
    notes: [
      ...notes,
      ...gaps.inWords((rows, columns) => say('prepare.gaps-left-out', { rows, columns })),
      ...[...unknown].flatMap(([column, tally]) =>
        tally.inWords((rows, values) => say('prepare.unseen-left-out', { rows, values, column })),
      ),
    ],
  }
}

/** Bits, or greys of which bits are made, for a model that was trained on bits. */
function* codeBits(table: Table, coding: Extract<RowCoding, { kind: 'bits' }>): Steps<Unlabelled> {
  const { values } = table
  if (values.kind !== 'bits') {
    const { names, omitted } = coding
    const greys = { kind: 'grey', width: names.length, omitted, binarization: MIDDLE_GREY } as const
    const coded = yield* codeGreys(table, greys)
    return { ...coded, notes: [...coded.notes, say('prepare.greys-as-ones', { threshold: MIDDLE_GREY.threshold })] }
  }
  const { numbers, notes } = matchBits(table, values.names, coding)
  const rows = allRows(table)
  return { bits: yield* selectBits(values.bits, rows, numbers), known: null, numbers: rows, leftOut: 0, notes }
}

/** Whether zeros and ones without names are the columns of the model, `width` of them, where its data had another number of columns. */
function areModelColumns({ values, isSparse }: Table, coding: RowCoding, width: number): boolean {
  if (values.kind !== 'bits' || isSparse || values.bits.columns !== width || !areNumbered(values.names)) return false
  return width !== (coding.kind === 'grey' ? coding.width : columnCodings(coding).length)
}

/** The columns of the model as they are. @throws StudioError 'invalid-data' where a variable has not one value in a row */
function* codeModelColumns(table: Table, coding: RowCoding): Steps<Unlabelled> {
  const { values, name } = table
  if (values.kind !== 'bits') throw new Error('no columns of bits')
  const { bits } = values
  const { label, ...unlabelled } = coding
  const seen = label && bits.columns === rowBits(coding) ? coding : unlabelled
  requireOneValueEach(bits, variablesOfCoding(seen), name, variableNames(seen))
  yield 1
  return {
    bits,
    numbers: allRows(table),
    leftOut: 0,
    known: null,
    notes: [say('prepare.as-columns', { name, columns: bits.columns })],
  }
}

/** Greys, or bits as they are, for a model that was trained on greys. */
function* codeGreys(table: Table, coding: Extract<RowCoding, { kind: 'grey' }>): Steps<Unlabelled> {
  const { values, rows, name } = table
  const numbers = allRows(table)
  const width = columnCount(values)
  if (width !== coding.width)
    throw new StudioError(
      'invalid-data',
      say('prepare.other-width', { name, width, taught: coding.width }),
      say('prepare.other-width.hint'),
    )
  const kept = keptNumbers(width, coding.omitted)
  if (values.kind === 'bits') {
    const bits = yield* selectBits(values.bits, numbers, kept)
    return { bits, known: null, numbers, leftOut: 0, notes: [say('prepare.bits-as-they-are', { name })] }
  }
  const pixels = values.kind === 'grey' ? values.pixels : asGrey(values.columns, rows)
  if (!pixels) throw new StudioError('invalid-data', say('prepare.no-greys', { name }), say('prepare.like-model.hint'))
  const selected = yield* within(selectBytes(pixels, width, numbers, kept), 0, 0.2)
  const images = { rows, width: kept.length, height: 1, pixels: selected }
  const bits = yield* within(
    binarize(images, coding.binarization, (row) => row),
    0.2,
    1,
  )
  return { bits, known: null, numbers, leftOut: 0, notes: [] }
}

function allRows({ rows }: Table): Uint32Array {
  return Uint32Array.from({ length: rows }, (_, row) => row)
}
