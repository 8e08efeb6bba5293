import { PURPOSE } from '../../../made/random'

/** Numbers per block and per layer of a block in the plan, see `DrawPlan`. */
export const BLOCK_HEAD = 4
export const LAYER_ENTRY = 6

/** What the plan says of layer `l` of the block; entries in this order. */
export const ENTRY = { first: 0, count: 1, packed: 2, region: 3, pitch: 4, parts: 5 }
export const entry = (layer: string, name: keyof typeof ENTRY): string =>
  `u32(plan[d.block + ${BLOCK_HEAD}u + (${layer}) * ${LAYER_ENTRY}u + ${ENTRY[name]}u])`

/** How the sum at an index of the block is written. */
type SumAt = (index: string) => string

/** The uniform of a variable (of an input, where all are bits) in one row. */
const UNIFORM = /* wgsl */ `
fn uniformOf(row: u32, variable: u32) -> f32 {
  let low = d.indexLow + row;
  let high = d.indexHigh + select(0u, 1u, low < d.indexLow);
  let block = philox(vec4u(variable / 4u, low, high, ${PURPOSE.sample}u), vec2u(d.keyLow, d.keyHigh));
  return f32(block[variable % 4u] >> 8u) * ${2 ** -24};
}

fn isGiven(row: u32, input: u32) -> bool {
  return ((given[2u * row * d.wordsPerRow + d.wordsPerRow + input / 32u] >> (input % 32u)) & 1u) == 1u;
}

fn givenBit(row: u32, input: u32) -> bool {
  return ((given[2u * row * d.wordsPerRow + input / 32u] >> (input % 32u)) & 1u) == 1u;
}
`

export const THRESHOLD = /* wgsl */ `
${UNIFORM}
/** The number that a bit's probability is compared with: a uniform one, or what makes a given bit certain. */
fn threshold(row: u32, place: u32) -> f32 {
  if (row >= d.rows) { return 2.0; }
  let input = u32(plan[d.order + place]);
  if (d.isGiven != 0u && isGiven(row, input)) { return select(2.0, -1.0, givenBit(row, input)); }
  return uniformOf(row, input);
}
`

/** Each thread begins with a bit: what it is compared with, and the sum over all before the block. */
export function beginBits(at: SumAt): string {
  return /* wgsl */ `
  var limits = vec4f();
  if (tid < places) {
    for (var c = 0u; c < 4u; c++) { limits[c] = threshold(firstRow + c, firstPlace + tid); }
    var sum = vec4f(packed[d.outputConstants + firstPlace + tid]) + before(d.layers, tid, firstRow);
    if (d.isDirect != 0u) { sum += before(d.layers + 1u, tid, firstRow); }
    ${at('tid')} = sum;
  }`
}

/** The thread of a bit draws it, for four rows. */
export function drawBit(at: SumAt): string {
  return /* wgsl */ `
    let after = i + 1u;
    if (tid == i) {
      let p = sigmoid(${at('i')});
      let bit = select(vec4f(), vec4f(1.0), limits < p);
      drawn[i % 2u] = bit;
      let input = u32(plan[d.order + place]);
      for (var c = 0u; c < 4u; c++) {
        if (firstRow + c < d.rows) {
          states[(firstRow + c) * d.inputPitch + place] = bit[c];
          probabilities[(firstRow + c) * d.inputs + input] = p[c];
        }
      }
    }
    workgroupBarrier();
    let bit = drawn[i % 2u];

    if (d.isDirect != 0u && tid > i && tid < places) {
      ${at('tid')} += packed[${entry('d.layers + 1u', 'packed')} + i * places + tid] * bit;
    }`
}

/** A choice is the column of a variable that is 1, counted from its first, or NONE; what is given is UNKNOWN where it is not. */
export const CHOICES = /* wgsl */ `
${UNIFORM}
const NONE = -1;
const UNKNOWN = -2;

fn positionOf(place: u32) -> u32 { return u32(plan[d.variableTables + d.variables + place]); }

fn givenChoice(row: u32, place: u32) -> i32 {
  if (d.isGiven == 0u || row >= d.rows) { return UNKNOWN; }
  let first = positionOf(place);
  let width = positionOf(place + 1u) - first;
  if (!isGiven(row, u32(plan[d.order + first]))) { return UNKNOWN; }
  for (var c = 0u; c < width; c++) { if (givenBit(row, u32(plan[d.order + first + c]))) { return i32(c); } }
  return NONE;
}

/** What the choices of a variable, columns \`firstColumn\` and on of the block, add to the sum with number a of those above. */
fn weightsOf(weights: u32, pitch: u32, a: u32, choice: vec4i) -> vec4f {
  var sum = vec4f();
  for (var c = 0u; c < 4u; c++) { if (choice[c] >= 0) { sum[c] = packed[weights + u32(choice[c]) * pitch + a]; } }
  return sum;
}
`

/** Each thread begins with a variable, its uniforms and what is given of it, and with the sums of its share of the columns. */
export function beginVariables(at: SumAt): string {
  return /* wgsl */ `
  let firstColumn = u32(plan[d.block + 2u]);
  var uniforms = vec4f();
  var fixed = vec4i();
  if (tid < places) {
    let variable = u32(plan[d.variableTables + firstPlace + tid]);
    for (var c = 0u; c < 4u; c++) {
      uniforms[c] = uniformOf(firstRow + c, variable);
      fixed[c] = givenChoice(firstRow + c, firstPlace + tid);
    }
  }
  for (var a = tid; a < columns; a += 64u) {
    var sum = vec4f(packed[d.outputConstants + firstColumn + a]) + before(d.layers, a, firstRow);
    if (d.isDirect != 0u) { sum += before(d.layers + 1u, a, firstRow); }
    ${at('a')} = sum;
  }`
}

/** One thread makes the softmax of a variable, for four rows; the columns may be any thread's, so that all wait before. */
export function drawVariable(at: SumAt): string {
  return /* wgsl */ `
    let begins = positionOf(place) - firstColumn;
    let after = positionOf(place + 1u) - firstColumn;
    storageBarrier();
    workgroupBarrier();
    if (tid == i) {
      var choice = vec4i();
      if (after - begins == 1u) {
        let p = sigmoid(${at('begins')});
        ${at('begins')} = p;
        choice = select(vec4i(NONE), vec4i(0), uniforms < p);
      } else {
        var most = ${at('begins')};
        for (var a = begins + 1u; a < after; a++) { most = max(most, ${at('a')}); }
        var total = vec4f();
        for (var a = begins; a < after; a++) {
          let e = exp(${at('a')} - most);
          ${at('a')} = e;
          total += e;
        }
        var all_ = vec4f();
        for (var a = begins; a < after; a++) {
          let p = ${at('a')} / total;
          ${at('a')} = p;
          all_ += p;
        }
        // The first column whose sum exceeds the threshold; the last one if none does.
        let limit = uniforms * all_;
        choice = vec4i(i32(after - begins) - 1);
        var cumulative = vec4f();
        var isFound = vec4<bool>(false);
        for (var a = begins; a + 1u < after; a++) {
          cumulative += ${at('a')};
          let isBeyond = cumulative > limit;
          choice = select(choice, vec4i(i32(a - begins)), isBeyond & !isFound);
          isFound = isFound | isBeyond;
        }
      }
      choice = select(fixed, choice, fixed == vec4i(UNKNOWN));
      for (var a = begins; a < after; a++) {
        let input = u32(plan[d.order + firstColumn + a]);
        let p = ${at('a')};
        for (var c = 0u; c < 4u; c++) {
          if (firstRow + c < d.rows) {
            states[(firstRow + c) * d.inputPitch + firstColumn + a] = select(0.0, 1.0, choice[c] == i32(a - begins));
            probabilities[(firstRow + c) * d.inputs + input] = p[c];
          }
        }
      }
      drawn[i % 2u] = choice;
    }
    workgroupBarrier();
    let choice = drawn[i % 2u];

    if (d.isDirect != 0u) {
      let straight = ${entry('d.layers + 1u', 'packed')} + begins * columns;
      for (var a = tid; a < columns; a += 64u) {
        if (a >= after) { ${at('a')} += weightsOf(straight, columns, a, choice); }
      }
    }`
}
