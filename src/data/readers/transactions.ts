import { StudioError } from '../../base/failure'
import { say } from '../../words/say'
import type { Content } from './content'
import { latin1 } from './field'
import type { Reading } from './reading'
import { sampleRows, widthOf, type SampleRow } from './sample-rows'
import { buildSparse, MOST_ENTRIES } from './sparse-entries'
import type { TableBuilder } from './table-builder'
import { parseText, textEncoding } from './text-blocks'

const [LINE_FEED, RETURN] = [10, 13]
/** Rows of one width are a table; of so many widths that less than this share agrees they are lists of items. */
const MOST_AGREEING = 0.6
const LEAST_ROWS = 5
const LEAST_TABLE = 10

type ItemSeparator = ',' | ';' | '\t' | 'blank'

/**
 * How the items of a line are separated, if a text holds one transaction a line: lists of different lengths of items that
 * come again, or are called as the columns that they are read for. Null if it does not.
 */
export function transactionSeparator(
  sample: string,
  isWhole: boolean,
  columns: ReadonlySet<string> | null,
): ItemSeparator | null {
  for (const separator of [',', ';', '\t', 'blank'] as const) {
    const found = sampleRows(sample, separator, isWhole)
    const rows = found.map(({ fields }) => fields)
    const items = rows.flat()
    const isList = rows.filter((row) => row.length > 1).length >= rows.length / 4
    const areSets = rows.filter((row) => new Set(row).size === row.length).length >= 0.95 * rows.length
    // In a table only the first row may be names of its columns.
    if (columns && areSets && items.filter((item) => columns.has(unquoted(item))).length > items.length / 2)
      return separator
    if (rows.length < LEAST_ROWS || !isList || items.includes('') || isTableBelow(found, separator)) continue
    const repeats = new Set(items).size <= items.length / 2
    // Words between blanks are sentences; only numbers of items are written so.
    const arePlain = separator !== 'blank' || items.every((item) => /^\d+$/.test(item))
    if (mostOfOneWidth(rows) < MOST_AGREEING && repeats && areSets && arePlain) return separator
  }
  return null
}

/** Whether rows are lines above a table, and that: it is as wide to the end. */
function isTableBelow(rows: readonly SampleRow[], separator: ItemSeparator): boolean {
  const { firstRow, agreeing } = widthOf(rows, separator)
  return firstRow > 0 && agreeing > 0.95 && rows.length - firstRow >= Math.max(LEAST_TABLE, rows.length / 4)
}

/** The largest share of rows that have the same number of fields. */
function mostOfOneWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>()
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1)
  return [...counts.values()].reduce((most, count) => Math.max(most, count), 0) / rows.length
}

/**
 * Reads transactions into `builder`: a row for each line, a column for each item, a one where the line names it. Items
 * that are numbers stand in their order, others in that of the alphabet.
 * @throws StudioError 'too-large'
 */
export async function readTransactions(
  content: Content,
  separator: ItemSeparator,
  builder: TableBuilder,
  reading: Reading,
  chosenEncoding?: string,
): Promise<void> {
  const encoding = textEncoding(content, chosenEncoding)
  const numberOf = new Map<string, number>()
  const rowOf = new GrowingNumbers(content.name)
  const itemOf = new GrowingNumbers(content.name)
  const decoder = new TextDecoder()
  let rows = 0
  const readLine = (text: string): void => {
    const items = new Set(separator === 'blank' ? text.split(/\s+/) : text.split(separator).map(unquoted))
    items.delete('')
    if (items.size === 0) return
    for (const item of items) {
      let number = numberOf.get(item)
      if (number === undefined) numberOf.set(item, (number = numberOf.size))
      rowOf.push(rows)
      itemOf.push(number)
    }
    rows++
  }
  await parseText(
    content,
    reading,
    (bytes, length, isLast) => {
      let start = 0
      while (start < length) {
        const found = bytes.indexOf(LINE_FEED, start)
        const end = found < 0 || found >= length ? length : found
        if (end >= length && !isLast) break
        const last = end > start && bytes[end - 1] === RETURN ? end - 1 : end
        const line = bytes.subarray(start, last)
        readLine(line.every((byte) => byte < 128) ? latin1(bytes, start, last) : decoder.decode(line))
        start = end + 1
      }
      return Math.min(start, length)
    },
    encoding,
  )
  const items = [...numberOf.keys()]
  const places = inOrder(items)
  const placeOf = new Uint32Array(items.length)
  places.forEach((item, place) => (placeOf[item] = place))
  const nameOf = (column: number): string => items[places[column]]
  const columnOf = new Map(items.map((_, column) => [nameOf(column), column]))
  const entries = {
    rows,
    columns: items.length,
    rowOf: rowOf.values(),
    columnOf: itemOf.values().map((item) => placeOf[item]),
    values: null,
  }
  builder.isSparse = true
  await buildSparse(content.name, entries, { nameOf, numberOf: (item) => columnOf.get(item) ?? null }, builder, reading)
}

function inOrder(items: readonly string[]): number[] {
  const areNumbers = items.every((item) => /^\d+$/.test(item))
  const order = items.map((_, i) => i)
  return order.sort((a, b) =>
    areNumbers ? Number(items[a]) - Number(items[b]) : items[a] < items[b] ? -1 : items[a] > items[b] ? 1 : 0,
  )
}

function unquoted(text: string): string {
  const trimmed = text.trim()
  return trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"') ? trimmed.slice(1, -1) : trimmed
}

/** Numbers of which it is not known how many will come. */
class GrowingNumbers {
  private numbers = new Uint32Array(1024)
  private length = 0

  constructor(private readonly file: string) {}

  push(value: number): void {
    if (this.length === MOST_ENTRIES)
      throw new StudioError(
        'too-large',
        say('read.table.many-items', { file: this.file, most: MOST_ENTRIES }),
        say('read.table.fewer-rows.hint'),
      )
    if (this.length === this.numbers.length) {
      const longer = new Uint32Array(2 * this.length)
      longer.set(this.numbers)
      this.numbers = longer
    }
    this.numbers[this.length++] = value
  }

  values(): Uint32Array {
    return this.numbers.subarray(0, this.length)
  }
}
