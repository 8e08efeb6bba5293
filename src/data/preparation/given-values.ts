import { StudioError } from '../../base/failure'
import { say, type Sentence } from '../../words/say'
import { BitMatrix } from '../bit-matrix'
import { dateInUnitsOf } from '../dates'
import { nearest } from '../readers/nearest'
import { middleOf } from './bins'
import {
  bitCount,
  codeCount,
  datesOf,
  labelAsColumn,
  levelOf,
  rangeNames,
  rowBits,
  tellOnes,
  unlabelledBits,
  writtenValue,
  type CodedValues,
  type RowCoding,
} from './coding'
import { columnsWithPlaces, type PlacedColumn } from './drawn-values'

/** What rows are to have which a model draws, or is asked about. */
export interface GivenValues {
  /** `[1, D]`; a bit that is not given is zero. A variable of which several values are allowed has a one in each of them. */
  readonly bits: BitMatrix
  /** `[1, D]`: a one where the bit is given, which are all bits of a variable or none. */
  readonly known: BitMatrix
  /** What a person may not expect: a number stands for its range. */
  readonly notes: readonly Sentence[]
}

/** How a condition compares; the longer ones are looked for first. */
const COMPARISONS = ['!=', '<=', '>=', '=', '<', '>'] as const
type Comparison = (typeof COMPARISONS)[number]

interface Condition {
  readonly one: PlacedColumn
  readonly comparison: Comparison
  readonly value: string
}

/**
 * What is given of columns as the bits of a row.
 * @param texts each the name of a column, a comparison (`=`, `!=`, `<`, `<=`, `>`, `>=`) and a value as it stands in a file: nothing
 * for a missing one
 * @throws StudioError 'invalid-settings' for a column or a value that the model does not know, telling those most like it, or
 * where nothing is all that is given
 */
export function givenValues(coding: RowCoding, texts: readonly string[]): GivenValues {
  const placed = givableColumns(coding)
  const columns = rowBits(coding)
  const [bits, known] = [new BitMatrix(1, columns), new BitMatrix(1, columns)]
  const notes: Sentence[] = []
  const allowed = new Map<PlacedColumn, readonly number[]>()
  for (const text of texts) {
    const condition = conditionOf(placed, text, coding.label)
    const { one } = condition
    const met = codesThatMeet(condition)
    const before = allowed.get(one)
    const left = before ? met.filter((code) => before.includes(code)) : met
    if (left.length === 0) throw refused(say('prepare.given.nothing-left', { column: one.column.name }))
    allowed.set(one, left)
    const note = noteOn(text, condition, met)
    if (note) notes.push(note)
  }
  const areVariables = coding.kind === 'columns' && coding.areVariables === true
  for (const [{ column, first }, codes] of allowed) {
    const isVariable = areVariables || column.name === coding.label?.name
    for (const [bit, isOne] of isVariable ? valuesAllowed(column, codes) : bitsDecided(column, codes)) {
      known.set(0, first + bit)
      if (isOne) bits.set(0, first + bit)
    }
  }
  return { bits, known, notes }
}

/** Of a variable all bits are known: ones are the values that it may have. */
function valuesAllowed(column: CodedValues, codes: readonly number[]): [number, boolean][] {
  if (column.kind === 'flag') return codes.length > 1 ? [] : [[0, codes[0] === 1]]
  return Array.from({ length: bitCount(column) }, (_, bit) => [bit, codes.includes(bit)])
}

/** Of bits that are variables each, those are known that have the same value whichever code it is. */
function bitsDecided(column: CodedValues, codes: readonly number[]): [number, boolean][] {
  const rows = codes.map((code) => {
    const ones = new Set<number>()
    if (code === codeCount(column)) ones.add(bitCount(column) - 1)
    else tellOnes(column, code, (bit) => ones.add(bit))
    return ones
  })
  return Array.from({ length: bitCount(column) }, (_, bit) => bit).flatMap((bit): [number, boolean][] => {
    const ones = rows.filter((row) => row.has(bit)).length
    return ones === 0 || ones === rows.length ? [[bit, ones > 0]] : []
  })
}

/** Of pictures only their label can be given. */
function givableColumns(coding: RowCoding): readonly PlacedColumn[] {
  if (coding.kind !== 'grey') return columnsWithPlaces(coding)
  return coding.label ? [{ column: labelAsColumn(coding.label), first: unlabelledBits(coding) }] : []
}

/** What the label is called by everyone, whatever its name is. */
const ANY_LABEL = 'label'

/** The column, the comparison and the value that a text names. A name may hold an equals sign, too. */
function conditionOf(placed: readonly PlacedColumn[], text: string, label: RowCoding['label']): Condition {
  const byName = [...placed].sort((a, b) => b.column.name.length - a.column.name.length)
  const learnt = placed.find(({ column }) => column.name === label?.name)
  const named = byName.map((one): [string, PlacedColumn] => [one.column.name, one])
  for (const [name, one] of learnt ? [...named, [ANY_LABEL, learnt] as const] : named) {
    if (!text.startsWith(name)) continue
    const rest = text.slice(name.length).trimStart()
    const comparison = COMPARISONS.find((sign) => rest.startsWith(sign))
    if (comparison) return { one, comparison, value: rest.slice(comparison.length) }
  }
  const at = text.search(/[=<>]|!=/)
  if (at < 0) throw refused(say('prepare.given.no-value', { text }))
  const names = placed.map(({ column }) => column.name)
  throw new StudioError(
    'invalid-settings',
    say('prepare.given.no-column', { column: text.slice(0, at).trimEnd() }),
    names.length === 0
      ? say('prepare.given.no-columns.hint')
      : say('prepare.given.no-column.hint', { columns: nearest(text.slice(0, at), names) }),
  )
}

/** The codes of a column that meet a condition; one more than its last is that of a missing value. */
function codesThatMeet({ one: { column }, comparison, value }: Condition): number[] {
  const gap = column.gap === 'bit' ? [codeCount(column)] : []
  const codes = Array.from({ length: codeCount(column) }, (_, code) => code)
  if (comparison === '=' || comparison === '!=') {
    const same = value === '' ? gapOf(column) : codeOf(column, value)
    return comparison === '=' ? [same] : [...codes, ...gap].filter((code) => code !== same)
  }
  const bound = numberIn(column, value)
  if (bound === null || !Number.isFinite(bound)) throw noNumber(column, value)
  return codes.filter((code) => {
    const number = numberOf(column, code)
    if (number === null) throw refused(say('prepare.given.no-order', { column: column.name, comparison }))
    switch (comparison) {
      case '<':
        return number < bound
      case '<=':
        return number <= bound
      case '>':
        return number > bound
      case '>=':
        return number >= bound
    }
  })
}

/** What a code is as a number: of a range its middle; null where it is a word. */
function numberOf(column: CodedValues, code: number): number | null {
  switch (column.kind) {
    case 'flag':
      return code
    case 'categories': {
      const value = column.values[code]
      const number = typeof value === 'number' ? value : value.trim() === '' ? NaN : Number(value)
      return Number.isFinite(number) ? number : null
    }
    case 'levels':
      return column.means[code]
    case 'bins':
      return middleOf(column, code)
  }
}

/** That a number stands for its range, or a comparison for some ranges. */
function noteOn(
  text: string,
  { one: { column }, comparison, value }: Condition,
  codes: readonly number[],
): Sentence | null {
  if ((column.kind !== 'bins' && column.kind !== 'levels') || value === '') return null
  const ranges = rangeNames(column)
  if (comparison === '=') return say('prepare.given.range', { column: column.name, value, range: ranges[codes[0]] })
  const met = codes.filter((code) => code < ranges.length)
  return met.length === 0
    ? null
    : say('prepare.given.ranges', { condition: text, ranges: met.map((code) => ranges[code]) })
}

function gapOf(column: CodedValues): number {
  if (column.gap !== 'bit') throw refused(say('prepare.given.no-gap', { column: column.name }))
  return codeCount(column)
}

/** A value as a number, of dates in units of the column; null where it is none. */
function numberIn(column: CodedValues, text: string): number | null {
  const dates = datesOf(column)
  if (dates) return dateInUnitsOf(text.trim(), dates)
  return text.trim() === '' ? null : Number(text)
}

/** The code of a value as it is written. @throws StudioError 'invalid-settings' where the column has no such value */
function codeOf(column: CodedValues, text: string): number {
  const number = numberIn(column, text)
  switch (column.kind) {
    case 'flag':
      return codeAmong(column, ['0', '1'], text, number)
    case 'categories': {
      const words = column.values.map((value) => String(writtenValue(column, value)))
      const code = datesOf(column)
        ? column.values.findIndex((value) => value === number)
        : codeAmong(column, words, text, number)
      return code >= 0 ? code : codeAmong(column, words, text, null)
    }
    case 'levels':
    case 'bins':
      if (number !== null && Number.isFinite(number)) return levelOf(column.levels, number)
      throw noNumber(column, text)
  }
}

function noNumber(column: CodedValues, value: string): StudioError {
  return refused(
    datesOf(column)
      ? say('prepare.given.no-date', { column: column.name, value })
      : say('prepare.given.no-number', { column: column.name, value }),
  )
}

/** The number of a word, or of one that is the same number: 7.0 is 7. */
function codeAmong(column: CodedValues, words: readonly string[], text: string, number: number | null): number {
  const code = words.indexOf(text)
  if (code >= 0) return code
  const same = words.findIndex((word) => word.trim() !== '' && Number(word) === number)
  if (same >= 0) return same
  throw new StudioError(
    'invalid-settings',
    say('prepare.given.unknown', { column: column.name, value: text }),
    say('prepare.given.unknown.hint', { values: nearest(text, words) }),
  )
}

function refused(what: Sentence): StudioError {
  return new StudioError('invalid-settings', what, say('prepare.given.hint'))
}
