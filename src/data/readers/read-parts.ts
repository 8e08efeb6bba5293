import { sentenceOf } from '../../base/advice'
import { StudioError } from '../../base/failure'
import { bytesSource, type ByteSource } from '../../made/safetensors'
import { say, verbatim, type Sentence } from '../../words/say'
import { mergedChoices, type ReadingChoices } from '../reading-choices'
import type { ReadingOptions, Table } from '../table'
import type { Archive } from './archive'
import type { StoredArray } from './array-plan'
import { tableOfArrays } from './array-table'
import { ArrowFile } from './arrow-file'
import type { ColumnarFile, ColumnarPart } from './columnar-file'
import { tableOfColumnar } from './columnar-table'
import { lookInto, type Content } from './content'
import { detectFormat, refuseDocument, type Format } from './detect'
import type { FileSet, SetMember } from './file-set'
import { heededChoices, type Way } from './heeded'
import { tableOfHdf5 } from './hdf5-table'
import { tableOfIdx } from './idx-table'
import { matFile } from './mat'
import { missingMarks } from './missing-marks'
import { npyFile, npzFile } from './npy-table'
import { oneSet } from './one-set'
import { ParquetFile } from './parquet'
import { isHidden, picturesInArchive } from './picture-folder'
import { tableOfPictures, type StoredPicture } from './picture-table'
import { holdsScipySparse, readScipySparse } from './scipy-sparse'
import { readSqlite } from './sqlite'
import { Reading } from './reading'
import { readTables, readText } from './text-files'
import type { Part } from './part'
import { TableBuilder, type TableIdentity } from './table-builder'
import { oldWorkbookBytes, readWorkbook, workbookBytes, workbookKind } from './workbook'
import { ZipArchive } from './zip-archive'
import { zippedSource } from './zipped-source'
import { TarArchive } from './tar-archive'

/** What is not looked into once it was found in an archive. */
const IS_ARCHIVE = /\.(zip|tar|tgz|7z|rar|tar\.\w+)$/i

/** What is read at many places of a file, which cannot be done while it is unpacked. */
const READ_AT_PLACES: readonly Format[] = [
  'zip',
  'mat',
  'hdf5',
  'parquet',
  'arrow',
  'old-workbook',
  'sqlite',
  'picture',
]

/** Opens the files of a set, finds out their format and reads them. Files of other formats are left out. */
export async function readParts(
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
  const wanted = options.columns ? new Set(options.columns) : null
  const format = detectFormat(main, wanted)
  const parts: Part[] = []
  const marks = missingMarks(mergedChoices(options.likeOthers, options.choices)?.missingMarks)
  const builder = new TableBuilder(marks, wanted)
  for (const member of set.members) {
    const content = member.name === chosen ? main : await open(member.name)
    if (content === main || formatIs(content, format, wanted))
      parts.push({ part: member.part, content, labels: await labelsOf(member, format, open, builder) })
    else builder.notes.add(say('read.table.other-format', { name: member.name }))
  }
  const alone = parts.length === 1 && set.members.length > 1
  const identity = {
    name: alone ? chosen : name,
    format: verbatim(''),
    paths: parts.map(({ content }) => pathOf(content.name)),
  }
  const table = await readAs(
    format,
    alone ? [{ ...parts[0], part: 'all' }] : parts,
    builder,
    identity,
    options,
    reading,
  )
  const { packing } = main
  const readFormat =
    packing === null ? table.format : say('read.format.packed', { format: sentenceOf(table.format), packing })
  for (const note of table.notes) builder.notes.add(note)
  return { ...table, format: readFormat, notes: [...builder.notes] }
}

/** The file of labels of a member of a set. Only formats of arrays and of pictures have such. */
async function labelsOf(
  { name, labels }: SetMember,
  format: Format,
  open: (file: string) => Promise<Content>,
  { notes }: TableBuilder,
): Promise<Content | null> {
  if (labels === null) return null
  if (format === 'idx' || format === 'npy') return open(labels)
  notes.add(say('read.table.labels-left-out', { labels, name }))
  return null
}

function formatIs(content: Content, format: Format, wanted: ReadonlySet<string> | null): boolean {
  try {
    return detectFormat(content, wanted) === format
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
  if (main.packing !== null && READ_AT_PLACES.includes(format))
    throw new StudioError(
      'unknown-format',
      say('read.archive.twice', { file: main.name, packing: main.packing, format }),
      say('read.archive.twice.hint'),
    )
  const heeded = (way: Way): ReadingChoices => heededChoices(way, identity.name, options, builder.notes)
  const usualSheet = options.likeOthers?.sheet
  switch (format) {
    case 'text':
      return readTables(parts, builder, identity, heeded('text'), reading)
    case 'arff':
    case 'libsvm':
    case 'transactions':
    case 'matrix-market':
    case 'json':
    case 'json-lines':
      return readText(format, parts, builder, identity, options, reading)
    case 'idx':
      heeded('other')
      return tableOfIdx(parts, { ...identity, format: verbatim('IDX') }, reading)
    case 'npy':
      return tableOfArrays(
        parts.flatMap((part) => npyArrays(part, reading)),
        { ...identity, format: verbatim('NumPy (.npy)') },
        reading,
        { ...heeded('arrays'), usualSheet },
      )
    case 'mat': {
      const stored: StoredArray[] = []
      for (const { content, part } of parts)
        for (const array of await matFile(content.source, content.name, part === 'all' ? null : part, reading))
          stored.push(array)
      return tableOfArrays(stored, { ...identity, format: verbatim('MATLAB (.mat)') }, reading, {
        ...heeded('arrays'),
        usualSheet,
        isMatlab: true,
      })
    }
    case 'hdf5':
      return tableOfHdf5(parts, builder, identity, heeded('arrays'), usualSheet, reading)
    case 'parquet':
      return readColumnar(
        parts,
        builder,
        { ...identity, format: verbatim('Parquet') },
        options,
        heeded('other'),
        reading,
        (source, name) => ParquetFile.open(source, name),
      )
    case 'arrow':
      return readColumnar(
        parts,
        builder,
        { ...identity, format: verbatim('Arrow') },
        options,
        heeded('other'),
        reading,
        (source, name) => ArrowFile.open(source, name, reading),
      )
    case 'zip':
      return readZip(parts, builder, identity, options, reading)
    case 'sqlite': {
      const choices = heeded('database')
      for (const { part, content } of parts) {
        builder.beginPart(part)
        await readSqlite(content.source, content.name, builder, reading, choices, usualSheet)
      }
      return builder.finish({ ...identity, format: say('read.format.sqlite') })
    }
    case 'old-workbook': {
      const choices = heeded('workbook')
      for (const { part, content } of parts) {
        builder.beginPart(part)
        await readWorkbook(
          await oldWorkbookBytes(content.source, content.name),
          content.name,
          builder,
          reading,
          choices,
          usualSheet,
        )
      }
      return builder.finish({ ...identity, format: say('read.format.old-workbook') })
    }
    case 'tar':
      return readArchive(await TarArchive.open(main, reading), main.name, 'tar', identity, options, reading)
    case 'picture':
      throw new StudioError(
        'invalid-data',
        say('read.picture.single', { name: main.name }),
        say('read.picture.single.hint'),
      )
  }
}

async function readColumnar(
  parts: readonly Part[],
  builder: TableBuilder,
  identity: TableIdentity,
  options: ReadingOptions,
  choices: ReadingChoices,
  reading: Reading,
  open: (source: ByteSource, name: string) => Promise<ColumnarFile>,
): Promise<Table> {
  const files: ColumnarPart[] = []
  try {
    for (const { part, content } of parts)
      files.push({ part, name: content.name, file: await open(content.source, content.name) })
    return await tableOfColumnar(files, builder, identity, options.pictureSize, reading, choices)
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
  builder: TableBuilder,
  identity: TableIdentity,
  options: ReadingOptions,
  reading: Reading,
): Promise<Table> {
  const [{ content }] = parts
  const archives = await Promise.all(
    parts.map(async ({ part, content: { source, name } }) => ({
      part,
      name,
      archive: await ZipArchive.open(source, name, reading),
    })),
  )
  const [{ archive }] = archives
  const heeded = (way: Way): ReadingChoices => heededChoices(way, identity.name, options, builder.notes)
  if (holdsScipySparse(archive)) {
    heeded('other')
    for (const { part, name, archive: one } of archives) {
      builder.beginPart(part)
      await readScipySparse(one, name, builder, reading)
    }
    return builder.finish({ ...identity, format: say('read.format.scipy') })
  }
  if (archive.names.some((name) => name.endsWith('.npy')) || archive.names.length === 0) {
    const stored: StoredArray[] = []
    for (const { part, archive: one } of archives)
      for (const array of await npzFile(one, part === 'all' ? null : part, reading)) stored.push(array)
    const usualSheet = options.likeOthers?.sheet
    return tableOfArrays(stored, { ...identity, format: say('read.format.npz') }, reading, {
      ...heeded('arrays'),
      usualSheet,
    })
  }
  refuseDocument(content.name, archive.names)
  const workbook = workbookKind(archive)
  if (workbook !== null) {
    const choices = heeded('workbook')
    for (const { part, name, archive: one } of archives) {
      builder.beginPart(part)
      const bytes = await workbookBytes(one, name, reading)
      await readWorkbook(bytes, name, builder, reading, choices, options.likeOthers?.sheet)
    }
    return builder.finish({ ...identity, format: workbook })
  }
  return readArchive(archive, content.name, 'zip', identity, options, reading)
}

/** Pictures, or the files of one set, in a zip or tar file. */
async function readArchive(
  archive: Archive,
  file: string,
  kind: 'zip' | 'tar',
  identity: TableIdentity,
  options: ReadingOptions,
  reading: Reading,
): Promise<Table> {
  const { pictures, notes } = await picturesInArchive(archive, kind, reading)
  if (pictures.length > 0)
    return readPictures(
      pictures,
      { ...identity, format: say('read.format.picture-archive', { kind }) },
      options,
      reading,
      notes,
    )
  const visible = archive.names.filter((name) => !isHidden(name))
  const { set, chosen } = oneSet(visible, kind, file)
  if (IS_ARCHIVE.test(chosen))
    throw new StudioError(
      'unknown-format',
      say('read.archive.nested', { kind, file, inner: chosen }),
      say('read.archive.nested.hint'),
    )
  const names = set.members.flatMap(({ name, labels }) => [name, ...(labels === null ? [] : [labels])])
  const inside = new Reading(
    options,
    names.reduce((sum, name) => sum + (archive.entries.get(name)?.size ?? 0), 0),
  )
  const sources = new Map(names.map((name) => [name, zippedSource(archive, name, inside)]))
  const place = { name: file, pathOf: () => identity.paths[0] }
  const table = await readParts(set, chosen, sources, place, options, inside)
  return {
    ...table,
    paths: identity.paths,
    format: say('read.format.in-archive', { format: sentenceOf(table.format), kind }),
  }
}

export function readPictures(
  pictures: readonly StoredPicture[],
  identity: TableIdentity,
  options: ReadingOptions,
  reading: Reading,
  notes: readonly Sentence[],
): Promise<Table> {
  const builder = new TableBuilder()
  heededChoices('other', identity.name, options, builder.notes)
  for (const note of notes) builder.notes.add(note)
  return tableOfPictures(pictures, 'folder', identity, options.pictureSize, builder, reading)
}
