import { lstat, opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { quoted, StudioError } from '../../base/failure'
import { withFile } from '../file-source'
import { PART_NAMES, type PartName } from '../table'
import type { Archive } from './archive'
import { partOf } from './array-plan'
import type { StoredPicture } from './picture-table'
import type { Reading } from './reading'

const MOST_FILES = 2_000_000
const MOST_DEPTH = 8
/** Files that lie beside pictures and are about them, or are left by systems. */
const IS_ABOUT = /(^|\/)(readme|licen[cs]e|sources?|thumbs\.db|desktop\.ini)[^/]*$|\.(md|txt|html?|pdf|py|m|r|sh|log)$/i
const MOST_ENTRY_BYTES = 256 * 1024 * 1024

/** Whether a path looks like that of a picture. */
export function isPicturePath(path: string): boolean {
  return /\.(png|jpe?g|jfif|bmp|gif|webp|tiff?|p[bgpn]m)$/i.test(path) && !isHidden(path)
}

/** Whether a path lies in a hidden folder or is hidden itself, as what systems leave beside the files of a person. */
export function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX')
}

/** The pictures in a folder and the folders in it, and what is said of the other files. Links to folders are not followed. */
export async function picturesInFolder(
  folder: string,
  reading: Reading,
): Promise<{ readonly pictures: StoredPicture[]; readonly note: string | null }> {
  const files = await filesBelow(folder, '', 0, reading)
  const paths = files.filter(isPicturePath)
  const pictures: (StoredPicture & { path: string })[] = []
  const places = placesOf(paths)
  for (const [i, path] of paths.entries()) {
    await reading.pause()
    const whole = join(folder, path)
    const { size } = await stat(whole)
    pictures.push({
      path,
      name: quoted(path),
      ...places[i],
      size,
      first: (bytes) => withFile(whole, (source) => source.read(0, Math.min(bytes, source.size))),
      all: () => withFile(whole, (source) => source.read(0, source.size)),
    })
  }
  return { pictures: pictures.sort(byPartAndPath), note: passedOverNote('The folder', files) }
}

/** The pictures in a zip or tar file. */
export function picturesInArchive(archive: Archive, reading: Reading): StoredPicture[] {
  const paths = archive.names.filter(isPicturePath)
  const places = placesOf(paths)
  const pictures = paths.map((path, i) => ({
    path,
    name: quoted(path),
    ...places[i],
    size: archive.entries.get(path)?.size ?? 0,
    first: (bytes: number) => archive.firstBytes(path, bytes, reading),
    all: () => archive.read(path, MOST_ENTRY_BYTES, reading),
  }))
  return pictures.sort(byPartAndPath)
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
        `The folder ${folder} holds more than ${MOST_FILES} files.`,
        'Choose a folder with fewer files.',
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
      `The folder ${folder} holds a file whose name is not UTF-8: ${quoted(path)}.`,
      'Rename it, or choose another folder.',
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

/** The sentence that tells of files beside pictures that are none; null if there are none of data. */
export function passedOverNote(where: string, paths: readonly string[]): string | null {
  const others = paths.filter((path) => !isPicturePath(path) && !isHidden(path) && !IS_ABOUT.test(path))
  if (others.length === 0) return null
  const listed = others.slice(0, 4).map(quoted).join(', ') + (others.length > 4 ? ', …' : '')
  const files = others.length === 1 ? '1 file' : `${others.length} files`
  return `${where} holds ${files} beside its pictures that were left out: ${listed}.`
}

const natural = new Intl.Collator('en', { numeric: true })

function byPartAndPath(
  a: { readonly part: PartName; readonly path: string },
  b: { readonly part: PartName; readonly path: string },
): number {
  return PART_NAMES.indexOf(a.part) - PART_NAMES.indexOf(b.part) || natural.compare(a.path, b.path)
}
