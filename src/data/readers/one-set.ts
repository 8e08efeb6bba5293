import { basename } from 'node:path'
import { quoted, StudioError } from '../../base/failure'
import { FORMATS_HINT } from './detect'
import { fileSetOf, type FileSet } from './file-set'
import { isHidden, isPicturePath } from './picture-folder'

/** Files that lie beside data and are none. */
const NOT_DATA =
  /(^(readme|license|licence|copying|sources?|changelog|index)(\.|$))|\.(md|names|py|m|r|html?|pdf|docx?|sh|info|log|json|ya?ml|sha\d*|md5)$/i

/** Whether a file may hold data, by its path. */
export function isData(path: string): boolean {
  return !isHidden(path) && !NOT_DATA.test(basename(path)) && !isPicturePath(path)
}

/** The one set that files make up. @throws StudioError 'invalid-data' if they are none or several */
export function oneSet(names: readonly string[], where: string): { readonly chosen: string; readonly set: FileSet } {
  const data = names.filter(isData).sort()
  if (data.length === 0) throw new StudioError('invalid-data', `${where} holds no data.`, FORMATS_HINT)
  const set = fileSetOf(data[0], data)
  const members = new Set(set.members.flatMap(({ name, labels }) => [name, labels]))
  const others = data.filter((name) => !members.has(name))
  if (others.length === 0) return { chosen: set.members[0].name, set }
  const listed = data.slice(0, 6).map(quoted).join(', ')
  throw new StudioError(
    'invalid-data',
    `${where} holds several data sets: ${listed}${data.length > 6 ? ' and more' : ''}.`,
    'Choose one of the files.',
  )
}
