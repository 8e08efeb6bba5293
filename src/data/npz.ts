import { Zip, ZipDeflate } from 'fflate'
import { encodeNpy, type NpyData } from './npy'

/** An array of a .npz file. */
export interface NamedArray {
  readonly name: string
  readonly shape: readonly number[]
  /** Makes its values, row-major, when they are written. */
  readonly values: () => NpyData
}

/** The bytes of a compressed .npz file as a list of pieces; one array is held unpacked at a time. */
export function encodeNpz(arrays: readonly NamedArray[]): Uint8Array[] {
  const pieces: Uint8Array[] = []
  const zip = new Zip((error, piece) => {
    if (error) throw error
    pieces.push(piece)
  })
  for (const { name, shape, values } of arrays) {
    const entry = new ZipDeflate(`${name}.npy`, { level: 6 })
    zip.add(entry)
    entry.push(encodeNpy(shape, values()), true)
  }
  zip.end()
  return pieces
}
