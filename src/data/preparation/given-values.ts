import { StudioError } from '../../base/failure'
import { say, type Sentence } from '../../words/say'
import { BitMatrix } from '../bit-matrix'
import { dateInUnitsOf } from '../dates'
import { nearest } from '../readers/nearest'
import {
  bitCount,
  datesOf,
  labelAsColumn,
  levelOf,
  rangeNames,
  rowBits,
  tellGap,
  tellOnes,
  unlabelledBits,
  writtenValue,
  type CodedValues,
  type RowCoding,
} from './coding'
import { columnsWithPlaces, type PlacedColumn } from './drawn-values'

/** Values that the rows are to have which a model draws. */
export interface GivenValues {
  /** `[1, D]`; a bit that is not given is zero. */
  readonly bits: BitMatrix
  /** `[1, D]`: a one where the bit is given, which are all bits of a column or none. */
  readonly known: BitMatrix
  /** What a person may not expect: a number stands for its range. */
  readonly notes: readonly Sentence[]
}

/**
 * Values of columns as the bits of a row.
 * @param texts each the name of a column, an equals sign and its value as it stands in a file: nothing for a missing one
 * @throws StudioError 'invalid-settings' for a column or a value that the model does not know, telling those most like it
 */
export function givenValues(coding: RowCoding, texts: readonly string[]): GivenValues {
  const placed = givableColumns(coding)
  const columns = rowBits(coding)
  const [bits, known] = [new BitMatrix(1, columns), new BitMatrix(1, columns)]
  const notes: Sentence[] = []
  for (const text of texts) {
    const { one, value } = assignment(placed, text, coding.label)
    const { column, first } = one
    if (known.get(0, first) === 1) throw refused(say('prepare.given.twice', { column: column.name }))
    for (let bit = first; bit < first + bitCount(column); bit++) known.set(0, bit)
    const tell = (bit: number): void => bits.set(0, first + bit)
    if (value === '') giveGap(column, tell)
    else {
      const code = codeOf(column, value)
      tellOnes(column, code, tell)
      if (column.kind === 'bins' || column.kind === 'levels')
        notes.push(say('prepare.given.range', { column: column.name, value, range: rangeNames(column)[code] }))
    }
  }
  return { bits, known, notes }
}

/** Of pictures only their label can be given. */
function givableColumns(coding: RowCoding): readonly PlacedColumn[] {
  if (coding.kind !== 'grey') return columnsWithPlaces(coding)
  return coding.label ? [{ column: labelAsColumn(coding.label), first: unlabelledBits(coding) }] : []
}

/** What the label is called by everyone, whatever its name is. */
const ANY_LABEL = 'label'

/** The column and the value that a text names. A name may hold an equals sign, too. */
function assignment(
  placed: readonly PlacedColumn[],
  text: string,
  label: RowCoding['label'],
): { readonly one: PlacedColumn; readonly value: string } {
  const valueOf = (name: string): string | null => (text.startsWith(`${name}=`) ? text.slice(name.length + 1) : null)
  const byName = [...placed].sort((a, b) => b.column.name.length - a.column.name.length)
  for (const one of byName) {
    const value = valueOf(one.column.name)
    if (value !== null) return { one, value }
  }
  const learnt = placed.find(({ column }) => column.name === label?.name)
  const value = valueOf(ANY_LABEL)
  if (learnt && value !== null) return { one: learnt, value }
  const at = text.indexOf('=')
  if (at < 0) throw refused(say('prepare.given.no-value', { text }))
  const names = placed.map(({ column }) => column.name)
  throw new StudioError(
    'invalid-settings',
    say('prepare.given.no-column', { column: text.slice(0, at) }),
    names.length === 0
      ? say('prepare.given.no-columns.hint')
      : say('prepare.given.no-column.hint', { columns: nearest(text.slice(0, at), names) }),
  )
}

function giveGap(column: CodedValues, tell: (bit: number) => void): void {
  if (column.gap !== 'bit') throw refused(say('prepare.given.no-gap', { column: column.name }))
  tellGap(column, tell)
}

/** The code of a value as it is written. @throws StudioError 'invalid-settings' where the column has no such value */
function codeOf(column: CodedValues, text: string): number {
  const dates = datesOf(column)
  const number = dates ? dateInUnitsOf(text, dates) : text.trim() === '' ? null : Number(text)
  switch (column.kind) {
    case 'flag':
      return codeAmong(column, ['0', '1'], text, number)
    case 'categories': {
      const words = column.values.map((value) => String(writtenValue(column, value)))
      const code = dates ? column.values.findIndex((value) => value === number) : codeAmong(column, words, text, number)
      return code >= 0 ? code : codeAmong(column, words, text, null)
    }
    case 'levels':
    case 'bins':
      if (number !== null && Number.isFinite(number)) return levelOf(column.levels, number)
      throw refused(
        dates
          ? say('prepare.given.no-date', { column: column.name, value: text })
          : say('prepare.given.no-number', { column: column.name, value: text }),
      )
  }
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
