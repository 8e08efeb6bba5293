/** Where `onesOf` collects, so that only what it returns is allocated. */
let onesFound = new Uint32Array(1024)

function grown(values: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * values.length)
  larger.set(values)
  return larger
}

/** Binary rows, packed 32 to a word: bit d of a row is bit d mod 32 of its word ⌊d/32⌋. */
export class BitMatrix {
  readonly wordsPerRow: number
  readonly words: Uint32Array

  /** @param words the packed rows; zeros if absent. Bits beyond `columns` must be zero. */
  constructor(
    readonly rows: number,
    readonly columns: number,
    words?: Uint32Array,
  ) {
    this.wordsPerRow = Math.ceil(columns / 32)
    const length = rows * this.wordsPerRow
    if (words && words.length !== length) throw new Error(`${words.length} words cannot hold ${rows}×${columns} bits`)
    this.words = words ?? new Uint32Array(length)
  }

  /** Packs `[rows, columns]` bytes, row-major; every byte but zero is a one. */
  static fromBytes(rows: number, columns: number, bytes: ArrayLike<number>): BitMatrix {
    const matrix = new BitMatrix(rows, columns)
    for (let row = 0, i = 0; row < rows; row++)
      for (let column = 0; column < columns; column++, i++) if (bytes[i] !== 0) matrix.set(row, column)
    return matrix
  }

  /** The bit, 0 or 1. */
  get(row: number, column: number): number {
    return (this.words[row * this.wordsPerRow + (column >>> 5)] >>> (column & 31)) & 1
  }

  /** The numbers of the columns in which the row has a one, ascending. */
  onesOf(row: number): Uint32Array {
    const start = row * this.wordsPerRow
    let count = 0
    for (let i = 0; i < this.wordsPerRow; i++)
      for (let word = this.words[start + i]; word !== 0; word &= word - 1) {
        onesFound[count++] = 32 * i + 31 - Math.clz32(word & -word)
        if (count === onesFound.length) onesFound = grown(onesFound)
      }
    return onesFound.slice(0, count)
  }

  /** Makes the bit a one. */
  set(row: number, column: number): void {
    this.words[row * this.wordsPerRow + (column >>> 5)] |= 1 << (column & 31)
  }

  /** Makes the bit a zero. */
  clear(row: number, column: number): void {
    this.words[row * this.wordsPerRow + (column >>> 5)] &= ~(1 << (column & 31))
  }

  /** The rows of those numbers, in that order. */
  select(rowNumbers: ArrayLike<number>): BitMatrix {
    const selected = new BitMatrix(rowNumbers.length, this.columns)
    for (let i = 0; i < rowNumbers.length; i++) {
      const start = rowNumbers[i] * this.wordsPerRow
      selected.words.set(this.words.subarray(start, start + this.wordsPerRow), i * this.wordsPerRow)
    }
    return selected
  }

  /** Rows start..end−1; the memory is shared. */
  slice(start: number, end: number): BitMatrix {
    return new BitMatrix(
      end - start,
      this.columns,
      this.words.subarray(start * this.wordsPerRow, end * this.wordsPerRow),
    )
  }

  /** The first columns of each row, `[rows, columns]`; the matrix itself where these are all. */
  firstColumns(columns: number): BitMatrix {
    if (columns === this.columns) return this
    const first = new BitMatrix(this.rows, columns)
    const rest = columns & 31
    for (let row = 0; row < this.rows; row++) {
      const [from, to] = [row * this.wordsPerRow, row * first.wordsPerRow]
      first.words.set(this.words.subarray(from, from + first.wordsPerRow), to)
      if (rest !== 0) first.words[to + first.wordsPerRow - 1] &= 2 ** rest - 1
    }
    return first
  }

  /** One byte per bit, `[rows, columns]`, 0 or 1. */
  toBytes(): Uint8Array {
    const bytes = new Uint8Array(this.rows * this.columns)
    for (let row = 0, i = 0; row < this.rows; row++)
      for (let column = 0; column < this.columns; column++, i++) bytes[i] = this.get(row, column)
    return bytes
  }

  /** How many rows have a one in each column. */
  columnCounts(): Uint32Array {
    const counts = new Uint32Array(this.columns)
    for (let row = 0; row < this.rows; row++)
      for (let i = 0; i < this.wordsPerRow; i++)
        for (let word = this.words[row * this.wordsPerRow + i]; word !== 0; word &= word - 1)
          counts[32 * i + 31 - Math.clz32(word & -word)]++
    return counts
  }
}
