/** An IDX file of unsigned bytes. */
export function idx(sizes: readonly number[], values: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * sizes.length + values.length)
  const view = new DataView(bytes.buffer)
  bytes.set([0, 0, 8, sizes.length])
  sizes.forEach((size, i) => view.setUint32(4 + 4 * i, size))
  bytes.set(values, 4 + 4 * sizes.length)
  return bytes
}
