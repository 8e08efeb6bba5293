import { StudioError } from '../../base/failure'
import type { ByteSource } from '../../made/safetensors'
import { say } from '../../words/say'
import type { ReadingChoices } from '../reading-choices'
import { chosenOf } from './chosen-table'
import { DecodingThread, heapFor, isOutOfMemory, isTooSlow } from './decoding-thread'
import { damagedFile, type Reading } from './reading'
import { RecordRows, type RecordValue } from './records'
import source from './sqlite-worker.cjs?raw'
import type { TableBuilder } from './table-builder'

/** The library holds the whole database in memory. */
const MOST_BYTES = 512 * 1024 ** 2
const HEAP_MEGABYTES = 512
const WASM_MEGABYTES = 512
/** After this long for one piece of rows the thread is stopped. */
const MOST_MILLISECONDS = 30_000
const MARK = 'SQLite format 3\0'

/** Whether a file begins like a database of SQLite. */
export function looksLikeSqlite(head: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(head.subarray(0, MARK.length)) === MARK
}

/**
 * Reads a table of an SQLite database into `builder`: the first, or the one that `choices` name.
 * @param usualTable is taken if it is there and nothing else is chosen
 * @throws StudioError 'damaged-file', 'too-large', 'invalid-data' where there is none, 'invalid-settings' for a
 * table that is not there
 */
export async function readSqlite(
  file: ByteSource,
  name: string,
  builder: TableBuilder,
  reading: Reading,
  choices: ReadingChoices = {},
  usualTable?: string,
): Promise<void> {
  if (file.size > MOST_BYTES) throw tooLarge(name)
  const thread = new DecodingThread({
    source,
    modules: ['sql.js'],
    heapMegabytes: heapFor(file.size, HEAP_MEGABYTES),
    wasmMegabytes: heapFor(file.size, WASM_MEGABYTES),
  })
  const ask = (request: object): Promise<unknown> => thread.ask(request, MOST_MILLISECONDS, reading)
  try {
    const tables = (await ask({ bytes: await file.read(0, file.size) })) as string[]
    const table = chosenOf(tables, name, choices.sheet, usualTable, builder)
    if (table === undefined)
      throw new StudioError(
        'invalid-data',
        say('read.workbook.no-tables', { file: name }),
        say('read.workbook.no-tables.hint'),
      )
    const names = (await ask({ table })) as string[]
    const records = new RecordRows(name, builder, choices, names)
    while (true) {
      const rows = (await ask({})) as RecordValue[][]
      if (rows.length === 0) break
      for (const row of rows) records.add(new Map(names.map((column, i) => [column, row[i]])))
      await reading.pause()
    }
    records.end()
  } catch (cause) {
    if (cause instanceof StudioError) throw cause
    if (isOutOfMemory(cause) || isTooSlow(cause)) throw tooLarge(name, cause)
    throw damagedFile(name, 'SQLite', say('read.table.why.unreadable'), cause)
  } finally {
    await thread.stop()
  }
}

function tooLarge(name: string, cause?: unknown): StudioError {
  return new StudioError(
    'too-large',
    say('read.workbook.large-database', { file: name }),
    say('read.workbook.large-database.hint'),
    { cause },
  )
}
