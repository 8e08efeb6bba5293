import { zipSync } from 'fflate'

/** A .npy file put together by hand; `dictionary` is the text of its header. */
export function npy(dictionary: string, data: Uint8Array = new Uint8Array(), version = 1): Uint8Array {
  const text = new TextEncoder().encode(`${dictionary}\n`)
  const prefix = new Uint8Array(version === 1 ? 10 : 12)
  prefix.set([0x93, ...new TextEncoder().encode('NUMPY'), version, 0])
  const view = new DataView(prefix.buffer)
  if (version === 1) view.setUint16(8, text.length, true)
  else view.setUint32(8, text.length, true)
  return new Uint8Array([...prefix, ...text, ...data])
}

/** The dictionary of a .npy header. */
export function header(type: string, shape: string, fortran = false): string {
  return `{'descr': '${type}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape}, }`
}

/** A small array of the type uint8, `[rows, columns]`, of zeros unless told otherwise. */
export function bytesArray(rows: number, columns: number, values: readonly number[] = []): Uint8Array {
  const data = new Uint8Array(rows * columns)
  data.set(values)
  return npy(header('|u1', `(${rows}, ${columns})`), data)
}

/** A .npz file of those arrays, written by fflate: independent of the reader under test. */
export function npz(arrays: Readonly<Record<string, Uint8Array>>, level: 0 | 6 = 6): Uint8Array {
  const entries = Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes] as const)
  return zipSync(Object.fromEntries(entries), { level })
}
