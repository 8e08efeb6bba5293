import { DEPTH, LARGE_TILE, SMALL_TILE, TALL_TILE, type Tile } from './wgsl/tile'

/** Multiply-adds from which a product is large: below, many small workgroups keep a GPU busier. */
const LARGE_WORK = 2 ** 27
/** Workgroups that fill a large GPU, several to a multiprocessor. */
const FILLING = { small: 1024, large: 480 }
/** Blocks of terms that a part has at least, on average over a staircase half as many. */
const LEAST_CHUNKS = 8
const MOST_PARTS = 32
/** Multiply-adds of one dispatch before anything is known: 50 ms on a slow integrated GPU, which makes 50 billion a second. */
const FIRST_WORK = 2.5e9
/** Multiply-adds in the time in which such a GPU reads or writes one number of 4 bytes, 20 GB a second. */
const MOVING = 10
/** Multiply-adds of one submission: a second there, a tenth of one at 500 billion a second. */
export const SUBMISSION_WORK = 5e10
/** What a dispatch may take where the speed of the GPU is known, and multiply-adds that it has whatever that is. */
const DISPATCH_MS = 30
const LEAST_WORK = 2.5e8

/** How a product of `rows`×`columns` results of `terms` terms is cut: its tile, and in how many parts its sums are made. */
export interface Cut {
  readonly tile: Tile
  readonly parts: number
}

/** The cut depends on sizes alone, so that results do not depend on what was computed before. */
export function cutOf(rows: number, columns: number, terms: number): Cut {
  const tile = productTile(rows, columns, terms)
  const filling = tile === SMALL_TILE ? FILLING.small : FILLING.large
  const tiles = Math.ceil(rows / tile.rows) * Math.ceil(columns / tile.columns)
  const parts = Math.min(MOST_PARTS, Math.floor(terms / DEPTH / LEAST_CHUNKS), Math.round(filling / tiles))
  return { tile, parts: Math.max(1, parts) }
}

/** The tile of a product; of the large ones, the one that fewer rows are missing from. It does not change results. */
export function productTile(rows: number, columns: number, terms: number): Tile {
  if (rows <= SMALL_TILE.rows || rows * columns * terms < LARGE_WORK) return SMALL_TILE
  const covered = (tile: Tile): number => Math.ceil(rows / tile.rows) * tile.rows
  return covered(TALL_TILE) < covered(LARGE_TILE) ? TALL_TILE : LARGE_TILE
}

/** The tile of a weight update, whose sums over the rows are made in one go. */
export function updateTile(units: number, below: number): Tile {
  return Math.ceil(units / LARGE_TILE.rows) * Math.ceil(below / LARGE_TILE.columns) >= FILLING.large
    ? LARGE_TILE
    : SMALL_TILE
}

/** How much one dispatch may have to do, so that the desktop stays smooth: little at first, then what the GPU has shown. */
export class DispatchLimit {
  private most = FIRST_WORK

  /** Multiply-adds of one dispatch at most. */
  get work(): number {
    return this.most
  }

  /** So many multiply-adds took so many milliseconds, all that is not arithmetic included. */
  took(work: number, milliseconds: number): void {
    this.most = Math.max(LEAST_WORK, (work / Math.max(milliseconds, 1)) * DISPATCH_MS)
  }
}

/** The work of reading and writing so many numbers, in multiply-adds. */
export function moving(numbers: number): number {
  return MOVING * numbers
}

/** Tiles of one dispatch: `count` columns of tiles from `first` on, of each `height` tiles from `top` on. */
export interface Run {
  readonly first: number
  readonly count: number
  readonly top: number
  readonly height: number
  /** Its multiply-adds. */
  readonly work: number
}

/**
 * Cuts `columns`×`rows` tiles into runs, one dispatch each: whole columns as far as they are not too much. It does not
 * change results.
 * @param work multiply-adds of one tile
 * @param most of one dispatch; a single tile may have more
 */
export function runsOf(columns: number, rows: number, work: number, most: number): Run[] {
  const count = Math.max(1, Math.floor(most / (work * rows)))
  const height = Math.min(rows, Math.max(1, Math.floor(most / work)))
  const runs: Run[] = []
  for (let first = 0; first < columns; first += count)
    for (let top = 0; top < rows; top += height) {
      const size = { count: Math.min(count, columns - first), height: Math.min(height, rows - top) }
      runs.push({ first, top, ...size, work: size.count * size.height * work })
    }
  return runs
}
