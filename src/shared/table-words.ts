import { sentenceOf } from '../base/advice'
import { encodingWords, type Separator } from './data-source'
import type { LeftOut, TableSummary } from './table-summary'

/** What can be decided otherwise of how a table was read. */
export type Aspect =
  'separator' | 'encoding' | 'head' | 'decimal' | 'sheet' | 'direction' | 'columns' | 'label' | 'missing'

/** A piece of the paragraph that says what was understood of a file, and what of it can be changed; null: nothing. */
export interface Phrase {
  readonly text: string
  readonly aspect: Aspect | null
}

const SEPARATOR_WORDS: Readonly<Record<Separator, string>> = {
  ',': 'separated by commas',
  ';': 'separated by semicolons',
  '\t': 'separated by tabs',
  '|': 'separated by bars',
  blank: 'separated by blanks',
  none: 'with nothing between them',
}
const KIND_WORDS: Readonly<Record<keyof TableSummary['kinds'], readonly [string, string]>> = {
  categories: ['a category', 'categories'],
  numbers: ['a number', 'numbers'],
  dates: ['a date', 'dates'],
  bits: ['of zeros and ones', 'of zeros and ones'],
}
/** So many columns that are left out are named. */
const MOST_NAMED = 3

/** What was understood of a file, as one paragraph in pieces. */
export function tableInWords(table: TableSummary): Phrase[] {
  return [
    ...layoutPhrases(table),
    ...(table.values === 'columns' ? kindPhrases(table) : []),
    ...leftOutPhrases(table.leftOut),
    ...labelPhrases(table),
    ...missingPhrases(table),
  ]
}

/** The same as plain text. */
export function tableText(table: TableSummary): string {
  return tableInWords(table)
    .map(({ text }) => text)
    .join('')
}

function layoutPhrases({ rows, width, beside, values, readAs, isOfPictureFiles }: TableSummary): Phrase[] {
  const phrases: Phrase[] = firstPhrases(
    rows,
    values === 'grey' ? width : width + beside,
    values,
    isOfPictureFiles,
    readAs.transpose,
  )
  const add = (text: string, aspect: Aspect): void => void phrases.push({ text: ', ', aspect: null }, { text, aspect })
  const { separator, encoding, header, skip, decimal, sheet, transpose } = readAs
  if (sheet !== undefined) add(`sheet “${sheet}”`, 'sheet')
  if (separator !== undefined) add(SEPARATOR_WORDS[separator], 'separator')
  if (encoding !== undefined) add(encodingWords(encoding).replace(/ \(|$/, ' text$&'), 'encoding')
  if (decimal === ',') add('numbers with a decimal comma', 'decimal')
  if (header !== undefined) add(headWords(header, skip ?? 0), 'head')
  if (transpose) add('turned on its side', 'direction')
  return [...phrases, { text: '.', aspect: null }]
}

function firstPhrases(
  rows: number,
  width: number,
  values: TableSummary['values'],
  arePictures: boolean,
  transpose: boolean | undefined,
): Phrase[] {
  if (arePictures) return [phrase(`${count(rows, 'picture')} of ${count(width, 'pixel')}`)]
  // Where rows may as well be columns.
  const aspect = transpose === undefined ? null : 'direction'
  switch (values) {
    case 'grey':
      return [{ text: `${count(rows, 'row')} of ${count(width, 'grey value')}`, aspect }]
    case 'bits':
      return [
        phrase('A table of '),
        { text: `${count(rows, 'row')} and ${count(width, 'column')}`, aspect },
        phrase(' of zeros and ones'),
      ]
    case 'columns':
      return [phrase('A table of '), { text: `${count(rows, 'row')} and ${count(width, 'column')}`, aspect }]
  }
}

function headWords(header: boolean, skip: number): string {
  const above = skip === 0 ? '' : `${count(skip, 'line')} above ${skip === 1 ? 'is' : 'are'} not read, `
  return `${above}${header ? 'names in the first row' : 'without names'}`
}

function kindPhrases({ kinds }: TableSummary): Phrase[] {
  const used = (['categories', 'numbers', 'dates', 'bits'] as const).filter((kind) => kinds[kind] > 0)
  const parts = used.map((kind, i) => {
    const number = kinds[kind]
    const verb = i > 0 ? '' : number === 1 ? ' column is' : ' columns are'
    return `${whole(number)}${verb} ${KIND_WORDS[kind][number === 1 ? 0 : 1]}`
  })
  return parts.length > 0 ? [phrase(' '), { text: listed(parts), aspect: 'columns' }, phrase('.')] : []
}

function leftOutPhrases(leftOut: readonly LeftOut[]): Phrase[] {
  if (leftOut.length === 0) return []
  const byReason = new Map<string | null, string[]>()
  for (const { name, why } of leftOut) {
    const reason = why === null ? null : sentenceOf(why).english
    byReason.set(reason, [...(byReason.get(reason) ?? []), name])
  }
  return [...byReason].flatMap(([why, names]) => {
    const others = names.length - MOST_NAMED
    const named = [
      ...names.slice(0, MOST_NAMED).map((name) => `“${name}”`),
      ...(others > 0 ? [`${whole(others)} more`] : []),
    ]
    const verb = names.length === 1 ? 'is' : 'are'
    const text = `${listed(named)} ${verb} left out${why === null ? ' as you chose' : ` because ${why}`}`
    return [phrase(' '), { text, aspect: 'columns' as const }, phrase('.')]
  })
}

function labelPhrases({ values, label }: TableSummary): Phrase[] {
  if (label !== null)
    return [phrase(' '), { text: `“${label}” is the label`, aspect: 'label' }, phrase(', kept apart.')]
  return values === 'columns' ? [phrase(' '), { text: 'No column is the label', aspect: 'label' }, phrase('.')] : []
}

function missingPhrases({ values, missing: { cells, marks } }: TableSummary): Phrase[] {
  if (values !== 'columns') return []
  const written = marks.length === 0 ? '' : `, written ${listed(marks.map((mark) => `“${mark}”`))}`
  const text =
    cells === 0 ? 'No value is missing' : `${count(cells, 'cell')} ${cells === 1 ? 'is' : 'are'} missing${written}`
  return [phrase(' '), { text, aspect: 'missing' }, phrase('.')]
}

function phrase(text: string): Phrase {
  return { text, aspect: null }
}

function listed(texts: readonly string[]): string {
  return texts.length < 2 ? (texts[0] ?? '') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1) ?? ''}`
}

function count(number: number, one: string): string {
  return `${whole(number)} ${one}${number === 1 ? '' : 's'}`
}

function whole(number: number): string {
  return number.toLocaleString('en')
}
