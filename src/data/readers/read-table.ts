import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { quoted, StudioError } from '../../made/failure'
import { bytesSource, type ByteSource } from '../../made/safetensors'
import { attempt, withFile } from '../file-source'
import type { PartName, ReadingOptions, Table } from '../table'
import { readArff } from './arff'
import { tableOfArrays, type StoredArray } from './array-table'
import { lookInto, type Content } from './content'
import { formatOf, readDelimited } from './delimited'
import { detectFormat, FORMATS_HINT, type Format } from './detect'
import { fileSetOf, type FileSet } from './file-set'
import { tableOfIdx } from './idx-table'
import { LibsvmColumns, readLibsvm } from './libsvm'
import { matFile } from './mat'
import { MOST_ARRAY_BYTES, npyFile, npzFile } from './npy-table'
import { ParquetFile } from './parquet'
import { tableOfParquet, type ParquetPart } from './parquet-table'
import { isFile, isHidden, isPicturePath, picturesInFolder, picturesInZip } from './picture-folder'
import { tableOfPictures, type StoredPicture } from './picture-table'
import { Reading, UnlikeParts } from './reading'
import { TableBuilder, type TableIdentity } from './table-builder'
import { ZipArchive } from './zip-archive'

/** Files that lie beside data and are none. */
const NOT_DATA =
  /(^(readme|license|licence|copying|sources?|changelog|index)(\.|$))|\.(md|names|py|m|r|html?|pdf|docx?|sh|info|log|json|ya?ml|sha\d*|md5)$/i

/** Files in zip files by which workbooks are known. */
const WORKBOOKS = [
  ['xl/workbook.xml', 'an Excel workbook'],
  ['xl/workbook.bin', 'an Excel workbook'],
  ['content.xml', 'an OpenDocument workbook'],
] as const

/** An opened file of a set. */
interface Part {
  readonly part: PartName
  readonly content: Content
  readonly labels: Content | null
}

/**
 * Reads a file or a folder, whatever its format, with the other files of its set: those that are called the same but for
 * train, valid and test, and files of labels.
 * @throws StudioError 'not-found', 'unreadable-file', 'unknown-format', 'damaged-file', 'invalid-data', 'too-large' or
 * 'cancelled'
 */
export async function readTable(path: string, options: ReadingOptions = {}): Promise<Table> {
  const whole = resolve(path)
  const stats = await attempt(whole, () => stat(whole))
  if (!stats.isDirectory()) return readSet(dirname(whole), basename(whole), options)
  return attempt(whole, () => readFolder(whole, options))
}

async function readFolder(folder: string, options: ReadingOptions): Promise<Table> {
  const scan = new Reading(options, 1)
  const pictures = await picturesInFolder(folder, scan)
  if (pictures.length > 0) {
    const total = pictures.reduce((sum, { size }) => sum + size, 0)
    return readPictures(
      pictures,
      { name: basename(folder), format: 'a folder of pictures', paths: [folder] },
      options,
      new Reading(options, total),
    )
  }
  const names: string[] = []
  for (const name of await readdir(folder)) if (await isFile(join(folder, name))) names.push(name)
  return readSet(folder, oneSet(names, `The folder ${folder}`).chosen, options)
}

/** Reads the set that a file belongs to; the file alone, where the others turn out to describe something else. */
async function readSet(folder: string, chosen: string, options: ReadingOptions): Promise<Table> {
  const neighbours = await readdir(folder).catch(() => [chosen])
  const set = fileSetOf(
    chosen,
    neighbours.filter((name) => name === chosen || !isHidden(name)),
  )
  const main = set.members.find(({ name }) => name === chosen) ?? set.members[0]
  try {
    return await readMembers(folder, set, main.name, options)
  } catch (cause) {
    if (!(cause instanceof UnlikeParts) || set.members.length === 1) throw cause
    const table = await readMembers(folder, { stem: '', members: [{ ...main, part: 'all' }] }, main.name, options)
    return { ...table, notes: [...table.notes, `${main.name} was read alone. ${cause.message}`] }
  }
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

/** Of a folder that is only called "data", as in the sets of Hugging Face, the name of the one around it. */
function nameOfFolder(folder: string): string {
  const name = basename(folder)
  return name.toLowerCase() === 'data' ? basename(dirname(folder)) || name : name
}

/** Opens the files of a set, finds out their format and reads them. Files of other formats are left out. */
async function readParts(
  set: FileSet,
  chosen: string,
  sourceOf: ReadonlyMap<string, ByteSource>,
  { name, pathOf }: { readonly name: string; readonly pathOf: (member: string) => string },
  options: ReadingOptions,
  reading: Reading,
): Promise<Table> {
  const open = async (file: string): Promise<Content> =>
    lookInto(sourceOf.get(file) ?? bytesSource(new Uint8Array()), file, reading)
  const main = await open(chosen)
  const format = detectFormat(main)
  const parts: Part[] = []
  const builder = new TableBuilder()
  for (const member of set.members) {
    const content = member.name === chosen ? main : await open(member.name)
    if (content === main || formatIs(content, format))
      parts.push({ part: member.part, content, labels: member.labels === null ? null : await open(member.labels) })
    else builder.notes.add(`The file ${member.name} is in another format and was left out.`)
  }
  const alone = parts.length === 1 && set.members.length > 1
  const identity = { name: alone ? chosen : name, format: '', paths: parts.map(({ content }) => pathOf(content.name)) }
  const table = await readAs(
    format,
    alone ? [{ ...parts[0], part: 'all' }] : parts,
    builder,
    identity,
    options,
    reading,
  )
  const gzip = main.isGzip ? ', compressed with gzip' : ''
  return { ...table, format: `${table.format}${gzip}`, notes: [...new Set([...builder.notes, ...table.notes])] }
}

function formatIs(content: Content, format: Format): boolean {
  try {
    return detectFormat(content) === format
  } catch {
    return false
  }
}

async function readAs(
  format: Format,
  parts: readonly Part[],
  builder: TableBuilder,
  identity: TableIdentity,
  options: ReadingOptions,
  reading: Reading,
): Promise<Table> {
  const [{ content: main }] = parts
  if (main.isGzip && ['zip', 'mat', 'parquet', 'picture'].includes(format))
    throw new StudioError(
      'unknown-format',
      `The file ${main.name} is compressed twice: gzip around ${format}.`,
      'Unpack it first (gunzip).',
    )
  switch (format) {
    case 'text':
    case 'arff':
    case 'libsvm':
      return readText(format, parts, builder, identity, reading)
    case 'idx':
      return tableOfIdx(parts, { ...identity, format: 'IDX' }, reading)
    case 'npy':
      return tableOfArrays(
        parts.flatMap((part) => npyArrays(part, reading)),
        { ...identity, format: 'NumPy (.npy)' },
        reading,
      )
    case 'mat': {
      const stored: StoredArray[] = []
      for (const { content, part } of parts)
        stored.push(...(await matFile(content.source, content.name, part === 'all' ? null : part, reading)))
      return tableOfArrays(stored, { ...identity, format: 'MATLAB (.mat)' }, reading)
    }
    case 'parquet':
      return readParquet(parts, builder, { ...identity, format: 'Parquet' }, options, reading)
    case 'zip':
      return readZip(parts, identity, options, reading)
    case 'picture':
      throw new StudioError(
        'invalid-data',
        `The file ${main.name} is a single picture.`,
        'Choose the folder that it is in: each picture in it becomes one row.',
      )
  }
}

async function readText(
  format: 'text' | 'arff' | 'libsvm',
  parts: readonly Part[],
  builder: TableBuilder,
  identity: TableIdentity,
  reading: Reading,
): Promise<Table> {
  const columns = new LibsvmColumns(builder)
  let words = format === 'arff' ? 'ARFF' : 'LIBSVM'
  for (const { part, content } of parts) {
    builder.beginPart(part)
    if (format === 'text') words = formatOf(await readDelimited(content, builder, reading))
    else if (format === 'arff') await readArff(content, builder, reading)
    else await readLibsvm(content, builder, columns, reading)
    reading.fileDone(content.source.size)
  }
  return builder.finish({ ...identity, format: words })
}

async function readParquet(
  parts: readonly Part[],
  builder: TableBuilder,
  identity: TableIdentity,
  options: ReadingOptions,
  reading: Reading,
): Promise<Table> {
  const files: ParquetPart[] = []
  try {
    for (const { part, content } of parts)
      files.push({ part, name: content.name, file: await ParquetFile.open(content.source, content.name) })
    return await tableOfParquet(files, builder, identity, options.pictureSize, reading)
  } finally {
    for (const { file } of files) await file.close()
  }
}

function npyArrays({ part, content, labels }: Part, reading: Reading): StoredArray[] {
  const values = npyFile(content, part === 'all' ? null : part, reading)
  if (!labels) return [values]
  return [values, { ...npyFile(labels, part === 'all' ? null : part, reading), name: `y_${labels.name}` }]
}

/** A zip file may be a .npz file, hold pictures, or hold the files of one set. */
async function readZip(
  parts: readonly Part[],
  identity: TableIdentity,
  options: ReadingOptions,
  reading: Reading,
): Promise<Table> {
  const [{ content }] = parts
  const archives = await Promise.all(
    parts.map(async ({ part, content: { source, name } }) => ({
      part,
      archive: await ZipArchive.open(source, name, reading),
    })),
  )
  const [{ archive }] = archives
  if (archive.names.some((name) => name.endsWith('.npy')) || archive.names.length === 0) {
    const stored: StoredArray[] = []
    for (const { part, archive: one } of archives)
      stored.push(...(await npzFile(one, part === 'all' ? null : part, reading)))
    return tableOfArrays(stored, { ...identity, format: 'NumPy arrays (.npz)' }, reading)
  }
  const workbook = WORKBOOKS.find(([name]) => archive.names.includes(name))
  if (workbook)
    throw new StudioError('unknown-format', `The file ${content.name} is ${workbook[1]}.`, 'Save its sheet as CSV.')
  const pictures = picturesInZip(archive, reading)
  if (pictures.length > 0)
    return readPictures(pictures, { ...identity, format: 'a zip file of pictures' }, options, reading)
  const set = oneSet(
    archive.names.filter((name) => !isHidden(name)),
    `The zip file ${content.name}`,
  )
  const sources = new Map<string, ByteSource>()
  for (const name of set.set.members.flatMap((member) => [
    member.name,
    ...(member.labels === null ? [] : [member.labels]),
  ]))
    sources.set(name, bytesSource(await archive.read(name, MOST_ARRAY_BYTES, reading)))
  const table = await readParts(
    set.set,
    set.chosen,
    sources,
    { name: content.name, pathOf: () => identity.paths[0] },
    options,
    reading,
  )
  return { ...table, paths: identity.paths, format: `${table.format}, in a zip file` }
}

function readPictures(
  pictures: readonly StoredPicture[],
  identity: TableIdentity,
  options: ReadingOptions,
  reading: Reading,
): Promise<Table> {
  return tableOfPictures(pictures, 'folder', identity, options.pictureSize, new TableBuilder(), reading)
}

/** The one set that files make up. @throws StudioError 'invalid-data' if they are none or several */
function oneSet(names: readonly string[], where: string): { readonly chosen: string; readonly set: FileSet } {
  const data = names.filter((name) => !isHidden(name) && !NOT_DATA.test(basename(name)) && !isPicturePath(name)).sort()
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
