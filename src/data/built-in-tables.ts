import { join } from 'node:path'
import { StudioError } from '../base/failure'
import { say } from '../words/say'
import { builtInTable } from './built-in-names'

/**
 * Where the file of a path is: a built-in table is named by a path that is the same on every computer.
 * @param folder where the built-in tables are
 * @throws StudioError 'not-found' for a built-in table that is not there
 */
export function filePathOf(path: string, folder: string | undefined): string {
  const name = builtInTable(path)
  if (name === null) return path
  if (folder === undefined || name === undefined)
    throw new StudioError('not-found', say('source.table.absent', { name: path }), say('source.table.absent.hint'))
  return join(folder, `${name}.csv.gz`)
}
