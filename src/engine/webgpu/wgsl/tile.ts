/** The reduction of a product advances by so many terms at a time. */
export const DEPTH = 16

/** How a product is cut: a workgroup makes `rows`×`columns` results, a thread `threadRows`×`threadColumns` (4 or 8 each). */
export interface Tile {
  readonly name: string
  readonly rows: number
  readonly columns: number
  readonly threadRows: number
  readonly threadColumns: number
}

/** Many workgroups, for small products: 8 multiply-adds for each number read from workgroup memory and thread. */
export const SMALL_TILE: Tile = { name: 'small', rows: 32, columns: 32, threadRows: 4, threadColumns: 4 }
/** Few reads of memory for each multiply-add, for large products. 12 KB of workgroup memory: every adapter has 16. */
export const LARGE_TILE: Tile = { name: 'large', rows: 64, columns: 128, threadRows: 8, threadColumns: 8 }

/** The same for minibatches of about a hundred rows, which two large tiles fit badly. 15 KB of workgroup memory. */
export const TALL_TILE: Tile = { ...LARGE_TILE, name: 'tall', rows: 104 }

export function threadsOf(tile: Tile): number {
  return (tile.rows / tile.threadRows) * (tile.columns / tile.threadColumns)
}

/** The loops that every product shares, as WGSL. */
export interface TileCode {
  /** Declarations at module scope. */
  readonly declarations: string
  /** In `main`: the accumulators. */
  readonly begin: string
  /** In `main`: adds up the blocks of DEPTH terms numbered `chunk`..`lastChunk`−1 (variables of the kernel). */
  readonly loop: string
  /** The results of a thread: `column` is the vec4 column within the tile, `row` the row within the tile. */
  readonly results: readonly { readonly row: string; readonly column: string; readonly value: string }[]
}

/**
 * Writes the loops for a tile. The kernel gives `loadLeft(q, chunk)` and `loadRight(q, chunk)`, which return block q of
 * an operand, 4 rows of the tile (or columns) by 4 terms, as four vec4f that lie along the terms (`transposed`) or
 * along the rows (or columns) of the tile. Numbers are loaded for the next block while this one is added up.
 */
export function tileCode(tile: Tile, transposed: { readonly left: boolean; readonly right: boolean }): TileCode {
  const { rows, columns, threadRows, threadColumns } = tile
  const threads = threadsOf(tile)
  const blocks = rows + columns
  const perThread = Math.ceil(blocks / threads)
  const loads = Array.from({ length: perThread }, (_, i) => i)
  const [rowGroups, columnGroups] = [threadRows / 4, threadColumns / 4]
  const guarded = (i: number, statement: string): string =>
    (i + 1) * threads <= blocks ? statement : `if (tid + ${i * threads}u < ${blocks}u) { ${statement} }`
  const fetch = (chunk: string): string =>
    loads.map((i) => guarded(i, `held${i} = load(tid + ${i * threads}u, ${chunk});`)).join('\n')
  const accumulator = (g: number, i: number, h: number): string => `sum${g}_${i}_${h}`
  const each = <T>(visit: (g: number, i: number, h: number) => T): T[] =>
    Array.from({ length: rowGroups * 4 * columnGroups }, (_, n) => {
      const h = n % columnGroups
      const i = Math.floor(n / columnGroups) % 4
      return visit(Math.floor(n / columnGroups / 4), i, h)
    })

  const declarations = /* wgsl */ `
var<workgroup> left: array<vec4f, ${(DEPTH * rows) / 4}>;
var<workgroup> right: array<vec4f, ${(DEPTH * columns) / 4}>;

fn load(q: u32, chunk: u32) -> mat4x4f {
  if (q < ${rows}u) { return loadLeft(q, chunk); }
  return loadRight(q - ${rows}u, chunk);
}

fn store(q: u32, block: mat4x4f) {
  if (q < ${rows}u) { ${storing('left', 'q', rows, transposed.left)} }
  else { ${storing('right', `(q - ${rows}u)`, columns, transposed.right)} }
}
`

  const begin = [
    `let threadColumn = tid % ${columns / threadColumns}u;`,
    `let threadRow = tid / ${columns / threadColumns}u;`,
    ...each((g, i, h) => `var ${accumulator(g, i, h)} = vec4f();`),
    ...loads.map((i) => `var held${i} = mat4x4f();`),
  ].join('\n')

  const leftAt = (g: number): string => `left[k * ${rows / 4}u + ${(g * rows) / rowGroups / 4}u + threadRow]`
  const rightAt = (h: number): string =>
    `right[k * ${columns / 4}u + ${(h * columns) / columnGroups / 4}u + threadColumn]`
  const loop = /* wgsl */ `
if (chunk < lastChunk) {
  ${fetch('chunk')}
}
for (; chunk < lastChunk; chunk++) {
  ${loads.map((i) => guarded(i, `store(tid + ${i * threads}u, held${i});`)).join('\n')}
  workgroupBarrier();
  if (chunk + 1u < lastChunk) {
    ${fetch('chunk + 1u')}
  }
  for (var k = 0u; k < ${DEPTH}u; k++) {
    ${Array.from({ length: rowGroups }, (_, g) => `let a${g} = ${leftAt(g)};`).join('\n')}
    ${Array.from({ length: columnGroups }, (_, h) => `let b${h} = ${rightAt(h)};`).join('\n')}
    ${each((g, i, h) => `${accumulator(g, i, h)} = fma(vec4f(a${g}.${'xyzw'[i]}), b${h}, ${accumulator(g, i, h)});`).join('\n')}
  }
  workgroupBarrier();
}
`
  const results = each((g, i, h) => ({
    row: `${(g * rows) / rowGroups}u + 4u * threadRow + ${i}u`,
    column: `${(h * columns) / columnGroups / 4}u + threadColumn`,
    value: accumulator(g, i, h),
  }))
  return { declarations, begin, loop, results }
}

/** Stores block q of an operand in workgroup memory, which holds it term by term. */
function storing(operand: string, q: string, size: number, isTransposed: boolean): string {
  const across = isTransposed ? 'transpose(block)' : 'block'
  const at = isTransposed ? `${q} % 4u * ${size}u + ${q} / 4u` : `${q} / ${size / 4}u * ${size}u + ${q} % ${size / 4}u`
  return `let across = ${across}; let at = ${at}; for (var i = 0u; i < 4u; i++) { ${operand}[at + i * ${size / 4}u] = across[i]; }`
}
