import { lstat, opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { quoted, StudioError } from '../../base/failure'
import { bytesSource } from '../../made/safetensors'
import { say, type Sentence } from '../../words/say'
import { withFile } from '../file-source'
import { PART_NAMES, type PartName } from '../table'
import type { Archive } from './archive'
import { partOf } from './array-plan'
import { lookInto } from './content'
import { labelsBeside, type FileBeside } from './picture-labels'
import type { StoredPicture } from './picture-table'
import type { Reading } from './reading'
import { zippedSource } from './zipped-source'

const MOST_FILES = 2_000_000
const MOST_DEPTH = 8
/** Of the files that are left out so many are told by their names. */
const MOST_LISTED = 4
/** Files that lie beside pictures and are about them, or are left by systems. */
const IS_ABOUT = /(^|\/)(readme|licen[cs]e|sources?|thumbs\.db|desktop\.ini)[^/]*$|\.(md|txt|html?|pdf|py|m|r|sh|log)$/i
const MOST_ENTRY_BYTES = 256 * 1024 * 1024

/** What files lie in together. */
export type Container = 'folder' | 'zip' | 'tar'

/** Whether a path looks like that of a picture. */
export function isPicturePath(path: string): boolean {
  return /\.(png|jpe?g|jfif|bmp|gif|webp|tiff?|p[bgpn]m)$/i.test(path) && !isHidden(path)
}

/** Whether a path lies in a hidden folder or is hidden itself, as what systems leave beside the files of a person. */
export function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX')
}

/** Pictures that are one data set, and what is to be told of them. */
export interface PictureSet {
  /** Part after part, in the order of their names. */
  readonly pictures: readonly StoredPicture[]
  readonly notes: readonly Sentence[]
}

/** A file among others, and where it is read from. */
interface StoredFile extends FileBeside {
  first(bytes: number): Promise<Uint8Array>
  all(): Promise<Uint8Array>
}

/** The pictures in a folder and the folders in it. Links to folders are not followed. */
export async function picturesInFolder(folder: string, reading: Reading): Promise<PictureSet> {
  const paths = await filesBelow(folder, '', 0, reading)
  const files: StoredFile[] = []
  for (const path of paths.some(isPicturePath) ? paths : []) {
    await reading.pause()
    const whole = join(folder, path)
    files.push({
      path,
      size: (await stat(whole)).size,
      first: (bytes) => withFile(whole, (source) => source.read(0, Math.min(bytes, source.size))),
      all: () => withFile(whole, (source) => source.read(0, source.size)),
      content: () =>
        withFile(whole, async (source) => lookInto(bytesSource(await source.read(0, source.size)), path, reading)),
    })
  }
  return pictureSet(files, 'folder', reading)
}

/** The pictures in a zip or tar file. */
export function picturesInArchive(archive: Archive, kind: 'zip' | 'tar', reading: Reading): Promise<PictureSet> {
  const paths = archive.names.filter((name) => !name.endsWith('/'))
  const files = paths.map((path) => ({
    path,
    size: archive.entries.get(path)?.size ?? 0,
    first: (bytes: number) => archive.firstBytes(path, bytes, reading),
    all: () => archive.read(path, MOST_ENTRY_BYTES, reading),
    content: () => lookInto(zippedSource(archive, path, reading), path, reading),
  }))
  return pictureSet(files, kind, reading)
}

/** In a part where not every picture is in a folder of its class, labels are looked for in the other files. */
async function pictureSet(files: readonly StoredFile[], kind: Container, reading: Reading): Promise<PictureSet> {
  const stored = files.filter(({ path }) => isPicturePath(path))
  if (stored.length === 0) return { pictures: [], notes: [] }
  const places = placesOf(stored.map(({ path }) => path))
  const pictures = stored.map((file, i) => ({ ...file, name: quoted(file.path), ...places[i] })).sort(byPartAndPath)
  const others = files.filter(({ path }) => !isPicturePath(path) && !isHidden(path)).sort(byPath)
  const open = new Set(pictures.filter(({ label }) => label === null).map(({ part }) => part))
  const inOpen = pictures.filter(({ part }) => open.has(part))
  const { labelOf, used, notes } = await labelsBeside(
    inOpen.map(({ path }) => path),
    others,
    reading,
  )
  const found = new Set(inOpen.filter(({ path }) => labelOf.has(path)).map(({ part }) => part))
  const left = others.map(({ path }) => path).filter((path) => !used.includes(path) && !IS_ABOUT.test(path))
  return {
    pictures: pictures.map((picture) =>
      found.has(picture.part) ? { ...picture, label: labelOf.get(picture.path) ?? null } : picture,
    ),
    notes: [...notes, ...passedOver(kind, left)],
  }
}

/** The paths of the files below a folder, from it down, with slashes. @throws StudioError 'too-large' */
export async function filesBelow(folder: string, below: string, depth: number, reading: Reading): Promise<string[]> {
  const files: string[] = []
  for await (const entry of await opendir(join(folder, below))) {
    await reading.pause()
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    await requireReachable(folder, path)
    if (entry.isDirectory() && depth < MOST_DEPTH && !isHidden(path))
      for (const file of await filesBelow(folder, path, depth + 1, reading)) files.push(file)
    else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(join(folder, path))))) files.push(path)
    if (files.length > MOST_FILES)
      throw new StudioError(
        'too-large',
        say('read.picture.many-files', { folder, most: MOST_FILES }),
        say('read.picture.many-files.hint'),
      )
  }
  return files
}

/** A name that is not UTF-8 comes with marks in place of what it has, and nothing is found by it. */
async function requireReachable(folder: string, path: string): Promise<void> {
  if (!path.includes('\ufffd')) return
  await lstat(join(folder, path)).catch((cause: unknown) => {
    throw new StudioError(
      'unreadable-file',
      say('read.picture.unreachable', { folder, path: quoted(path) }),
      say('read.picture.unreachable.hint'),
      { cause },
    )
  })
}

/** Whether a path leads to a file: a link may lead nowhere, to a folder, or round in a circle. */
export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  )
}

/**
 * The part and the label of each path: folders called train, valid or test are parts; the other folders that it lies in,
 * less those that all share, are the label, if there are several.
 */
function placesOf(paths: readonly string[]): { readonly part: PartName; readonly label: string | null }[] {
  const places = paths.map((path) => {
    const folders = path.split('/').slice(0, -1)
    const part: PartName = folders.map(partOf).find((name) => name !== 'all') ?? 'all'
    return { part, classes: folders.filter((folder) => partOf(folder) === 'all') }
  })
  const shared = sharedLength(places.map(({ classes }) => classes))
  const labels = places.map(({ classes }) => classes.slice(shared).join('/') || null)
  const areSeveral = new Set(labels).size > 1
  return places.map(({ part }, i) => ({ part, label: areSeveral ? labels[i] : null }))
}

/** How many of the first folders all lists share. */
function sharedLength(lists: readonly (readonly string[])[]): number {
  const [first = []] = lists
  let length = 0
  while (length < first.length && lists.every((list) => list[length] === first[length])) length++
  return length
}

/** The sentence that tells of files beside pictures that were left out, if there are any. */
function passedOver(kind: Container, paths: readonly string[]): Sentence[] {
  if (paths.length === 0) return []
  const listed = paths.slice(0, MOST_LISTED).map(quoted).join(', ') + (paths.length > MOST_LISTED ? ', …' : '')
  return [say('read.picture.passed-over', { kind, files: paths.length, listed })]
}

const natural = new Intl.Collator('en', { numeric: true })

function byPartAndPath(
  a: { readonly part: PartName; readonly path: string },
  b: { readonly part: PartName; readonly path: string },
): number {
  return PART_NAMES.indexOf(a.part) - PART_NAMES.indexOf(b.part) || byPath(a, b)
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return natural.compare(a.path, b.path)
}
