import { DEPTH, LARGE_TILE, SMALL_TILE, TALL_TILE, type Tile } from './wgsl/tile'

/** Multiply-adds from which a product is large: below, many small workgroups keep a GPU busier. */
const LARGE_WORK = 2 ** 27
/** Workgroups that fill a large GPU, several to a multiprocessor. */
const FILLING = { small: 1024, large: 480 }
/** Blocks of terms that a part has at least, on average over a staircase half as many. */
const LEAST_CHUNKS = 8
const MOST_PARTS = 32
/** Multiply-adds of one dispatch at most: 40 ms on an integrated GPU that makes 200 billion a second. */
const MOST_WORK = 8e9

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
  return Math.ceil(units / LARGE_TILE.rows) * Math.ceil(below / LARGE_TILE.columns) >= FILLING.large ? LARGE_TILE : SMALL_TILE
}

/**
 * Cuts `count` tiles into runs, one dispatch each, so that no dispatch takes long and the desktop stays smooth.
 * @param work multiply-adds of one tile
 */
export function runsOf(count: number, work: number): { readonly first: number; readonly count: number }[] {
  const most = Math.max(1, Math.floor(MOST_WORK / work))
  return Array.from({ length: Math.ceil(count / most) }, (_, i) => ({ first: i * most, count: Math.min(most, count - i * most) }))
}
