import type { Optimizer } from '../../../made/optimizer'
import { defineKernel, EACH_STRIP, reads, STRIP_FIELDS, writes } from '../kernel'
import { OPTIMIZER_WGSL, optimizerNumber, RATE_FIELDS } from './optimizer'
import { GRANULE } from './product'
import { DEPTH, threadsOf, tileCode, type Tile } from './tile'

/**
 * The update of the weights of a layer: the gradient Σ_b delta[b][k]·in[b][j] is summed in registers and used at once; it
 * is never stored. Weights lie in the order of the store; where that is not the order of the connectivity, `isSorted`
 * is false and the columns of deltas and inputs are found through a table of positions. Blocks that the masks cut off
 * altogether are not visited, single weights are left as they are, their slots included.
 */
export function weightUpdate(tile: Tile, isSorted: boolean, optimizer: Optimizer) {
  const code = tileCode(tile, { left: false, right: false })
  const element = isSorted ? 'vec4f' : 'f32'
  const loadColumns = (buffer: string, table: string): string =>
    isSorted
      ? /* wgsl */ `block[i] = ${buffer}[at / 4u + column / 4u];`
      : /* wgsl */ `block[i] = vec4f(${[0, 1, 2, 3].map((c) => `${buffer}[at + u32(connectivity[d.${table} + column + ${c}u])]`).join(', ')});`
  const loader = (
    name: string,
    columns: number,
    tileFirst: string,
    end: string,
    buffer: string,
    first: string,
    pitch: string,
    table: string,
  ): string => /* wgsl */ `
fn ${name}(q: u32, chunk: u32) -> mat4x4f {
  let column = ${tileFirst} + q % ${columns / 4}u * 4u;
  let row = chunk * ${DEPTH}u + q / ${columns / 4}u * 4u;
  var block = mat4x4f();
  for (var i = 0u; i < 4u; i++) {
    if (row + i < d.rows && column < ${end}) {
      let at = ${first} + (row + i) * ${pitch};
      ${loadColumns(buffer, table)}
    }
  }
  return block;
}`
  const body = /* wgsl */ `
${OPTIMIZER_WGSL}
var<private> tileRow: u32;
var<private> tileColumn: u32;
${loader('loadLeft', tile.rows, 'tileRow', 'd.units', 'deltas', '0u', 'd.deltaPitch', 'unitPositions')}
${loader('loadRight', tile.columns, 'tileColumn', 'd.below', 'inputs', 'd.inputFirst', 'd.inputPitch', 'belowPositions')}
${code.declarations}

fn updateAt(unit: u32, column: u32, gradient: vec4f) {
  if (unit >= d.units || 4u * column >= d.below) { return; }
  let at = d.belowDegrees + 4u * column;
  let below = vec4i(connectivity[at], connectivity[at + 1u], connectivity[at + 2u], connectivity[at + 3u]);
  let kept = vec4i(connectivity[d.unitDegrees + unit]) >= below;
  if (!any(kept)) { return; }
  let i = unit * (d.below / 4u) + column;
  let old = Trained(weights[i], first[min(i, arrayLength(&first) - 1u)], second[min(i, arrayLength(&second) - 1u)]);
  let new_ = updated(old, gradient + d.l2 * old.w);
  weights[i] = select(old.w, new_.w, kept);
  if (OPTIMIZER != 0u) { first[i] = select(old.first, new_.first, kept); }
  if (OPTIMIZER >= 3u) { second[i] = select(old.second, new_.second, kept); }
}

@compute @workgroup_size(${threadsOf(tile)})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) tid: u32) {
  tileColumn = (d.firstColumnTile + group.x) * ${tile.columns}u;
  tileRow = (d.firstTile + group.y) * ${tile.rows}u;
  var highest = -1;
  for (var g = 0u; g < ${tile.rows / GRANULE}u; g++) {
    highest = max(highest, connectivity[d.highest + (d.firstTile + group.y) * ${tile.rows / GRANULE}u + g]);
  }
  var lowest = ${2 ** 30};
  for (var g = 0u; g < ${tile.columns / GRANULE}u; g++) {
    lowest = min(lowest, connectivity[d.lowest + (d.firstColumnTile + group.x) * ${tile.columns / GRANULE}u + g]);
  }
  if (highest < lowest) { return; }
  var chunk = 0u;
  let lastChunk = (d.rows + ${DEPTH - 1}u) / ${DEPTH}u;
  ${code.begin}
  ${code.loop}
  ${code.results.map(({ row, column, value }) => `updateAt(tileRow + ${row}, tileColumn / 4u + ${column}, ${value});`).join('\n  ')}
}
`
  return defineKernel(
    `weight update, ${tile.name} tile, ${isSorted ? 'sorted' : 'unsorted'}`,
    {
      rows: 'u32',
      /** Pitches in numbers; widths of the layer in the store. */
      deltaPitch: 'u32',
      inputFirst: 'u32',
      inputPitch: 'u32',
      units: 'u32',
      below: 'u32',
      firstTile: 'u32',
      firstColumnTile: 'u32',
      /** Tables of `connectivity`, by place in the store: degrees, positions, and the extremes of each granule. */
      unitDegrees: 'u32',
      belowDegrees: 'u32',
      unitPositions: 'u32',
      belowPositions: 'u32',
      highest: 'u32',
      lowest: 'u32',
      ...RATE_FIELDS,
    },
    {
      deltas: reads(element),
      inputs: reads(element),
      connectivity: reads('i32'),
      weights: writes('vec4f'),
      first: writes('vec4f'),
      second: writes('vec4f'),
    },
    body,
    { OPTIMIZER: optimizerNumber(optimizer) },
  )
}

/** Units of a workgroup of the bias update, a strip. */
export const BIAS_STRIP = 16

/**
 * The update of the biases of a layer, from the sum of each unit's deltas over the rows; those sums are kept for the
 * conditioning weights. Sixteen units and sixteen shares of the rows to a workgroup.
 */

export function biasUpdate(optimizer: Optimizer) {
  const body = /* wgsl */ `
${OPTIMIZER_WGSL}
var<workgroup> shares: array<f32, 256>;

fn updateOf(position: u32, sum: f32) {
  sums[position] = sum;
  let unit = u32(connectivity[d.order + position]);
  let old = Trained(vec4f(biases[unit]), vec4f(first[min(unit, arrayLength(&first) - 1u)]), vec4f(second[min(unit, arrayLength(&second) - 1u)]));
  let new_ = updated(old, vec4f(sum));
  biases[unit] = new_.w.x;
  if (OPTIMIZER != 0u) { first[unit] = new_.first.x; }
  if (OPTIMIZER >= 3u) { second[unit] = new_.second.x; }
}

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) tid: u32) {
  ${EACH_STRIP} {
    let position = strip * ${BIAS_STRIP}u + tid % ${BIAS_STRIP}u;
    var sum = 0.0;
    for (var row = tid / ${BIAS_STRIP}u; row < d.rows; row += 16u) { sum += deltas[row * d.deltaPitch + position]; }
    shares[tid] = sum;
    workgroupBarrier();
    if (tid < ${BIAS_STRIP}u) {
      sum = 0.0;
      for (var i = tid; i < 256u; i += ${BIAS_STRIP}u) { sum += shares[i]; }
      updateOf(position, sum);
    }
    workgroupBarrier();
  }
}
`
  return defineKernel(
    'bias update',
    { ...STRIP_FIELDS, rows: 'u32', deltaPitch: 'u32', order: 'u32', ...RATE_FIELDS },
    {
      deltas: reads('f32'),
      connectivity: reads('i32'),
      biases: writes('f32'),
      first: writes('f32'),
      second: writes('f32'),
      sums: writes('f32'),
    },
    body,
    { OPTIMIZER: optimizerNumber(optimizer) },
  )
}

/** The update of the conditioning weights of a layer, whose input is one: every kept weight of a unit, a strip, has the same gradient. */
export function conditioningUpdate(optimizer: Optimizer) {
  const body = /* wgsl */ `
${OPTIMIZER_WGSL}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let column = id.x;
  if (4u * column >= d.below) { return; }
  let at = d.belowDegrees + 4u * column;
  let below = vec4i(connectivity[at], connectivity[at + 1u], connectivity[at + 2u], connectivity[at + 3u]);
  ${EACH_STRIP} {
    let kept = vec4i(connectivity[d.unitDegrees + strip]) >= below;
    if (any(kept)) {
      let i = strip * (d.below / 4u) + column;
      let old = Trained(weights[i], first[min(i, arrayLength(&first) - 1u)], second[min(i, arrayLength(&second) - 1u)]);
      let new_ = updated(old, vec4f(sums[u32(connectivity[d.unitPositions + strip])]) + d.l2 * old.w);
      weights[i] = select(old.w, new_.w, kept);
      if (OPTIMIZER != 0u) { first[i] = select(old.first, new_.first, kept); }
      if (OPTIMIZER >= 3u) { second[i] = select(old.second, new_.second, kept); }
    }
  }
}
`
  return defineKernel(
    'conditioning update',
    { ...STRIP_FIELDS, below: 'u32', unitDegrees: 'u32', belowDegrees: 'u32', unitPositions: 'u32', ...RATE_FIELDS },
    {
      sums: reads('f32'),
      connectivity: reads('i32'),
      weights: writes('vec4f'),
      first: writes('vec4f'),
      second: writes('vec4f'),
    },
    body,
    { OPTIMIZER: optimizerNumber(optimizer) },
  )
}
