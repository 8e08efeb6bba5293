import { resolve } from 'node:path'
import { adviceAt, sentenceOf } from '../base/advice'
import { requireEnough, type DataSet, type OpeningOptions } from '../data/data-set'
import type { DateUnit } from '../data/dates'
import { encodeNpz, type NamedArray } from '../data/npz'
import { toUseColumn } from '../data/deciding'
import { SPLITS } from '../data/split'
import { independentNll, shareOfOnes } from '../data/statistics'
import { columnCount, datesIn, missingCount, NO_LABEL, type Column, type LeftOut, type Table } from '../data/table'
import { replaceFile } from '../files/durable-file'
import type { ReadingChoices } from '../shared/data-source'
import { summariseTable } from '../shared/summarise-table'
import { tableText } from '../shared/table-words'
import { dataSourceOf, openData, openingOf, sentencesOn, withReadingBar } from './places'
import { readingOf, type ColumnOptions, type LayoutOptions } from './reading-options'
import { UsageError } from './usage'

/** Of a table with more columns than this, only how many there are of each kind is printed. */
const MOST_LISTED = 40

/** The options of the commands on data as typed. */
export interface DataOptions extends LayoutOptions, ColumnOptions {
  readonly size?: string
  readonly json?: true
}

export interface ConvertOptions extends DataOptions {
  readonly out: string
}

/**
 * `made data inspect`: what a file holds, and what becomes of it when nothing else is asked for.
 * @throws StudioError 'invalid-data' if too few bits are left for a model, after what was understood was said
 */
export async function inspectCommand(path: string, options: DataOptions, signal: AbortSignal): Promise<void> {
  const data = await openWithBar(path, options, signal, { evenTooFew: true })
  const facts = factsOf(data)
  console.log(options.json ? JSON.stringify(facts) : inWords(facts))
  requireEnough(data)
}

/** `made data convert`: the bits that a model would see, as a .npz file with arrays train, valid and test. */
export async function convertCommand(path: string, options: ConvertOptions, signal: AbortSignal): Promise<void> {
  if (!options.out.endsWith('.npz'))
    throw new UsageError(`The value of --out is "${options.out}"; it must end in .npz.`)
  const out = resolve(options.out)
  const data = await openWithBar(path, options, signal)
  signal.throwIfAborted()
  await replaceFile(out, encodeNpz(arraysOf(data)))
  const rows = Object.fromEntries(SPLITS.map((split) => [split, data.splits[split].rows]))
  if (options.json) console.log(JSON.stringify({ out, rows, columns: data.columns, notes: sentencesOn(data) }))
  else {
    for (const note of sentencesOn(data)) console.error(`made: ${note}`)
    console.log(`${out}: ${SPLITS.map((split) => `${split} ${rows[split]}`).join(', ')} rows of ${data.columns} bits`)
  }
}

function openWithBar(
  path: string,
  options: DataOptions,
  signal: AbortSignal,
  more: Pick<OpeningOptions, 'evenTooFew'> = {},
): Promise<DataSet> {
  const opening = { ...openingOf(options), ...more }
  const source = dataSourceOf(path, readingOf(options))
  return withReadingBar(signal, (reading) => openData(source, { ...reading, ...opening }))
}

function arraysOf({ splits, labels, columns }: DataSet): NamedArray[] {
  return SPLITS.flatMap((split): NamedArray[] => {
    const { rows } = splits[split]
    const values = { name: split, shape: [rows, columns], values: () => splits[split].toBytes() }
    if (!labels) return [values]
    const codes = (): Int32Array => Int32Array.from(labels.codes[split], (code) => (code === NO_LABEL ? -1 : code))
    return [values, { name: `y_${split}`, shape: [rows], values: codes }]
  })
}

interface ColumnFacts {
  readonly name: string
  readonly kind: Column['kind']
  readonly words?: number
  /** The unit of its dates. */
  readonly dates?: DateUnit
  readonly missing: number
}

/** What `inspect` says, as it stands in its JSON. */
interface Facts {
  readonly name: string
  readonly format: string | null
  readonly files: readonly string[]
  /** What was understood of the file, in words; null of data that are not from a file. */
  readonly understood: string | null
  /** How it was read, where its format leaves a choice. */
  readonly readAs: ReadingChoices
  /** The sheets or tables of its file, one of which it is; none where there are no others. */
  readonly sheets: readonly string[]
  readonly leftOut: readonly { readonly name: string; readonly why: string | null; readonly way: string | null }[]
  readonly missingMarks: readonly string[]
  readonly rows: number
  readonly parts: Readonly<Record<string, number>>
  readonly values: Table['values']['kind'] | null
  readonly columns: number
  readonly columnFacts: readonly ColumnFacts[]
  readonly picture: string | null
  readonly labels: Readonly<Record<string, number>> | null
  /** Null where too few bits are left for a model. */
  readonly prepared: {
    readonly columns: number
    readonly rows: Readonly<Record<string, number>>
    readonly shareOfOnes: number
    /** Nats. */
    readonly independentNll: number
  } | null
  readonly notes: readonly string[]
}

function factsOf(data: DataSet): Facts {
  const { table, splits, picture, name } = data
  const columns = table?.values.kind === 'columns' ? table.values.columns : []
  const rows = Object.fromEntries(SPLITS.map((split) => [split, splits[split].rows]))
  const summary = summariseTable(data)
  return {
    name,
    format: table ? sentenceOf(table.format).english : null,
    files: table?.paths ?? [],
    understood: summary && tableText(summary).english,
    readAs: summary?.readAs ?? {},
    sheets: summary?.sheets ?? [],
    leftOut: (summary?.leftOut ?? []).map((column) => ({
      name: column.name,
      why: column.why === null ? null : sentenceOf(column.why).english,
      way: wayToUse(column),
    })),
    missingMarks: summary?.missing.marks ?? [],
    rows: table?.rows ?? SPLITS.reduce((sum, split) => sum + splits[split].rows, 0),
    parts: table ? Object.fromEntries(table.parts.map((part) => [part.name, part.end - part.start])) : rows,
    values: table?.values.kind ?? null,
    columns: table ? columnCount(table.values) : data.columns,
    columnFacts: columns.map((column) => ({
      name: column.name,
      kind: column.kind,
      ...(column.kind === 'categories' ? { words: column.words.length } : {}),
      ...datesFact(column),
      missing: missingCount(column),
    })),
    picture: picture ? `${picture.width}×${picture.height}` : null,
    labels: data.labels ? labelCounts(data.labels) : null,
    prepared: data.tooFew
      ? null
      : {
          columns: data.columns,
          rows,
          shareOfOnes: shareOfOnes(splits.train),
          independentNll: independentNll(splits.train, splits.valid),
        },
    notes: sentencesOn(data),
  }
}

function wayToUse(column: LeftOut): string | null {
  const advice = toUseColumn(column)
  return advice && adviceAt('options', advice).english
}

function datesFact(column: Column): { readonly dates?: DateUnit } {
  const dates = datesIn(column)
  return dates ? { dates: dates.unit } : {}
}

function labelCounts({ words, codes }: NonNullable<DataSet['labels']>): Record<string, number> {
  const counts = words.map(() => 0)
  for (const split of SPLITS) for (const code of codes[split]) if (code !== NO_LABEL) counts[code]++
  return Object.fromEntries(words.map((word, code) => [word, counts[code]]))
}

function inWords(facts: Facts): string {
  const { prepared } = facts
  const parts = (rows: Readonly<Record<string, number>>): string =>
    Object.entries(rows)
      .map(([part, count]) => `${part} ${count}`)
      .join(', ')
  const lines: [string, string][] = [
    ['name', facts.name],
    ['format', facts.format ?? 'built in'],
    ['files', facts.files.join('\n')],
    ['read as', facts.understood ?? ''],
    ['rows', `${facts.rows} (${parts(facts.parts)})`],
    ['columns', `${facts.columns}${facts.values === null ? '' : `, ${VALUES_IN_WORDS[facts.values]}`}`],
    ['', columnsInWords(facts.columnFacts)],
    ['pictures', facts.picture ?? ''],
    [
      'labels',
      facts.labels
        ? Object.entries(facts.labels)
            .slice(0, MOST_LISTED)
            .map(([word, count]) => `${word} (${count})`)
            .join(', ')
        : '',
    ],
    [
      'becomes',
      prepared
        ? `${prepared.columns} bits; ${parts(prepared.rows)} rows; ${(100 * prepared.shareOfOnes).toFixed(2)}% ones`
        : 'too few bits for a model',
    ],
    [
      'to beat',
      prepared ? `${prepared.independentNll.toFixed(4)} nats, the loss of independent bits on the validation rows` : '',
    ],
    ['notes', facts.notes.join('\n')],
  ]
  return lines
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${name.padEnd(10)}${text.replaceAll('\n', `\n${' '.repeat(10)}`)}`)
    .join('\n')
}

const VALUES_IN_WORDS: Readonly<Record<Table['values']['kind'], string>> = {
  bits: 'zeros and ones',
  grey: 'greys from 0 to 255',
  columns: 'of several kinds',
}

function columnsInWords(columns: readonly ColumnFacts[]): string {
  if (columns.length <= MOST_LISTED)
    return columns
      .map(
        ({ name, kind, words, dates, missing }) =>
          `${name}: ${dates === undefined ? kind : `dates, by the ${dates}`}${words === undefined ? '' : ` (${words})`}${missing === 0 ? '' : `, ${missing} missing`}`,
      )
      .join('\n')
  const counts = new Map<string, number>()
  for (const { kind } of columns) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => `${kind}: ${count} columns`).join('\n')
}
