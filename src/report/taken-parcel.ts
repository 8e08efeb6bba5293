import { basename } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { quoted, StudioError } from '../base/failure'
import { withFile } from '../data/file-source'
import { Reading } from '../data/readers/reading'
import { ZipArchive } from '../data/readers/zip-archive'
import { replaceFolder, type FolderFile } from '../files/whole-folder'
import { decodeModel } from '../made/model-file'
import { bytesSource } from '../made/safetensors'
import { folderOfFile } from '../runs/model-run'
import { recordText } from '../runs/run-folder'
import { recordIn, type RunRecord } from '../runs/run-record'
import type { Runs } from '../runs/runs'
import { freeName } from '../shared/free-name'
import { specOf } from '../shared/run-config'
import { say, type Sentence } from '../words/say'
import { PARCEL_FILES } from './parcel'

/** What a run keeps in its folder under another name than in a parcel. */
const BEST = 'best.safetensors'
const SAMPLES = /^samples\/epoch-\d{5}\.npy$/
/** More files than the largest parcel has. */
const MOST_FILES = 5000
const MOST_BYTES = { record: 64 * 2 ** 20, model: 2 ** 31 - 1, metrics: 2 ** 31 - 1, samples: 64 * 2 ** 20 } as const
/** Losses are packed to a few per cent; what is packed to less, and is not small, is none. */
const [MOST_RATIO, FEW_BYTES] = [100, 2 ** 24]
/** How UNIX writes what a file is, and that it is a link, in the attributes of an entry. */
const [KIND, LINK] = [0o170000, 0o120000]

/**
 * Keeps the run of a parcel among other runs; the same parcel is kept once. Of what is in it only what belongs to a run is taken,
 * under names of this program, once all of it was found to be right.
 * @param names that runs have: one of the same gets another
 * @returns the id of the run; null where the zip file is no parcel
 * @throws StudioError 'damaged-file', 'too-large', 'unknown-format', 'newer-version', or what writing throws
 */
export async function keepParcel(
  runs: Runs,
  path: string,
  names: () => Promise<readonly string[]>,
): Promise<string | null> {
  return withFile(path, async (source) => {
    const reading = new Reading({}, source.size)
    const zip = await ZipArchive.open(source, basename(path), reading)
    if (!zip.entries.has(PARCEL_FILES.record) || !zip.entries.has(PARCEL_FILES.model)) return null
    refuseStrange(zip)
    const folder = await folderOfFile(runs, 'parcel', path)
    if (await folder.exists()) return folder.id
    const text = new TextDecoder().decode(await zip.read(PARCEL_FILES.record, MOST_BYTES.record, reading))
    const record = recordIn(text, say('parcel.it', { file: basename(path) }))
    if (!record) throw damaged(say('parcel.damaged.record'))
    const model = await zip.read(PARCEL_FILES.model, MOST_BYTES.model, reading)
    await requireModelOf(record, model)
    const kept = recordText(ownRecord(record, await names()))
    await replaceFolder(folder.path, filesOf(zip, kept, model, reading))
    return folder.id
  })
}

/** @throws StudioError 'damaged-file' or 'too-large' for what no parcel of this program has */
function refuseStrange({ entries }: ZipArchive): void {
  if (entries.size > MOST_FILES)
    throw new StudioError(
      'too-large',
      say('parcel.many-files', { files: entries.size, most: MOST_FILES }),
      say('parcel.damaged.hint'),
    )
  const { metrics } = PARCEL_FILES
  for (const { name, size, entry } of entries.values()) {
    const isBomb = size > FEW_BYTES && size > MOST_RATIO * entry.compressedSize
    if (name === metrics && (isBomb || size > MOST_BYTES.metrics))
      throw new StudioError('too-large', say('parcel.part-large', { part: name }), say('parcel.damaged.hint'))
    const isLink = ((entry.externalFileAttributes >>> 16) & KIND) === LINK
    const isWithin = !name.startsWith('/') && !/[\\:\0]/.test(name) && !name.split('/').includes('..')
    if (isLink || !isWithin) throw damaged(say('parcel.damaged.strange', { part: quoted(name) }))
  }
}

/** @throws StudioError as `decodeModel`, or 'damaged-file' for the model of another run */
async function requireModelOf(record: RunRecord, bytes: Uint8Array): Promise<void> {
  const { spec } = await decodeModel(bytesSource(bytes))
  if (!isDeepStrictEqual(spec, specOf(record.config, record.data))) throw damaged(say('parcel.damaged.other-model'))
}

/** What was under way elsewhere is not so here. */
function ownRecord(record: RunRecord, names: readonly string[]): RunRecord {
  const status = record.status === 'training' ? 'paused' : record.status
  return { ...record, status, name: freeName(record.name, names) }
}

async function* filesOf(
  zip: ZipArchive,
  record: string,
  model: Uint8Array,
  reading: Reading,
): AsyncGenerator<FolderFile> {
  if (zip.entries.has(PARCEL_FILES.metrics)) {
    yield { name: PARCEL_FILES.metrics, pieces: zip.chunks(PARCEL_FILES.metrics, reading) }
  }
  for (const name of zip.names.filter((one) => SAMPLES.test(one)))
    yield { name, pieces: [await zip.read(name, MOST_BYTES.samples, reading)] }
  yield { name: BEST, pieces: [model] }
  yield { name: PARCEL_FILES.record, pieces: [new TextEncoder().encode(record)] }
}

function damaged(why: Sentence): StudioError {
  return new StudioError('damaged-file', why, say('parcel.damaged.hint'))
}
