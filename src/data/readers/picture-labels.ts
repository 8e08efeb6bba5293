import { basename, dirname } from 'node:path/posix'
import { largest } from '../../base/extremes'
import { quoted } from '../../base/failure'
import { say, type Sentence } from '../../words/say'
import { allBytes, type Content } from './content'
import { guessDialect } from './dialect'
import { decoderOf } from './encodings'
import type { Reading } from './reading'
import { LABEL_NAME } from './row-targets'
import { allRows, isRemark } from './sample-rows'
import { sampleText, textEncoding } from './text-blocks'

/** A file that lies beside pictures. */
export interface FileBeside {
  /** Where it lies, from the folder or archive down, with slashes. */
  readonly path: string
  /** In bytes. */
  readonly size: number
  readonly content: () => Promise<Content>
}

/** What files beside pictures say of these. */
export interface PictureLabels {
  /** The label of each picture that has one, by its path. */
  readonly labelOf: ReadonlyMap<string, string>
  /** The paths of the files that say so. */
  readonly used: readonly string[]
  /** Sentences that tell of it. */
  readonly notes: readonly Sentence[]
}

/** A longer file is none of labels. */
const MOST_BYTES = 64 * 1024 ** 2
const MAY_HOLD_LABELS = /\.(csv|tsv|txt|dat|data|lst|labels?)(\.gz)?$|^[^.]*labels?$/i
/** What is about pictures, or is to be handed in, and says nothing of their classes. */
const IS_NONE = /readme|licen[cs]e|submission|source/i
const IS_OF_LABELS = /label|class|target|truth|^y[._-]/i
/** Of the rows of a table of labels at least so many name a picture. */
const LEAST_NAMED = 0.5
const MOST_COLUMNS = 64

/**
 * The labels of pictures that are in files of their own beside them: a table in which a column holds the names of the
 * pictures and another one their labels; or one label a line, in the order of the names.
 * @param pictures their paths, in the order of their names
 * @param others the other files
 */
export async function labelsBeside(
  pictures: readonly string[],
  others: readonly FileBeside[],
  reading: Reading,
): Promise<PictureLabels> {
  const labelOf = new Map<string, string>()
  const used: string[] = []
  const notes: Sentence[] = []
  for (const { path, size, content } of others) {
    if (size === 0 || size > MOST_BYTES || !MAY_HOLD_LABELS.test(basename(path)) || IS_NONE.test(basename(path)))
      continue
    const folder = dirname(path) === '.' ? '' : `${dirname(path)}/`
    const below = pictures.filter((picture) => picture.startsWith(folder))
    const rows = await rowsOf(await content(), reading)
    const found = namedLabels(rows, below, folder) ?? listedLabels(rows, below, basename(path))
    if (found === null) continue
    for (const [picture, label] of found.labels) if (!labelOf.has(picture)) labelOf.set(picture, label)
    used.push(path)
    notes.push(labelsNote(quoted(path), found.place))
  }
  const without = pictures.filter((picture) => !labelOf.has(picture)).length
  if (used.length > 0 && without > 0) notes.push(say('read.picture.labels.none', { pictures: without }))
  return { labelOf, used, notes }
}

/** The fields of the rows of a text; none if it is no text. */
async function rowsOf(content: Content, reading: Reading): Promise<(readonly string[])[]> {
  if (content.head.subarray(0, 4096).includes(0)) return []
  const encoding = textEncoding(content)
  const bytes = await allBytes(content, say('read.format.text'), reading, { most: MOST_BYTES })
  const decoder = decoderOf(encoding.name)
  const text = (decoder.write(bytes) + decoder.end()).replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  const { separator, remarkMarks } = guessDialect(sampleText(content, encoding), content.isWhole)
  const rows = allRows(text, separator === 'none' ? ',' : separator, 0)
  return rows
    .filter((row) => !isRemark(row, separator, remarkMarks))
    .map(({ fields }) => fields.map((field) => field.trim()))
}

/** Where labels stand in a file: in a column of that name, in a column beside the names of pictures, or one a line. */
type LabelPlace =
  { readonly kind: 'column'; readonly name: string } | { readonly kind: 'beside-names' } | { readonly kind: 'lines' }

interface FoundLabels {
  readonly labels: readonly (readonly [picture: string, label: string])[]
  readonly place: LabelPlace
}

function labelsNote(path: string, place: LabelPlace): Sentence {
  switch (place.kind) {
    case 'column':
      return say('read.picture.labels.column', { path, column: place.name })
    case 'beside-names':
      return say('read.picture.labels.beside', { path })
    case 'lines':
      return say('read.picture.labels.listed', { path })
  }
}

function namedLabels(
  rows: readonly (readonly string[])[],
  pictures: readonly string[],
  folder: string,
): FoundLabels | null {
  const [first] = rows
  const width = Math.min(MOST_COLUMNS, rows[1]?.length ?? first?.length ?? 0)
  if (width < 2) return null
  const pathOf = pathsByName(pictures, folder)
  const named = Array.from({ length: width }, (_, column) => rows.filter((row) => pathOf.get(row[column] ?? '')).length)
  const most = largest(named)
  if (most === 0 || most < LEAST_NAMED * rows.length) return null
  const nameAt = named.indexOf(most)
  const header = pathOf.get(first[nameAt] ?? '') ? null : first
  const others = Array.from({ length: width }, (_, column) => column).filter((column) => column !== nameAt)
  const labelAt =
    others.find((column) => LABEL_NAME.test(header?.[column] ?? '')) ?? (others.length === 1 ? others[0] : undefined)
  if (labelAt === undefined) return null
  const labels = rows.flatMap((row) => {
    const path = pathOf.get(row[nameAt] ?? '')
    const label = row[labelAt] ?? ''
    return path && label !== '' ? [[path, label] as const] : []
  })
  return { labels, place: header ? { kind: 'column', name: header[labelAt] ?? '' } : { kind: 'beside-names' } }
}

/** The paths of pictures by their names: from the folder on or alone, with and without ending. What names several names none. */
function pathsByName(pictures: readonly string[], folder: string): Map<string, string | null> {
  const paths = new Map<string, string | null>()
  for (const picture of pictures) {
    const inside = picture.slice(folder.length)
    const withoutEnding = (name: string): string => name.replace(/\.\w+$/, '')
    const names = new Set([inside, basename(inside), withoutEnding(inside), withoutEnding(basename(inside))])
    for (const name of names) paths.set(name, paths.has(name) && paths.get(name) !== picture ? null : picture)
  }
  return paths
}

function listedLabels(
  rows: readonly (readonly string[])[],
  pictures: readonly string[],
  name: string,
): FoundLabels | null {
  if (!IS_OF_LABELS.test(name) || !rows.every(({ length }) => length === 1)) return null
  const hasHeader = rows.length === pictures.length + 1 && LABEL_NAME.test(rows[0]?.[0] ?? '')
  const labels = rows.slice(hasHeader ? 1 : 0).map(([label]) => label)
  if (labels.length !== pictures.length) return null
  return {
    labels: pictures.map((picture, i) => [picture, labels[i]] as const),
    place: { kind: 'lines' },
  }
}
