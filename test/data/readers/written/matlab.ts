/** A matrix to write, its values row by row. */
export interface WrittenMatrix {
  readonly name: string
  readonly rows: number
  readonly columns: number
  readonly values: readonly number[]
}

const [INT8, INT32, UINT32, DOUBLE, MATRIX] = [1, 5, 6, 9, 14]
const DOUBLE_CLASS = 6

/** A MATLAB file (level 5) of matrices of doubles without compression: independent of the reader under test. */
export function matlab(matrices: readonly WrittenMatrix[]): Uint8Array {
  const head = new Uint8Array(128).fill(32)
  head.set(new TextEncoder().encode('MATLAB 5.0 MAT-file'))
  head.set([0, 1, 0x49, 0x4d], 124)
  return joined([head, ...matrices.map(element)])
}

function element({ name, rows, columns, values }: WrittenMatrix): Uint8Array {
  const doubles = new DataView(new ArrayBuffer(8 * values.length))
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      doubles.setFloat64(8 * (column * rows + row), values[row * columns + column], true)
  return tagged(
    MATRIX,
    joined([
      tagged(UINT32, words([DOUBLE_CLASS, 0])),
      tagged(INT32, words([rows, columns])),
      tagged(INT8, new TextEncoder().encode(name)),
      tagged(DOUBLE, new Uint8Array(doubles.buffer)),
    ]),
  )
}

/** Data with what they are and how long before them, filled up to eight bytes. */
function tagged(type: number, data: Uint8Array): Uint8Array {
  return joined([words([type, data.length]), data, new Uint8Array((8 - (data.length % 8)) % 8)])
}

function words(values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length))
  values.forEach((value, i) => view.setUint32(4 * i, value, true))
  return new Uint8Array(view.buffer)
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}
