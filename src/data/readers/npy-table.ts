import { quoted, StudioError } from '../../base/failure'
import { readNpyArray, readNpyHeader } from '../npy'
import type { PartName } from '../table'
import type { StoredArray } from './array-plan'
import { allBytes, type Content } from './content'
import type { Reading } from './reading'
import type { ZipArchive } from './zip-archive'

/** The most bytes that one array may unpack to: 1 GiB, twenty-odd times the training rows of MNIST. */
export const MOST_ARRAY_BYTES = 1024 ** 3
/** Enough for the header of any plain array. */
const HEADER_BYTES = 4096

/** The array of a .npy file, perhaps gzipped. */
export function npyFile(content: Content, part: PartName | null, reading: Reading): StoredArray {
  const { name } = content
  return storedNpy(name.replace(/\.npy(\.(gz|bz2|xz|zst))?$/i, ''), part, content.head, () =>
    allBytes(content, '.npy', reading, { most: MOST_ARRAY_BYTES }),
  )
}

/**
 * The arrays of a .npz file; what in it is no .npy array is refused when it is asked for.
 * @throws StudioError 'damaged-file' or 'too-large'
 */
export async function npzFile(
  archive: ZipArchive,
  part: PartName | null,
  reading: Reading,
  mostArrayBytes = MOST_ARRAY_BYTES,
): Promise<StoredArray[]> {
  const arrays: StoredArray[] = []
  for (const { name, size } of archive.entries.values()) {
    // A small one is read whole, so that its checksum is looked at: damaged, it might be passed over for something else.
    const start =
      size <= HEADER_BYTES
        ? await archive.read(name, HEADER_BYTES, reading)
        : await archive.firstBytes(name, HEADER_BYTES, reading)
    arrays.push(storedNpy(name.replace(/\.npy$/i, ''), part, start, () => archive.read(name, mostArrayBytes, reading)))
  }
  return arrays
}

function storedNpy(
  name: string,
  part: PartName | null,
  start: Uint8Array,
  bytes: () => Promise<Uint8Array>,
): StoredArray {
  const what = `array ${quoted(name)}`
  const load: StoredArray['load'] = async () => readNpyArray(await bytes(), name, what)
  try {
    return { name, part, shape: readNpyHeader(start, what).shape, refusal: null, load }
  } catch (cause) {
    if (!(cause instanceof StudioError)) throw cause
    return { name, part, shape: [], refusal: cause, load }
  }
}
