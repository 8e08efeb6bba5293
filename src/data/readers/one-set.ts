import { basename } from 'node:path'
import { quoted, StudioError } from '../../base/failure'
import { say } from '../../words/say'
import { FORMATS_HINT } from './detect'
import { fileSetOf, type FileSet } from './file-set'
import { isHidden, isPicturePath, type Container } from './picture-folder'

/** Files that lie beside data and are none. */
const NOT_DATA =
  /(^(readme|license|licence|copying|sources?|changelog|index)(\.|$))|\.(md|names|py|m|r|html?|pdf|docx?|sh|info|log|json|ya?ml|sha\d*|md5)$/i

const MOST_LISTED = 6

/** Whether a file may hold data, by its path. */
export function isData(path: string): boolean {
  return !isHidden(path) && !NOT_DATA.test(basename(path)) && !isPicturePath(path)
}

/**
 * The one set that files make up.
 * @param name of what they lie in
 * @throws StudioError 'invalid-data' if they are none or several
 */
export function oneSet(
  names: readonly string[],
  kind: Container,
  name: string,
): { readonly chosen: string; readonly set: FileSet } {
  const data = names.filter(isData).sort()
  if (data.length === 0) throw new StudioError('invalid-data', say('read.table.no-data', { kind, name }), FORMATS_HINT)
  const set = fileSetOf(data[0], data)
  const members = new Set(set.members.flatMap((member) => [member.name, member.labels]))
  const others = data.filter((path) => !members.has(path))
  if (others.length === 0) return { chosen: set.members[0].name, set }
  const files = data.slice(0, MOST_LISTED).map(quoted).join(', ')
  const more = data.length > MOST_LISTED ? 'yes' : 'no'
  throw new StudioError(
    'invalid-data',
    say('read.table.several-sets', { kind, name, files, more }),
    say('read.table.several-sets.hint', { kind }),
  )
}
