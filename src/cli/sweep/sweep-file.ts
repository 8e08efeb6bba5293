import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { StudioError } from '../../base/failure'
import { isFields } from '../../base/migration'
import { builtInTable } from '../../shared/data-source'
import { readSweep, type Sweep } from '../../sweeps/sweep'
import { say } from '../../words/say'
import { dataSourceOf } from '../places'

/** A sweep as it stands in a file. */
export interface SweepFile {
  readonly sweep: Sweep
  /** All that was read. */
  readonly read: unknown
}

/**
 * Reads the file of a sweep. Its data may be named as on the command line: files by their path from the folder of that file.
 * @throws StudioError 'unreadable-file', 'damaged-file', or as `readSweep`; UsageError for data that cannot be
 */
export async function readSweepFile(path: string): Promise<SweepFile> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new StudioError('unreadable-file', say('sweep.unreadable', { path }), say('sweep.unreadable.hint'), { cause })
  })
  const read = jsonOf(path, text)
  const sweep = readSweep(read)
  return { read, sweep: { ...sweep, base: withSource(sweep.base, dirname(resolve(path))) } }
}

function withSource(base: Sweep['base'], folder: string): Sweep['base'] {
  const { data } = base
  const source = typeof data === 'string' ? dataSourceOf(data) : data
  if (!isFields(source) || source['kind'] !== 'file' || typeof source['path'] !== 'string')
    return source === undefined ? base : { ...base, data: source }
  // What was named as on the command line is absolute by now, from where this program was started.
  const path = typeof data === 'string' && builtInTable(source['path']) === null ? data : source['path']
  return { ...base, data: { ...source, path: builtInTable(path) === null ? resolve(folder, path) : path } }
}

function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new StudioError('damaged-file', say('sweep.no-json', { path }), say('sweep.hint'), { cause })
  }
}
