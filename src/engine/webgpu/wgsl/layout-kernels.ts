import { defineKernel, EACH_STRIP, reads, STRIP_FIELDS, writes } from '../kernel'
import { sumCode, type SumMethod } from './sum'

/** Where a thread is: in x along a row, in y the strip. */
const MAIN =
  'fn main(@builtin(global_invocation_id) id: vec3u, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u)'

/** Bits as numbers, inputs in order of place; `number` and `order` say which row and where the order begins. A strip is a row. */
function expanding(number: string, order: string): string {
  return /* wgsl */ `
@compute @workgroup_size(64)
${MAIN} {
  if (id.x >= d.pitch) { return; }
  ${EACH_STRIP} {
    let first = ${number} * d.wordsPerRow;
    var x = vec4f();
    for (var i = 0u; i < 4u; i++) {
      let place = 4u * id.x + i;
      if (place < d.inputs) {
        let input = u32(connectivity[${order} + place]);
        x[i] = f32((bits[first + input / 32u] >> (input % 32u)) & 1u);
      }
    }
    inputs[strip * d.pitch + id.x] = x;
  }
}
`
}

/** The rows of minibatches: `picks` holds, per row, its number in the data and where the order of its connectivity begins. */
export function expandPicked() {
  return defineKernel(
    'expand picked rows',
    { ...STRIP_FIELDS, pitch: 'u32', inputs: 'u32', wordsPerRow: 'u32' },
    { bits: reads('u32'), picks: reads('u32'), connectivity: reads('i32'), inputs: writes('vec4f') },
    expanding('picks[2u * strip]', 'picks[2u * strip + 1u]'),
  )
}

/** Rows one after another, for one connectivity. */
export function expandRows() {
  return defineKernel(
    'expand rows',
    { ...STRIP_FIELDS, pitch: 'u32', inputs: 'u32', wordsPerRow: 'u32', firstRow: 'u32', order: 'u32' },
    { bits: reads('u32'), connectivity: reads('i32'), inputs: writes('vec4f') },
    expanding('(d.firstRow + strip)', 'd.order'),
  )
}

/** The way back: rows of numbers, inputs in order of place, as bits in the order of the inputs. A strip is a row. */
export function packRows() {
  const body = /* wgsl */ `
@compute @workgroup_size(64)
${MAIN} {
  if (id.x >= d.wordsPerRow) { return; }
  ${EACH_STRIP} {
    var word = 0u;
    for (var i = 0u; i < 32u; i++) {
      let input = 32u * id.x + i;
      if (input < d.inputs && inputs[strip * d.pitch + u32(connectivity[d.places + input])] != 0.0) { word |= 1u << i; }
    }
    bits[strip * d.wordsPerRow + id.x] = word;
  }
}
`
  return defineKernel(
    'pack rows',
    { ...STRIP_FIELDS, pitch: 'u32', inputs: 'u32', wordsPerRow: 'u32', places: 'u32' },
    { inputs: reads('f32'), connectivity: reads('i32'), bits: writes('u32') },
    body,
  )
}

/**
 * Copies a matrix into another order: to[r][c] = from[rowMap[r]][columnMap[c]], or the way back with `scatter`,
 * to[rowMap[r]][columnMap[c]] = from[r][c]. The matrix in the maps' own order begins at `first` in its buffer. A strip is a row.
 */
export function rearrange() {
  const body = /* wgsl */ `
@compute @workgroup_size(64)
${MAIN} {
  if (id.x >= d.columns) { return; }
  let column = u32(maps[d.columnMap + id.x]);
  ${EACH_STRIP} {
    let row = u32(maps[d.rowMap + d.firstRow + strip]);
    if (d.scatter != 0u) { to[row * d.toPitch + column] = from_[d.first + strip * d.fromPitch + id.x]; }
    else { to[d.first + strip * d.toPitch + id.x] = from_[row * d.fromPitch + column]; }
  }
}
`
  return defineKernel(
    'rearrange',
    {
      ...STRIP_FIELDS,
      columns: 'u32',
      firstRow: 'u32',
      rowMap: 'u32',
      columnMap: 'u32',
      fromPitch: 'u32',
      toPitch: 'u32',
      first: 'u32',
      scatter: 'u32',
    },
    { maps: reads('i32'), from_: reads('f32'), to: writes('f32') },
    body,
  )
}

/**
 * What each unit adds whatever the row: its bias and the kept conditioning weights, summed in order of degree, so that
 * the sum does not depend on how the store lies. A strip is a unit.
 */
export function constantsOfUnits(method: SumMethod) {
  const sum = sumCode(64, method)
  const body = /* wgsl */ `
${sum.declarations}

@compute @workgroup_size(64)
fn main(${sum.parameters}, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u) {
  ${EACH_STRIP} {
    let degree = connectivity[d.unitDegrees + strip];
    let row = u32(connectivity[d.unitPlaces + strip]) * d.below;
    var share = 0.0;
    for (var j = tid; j < d.below; j += 64u) {
      if (degree >= connectivity[d.belowDegrees + j]) { share += weights[row + u32(connectivity[d.belowPlaces + j])]; }
    }
    let sum = ${sum.of('share')};
    let unit = u32(connectivity[d.order + strip]);
    if (tid == 0u) { constants[unit] = biases[unit] + sum; }
  }
}
`
  return defineKernel(
    `constants of units${sum.suffix}`,
    {
      ...STRIP_FIELDS,
      below: 'u32',
      unitDegrees: 'u32',
      belowDegrees: 'u32',
      unitPlaces: 'u32',
      belowPlaces: 'u32',
      order: 'u32',
    },
    { connectivity: reads('i32'), weights: reads('f32'), biases: reads('f32'), constants: writes('f32') },
    body,
    {},
    sum.directives,
  )
}
