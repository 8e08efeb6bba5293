import { defineKernel, reads, writes } from '../kernel'

/** Bits as numbers, inputs in order of place; `number` and `order` say which row and where the order begins. */
function expanding(number: string, order: string): string {
  return /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  if (id.x >= d.pitch) { return; }
  for (var row = id.y; row < d.rows; row += groups.y) {
    let first = ${number} * d.wordsPerRow;
    var x = vec4f();
    for (var i = 0u; i < 4u; i++) {
      let place = 4u * id.x + i;
      if (place < d.inputs) {
        let input = u32(connectivity[${order} + place]);
        x[i] = f32((bits[first + input / 32u] >> (input % 32u)) & 1u);
      }
    }
    inputs[row * d.pitch + id.x] = x;
  }
}
`
}

/** The rows of minibatches: `picks` holds, per row, its number in the data and where the order of its connectivity begins. */
export function expandPicked() {
  return defineKernel(
    'expand picked rows',
    { rows: 'u32', pitch: 'u32', inputs: 'u32', wordsPerRow: 'u32' },
    { bits: reads('u32'), picks: reads('u32'), connectivity: reads('i32'), inputs: writes('vec4f') },
    expanding('picks[2u * row]', 'picks[2u * row + 1u]'),
  )
}

/** Rows one after another, for one connectivity. */
export function expandRows() {
  return defineKernel(
    'expand rows',
    { rows: 'u32', pitch: 'u32', inputs: 'u32', wordsPerRow: 'u32', firstRow: 'u32', order: 'u32' },
    { bits: reads('u32'), connectivity: reads('i32'), inputs: writes('vec4f') },
    expanding('(d.firstRow + row)', 'd.order'),
  )
}

/** The way back: rows of numbers, inputs in order of place, as bits in the order of the inputs. */
export function packRows() {
  const body = /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  if (id.x >= d.wordsPerRow) { return; }
  for (var row = id.y; row < d.rows; row += groups.y) {
    var word = 0u;
    for (var i = 0u; i < 32u; i++) {
      let input = 32u * id.x + i;
      if (input < d.inputs && inputs[row * d.pitch + u32(connectivity[d.places + input])] != 0.0) { word |= 1u << i; }
    }
    bits[row * d.wordsPerRow + id.x] = word;
  }
}
`
  return defineKernel(
    'pack rows',
    { rows: 'u32', pitch: 'u32', inputs: 'u32', wordsPerRow: 'u32', places: 'u32' },
    { inputs: reads('f32'), connectivity: reads('i32'), bits: writes('u32') },
    body,
  )
}

/**
 * Copies a matrix into another order: to[r][c] = from[rowMap[r]][columnMap[c]], or the way back with `scatter`,
 * to[rowMap[r]][columnMap[c]] = from[r][c]. The matrix in the maps' own order begins at `first` in its buffer.
 */
export function rearrange() {
  const body = /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  if (id.x >= d.columns) { return; }
  let column = u32(maps[d.columnMap + id.x]);
  for (var r = id.y; r < d.rows; r += groups.y) {
    let row = u32(maps[d.rowMap + d.firstRow + r]);
    if (d.scatter != 0u) { to[row * d.toPitch + column] = from_[d.first + r * d.fromPitch + id.x]; }
    else { to[d.first + r * d.toPitch + id.x] = from_[row * d.fromPitch + column]; }
  }
}
`
  return defineKernel(
    'rearrange',
    { rows: 'u32', columns: 'u32', firstRow: 'u32', rowMap: 'u32', columnMap: 'u32', fromPitch: 'u32', toPitch: 'u32', first: 'u32', scatter: 'u32' },
    { maps: reads('i32'), from_: reads('f32'), to: writes('f32') },
    body,
  )
}

/**
 * What each unit adds whatever the row: its bias and the kept conditioning weights, summed in order of degree, so that
 * the sum does not depend on how the store lies.
 */
export function constantsOfUnits() {
  const body = /* wgsl */ `
var<workgroup> shares: array<f32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) tid: u32) {
  for (var position = group.x; position < d.units; position += groups.x) {
    let degree = connectivity[d.unitDegrees + position];
    let row = u32(connectivity[d.unitPlaces + position]) * d.below;
    var sum = 0.0;
    for (var j = tid; j < d.below; j += 64u) {
      if (degree >= connectivity[d.belowDegrees + j]) { sum += weights[row + u32(connectivity[d.belowPlaces + j])]; }
    }
    shares[tid] = sum;
    workgroupBarrier();
    for (var half = 32u; half > 0u; half /= 2u) {
      if (tid < half) { shares[tid] += shares[tid + half]; }
      workgroupBarrier();
    }
    let unit = u32(connectivity[d.order + position]);
    if (tid == 0u) { constants[unit] = biases[unit] + shares[0]; }
    workgroupBarrier();
  }
}
`
  return defineKernel(
    'constants of units',
    { units: 'u32', below: 'u32', unitDegrees: 'u32', belowDegrees: 'u32', unitPlaces: 'u32', belowPlaces: 'u32', order: 'u32' },
    { connectivity: reads('i32'), weights: reads('f32'), biases: reads('f32'), constants: writes('f32') },
    body,
  )
}
