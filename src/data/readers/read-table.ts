import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { inTurn } from '../../base/advice'
import type { ByteSource } from '../../made/safetensors'
import { say } from '../../words/say'
import { attempt, withFile } from '../file-source'
import { mergedChoices } from '../reading-choices'
import type { ReadingOptions, Table } from '../table'
import { withChosenColumns } from './chosen-columns'
import { withChosenMarks } from './chosen-marks'
import { fileSetOf, type FileSet } from './file-set'
import { isData, oneSet } from './one-set'
import { filesBelow, isFile, isHidden, picturesInFolder } from './picture-folder'
import { readParts, readPictures } from './read-parts'
import { Reading, UnlikeParts } from './reading'

/**
 * Reads a file or a folder, whatever its format, with the other files of its set: those that are called the same but for
 * train, valid and test, and files of labels.
 * @throws StudioError 'not-found', 'unreadable-file', 'unknown-format', 'damaged-file', 'invalid-data', 'too-large',
 * 'invalid-settings' for a choice that does not fit the file, or 'cancelled'
 */
export async function readTable(path: string, options: ReadingOptions = {}): Promise<Table> {
  const choices = mergedChoices(options.likeOthers, options.choices)
  const table = await readPath(path, options)
  if (choices === undefined) return table
  return withChosenColumns(withChosenMarks(table, choices.missingMarks ?? []), choices, options.choices)
}

async function readPath(path: string, options: ReadingOptions): Promise<Table> {
  const whole = resolve(path)
  const stats = await attempt(whole, () => stat(whole))
  if (!stats.isDirectory()) return readSet(dirname(whole), basename(whole), options)
  return attempt(whole, () => readFolder(whole, options))
}

async function readFolder(folder: string, options: ReadingOptions): Promise<Table> {
  const scan = new Reading(options, 1)
  const { pictures, notes } = await picturesInFolder(folder, scan)
  if (pictures.length > 0) {
    const total = pictures.reduce((sum, { size }) => sum + size, 0)
    return readPictures(
      pictures,
      { name: basename(folder), format: say('read.format.picture-folder'), paths: [folder] },
      options,
      new Reading(options, total),
      notes,
    )
  }
  const names: string[] = []
  for (const name of await readdir(folder)) if (await isFile(join(folder, name))) names.push(name)
  if (names.some(isData)) return readSet(folder, oneSet(names, 'folder', folder).chosen, options)
  const paths = (await filesBelow(folder, '', 0, scan)).filter(isData)
  const inner = onlyFolder(paths)
  if (inner !== null) return readFolder(join(folder, inner), options)
  // The folders in it may be called train, valid and test.
  const { set, chosen } = oneSet(paths, 'folder', folder)
  return readMembers(folder, set, chosen, options)
}

/** The folder that all files are in, if that is one and not the outermost; null otherwise. */
function onlyFolder(paths: readonly string[]): string | null {
  const folders = new Set(paths.map((path) => dirname(path)))
  const [first] = folders
  return folders.size === 1 && first !== '.' ? first : null
}

/** Reads the set that a file belongs to; the file alone, where the others turn out to describe something else. */
async function readSet(folder: string, chosen: string, options: ReadingOptions): Promise<Table> {
  const set = fileSetOf(chosen, [chosen, ...(await filesBeside(folder, chosen))])
  const main = set.members.find(({ name }) => name === chosen) ?? set.members[0]
  try {
    return await readMembers(folder, set, main.name, options)
  } catch (cause) {
    if (!(cause instanceof UnlikeParts) || set.members.length === 1) throw cause
    const table = await readMembers(folder, { stem: '', members: [{ ...main, part: 'all' }] }, main.name, options)
    const note = inTurn(say('read.table.alone', { name: main.name }), cause.says)
    return { ...table, notes: [...table.notes, note] }
  }
}

/** The names of the other files in a folder; none where it may not be looked into. */
async function filesBeside(folder: string, chosen: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const names: string[] = []
  for (const entry of entries)
    if (entry.name !== chosen && !isHidden(entry.name))
      if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(join(folder, entry.name))))) names.push(entry.name)
  return names
}

async function readMembers(folder: string, set: FileSet, chosen: string, options: ReadingOptions): Promise<Table> {
  const names = set.members.flatMap(({ name, labels }) => [name, ...(labels === null ? [] : [labels])])
  const paths = names.map((name) => join(folder, name))
  return withFiles(paths, (sources) => {
    const total = sources.reduce((sum, { size }) => sum + size, 0)
    const sourceOf = new Map(names.map((name, i) => [name, sources[i]]))
    const identity = { name: nameOf(set, chosen, folder), pathOf: (member: string) => join(folder, member) }
    return readParts(set, chosen, sourceOf, identity, options, new Reading(options, total))
  })
}

/** A file is known by its name, or by its folder's where its own says nothing; a set by what its names share. */
function nameOf(set: FileSet, chosen: string, folder: string): string {
  if (set.members.length > 1) return set.stem === '' ? nameOfFolder(folder) : set.stem
  return /^data\.[a-z]+$/i.test(chosen) ? nameOfFolder(folder) : chosen
}

/** Of a folder that is only called "data" or "raw", as by Hugging Face and PyTorch, the name of the one around it. */
function nameOfFolder(folder: string): string {
  const name = basename(folder)
  return /^(data|raw)$/i.test(name) ? basename(dirname(folder)) || name : name
}

/** Opens files one inside the other, so that all are closed whatever happens. */
async function withFiles<T>(
  paths: readonly string[],
  use: (sources: readonly ByteSource[]) => Promise<T>,
  opened: readonly ByteSource[] = [],
): Promise<T> {
  const [path, ...others] = paths
  if (path === undefined) return use(opened)
  return withFile(path, (source) => withFiles(others, use, [...opened, source]))
}
