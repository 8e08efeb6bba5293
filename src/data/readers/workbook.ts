import { zipSync } from 'fflate'
import type { Note } from '../../base/advice'
import { StudioError } from '../../base/failure'
import { bytesSource, type ByteSource } from '../../made/safetensors'
import { say, type Sentence } from '../../words/say'
import { TO_READ_ONE_HEADER, toReadOther } from '../deciding'
import type { ReadingChoices } from '../reading-choices'
import { lookInto } from './content'
import { DecodingThread, heapFor, isOutOfMemory, isTooSlow } from './decoding-thread'
import { readDelimited } from './delimited'
import { nearest } from './nearest'
import { damagedFile, type Reading } from './reading'
import type { TableBuilder } from './table-builder'
import { turnedText } from './turned'
import source from './workbook-worker.cjs?raw'
import type { ZipArchive } from './zip-archive'

/** What the thread may take for one workbook: a million rows of ten columns. */
const HEAP_MEGABYTES = 2560
/** What a workbook may unpack to in all, and one of the files in it, of which the library makes one string. */
const MOST_BYTES = 1024 ** 3
const MOST_FILE_BYTES = 448 * 1024 ** 2
const MOST_OLD_BYTES = 256 * 1024 ** 2
/** After this long the thread is stopped: so much, and so much for each byte. */
const MOST_MILLISECONDS = 20_000
const MOST_MILLISECONDS_PER_BYTE = 0.005
const MOST_LISTED = 8
/** A sheet of less is read only where no other holds more. */
const [LEAST_COLUMNS, LEAST_ROWS] = [2, 3]

/** Files in zip files by which workbooks are known. */
const WORKBOOKS = [
  ['xl/workbook.xml', say('read.format.excel')],
  ['xl/workbook.bin', say('read.format.excel')],
  ['content.xml', say('read.format.open-document')],
] as const
/** Pictures, macros and the like say nothing of cells. */
const IS_NEEDED = /\.(xml|rels)$|^mimetype$|^xl\/(workbook|sharedStrings|styles|worksheets\/[^/]+)\.bin$/i
const TAG = /<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>/g
const ATTRIBUTE = /(\s[\w:-]+\s*=\s*)(?:"([^"]*)"|'([^']*)')/g
const COMPOUND_MARK = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]

interface Sheets {
  readonly names: readonly string[]
  readonly hidden: readonly boolean[]
}

interface SheetText {
  readonly text: readonly Uint8Array[]
  /** Of each row of the text its number in the sheet, from 0. */
  readonly rows: readonly number[]
  readonly columns: number
  /** How many formulas are there without what they came to. */
  readonly formulas: number
  /** How many cells reach over several places. */
  readonly merged: number
  /** Of how many rows the names of the columns were joined; 0: of one, or none. */
  readonly header: number
}

/** What kind of workbook a zip file is, in words; null if it is none. */
export function workbookKind(archive: ZipArchive): Sentence | null {
  if (archive.entries.has('content.xml') && !archive.entries.has('mimetype')) return null
  return WORKBOOKS.find(([name]) => archive.entries.has(name))?.[1] ?? null
}

/** Whether a file begins like an Excel workbook of before 2007, or any other file of Office then. */
export function looksLikeOldWorkbook(head: Uint8Array): boolean {
  return COMPOUND_MARK.every((byte, i) => head[i] === byte)
}

/**
 * The bytes of a workbook that is a zip file, packed anew from what its archive was found to hold: the library that reads
 * them unpacks without looking. @throws StudioError 'too-large', 'damaged-file'
 */
export async function workbookBytes(archive: ZipArchive, name: string, reading: Reading): Promise<Uint8Array> {
  const files: Record<string, Uint8Array> = {}
  let left = MOST_BYTES
  for (const entry of archive.entries.values()) {
    if (!IS_NEEDED.test(entry.name)) continue
    left -= entry.size
    if (left < 0 || entry.size > MOST_FILE_BYTES) throw tooLarge(name)
    const bytes = await archive.read(entry.name, MOST_FILE_BYTES, reading)
    files[entry.name] = entry.name === 'content.xml' ? plainAttributes(bytes) : bytes
  }
  return zipSync(files, { level: 0 })
}

/**
 * OpenDocument's XML as LibreOffice writes it, which the library counts on: attributes in double quotes, and truth values
 * in the attribute that the standard has for them; those of pandas are in neither.
 */
function plainAttributes(bytes: Uint8Array): Uint8Array {
  const xml = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  const plain = xml.replace(TAG, (tag) => {
    const quoted = tag.includes("'") ? tag.replace(ATTRIBUTE, doubleQuoted) : tag
    return quoted.replace(
      'office:value-type="boolean" office:value=',
      'office:value-type="boolean" office:boolean-value=',
    )
  })
  return plain === xml ? bytes : Buffer.from(plain, 'utf8')
}

function doubleQuoted(
  attribute: string,
  start: string,
  double: string | undefined,
  single: string | undefined,
): string {
  return double === undefined ? `${start}"${(single ?? '').replaceAll('"', '&quot;')}"` : attribute
}

/** The bytes of an old workbook. @throws StudioError 'too-large' */
export function oldWorkbookBytes(content: ByteSource, name: string): Promise<Uint8Array> {
  if (content.size > MOST_OLD_BYTES) throw tooLarge(name)
  return content.read(0, content.size)
}

/**
 * Reads a sheet of a workbook into `builder`: the one that `choices` name, or the first that is seen and not empty. Its
 * cells become a table of text, which is read as any other: what stands above the rows, names and kinds are found as there.
 * @param usualSheet is taken if it is there and nothing else is chosen
 * @throws StudioError 'damaged-file', 'too-large', 'invalid-data' where no sheet holds anything, 'invalid-settings' for a
 * choice that does not fit it
 */
export async function readWorkbook(
  bytes: Uint8Array,
  name: string,
  builder: TableBuilder,
  reading: Reading,
  choices: ReadingChoices = {},
  usualSheet?: string,
): Promise<void> {
  const thread = new DecodingThread({
    source,
    modules: ['@e965/xlsx'],
    heapMegabytes: heapFor(bytes.length, HEAP_MEGABYTES),
  })
  const mostMilliseconds = MOST_MILLISECONDS + MOST_MILLISECONDS_PER_BYTE * bytes.length
  try {
    const ask = (sheet: number | null): Promise<unknown> =>
      thread.ask({ bytes, sheet, joins: choices.header === undefined }, mostMilliseconds, reading)
    const sheets = (await ask(null)) as Sheets
    const order = orderOf(sheets, name, choices.sheet, usualSheet)
    const ofSheets = new Map<number, SheetText>()
    for (const sheet of order) {
      ofSheets.set(sheet, (await ask(sheet)) as SheetText)
      if (isTable(ofSheets.get(sheet))) break
    }
    const filled = [...ofSheets].filter(([, { rows }]) => rows.length > 0)
    // A sheet that is not seen is read only where the others hold nothing.
    const seen = filled.filter(([sheet]) => !sheets.hidden[sheet])
    const [sheet, found] = seen.find(([, text]) => isTable(text)) ?? seen[0] ?? filled[0] ?? []
    if (sheet !== undefined && found !== undefined) {
      for (const note of notesOn(name, sheets, sheet, found, choices)) if (note !== null) builder.notes.add(note)
      const readAs = await readText(found, name, builder, reading, choices)
      builder.sheets = sheets.names
      builder.readAs ??= { ...(sheets.names.length > 1 ? { sheet: sheets.names[sheet] } : {}), ...readAs }
      return
    }
    throw isEmpty(name, choices.sheet)
  } catch (cause) {
    if (cause instanceof StudioError) throw cause
    if (isOutOfMemory(cause) || isTooSlow(cause)) throw tooLarge(name, cause)
    throw worded(name, cause)
  } finally {
    await thread.stop()
  }
}

/** Whether a sheet holds more than a title or notes. */
function isTable(sheet: SheetText | undefined): boolean {
  return sheet !== undefined && sheet.columns >= LEAST_COLUMNS && sheet.rows.length >= LEAST_ROWS
}

async function readText(
  { text, rows }: SheetText,
  name: string,
  builder: TableBuilder,
  reading: Reading,
  choices: ReadingChoices,
): Promise<ReadingChoices> {
  const { skip, ...others } = choices
  // Rows are counted as in the sheet, where empty ones may stand between them.
  const above = skip === undefined ? {} : { skip: rows.filter((row) => row < skip).length }
  const written = { ...others, ...above, separator: ',', decimal: '.', encoding: 'utf-8' } as const
  const content = await lookInto(bytesSource(Buffer.concat(text)), name, reading)
  const turned = choices.transpose === true ? await turnedText(content, reading, written) : null
  const { readAs } = await readDelimited(turned?.content ?? content, builder, reading, turned?.choices ?? written)
  const lines = (turned?.readAs ?? readAs).skip ?? 0
  return {
    header: readAs.header ?? false,
    skip: skip ?? (lines === 0 ? 0 : (rows[lines] ?? 0)),
    missingMarks: readAs.missingMarks ?? [],
    transpose: turned !== null,
  }
}

/** The sheets in the order in which they are tried. @throws StudioError 'invalid-settings' for one that is not there */
function orderOf(
  { names, hidden }: Sheets,
  name: string,
  chosen: string | undefined,
  usual: string | undefined,
): readonly number[] {
  const all = names.map((_, number) => number)
  if (chosen === undefined && usual !== undefined && names.includes(usual)) return [names.indexOf(usual)]
  if (chosen === undefined) return all.sort((a, b) => Number(hidden[a]) - Number(hidden[b]) || a - b)
  const found = names.includes(chosen) ? names.indexOf(chosen) : /^\d+$/.test(chosen) ? Number(chosen) - 1 : -1
  if (found >= 0 && found < names.length) return [found]
  throw new StudioError(
    'invalid-settings',
    say('read.workbook.no-sheet', { file: name, sheet: chosen }),
    say('read.workbook.no-sheet.hint', { sheets: nearest(chosen, names) }),
  )
}

function notesOn(
  name: string,
  { names }: Sheets,
  sheet: number,
  { formulas, merged, header }: SheetText,
  choices: ReadingChoices,
): (Note | null)[] {
  const sheets = names.slice(0, MOST_LISTED).join(', ') + (names.length > MOST_LISTED ? ', …' : '')
  return [
    names.length > 1 && choices.sheet === undefined
      ? {
          says: say('read.workbook.several', { file: name, count: names.length, sheets, sheet: names[sheet] }),
          advice: toReadOther('sheet'),
        }
      : null,
    header > 0 ? { says: say('read.workbook.joined', { file: name, rows: header }), advice: TO_READ_ONE_HEADER } : null,
    merged > 0 ? say('read.workbook.merged', { file: name, cells: merged }) : null,
    formulas > 0 ? say('read.workbook.formulas', { file: name, formulas }) : null,
  ]
}

function isEmpty(file: string, sheet: string | undefined): StudioError {
  return new StudioError(
    'invalid-data',
    sheet === undefined ? say('read.workbook.empty', { file }) : say('read.workbook.empty-sheet', { sheet, file }),
    say('read.workbook.empty.hint'),
  )
}

function tooLarge(name: string, cause?: unknown): StudioError {
  return new StudioError('too-large', say('read.workbook.large', { file: name }), say('read.workbook.large.hint'), {
    cause,
  })
}

/** What the library throws, in words. */
function worded(name: string, cause: unknown): StudioError {
  const message = cause instanceof Error ? cause.message : String(cause)
  if (/password|encrypt/i.test(message) && !/ZIP encryption/.test(message))
    return new StudioError(
      'unknown-format',
      say('read.workbook.password', { file: name }),
      say('read.workbook.password.hint'),
      { cause },
    )
  return damagedFile(name, say('read.format.workbook'), say('read.table.why.unreadable'), cause)
}
