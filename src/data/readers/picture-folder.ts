import { lstat, opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { quoted, StudioError } from '../../base/failure'
import { withFile } from '../file-source'
import { PART_NAMES, type PartName } from '../table'
import { partOf } from './array-table'
import type { StoredPicture } from './picture-table'
import type { Reading } from './reading'
import type { ZipArchive } from './zip-archive'

const MOST_FILES = 2_000_000
const MOST_DEPTH = 8
const MOST_ENTRY_BYTES = 256 * 1024 * 1024

/** Whether a path looks like that of a picture. */
export function isPicturePath(path: string): boolean {
  return /\.(png|jpe?g|bmp|gif)$/i.test(path) && !isHidden(path)
}

/** Whether a path lies in a hidden folder or is hidden itself, as what systems leave beside the files of a person. */
export function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX')
}

/** The pictures in a folder and the folders in it. Links to folders are not followed. */
export async function picturesInFolder(folder: string, reading: Reading): Promise<StoredPicture[]> {
  const paths = (await filesBelow(folder, '', 0, reading)).filter(isPicturePath)
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
  return pictures.sort(byPartAndPath)
}

/** The pictures in a zip file. */
export function picturesInZip(archive: ZipArchive, reading: Reading): StoredPicture[] {
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
 * The part and the label of each path: folders called train, valid or test are parts; the innermost other folder is
 * the label, if there are several.
 */
function placesOf(paths: readonly string[]): { readonly part: PartName; readonly label: string | null }[] {
  const places = paths.map((path) => {
    const folders = path.split('/').slice(0, -1)
    const part: PartName = folders.map(partOf).find((name) => name !== 'all') ?? 'all'
    return { part, label: folders.filter((folder) => partOf(folder) === 'all').at(-1) ?? null }
  })
  return new Set(places.map(({ label }) => label)).size > 1 ? places : places.map(({ part }) => ({ part, label: null }))
}

const natural = new Intl.Collator('en', { numeric: true })

function byPartAndPath(
  a: { readonly part: PartName; readonly path: string },
  b: { readonly part: PartName; readonly path: string },
): number {
  return PART_NAMES.indexOf(a.part) - PART_NAMES.indexOf(b.part) || natural.compare(a.path, b.path)
}
