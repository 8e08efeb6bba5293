import { noteAt } from '../base/advice'
import type { DataSet } from '../data/data-set'
import type { MixtureResult } from '../data/mixture-fit'
import { columnMeans, constantColumns, greyHistogram, RowIndex, shareOfOnes } from '../data/statistics'
import { unlabelledBits } from '../data/preparation/coding'
import { bySplit, type Split } from '../data/split'
import { NO_LABEL } from '../data/table'
import type { Steps } from '../base/steps'
import type { DataSummary, LabelSummary } from '../shared/contract'
import { variablesOnly } from '../made/variables'
import { referencesOf } from '../shared/data-references'
import { summariseTable } from '../shared/summarise-table'
import type { ShownTable } from './shown-table'

/**
 * A data set in figures, step by step: with many rows it takes a while.
 * @param shown the table that it is shown as; null where it is none
 */
export function* summarise(data: DataSet, mixture: MixtureResult | null, shown: ShownTable | null): Steps<DataSummary> {
  const { source, name, columns, picture, splits, hash, grey, tooFew, notes, columnNames } = data
  const known = new RowIndex(splits.train)
  yield 0.3
  const sharedRows = { valid: known.countOf(splits.valid), test: known.countOf(splits.test) }
  yield 0.4
  const train = splits.train.columnCounts()
  yield 0.6
  const ones = { train, valid: splits.valid.columnCounts(), test: splits.test.columnCounts() }
  yield 0.8
  const seen = data.coding ? unlabelledBits(data.coding) : columns
  const sizes = bySplit((split) => ({
    rows: splits[split].rows,
    shareOfOnes: shareOfOnes(splits[split], ones[split].subarray(0, seen)),
  }))
  const references = referencesOf(data, mixture, ones)
  const histogram = grey ? greyHistogram(grey.train) : null
  yield 0.9
  return {
    source,
    name,
    columns,
    ...variablesOnly(data),
    picture,
    labels: labelSummary(data),
    hasGrey: grey !== undefined,
    splits: sizes,
    columnMeans: columnMeans(splits.train, ones.train),
    references,
    table: summariseTable(data),
    shownColumns: shown?.columns ?? null,
    greyHistogram: histogram,
    columnNames: columnNames ?? [],
    constantColumns: constantColumns(splits.train, ones.train),
    repeatedRows: known.repeats,
    sharedRows,
    tooFew: tooFew?.toFailure() ?? null,
    notes: (notes ?? []).map((note) => noteAt('window', note)),
    hash,
  }
}

/** The numbers of the rows of a class, ascending. */
export function rowsOfLabel({ labels, splits }: DataSet, split: Split, label: number): Uint32Array {
  const all = Uint32Array.from({ length: splits[split].rows }, (_, row) => row)
  return labels ? all.filter((row) => labels.codes[split][row] === label) : all
}

function labelSummary({ labels }: DataSet): LabelSummary | null {
  if (!labels) return null
  const { name, words, codes } = labels
  const counts = bySplit((split) => {
    const found = new Uint32Array(words.length)
    for (const code of codes[split]) if (code !== NO_LABEL) found[code]++
    return found
  })
  return { name, words, counts }
}
