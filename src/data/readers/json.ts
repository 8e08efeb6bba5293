import { StudioError } from '../../base/failure'
import { say } from '../../words/say'
import type { ReadingChoices } from '../reading-choices'
import { allBytes, type Content } from './content'
import { RecordRows, type RecordValue } from './records'
import { damagedFile, type Reading } from './reading'
import type { TableBuilder } from './table-builder'
import { encodingNote, parseText, textEncoding, type RowParser } from './text-blocks'
import { decoderOf } from './encodings'

const [LINE_FEED] = [10]
/** A whole file of JSON is held in memory several times over. */
const MOST_BYTES = 256 * 1024 * 1024
/** Objects within objects are spread over columns so deep. */
const MOST_DEPTH = 3

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
type JsonObject = Readonly<Record<string, Json>>

/** Whether a text is JSON, or has a JSON object on each line. */
export function jsonKind(sample: string): 'json' | 'json-lines' | null {
  const start = sample.trimStart()
  if (!/^(\{\s*("|\})|\[\s*([[{"\d\-tfn\]]))/.test(start)) return null
  const [first, second = ''] = start.split('\n').filter((line) => line.trim() !== '')
  const isLine = /^\s*[{[]/.test(second) && parsed(first) !== undefined
  if (isLine) return 'json-lines'
  // A row of an ARFF file or a list in brackets looks like the beginning of one, too.
  return /^(\{\s*"|\[\s*[[{"])/.test(start) || parsed(start) !== undefined ? 'json' : null
}

/**
 * Reads JSON into `builder`: a list of objects or of lists, lists by the names of their columns, and the forms in which
 * pandas writes a table. Objects within objects are spread over columns; lists are left out, and told.
 * @throws StudioError 'damaged-file', 'invalid-data' where it is no table, 'too-large'
 */
export async function readJson(
  content: Content,
  builder: TableBuilder,
  reading: Reading,
  choices: ReadingChoices = {},
): Promise<void> {
  const bytes = await allBytes(content, 'JSON', reading, { most: MOST_BYTES })
  const encoding = textEncoding(content, choices.encoding)
  const note = encodingNote(content.name, encoding)
  if (note !== null) builder.notes.add(note)
  const decoder = decoderOf(encoding.name)
  const value = parsed((decoder.write(bytes) + decoder.end()).replace(/^\ufeff/, ''))
  if (value === undefined) throw damagedFile(content.name, 'JSON', say('read.text.json.not'))
  const { rows, names } = tableIn(content.name, value)
  const nested = new Set<string>()
  const records = new RecordRows(content.name, builder, choices, names)
  for (const [i, row] of rows.entries()) {
    if (i % 1024 === 0) await reading.reachedShare(i / rows.length)
    records.add(recordOf(row, names, nested))
  }
  records.end()
  noteNested(content.name, nested, builder)
}

/** The same where each line is an object, or a list. @throws StudioError 'damaged-file', with the line */
export async function readJsonLines(
  content: Content,
  builder: TableBuilder,
  reading: Reading,
  choices: ReadingChoices = {},
): Promise<void> {
  const nested = new Set<string>()
  const records = new RecordRows(content.name, builder, choices)
  const encoding = textEncoding(content, choices.encoding)
  const note = encodingNote(content.name, encoding)
  if (note !== null) builder.notes.add(note)
  const decoder = new TextDecoder()
  let line = 0
  const parse: RowParser = (bytes, length, isLast) => {
    let start = 0
    while (start < length) {
      const found = bytes.indexOf(LINE_FEED, start)
      const end = found < 0 || found >= length ? length : found
      if (end >= length && !isLast) break
      line++
      const text = decoder.decode(bytes.subarray(start, end)).trim()
      const value = text === '' ? null : parsed(text)
      if (value === undefined) throw damagedFile(content.name, 'JSON', say('read.text.json.not-line', { line }))
      if (value !== null) records.add(recordOf(value, [], nested))
      start = end + 1
    }
    return Math.min(start, length)
  }
  await parseText(content, reading, parse, encoding)
  records.end()
  noteNested(content.name, nested, builder)
}

function noteNested(file: string, nested: ReadonlySet<string>, builder: TableBuilder): void {
  for (const name of nested)
    builder.leaveOut(
      { name, why: say('read.text.json.lists.why'), use: null },
      say('read.text.json.lists', { column: name, name: file }),
    )
}

/** Undefined, which no JSON is, where the text is none. */
function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return withoutSpecialNumbers(text)
  }
}

/** What Python writes for numbers that JSON has none for. */
const SPECIAL_NUMBER = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g

/** The same where `NaN` and `Infinity` stand for numbers, which are missing. */
function withoutSpecialNumbers(text: string): Json | undefined {
  if (!/NaN|Infinity/.test(text)) return undefined
  const plain = text.replace(SPECIAL_NUMBER, (found) => (found.startsWith('"') ? found : `"${found}"`))
  try {
    return JSON.parse(plain) as Json
  } catch {
    return undefined
  }
}

/** The rows of a table, however it is written, and the names of its columns where the rows are lists. */
function tableIn(file: string, value: Json): { readonly rows: readonly Json[]; readonly names: readonly string[] } {
  if (isList(value)) return withHeader(value)
  if (!isObject(value)) throw noTable(file)
  const { columns, data } = value
  if (isList(data)) return isList(columns) ? { rows: data, names: columns.map(String) } : withHeader(data)
  const entries = Object.entries(value)
  const lists = entries.flatMap(([name, list]) => (isList(list) ? [{ name, list }] : []))
  if (lists.length === 1 && lists[0].list.every(isObject)) return { rows: lists[0].list, names: [] }
  if (lists.length === entries.length && lists.every(({ list }) => list.length === lists[0].list.length))
    return {
      rows: Array.from({ length: lists[0]?.list.length ?? 0 }, (_, row) => lists.map(({ list }) => list[row])),
      names: lists.map(({ name }) => name),
    }
  const objects = entries.flatMap(([name, object]) => (isObject(object) ? [{ name, object }] : []))
  if (objects.length > 0 && objects.length === entries.length) return ofObjects(objects)
  throw noTable(file)
}

/** Objects by name are the columns, if all have the same keys and there are more keys than names; otherwise the rows. */
function ofObjects(
  objects: readonly { readonly name: string; readonly object: JsonObject }[],
): ReturnType<typeof tableIn> {
  const keys = Object.keys(objects[0].object)
  const isByColumn = keys.length > objects.length && objects.every(({ object }) => keys.every((key) => key in object))
  if (!isByColumn) return { rows: objects.map(({ object }) => object), names: [] }
  return { rows: keys.map((key) => objects.map(({ object }) => object[key])), names: objects.map(({ name }) => name) }
}

/** Lists of which the first holds nothing but words, and another numbers, have their names there. */
function withHeader(rows: readonly Json[]): ReturnType<typeof tableIn> {
  const [first, ...others] = rows
  const isHeader =
    isList(first) &&
    first.every((word) => typeof word === 'string') &&
    others.some((row) => isList(row) && row.some((cell) => typeof cell === 'number'))
  return isHeader ? { rows: others, names: first.map(String) } : { rows, names: [] }
}

/** A row as a record: the fields of an object, with those of the objects in it; the elements of a list. */
function recordOf(row: Json, names: readonly string[], nested: Set<string>): Map<string, RecordValue> {
  const record = new Map<string, RecordValue>()
  const put = (name: string, value: Json, depth: number): void => {
    if (isList(value)) nested.add(name)
    else if (!isObject(value)) record.set(name, value)
    else if (depth === MOST_DEPTH) nested.add(name)
    else for (const [key, inner] of Object.entries(value)) put(`${name}.${key}`, inner, depth + 1)
  }
  if (isList(row)) row.forEach((value, i) => put(names[i] ?? `column ${i + 1}`, value, 1))
  else if (isObject(row)) for (const [name, value] of Object.entries(row)) put(name, value, 1)
  else record.set('column 1', row)
  return record
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function noTable(file: string): StudioError {
  return new StudioError(
    'invalid-data',
    say('read.text.json.no-table', { name: file }),
    say('read.text.json.no-table.hint', { example: '[{"age": 31, "smokes": true}, …]' }),
  )
}
