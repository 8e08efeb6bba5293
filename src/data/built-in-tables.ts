import { join } from 'node:path'
import { StudioError } from '../base/failure'
import { say } from '../words/say'
import { builtInTable } from './built-in-names'
import { readTable } from './readers/read-table'
import type { ReadingOptions, Table } from './table'

/** Where the files of data sources are. */
export interface FilePlaces {
  /** Reads a file, if not from the disk each time. */
  readonly readTable?: typeof readTable
  /** Where the built-in tables are; absent where there are none. */
  readonly tablesFolder?: string
}

/**
 * Reads the file or folder of a source; a built-in table has a path, and a name, that are the same on every computer.
 * @throws StudioError 'not-found' for a built-in table that is not there, or as `readTable`
 */
export async function readSourceTable(path: string, places: FilePlaces, options: ReadingOptions): Promise<Table> {
  const name = builtInTable(path)
  const read = places.readTable ?? readTable
  if (name === null) return read(path, options)
  if (name === undefined || places.tablesFolder === undefined)
    throw new StudioError('not-found', say('source.table.absent', { name: path }), say('source.table.absent.hint'))
  return { ...(await read(join(places.tablesFolder, `${name}.csv.gz`), options)), name }
}
