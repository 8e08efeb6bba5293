import { writeFile } from 'node:fs/promises'
import { zipSync } from 'fflate'
import type { BitMatrix } from '../../src/data/bit-matrix'
import { encodeNpy } from '../../src/data/npy'

/** Writes a data set as numpy.savez would. */
export async function writeNpz(path: string, splits: Readonly<Record<string, BitMatrix>>): Promise<void> {
  const entries = Object.entries(splits).map(([name, rows]) => [
    `${name}.npy`,
    encodeNpy([rows.rows, rows.columns], rows.toBytes()),
  ])
  await writeFile(path, zipSync(Object.fromEntries(entries) as Record<string, Uint8Array>))
}
