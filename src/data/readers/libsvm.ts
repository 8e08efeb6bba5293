import { quoted, StudioError } from '../../base/failure'
import { say, type Sentence } from '../../words/say'
import type { ColumnBuilder } from './column-builder'
import type { Content } from './content'
import { latin1 } from './field'
import { featureName, type KeptFeatures } from './libsvm-features'
import type { Reading } from './reading'
import type { TableBuilder } from './table-builder'
import { parseText } from './text-blocks'

const [LINE_FEED, RETURN] = [10, 13]
const LINE = /^\s*[+-]?[\d.]+([eE][+-]?\d+)?(,[+-]?[\d.]+)*(\s+(qid:\d+|\d+:[^\s:]+))*\s*(#.*)?$/
const PAIR = /^(\d{1,9}):([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/

/** Whether text is in the sparse format of LIBSVM and SVMlight: a label, then index:value, on each line. */
export function looksLikeLibsvm(sample: string, isWhole: boolean): boolean {
  const lines = sample.split('\n', 50)
  const complete = (isWhole || lines.length === 50 ? lines : lines.slice(0, -1)).filter(
    (line) => line.trim() !== '' && !line.startsWith('#'),
  )
  if (complete.length === 0) return /^\s*[+-]?\d+\s+\d+:[\d.]+\s+\d+:/.test(sample)
  return LINE.test(complete[0]) && complete.some((line) => /\s\d+:/.test(line))
}

/** The columns of a set in this format; the files of a set share them. Indices count from 1, or from 0 if a 0 is met. */
export class LibsvmColumns {
  private readonly columns: (ColumnBuilder | undefined)[] = []
  private zero: ColumnBuilder | null = null
  private readonly kept: ReadonlyMap<number, ColumnBuilder> | null

  /** @param kept the features that are read, where not all are */
  constructor(
    private readonly builder: TableBuilder,
    kept: KeptFeatures | null,
  ) {
    this.kept = kept && new Map(Array.from(kept.indices, (index) => [index, builder.addColumn(featureName(index))]))
  }

  /**
   * The column of an index as written; null if it is left out. Columns up to it are made when it is first met; rows
   * without it hold 0.
   */
  at(index: number): ColumnBuilder | null {
    if (this.kept) return this.kept.get(index) ?? null
    if (index === 0) return (this.zero ??= this.builder.addFirstColumn(featureName(0)))
    while (this.columns.length < index) this.columns.push(this.builder.addColumn(featureName(this.columns.length + 1)))
    return this.columns[index - 1] ?? this.builder.addColumn(featureName(index))
  }
}

/**
 * Reads a file of sparse rows into `builder`; what a row does not name is 0. Query numbers (qid) are left out, and told.
 * @throws StudioError 'invalid-data' for a line in another form
 */
export async function readLibsvm(
  content: Content,
  builder: TableBuilder,
  columns: LibsvmColumns,
  reading: Reading,
): Promise<void> {
  const labels = builder.labelColumn('label')
  let line = 0
  let hasQueries = false
  const place = (): { readonly line: number; readonly name: string } => ({ line, name: content.name })
  const fail = (says: Sentence, hint = say('read.text.libsvm.hint')): StudioError =>
    new StudioError('invalid-data', says, hint)

  const readLine = (text: string): void => {
    const [data] = text.split('#', 1)
    const [label, ...pairs] = data.trim().split(/\s+/)
    if (label === '') return
    if (!/^[+-]?[\w.+-]+(,[\w.+-]+)*$/.test(label))
      throw fail(say('read.text.libsvm.label', { ...place(), text: quoted(label.slice(0, 40)) }))
    const row = builder.rows
    const value = Number(label)
    if (Number.isFinite(value)) labels.setNumber(row, value)
    else labels.setWord(row, label)
    let last = -1
    for (const pair of pairs) {
      if (pair.startsWith('qid:')) {
        hasQueries = true
        continue
      }
      const match = PAIR.exec(pair)
      if (!match) throw fail(say('read.text.libsvm.pair', { ...place(), text: quoted(pair.slice(0, 40)) }))
      const index = Number(match[1])
      const feature = Number(match[2])
      if (index <= last)
        throw fail(say('read.text.libsvm.order', { ...place(), index, last }), say('read.text.libsvm.order.hint'))
      last = index
      const column = columns.at(index)
      // What is infinite is missing among numbers, and told.
      if (Number.isFinite(feature)) column?.setNumber(row, feature)
      else column?.setWord(row, match[2])
    }
    builder.endRow(true)
  }

  await parseText(content, reading, (bytes, length, isLast) => {
    let start = 0
    while (start < length) {
      let end = start
      while (end < length && bytes[end] !== LINE_FEED) end++
      if (end >= length && !isLast) break
      line++
      readLine(latin1(bytes, start, end > start && bytes[end - 1] === RETURN ? end - 1 : end))
      start = end + 1
    }
    return Math.min(start, length)
  })
  if (hasQueries) builder.notes.add(say('read.text.libsvm.qid', { name: content.name }))
}
