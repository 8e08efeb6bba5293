import type { DataSummary } from '../../shared/contract'
import type { ColumnSummary, TableSummary } from '../../shared/table-summary'
import {
  PREPARATION_LIMITS,
  type Binarization,
  type DataSource,
  type Preparation,
  type ReadingChoices,
} from '../../shared/data-source'
import { LIMITS } from '../../made/spec'
import { t, tell } from '../words'

/** The most inputs of a model, and so pixels of a picture. */
export const MOST_INPUTS = LIMITS.inputs.most

/** How the greys of the data become bits; null if the data have none. */
export function binarizationOf({ source, hasGrey }: Pick<DataSummary, 'source' | 'hasGrey'>): Binarization | null {
  switch (source.kind) {
    case 'mnist':
      return source.binarization
    case 'file':
      return hasGrey ? (source.preparation?.binarization ?? null) : null
    case 'synthetic':
      return null
  }
}

/** The same data, their greys turned into bits another way. */
export function withBinarization(source: DataSource, binarization: Binarization): DataSource {
  switch (source.kind) {
    case 'mnist':
      return { ...source, binarization }
    case 'file':
      return source.preparation ? { ...source, preparation: { ...source.preparation, binarization } } : source
    case 'synthetic':
      return source
  }
}

/** Whether a model of such data learns their label. */
export function learnsLabel(source: DataSource): boolean {
  switch (source.kind) {
    case 'mnist':
      return source.learnsLabel === true
    case 'file':
      return source.preparation?.learnsLabel === true
    case 'synthetic':
      return false
  }
}

/** The same data, with their label among what a model learns or without it. */
export function withLearntLabel(source: DataSource, learnt: boolean): DataSource {
  switch (source.kind) {
    case 'mnist': {
      const { learnsLabel: _before, ...others } = source
      return learnt ? { ...others, learnsLabel: true } : others
    }
    case 'file':
      return source.preparation ? { ...source, preparation: { ...source.preparation, learnsLabel: learnt } } : source
    case 'synthetic':
      return source
  }
}

/** What becomes of a column, as a person chooses it. */
export type ColumnUse = 'out' | 'categories' | 'numbers' | 'bits' | 'label'

/** What can become of a column of each kind. */
export function usesOf(kind: TableSummary['columns'][number]['kind']): readonly ColumnUse[] {
  switch (kind) {
    case 'bits':
      return ['bits', 'label', 'out']
    case 'integers':
      return ['categories', 'numbers', 'label', 'out']
    case 'numbers':
      return ['numbers', 'categories', 'label', 'out']
    case 'categories':
      return ['categories', 'numbers', 'label', 'out']
    case 'text':
      return ['out']
  }
}

/** What becomes of column `number` of that kind now. */
export function useOf(
  preparation: Preparation,
  number: number,
  kind: TableSummary['columns'][number]['kind'],
): ColumnUse {
  if (preparation.label === number) return 'label'
  if (kind === 'text' || preparation.omitted.includes(number)) return 'out'
  if (kind === 'integers') return preparation.categorical.includes(number) ? 'categories' : 'numbers'
  return usesOf(kind)[0]
}

/**
 * The choices by which a column is read as something else than it was taken for; null where its use asks for no other reading.
 * @param reading what was decided before
 */
export function readingFor(
  { name, kind, missing }: Pick<ColumnSummary, 'name' | 'kind' | 'missing'>,
  use: ColumnUse,
  { words = [], numbers = [] }: ReadingChoices = {},
): Pick<ReadingChoices, 'words' | 'numbers'> | null {
  const others = { words: words.filter((other) => other !== name), numbers: numbers.filter((other) => other !== name) }
  // What is missing among numbers may be a word.
  const isOfNumbers = kind === 'numbers' || (kind === 'integers' && missing > 0)
  if (isOfNumbers && use === 'categories') return { ...others, words: [...others.words, name] }
  return kind === 'categories' && use === 'numbers' ? { ...others, numbers: [...others.numbers, name] } : null
}

/** At how many levels numbers can be cut: each is a bit, or they are the bounds of one more bin. */
const CUTS = {
  variables: Array.from({ length: PREPARATION_LIMITS.numberBits.most }, (_, i) => i + 1),
  bits: [1, 2, 3, 4, 5, 6, 7, 8],
} as const
/** Where the columns are variables numbers have eight bins; bits are those of the paper, "above the median". */
const USUAL_CUTS = { variables: 7, bits: 1 } as const

/** At how many levels numbers can be cut, and are, ascending. */
export function cutsOffered({ valuesAs, numberBits, ownBits }: Preparation): number[] {
  return [...new Set([...CUTS[valuesAs], numberBits, ...ownBits.map(({ bits }) => bits)])].sort((a, b) => a - b)
}

/** What a number of cuts makes of a column of numbers. */
export function cutsWords(cuts: number, areVariables: boolean): string {
  if (areVariables) return t('data.number-bins.many', { bins: cuts + 1 })
  return cuts === 1 ? t('data.number-bits.one') : t('data.number-bits.many', { bits: cuts, groups: cuts + 1 })
}

/** What changes where the values of columns are taken as something else: numbers are cut as is usual then. */
export function withValuesAs(valuesAs: Preparation['valuesAs']): Partial<Preparation> {
  return { valuesAs, numberBits: USUAL_CUTS[valuesAs], ownBits: [] }
}

/** At how many levels column `number` is cut where it has a choice of its own; null where it is as all others. */
export function ownBitsOf({ ownBits }: Preparation, number: number): number | null {
  return ownBits.find(({ column }) => column === number)?.bits ?? null
}

/**
 * The preparation in which column `number` is used so. Rows of other columns are no pictures of the same shape.
 * @param bits at how many levels a column read by size is cut, if at other than the others
 */
export function withUse(
  preparation: Preparation,
  number: number,
  use: ColumnUse,
  bits: number | null = null,
): Preparation {
  const others = preparation.ownBits.filter(({ column }) => column !== number)
  const own = use === 'numbers' && bits !== null ? [{ column: number, bits }] : []
  const without = (list: readonly number[]): number[] => list.filter((other) => other !== number)
  const withIt = (list: readonly number[]): number[] => [...without(list), number].sort((a, b) => a - b)
  return {
    ...preparation,
    omitted: use === 'out' ? withIt(preparation.omitted) : without(preparation.omitted),
    categorical: use === 'categories' ? withIt(preparation.categorical) : without(preparation.categorical),
    ownBits: [...others, ...own].sort((a, b) => a.column - b.column),
    label: use === 'label' ? number : preparation.label === number ? null : preparation.label,
    picture: null,
  }
}

/** The names of the columns that are ones in a row, as many as fit into about `length` letters. */
export function onesInWords(values: ArrayLike<number>, names: readonly string[], length: number): string {
  const ones = names.filter((_, d) => values[d] > 0)
  let text = ''
  for (const [i, name] of ones.entries()) {
    const longer = i === 0 ? name : `${text}, ${name}`
    if (longer.length > length) return `${text}${i === 0 ? name.slice(0, length) : ''}, …`
    text = longer
  }
  return text
}

/** Numbers of columns as a person reads them, from 1, in ranges: "1–3, 8". */
export function rangesText(numbers: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last && last[1] === number - 1) last[1] = number
    else ranges.push([number, number])
  }
  return ranges.map(([from, to]) => (from === to ? `${from + 1}` : `${from + 1}–${to + 1}`)).join(', ')
}

/**
 * Reads ranges of columns as typed, counted from 1.
 * @param most the number of columns
 * @returns their numbers from 0, ascending, or a sentence for the reader that says what is wrong.
 */
export function readRanges(text: string, most: number): number[] | string {
  const found = new Set<number>()
  for (const part of text.split(',').map((word) => word.trim())) {
    if (part === '') continue
    const [, first, last = first] = /^(\d+)(?:\s*[-–]\s*(\d+))?$/.exec(part) ?? []
    const from = Number(first)
    const to = Number(last)
    if (first === undefined) return t('data.omitted.unreadable')
    if (from < 1 || to > most || from > to) return t('data.omitted.outside', { most })
    for (let column = from; column <= to; column++) found.add(column - 1)
  }
  return [...found].sort((a, b) => a - b)
}

/** Where the parts come from, when nothing needs to be divided: "as the file says"; null if something does. */
export function dividesNothing({ parts }: TableSummary, { split }: Preparation): boolean {
  const names = parts.map(({ name }) => name)
  return split.keepGiven && names.includes('train') && names.includes('valid') && names.includes('test')
}

/** What was noticed about rows and columns, one sentence each, in the reader's language. */
export function noticed(summary: DataSummary): string[] {
  const { constantColumns, columns, repeatedRows, splits, sharedRows } = summary
  const notes = summary.notes.map(tell)
  if (summary.tooFew) return notes
  if (constantColumns > 0) notes.push(t('data.note.constant', { constant: constantColumns, inputs: columns }))
  // Independent draws repeat each other by their nature.
  if (summary.source.kind === 'synthetic') return notes
  if (repeatedRows > 0) notes.push(t('data.note.repeated', { repeated: repeatedRows, rows: splits.train.rows }))
  const { valid, test } = sharedRows
  if (valid + test > 0) notes.push(t('data.note.shared', { valid, test }))
  return notes
}
