import type { Activation } from '../../../made/spec'
import { defineKernel, EACH_STRIP, reads, STRIP_FIELDS, writes } from '../kernel'
import {
  beginBits,
  beginVariables,
  BLOCK_HEAD,
  CHOICES,
  drawBit,
  drawVariable,
  ENTRY,
  entry,
  LAYER_ENTRY,
  THRESHOLD,
} from './draw-places'
import { ACTIVATION_WGSL, activationNumber, FUNCTIONS_WGSL } from './functions'
import { PHILOX_WGSL } from './philox'

/** Places of a block at most: one to a thread. */
export const MOST_PLACES = 64
/** Sums of a block that fit into workgroup memory, four rows each: 14 KB. */
export const MOST_SUMS = 896
/** Rows of a workgroup, a strip: one to each part of a vector. */
export const ROWS_OF_GROUP = 4

/**
 * Draws a block of places, one after another, for four rows to a workgroup. The sums over everything before the block
 * are there already (`partial`); within the block, each bit and each unit that becomes final is added to the sums of
 * those above it. After a place is drawn exactly the units of its degree become final, layer by layer. Each thread owns
 * the sums whose number in their layer it is congruent to. `isWide` blocks keep their sums in GPU memory. Workgroups are
 * as many as strips: there are no more of either than rows drawn at once.
 */
export function drawBlock(activation: Activation, isWide: boolean, hasCategories: boolean) {
  const at = (index: string): string => (isWide ? `wide[strip * d.sums + ${index}]` : `sums[${index}]`)
  const body = /* wgsl */ `
${PHILOX_WGSL}
${FUNCTIONS_WGSL}
${ACTIVATION_WGSL}
${isWide ? '' : `var<workgroup> sums: array<vec4f, ${MOST_SUMS}>;`}
var<workgroup> drawn: array<${hasCategories ? 'vec4i' : 'vec4f'}, 2>;

${hasCategories ? CHOICES : THRESHOLD}

/** The sum of unit \`first + i\` of a layer over all that came before the block. */
fn before(layer: u32, i: u32, row: u32) -> vec4f {
  let first = ${entry('layer', 'first')};
  let pitch = ${entry('layer', 'pitch')};
  let parts = ${entry('layer', 'parts')};
  var sum = vec4f();
  for (var c = 0u; c < 4u; c++) {
    if (row + c < d.rows) {
      for (var part = 0u; part < parts; part++) {
        sum[c] += partial[d.rows * ${entry('layer', 'region')} + (part * d.rows + row + c) * pitch + first % 32u + i];
      }
    }
  }
  return sum;
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) tid: u32) {
  let strip = d.firstStrip + group.y;
  let firstRow = ${ROWS_OF_GROUP}u * strip;
  let firstPlace = u32(plan[d.block]);
  let places = u32(plan[d.block + 1u]);
  let columns = u32(plan[d.block + 3u]);
  ${hasCategories ? beginVariables(at) : beginBits(at)}
  var offset = columns;
  for (var l = 0u; l < d.layers; l++) {
    let count = ${entry('l', 'count')};
    let constants = u32(plan[d.layerTables + 2u * l]) + ${entry('l', 'first')};
    for (var i = tid; i < count; i += 64u) { ${at('offset + i')} = vec4f(packed[constants + i]) + before(l, i, firstRow); }
    offset += count;
  }

  for (var i = 0u; i < places; i++) {
    let place = firstPlace + i;
    ${hasCategories ? drawVariable(at) : drawBit(at)}
    let first0 = ${entry('0u', 'first')};
    let count0 = ${entry('0u', 'count')};
    let weights0 = ${entry('0u', 'packed')}${hasCategories ? ' + begins * count0' : ' + i * count0'};
    let from0 = u32(plan[d.firsts + place + 1u]) - first0;
    for (var a = tid; a < count0; a += 64u) {
      if (a >= from0) { ${at('columns + a')} += ${hasCategories ? 'weightsOf(weights0, count0, a, choice)' : 'packed[weights0 + a] * bit'}; }
    }

    var begin = columns;
    for (var l = 0u; l < d.layers; l++) {
      let count = ${entry('l', 'count')};
      let first = ${entry('l', 'first')};
      let firsts = d.firsts + l * (d.variables + 2u) + place;
      let finalFrom = u32(plan[firsts + 1u]) - first;
      let finalTo = u32(plan[firsts + 2u]) - first;
      if (finalTo > finalFrom) {
        let state = u32(plan[d.layerTables + 2u * l + 1u]);
        let pitch = u32(plan[d.layerTables + 2u * d.layers + l]);
        for (var a = tid; a < finalTo; a += 64u) {
          if (a >= finalFrom) {
            let h = activate(${at('begin + a')});
            ${at('begin + a')} = h;
            for (var c = 0u; c < 4u; c++) {
              if (firstRow + c < d.rows) { states[d.rows * state + (firstRow + c) * pitch + first + a] = h[c]; }
            }
          }
        }
        ${isWide ? 'storageBarrier();' : ''}
        workgroupBarrier();
        if (l + 1u < d.layers) {
          let above = ${entry('l + 1u', 'count')};
          let weights = ${entry('l + 1u', 'packed')};
          let from_ = u32(plan[firsts + d.variables + 2u + 1u]) - ${entry('l + 1u', 'first')};
          for (var a = tid; a < above; a += 64u) {
            if (a >= from_) {
              var sum = ${at('begin + count + a')};
              for (var u = finalFrom; u < finalTo; u++) { sum = fma(vec4f(packed[weights + u * above + a]), ${at('begin + u')}, sum); }
              ${at('begin + count + a')} = sum;
            }
          }
        } else {
          let weights = ${entry('d.layers', 'packed')};
          // Narrow blocks of bits have a thread for each.
          for (var a = tid; a < columns; a += 64u) {
            if (a >= after) {
              var sum = ${at('a')};
              for (var u = finalFrom; u < finalTo; u++) { sum = fma(vec4f(packed[weights + u * columns + a]), ${at('begin + u')}, sum); }
              ${at('a')} = sum;
            }
          }
        }
      }
      begin += count;
    }
  }
}
`
  return defineKernel(
    `draw block, ${isWide ? 'wide' : 'narrow'}${hasCategories ? ', categories' : ''}`,
    {
      ...STRIP_FIELDS,
      rows: 'u32',
      inputs: 'u32',
      variables: 'u32',
      layers: 'u32',
      isDirect: 'u32',
      isGiven: 'u32',
      wordsPerRow: 'u32',
      inputPitch: 'u32',
      /** Where in the plan: this block, the inputs by position, units before each degree, variables and positions by place, and per layer constants and states. */
      block: 'u32',
      order: 'u32',
      firsts: 'u32',
      variableTables: 'u32',
      layerTables: 'u32',
      outputConstants: 'u32',
      sums: 'u32',
      indexLow: 'u32',
      indexHigh: 'u32',
      keyLow: 'u32',
      keyHigh: 'u32',
    },
    {
      plan: reads('i32'),
      packed: reads('f32'),
      partial: reads('f32'),
      given: reads('u32'),
      states: writes('f32'),
      probabilities: writes('f32'),
      wide: writes('vec4f'),
    },
    body,
    { ACTIVATION: activationNumber(activation) },
  )
}

/**
 * Copies the weights within each block, transposed and masked, so that the threads of a workgroup read them side by side. A
 * strip is those of one input or unit below, in every block.
 */
export function packBlocks() {
  const body = /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let block = group.z * d.blockLength;
  let layer = block + ${BLOCK_HEAD}u + d.layer * ${LAYER_ENTRY}u;
  let isPlaces = d.below == ${INPUTS_BELOW}u;
  let below = block + ${BLOCK_HEAD}u + d.below * ${LAYER_ENTRY}u;
  let first = u32(plan[layer + ${ENTRY.first}u]);
  let count = u32(plan[layer + ${ENTRY.count}u]);
  var firstBelow = u32(plan[block + 2u]);
  var countBelow = u32(plan[block + 3u]);
  if (!isPlaces) {
    firstBelow = u32(plan[below + ${ENTRY.first}u]);
    countBelow = u32(plan[below + ${ENTRY.count}u]);
  }
  let to = u32(plan[layer + ${ENTRY.packed}u]);
  ${EACH_STRIP} {
    if (strip >= countBelow) { return; }
    for (var i = id.x; i < count; i += 64u * groups.x) {
      let isKept = connectivity[d.unitDegrees + first + i] >= connectivity[d.belowDegrees + firstBelow + strip];
      packed[to + strip * count + i] = select(0.0, weights[(first + i) * d.pitch + firstBelow + strip], isKept);
    }
  }
}
`
  return defineKernel(
    'pack blocks',
    {
      ...STRIP_FIELDS,
      blockLength: 'u32',
      layer: 'u32',
      below: 'u32',
      unitDegrees: 'u32',
      belowDegrees: 'u32',
      pitch: 'u32',
    },
    { plan: reads('i32'), connectivity: reads('i32'), weights: reads('f32'), packed: writes('f32') },
    body,
  )
}

/** In place of a layer's number: the inputs of the block are below. */
export const INPUTS_BELOW = 65_535
