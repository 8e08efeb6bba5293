import { quoted, StudioError } from '../made/failure'
import type { ByteSource } from '../made/safetensors'
import type { BitMatrix } from './bit-matrix'
import { readNpyBits } from './npy'
import { SPLITS, type Split } from './split'
import { ZipArchive } from './zip'

/** The most bytes that one array may unpack to: 1 GiB, twenty-odd times the training rows of MNIST. */
export const MOST_ARRAY_BYTES = 1024 ** 3

/**
 * Reads a .npz file that holds the arrays train, valid and test of zeros and ones, `[rows, columns]` each with the same
 * columns; other arrays are left alone. Sizes are checked before anything is unpacked.
 * @throws StudioError 'unknown-format', 'damaged-file', 'invalid-data' or 'too-large'
 */
export async function readNpz(
  source: ByteSource,
  mostArrayBytes = MOST_ARRAY_BYTES,
): Promise<Record<Split, BitMatrix>> {
  const archive = await ZipArchive.open(source)
  for (const split of SPLITS) if (!archive.has(entryName(split))) throw missing(split, archive.names)
  const read = async (split: Split): Promise<BitMatrix> =>
    readNpyBits(await archive.read(entryName(split), mostArrayBytes), `array "${split}"`)
  // One after another: only one array is held unpacked at a time.
  const splits = { train: await read('train'), valid: await read('valid'), test: await read('test') }
  for (const split of SPLITS)
    if (splits[split].columns !== splits.train.columns)
      throw new StudioError(
        'invalid-data',
        `The array "${split}" has ${splits[split].columns} columns where "train" has ${splits.train.columns}.`,
        'All three arrays must describe the same bits in the same order.',
      )
  return splits
}

function entryName(split: Split): string {
  return `${split}.npy`
}

function missing(split: Split, names: readonly string[]): StudioError {
  const found = names
    .slice(0, 8)
    .map((name) => quoted(name.replace(/\.npy$/, '')))
    .join(', ')
  return new StudioError(
    'invalid-data',
    `The file has no array named "${split}".`,
    `It must hold arrays named "train", "valid" and "test"; it holds ${found === '' ? 'none' : found}.`,
  )
}
