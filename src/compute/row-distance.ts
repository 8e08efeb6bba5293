import { BitMatrix } from '../data/bit-matrix'
import { labelColumns, variablesOf, type VariableSpec } from '../made/variables'
import type { Evidence } from '../questions/evidence'

/** How many bits of a word are ones. */
export function popcount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** In how many variables rows differ, their label apart. */
export class RowDistance {
  private readonly binary: Uint32Array
  private readonly categorical: Uint32Array

  constructor(spec: VariableSpec) {
    const label = labelColumns(spec)
    const { count, columns, kinds, first } = variablesOf(spec)
    const masks = { binary: new BitMatrix(1, columns), categorical: new BitMatrix(1, columns) }
    for (let variable = 0; variable < count; variable++)
      if (variable !== label?.variable)
        for (let d = first[variable]; d < first[variable + 1]; d++) masks[kinds[variable]].set(0, d)
    this.binary = masks.binary.words
    this.categorical = masks.categorical.words
  }

  /** Between row `a` of some rows and row `b` of others. Two values of one category differ in two bits, which count as one. */
  between(some: BitMatrix, a: number, others: BitMatrix, b: number): number {
    const words = some.wordsPerRow
    let [binary, categorical] = [0, 0]
    for (let i = 0, p = a * words, q = b * words; i < words; i++, p++, q++) {
      const different = some.words[p] ^ others.words[q]
      if (different === 0) continue
      binary += popcount(different & this.binary[i])
      categorical += popcount(different & this.categorical[i])
    }
    return binary + categorical / 2
  }

  /** The distance of a row to the nearest of others. */
  toNearest(row: number, of: BitMatrix, others: BitMatrix): number {
    let nearest = Infinity
    for (let other = 0; other < others.rows; other++) nearest = Math.min(nearest, this.between(of, row, others, other))
    return nearest
  }

  /** The numbers of the rows that are nearest to a row `[1, D]`, the nearest first, with their distances. */
  nearest(row: BitMatrix, others: BitMatrix, count: number): { readonly number: number; readonly distance: number }[] {
    const all = Float64Array.from({ length: others.rows }, (_, other) => this.between(row, 0, others, other))
    return Array.from(all.keys())
      .sort((a, b) => all[a] - all[b] || a - b)
      .slice(0, count)
      .map((number) => ({ number, distance: all[number] }))
  }
}

/**
 * How many rows have the evidence.
 * @param known which variables of each row are known, `[rows, V]`: a row that lacks one of the evidence does not have it
 */
export function countRows(spec: VariableSpec, rows: BitMatrix, evidence: Evidence, known?: BitMatrix): number {
  const { count, columns, kinds, first } = variablesOf(spec)
  const binary = new BitMatrix(1, columns)
  const asked: number[] = []
  for (let variable = 0; variable < count; variable++) {
    if (evidence.known.get(0, first[variable]) === 0) continue
    asked.push(variable)
    if (kinds[variable] === 'binary') binary.set(0, first[variable])
  }
  const words = rows.wordsPerRow
  const isMet = (row: number): boolean => {
    if (known && !asked.every((variable) => known.get(row, variable) === 1)) return false
    for (let i = 0, at = row * words; i < words; i++, at++) {
      const [has, may, must] = [rows.words[at], evidence.bits.words[i], evidence.bits.words[i] & binary.words[i]]
      if ((has & evidence.known.words[i] & ~may) !== 0 || (must & ~has) !== 0) return false
    }
    return true
  }
  let met = 0
  for (let row = 0; row < rows.rows; row++) if (isMet(row)) met++
  return met
}
