import { defineKernel, reads, writes } from '../kernel'
import { DEPTH, threadsOf, tileCode, type Tile } from './tile'

/** Degrees are looked up, and the reach of masks is tabled, for so many units at a time. */
export const GRANULE = 32

const FIELDS = {
  /** Rows of the left operand. */
  rows: 'u32',
  /** Where the left operand begins, its pitch and the pitch of the weights, in vec4. */
  leftFirst: 'u32',
  leftPitch: 'u32',
  weightPitch: 'u32',
  /** The first column of the results, a multiple of GRANULE, and one past the last. */
  first: 'u32',
  end: 'u32',
  /** Where the degrees of the layer above and below begin in `connectivity`, and the table of reaches. */
  unitDegrees: 'u32',
  belowDegrees: 'u32',
  reaches: 'u32',
  /** Terms at this position or after are left out. */
  limit: 'u32',
  /** The sum is cut into so many parts, written one after another `partStride` vec4 apart. */
  parts: 'u32',
  firstPart: 'u32',
  partStride: 'u32',
  outPitch: 'u32',
  /** Added to where a result goes, in vec4; wraps round, so that it may be negative. */
  outAt: 'u32',
} as const

const BINDINGS = {
  leftOperand: reads('vec4f'),
  weights: reads('vec4f'),
  connectivity: reads('i32'),
  partial: writes('vec4f'),
}

/**
 * out[b][k] = Σ_j in[b][j]·W[k][j], forward through the masked weights of a layer. Units lie in order of degree, so that
 * a block of units reaches "the first n" below: blocks beyond are not visited, the last ones compared degree by degree.
 * `[rows, below]` times `[units, below]` transposed gives `[part][rows, units]`.
 */
export function forwardProduct(tile: Tile) {
  const code = tileCode(tile, { left: true, right: true })
  const body = /* wgsl */ `
${LOAD_ROWS}
fn loadRight(q: u32, chunk: u32) -> mat4x4f {
  let unit = tileColumn + q / 4u * 4u;
  let position = chunk * ${DEPTH}u + q % 4u * 4u;
  var block = mat4x4f();
  let below = degreesAt(d.belowDegrees + position);
  let isBefore = vec4u(position) + vec4u(0u, 1u, 2u, 3u) < vec4u(d.limit);
  for (var i = 0u; i < 4u; i++) {
    if (unit + i < d.end) {
      let kept = vec4i(connectivity[d.unitDegrees + unit + i]) >= below;
      block[i] = select(vec4f(), weights[(unit + i) * d.weightPitch + position / 4u], kept & isBefore);
    }
  }
  return block;
}

${code.declarations}

@compute @workgroup_size(${threadsOf(tile)})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) tid: u32) {
  // The units of highest degree have most to do: they begin first.
  tileColumn = d.first + (groups.x - 1u - group.x) * ${tile.columns}u;
  tileRow = group.y * ${tile.rows}u;
  var reach = 0u;
  for (var g = 0u; g < ${tile.columns / GRANULE}u; g++) {
    reach = max(reach, u32(connectivity[d.reaches + (d.first + (groups.x - 1u - group.x) * ${tile.columns}u) / ${GRANULE}u + g]));
  }
  let chunks = (min(reach, d.limit) + ${DEPTH - 1}u) / ${DEPTH}u;
  var chunk = chunks * group.z / d.parts;
  let lastChunk = chunks * (group.z + 1u) / d.parts;
  ${code.begin}
  ${code.loop}
  let part = d.outAt + (d.firstPart + group.z) * d.partStride;
  ${writeResults(code.results)}
}
`
  return defineKernel(`forward product, ${tile.name} tile`, FIELDS, BINDINGS, body)
}

/**
 * out[b][j] = Σ_k in[b][k]·W[k][j], backward through the masked weights of a layer: `[rows, units]` times
 * `[units, below]` gives `[part][rows, below]`. Its reaches are the first unit that each block below is connected to.
 */
export function backwardProduct(tile: Tile) {
  const code = tileCode(tile, { left: true, right: false })
  const body = /* wgsl */ `
${LOAD_ROWS}
fn loadRight(q: u32, chunk: u32) -> mat4x4f {
  let below = tileColumn + q % ${tile.columns / 4}u * 4u;
  let unit = chunk * ${DEPTH}u + q / ${tile.columns / 4}u * 4u;
  var block = mat4x4f();
  if (below < d.end) {
    let belowDegrees = degreesAt(d.belowDegrees + below);
    let unitDegrees = degreesAt(d.unitDegrees + unit);
    for (var i = 0u; i < 4u; i++) {
      block[i] = select(vec4f(), weights[(unit + i) * d.weightPitch + below / 4u], vec4i(unitDegrees[i]) >= belowDegrees);
    }
  }
  return block;
}

${code.declarations}

@compute @workgroup_size(${threadsOf(tile)})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) tid: u32) {
  tileColumn = d.first + group.x * ${tile.columns}u;
  tileRow = group.y * ${tile.rows}u;
  let firstChunk = u32(connectivity[d.reaches + (d.first + group.x * ${tile.columns}u) / ${GRANULE}u]) / ${DEPTH}u;
  let chunks = d.limit / ${DEPTH}u - firstChunk;
  var chunk = firstChunk + chunks * group.z / d.parts;
  let lastChunk = firstChunk + chunks * (group.z + 1u) / d.parts;
  ${code.begin}
  ${code.loop}
  let part = d.outAt + (d.firstPart + group.z) * d.partStride;
  ${writeResults(code.results)}
}
`
  return defineKernel(`backward product, ${tile.name} tile`, FIELDS, BINDINGS, body)
}

/** The left operand: rows of activations or deltas, which lie along the terms of the sum. */
const LOAD_ROWS = /* wgsl */ `
var<private> tileRow: u32;
var<private> tileColumn: u32;

fn degreesAt(at: u32) -> vec4i {
  return vec4i(connectivity[at], connectivity[at + 1u], connectivity[at + 2u], connectivity[at + 3u]);
}

fn loadLeft(q: u32, chunk: u32) -> mat4x4f {
  let row = tileRow + q / 4u * 4u;
  let position = chunk * ${DEPTH}u + q % 4u * 4u;
  // What lies beyond the limit is not ready, and may be anything.
  let isBefore = vec4u(position) + vec4u(0u, 1u, 2u, 3u) < vec4u(d.limit);
  var block = mat4x4f();
  for (var i = 0u; i < 4u; i++) {
    if (row + i < d.rows) {
      block[i] = select(vec4f(), leftOperand[d.leftFirst + (row + i) * d.leftPitch + position / 4u], isBefore);
    }
  }
  return block;
}
`

function writeResults(results: ReturnType<typeof tileCode>['results']): string {
  return results
    .map(
      ({ row, column, value }) => /* wgsl */ `{
    let row = tileRow + ${row};
    let column = tileColumn / 4u + ${column};
    if (row < d.rows && 4u * column < d.end) { partial[part + row * d.outPitch + column] = ${value}; }
  }`,
    )
    .join('\n')
}
