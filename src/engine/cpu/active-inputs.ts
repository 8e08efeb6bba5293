import type { BitMatrix } from '../../data/bit-matrix'
import type { Arrangement } from '../arrangement'

/**
 * The ones of a block of rows, as lists in the sorted order of the inputs, which is by place. Sums over the first layer and over direct connections run
 * over these lists, so that zeros cost nothing.
 */
export class ActiveInputs {
  /** Row b's list starts at b·D in both lists and holds `count[b]` entries. */
  readonly inputs: Int32Array
  /** The same ones as sorted positions, ascending. */
  readonly places: Int32Array
  readonly count: Int32Array
  /** Entry b·(D+1) + s is how many ones row b has among the first s sorted inputs. */
  readonly upTo: Int32Array

  constructor(
    readonly most: number,
    readonly dimensions: number,
  ) {
    this.inputs = new Int32Array(most * dimensions)
    this.places = new Int32Array(most * dimensions)
    this.count = new Int32Array(most)
    this.upTo = new Int32Array(most * (dimensions + 1))
  }

  /** Lists the ones of `count` rows of the matrix: those numbered by `rowNumber(0..count−1)`. */
  list(rows: BitMatrix, count: number, rowNumber: (b: number) => number, arrangement: Arrangement): void {
    this.clear(count)
    for (let b = 0; b < count; b++) {
      const row = rowNumber(b)
      for (let t = 0; t < this.dimensions; t++) {
        const input = arrangement.inputAt[t]
        if (rows.get(row, input) === 1) this.append(b, input, t)
        else this.skip(b, t)
      }
    }
  }

  /** Empties the lists of the first `count` rows. */
  clear(count: number): void {
    this.count.fill(0, 0, count)
    for (let b = 0; b < count; b++) this.upTo[b * (this.dimensions + 1)] = 0
  }

  /** Row b has a one at sorted position t, the next one. */
  append(b: number, input: number, t: number): void {
    const at = b * this.dimensions + this.count[b]++
    this.inputs[at] = input
    this.places[at] = t
    this.skip(b, t)
  }

  /** Row b has nothing more at sorted position t, the next one. */
  skip(b: number, t: number): void {
    this.upTo[b * (this.dimensions + 1) + t + 1] = this.count[b]
  }

  /** Writes which of the `columns` sorted inputs from `first` on is a one in each row, counted from 0; −1 if none is. */
  listOnes(first: number, columns: number, rows: number, ones: Int32Array): void {
    const { upTo, dimensions } = this
    for (let b = 0; b < rows; b++) {
      const start = b * (dimensions + 1) + first
      const before = upTo[start]
      ones[b] = -1
      if (upTo[start + columns] === before) continue
      for (let c = 0; ones[b] < 0; c++) if (upTo[start + c + 1] > before) ones[b] = c
    }
  }
}
