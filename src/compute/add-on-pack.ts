import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { StudioError } from '../base/failure'
import { withFile } from '../data/file-source'
import { Reading } from '../data/readers/reading'
import { ZipArchive } from '../data/readers/zip-archive'
import { replaceFolder, type FolderFile } from '../files/whole-folder'
import { say } from '../words/say'
import { addOnManifestSchema, MANIFEST, MOST_ADD_ON_BYTES, type AddOnManifest } from '../shared/add-on'

const MOST_MANIFEST_BYTES = 30_000_000
const AGAIN = say('compute.add-on.again')

/**
 * Unpacks an add-on pack into its folder, in place of the one that may be there. All that it says is checked, every file
 * against its hash, before anything takes its place.
 * @returns the version of what is in it
 * @throws StudioError 'unknown-format', 'damaged-file', 'too-large', 'disk-full' or 'not-writable'
 */
export function unpackAddOn(
  path: string,
  folder: string,
  system = { platform: process.platform as string, arch: process.arch as string },
): Promise<string> {
  const name = basename(path)
  return withFile(path, async (source) => {
    const reading = new Reading({}, source.size)
    const zip = await ZipArchive.open(source, name, reading)
    const text = zip.entries.has(MANIFEST) ? await zip.read(MANIFEST, MOST_MANIFEST_BYTES, reading) : null
    const manifest = text === null ? null : manifestIn(new TextDecoder().decode(text))
    if (text === null || manifest === null)
      throw new StudioError(
        'unknown-format',
        say('compute.add-on.not-one', { name }),
        say('compute.add-on.not-one.hint'),
      )
    requireFor(manifest, system, name)
    requireSameFiles(manifest, zip, name)
    const total = [...zip.entries.values()].reduce((sum, { size }) => sum + size, 0)
    if (total > MOST_ADD_ON_BYTES) throw new StudioError('too-large', say('compute.add-on.too-large', { name }), AGAIN)
    await replaceFolder(folder, filesOf(manifest, text, zip, reading, name))
    return manifest.packageVersion
  })
}

/** The version of the add-on that is installed in a folder; null if none is that can be used. */
export async function installedAddOn(folder: string): Promise<string | null> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => null)
  return text === null ? null : (manifestIn(text)?.packageVersion ?? null)
}

function manifestIn(text: string): AddOnManifest | null {
  try {
    return addOnManifestSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    // What is not JSON is no manifest.
    return null
  }
}

function requireFor({ platform, arch }: AddOnManifest, here: { platform: string; arch: string }, name: string): void {
  if (platform === here.platform && arch === here.arch) return
  throw new StudioError(
    'unknown-format',
    say('compute.add-on.other-computer', {
      name,
      made: `${platform} ${arch}`,
      here: `${here.platform} ${here.arch}`,
    }),
    say('compute.add-on.other-computer.hint'),
  )
}

function requireSameFiles({ files }: AddOnManifest, zip: ZipArchive, name: string): void {
  const listed = new Set(files.map((file) => file.name))
  const held = zip.names.filter((one) => one !== MANIFEST)
  const isSame = listed.size === files.length && held.length === files.length && held.every((one) => listed.has(one))
  if (!isSame || held.some((one) => !isWithin(one)))
    throw new StudioError('damaged-file', say('compute.add-on.other-files', { name }), AGAIN)
}

/** Whether a name leads to a place within the folder, on every system. */
function isWithin(name: string): boolean {
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\:\0]/.test(part))
}

async function* filesOf(
  { files }: AddOnManifest,
  manifest: Uint8Array,
  zip: ZipArchive,
  reading: Reading,
  name: string,
): AsyncGenerator<FolderFile> {
  for (const file of files) yield { name: file.name, pieces: hashed(zip.chunks(file.name, reading), file.sha256, name) }
  yield { name: MANIFEST, pieces: [manifest] }
}

/** Bytes as they come; at the end their hash is compared. */
async function* hashed(pieces: AsyncIterable<Uint8Array>, sha256: string, name: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  for await (const piece of pieces) {
    hash.update(piece)
    yield piece
  }
  if (hash.digest('hex') !== sha256)
    throw new StudioError('damaged-file', say('compute.add-on.damaged', { name }), AGAIN)
}
