import type { Activation } from '../../../made/spec'
import { defineKernel, EACH_STRIP, reads, STRIP_FIELDS, writes } from '../kernel'
import { ACTIVATION_WGSL, activationNumber, FUNCTIONS_WGSL } from './functions'
import { sumCode, type SumMethod } from './sum'

/** Adds up the parts of a product. */
const ADD_PARTS = /* wgsl */ `
fn added(at: u32) -> vec4f {
  var sum = vec4f();
  var part = 0u;
  // Four reads are under way at once; the order of the sum stays.
  for (; part + 4u <= d.parts; part += 4u) {
    let p0 = partial[part * d.partStride + at];
    let p1 = partial[(part + 1u) * d.partStride + at];
    let p2 = partial[(part + 2u) * d.partStride + at];
    let p3 = partial[(part + 3u) * d.partStride + at];
    sum += p0;
    sum += p1;
    sum += p2;
    sum += p3;
  }
  for (; part < d.parts; part++) { sum += partial[part * d.partStride + at]; }
  return sum;
}
`

const CONSTANT = /* wgsl */ `
fn constantAt(position: u32) -> vec4f {
  let at = d.order + position;
  return vec4f(
    constants[u32(connectivity[at])],
    constants[u32(connectivity[at + 1u])],
    constants[u32(connectivity[at + 2u])],
    constants[u32(connectivity[at + 3u])],
  );
}
`

/** h = g(constant + product): `[rows, units]`. Pitches are in vec4. A strip is a row, here and below. */
export function finishHidden(activation: Activation) {
  const body = /* wgsl */ `
${FUNCTIONS_WGSL}
${ACTIVATION_WGSL}
${ADD_PARTS}
${CONSTANT}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u) {
  if (id.x >= d.pitch) { return; }
  let constant = constantAt(4u * id.x);
  ${EACH_STRIP} {
    h[strip * d.pitch + id.x] = activate(constant + added(strip * d.pitch + id.x));
  }
}
`
  return defineKernel(
    'finish hidden',
    { ...STRIP_FIELDS, pitch: 'u32', parts: 'u32', partStride: 'u32', order: 'u32' },
    { partial: reads('vec4f'), constants: reads('f32'), connectivity: reads('i32'), h: writes('vec4f') },
    body,
    { ACTIVATION: activationNumber(activation) },
  )
}

/** delta = g'(a)·product, from h = g(a): `[rows, units]`. */
export function finishDelta(activation: Activation) {
  const body = /* wgsl */ `
${FUNCTIONS_WGSL}
${ACTIVATION_WGSL}
${ADD_PARTS}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u) {
  if (id.x >= d.pitch) { return; }
  ${EACH_STRIP} {
    let at = strip * d.pitch + id.x;
    deltas[at] = slope(h[at]) * added(at);
  }
}
`
  return defineKernel(
    'finish delta',
    { ...STRIP_FIELDS, pitch: 'u32', parts: 'u32', partStride: 'u32' },
    { partial: reads('vec4f'), h: reads('vec4f'), deltas: writes('vec4f') },
    body,
    { ACTIVATION: activationNumber(activation) },
  )
}

const OUTPUT_FIELDS = {
  ...STRIP_FIELDS,
  inputs: 'u32',
  pitch: 'u32',
  parts: 'u32',
  partStride: 'u32',
  order: 'u32',
  firstInputRow: 'u32',
  firstLoss: 'u32',
  share: 'f32',
  observed: 'u32',
} as const

/** As many threads as a row of so many vec4 can keep busy. */
function threadsOf(pitch: number): number {
  return Math.min(128, 2 ** Math.ceil(Math.log2(pitch)))
}

/** What is wanted of the logits: deltas for training, the logits themselves in the order of the inputs, or only the loss. */
export type OutputUse = 'deltas' | 'logits' | 'loss'

/**
 * The logits z = constant + product, and from them the NLL of each row, Σ_d softplus(z_d) − x_d·z_d in nats, and the
 * deltas (σ(z) − x)·share. A workgroup to a row, of as many threads as a narrow row can keep busy.
 * @param pitch the padded number of inputs, in vec4
 */
export function finishOutput(use: OutputUse, pitch: number, method: SumMethod) {
  const threads = threadsOf(pitch)
  const sum = sumCode(threads, method)
  const results: Readonly<Record<OutputUse, string>> = {
    deltas: 'results[strip * d.pitch + column] = select(vec4f(), (sigmoid(z) - x) * d.share, isKnown);',
    logits:
      'for (var i = 0u; i < 4u; i++) { if (4u * column + i < d.inputs) { results[strip * d.inputs + u32(connectivity[d.order + 4u * column + i])] = z[i]; } }',
    loss: '',
  }
  const body = /* wgsl */ `
${FUNCTIONS_WGSL}
${ADD_PARTS}
${CONSTANT}
${sum.declarations}

@compute @workgroup_size(${threads})
fn main(${sum.parameters}, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u) {
  // What is not known has neither loss nor delta.
  let known = u32(connectivity[d.observed]);
  ${EACH_STRIP} {
    var loss = vec4f();
    for (var column = tid; column < d.pitch; column += ${threads}u) {
      let isKnown = vec4u(4u * column) + vec4u(0u, 1u, 2u, 3u) < vec4u(known);
      let z = constantAt(4u * column) + added(strip * d.pitch + column);
      let x = inputs[(d.firstInputRow + strip) * d.pitch + column];
      loss += select(vec4f(), softplus(z) - x * z, isKnown);
      ${results[use]}
    }
    let nll = ${sum.of('loss.x + loss.y + loss.z + loss.w')};
    if (tid == 0u) { losses[d.firstLoss + strip] = nll; }
  }
}
`
  return defineKernel(
    `finish output, ${use}, ${threads} threads${sum.suffix}`,
    OUTPUT_FIELDS,
    {
      partial: reads('vec4f'),
      constants: reads('f32'),
      connectivity: reads('i32'),
      inputs: reads('vec4f'),
      losses: writes('f32'),
      results: writes(use === 'deltas' ? 'vec4f' : 'f32'),
    },
    body,
    {},
    sum.directives,
  )
}

/**
 * The same where variables have several columns, for which a softmax is made over the columns of each: its loss is
 * log Σ_c exp(z_c) − z_x, its deltas are (p − x)·share. The logits of a row go through memory, since the columns of a variable
 * lie with any threads; then each thread takes whole variables.
 */
export function finishVariables(use: OutputUse, pitch: number, method: SumMethod) {
  const threads = threadsOf(pitch)
  const sum = sumCode(threads, method)
  const wantsDeltas = use === 'deltas'
  const body = /* wgsl */ `
${FUNCTIONS_WGSL}
${ADD_PARTS}
${CONSTANT}
${sum.declarations}

@compute @workgroup_size(${threads})
fn main(${sum.parameters}, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let knownInputs = u32(connectivity[d.observed]);
  let knownVariables = u32(connectivity[d.observed + 1u]);
  ${EACH_STRIP} {
    let row = 4u * strip * d.pitch;
    let inputRow = 4u * (d.firstInputRow + strip) * d.pitch;
    for (var column = tid; column < d.pitch; column += ${threads}u) {
      let z = constantAt(4u * column) + added(strip * d.pitch + column);
      for (var i = 0u; i < 4u; i++) {
        let position = 4u * column + i;
        logits[row + position] = z[i];
        ${use === 'logits' ? 'if (position < d.inputs) { results[strip * d.inputs + u32(connectivity[d.order + position])] = z[i]; }' : ''}
        ${wantsDeltas ? 'if (position >= knownInputs) { results[row + position] = 0.0; }' : ''}
      }
    }
    storageBarrier();
    var loss = 0.0;
    for (var t = tid; t < knownVariables; t += ${threads}u) {
      let first = u32(connectivity[d.firstOfPlace + t]);
      let end = u32(connectivity[d.firstOfPlace + t + 1u]);
      if (end - first == 1u) {
        let z = logits[row + first];
        let x = inputs[inputRow + first];
        loss += softplus(vec4f(z)).x - x * z;
        ${wantsDeltas ? 'results[row + first] = (sigmoid(vec4f(z)).x - x) * d.share;' : ''}
        continue;
      }
      var top = first;
      var chosen = 0.0;
      for (var c = first; c < end; c++) {
        if (logits[row + c] > logits[row + top]) { top = c; }
        if (inputs[inputRow + c] != 0.0) { chosen = logits[row + c]; }
      }
      let most = logits[row + top];
      // What the largest does not have, so that one that has almost all is not rounded away.
      var rest = 0.0;
      for (var c = first; c < end; c++) { rest += select(exp(logits[row + c] - most), 0.0, c == top); }
      loss += most - chosen + select(log(1.0 + rest), log1pOfUnit(vec4f(rest)).x, rest <= 1.0);
      ${
        wantsDeltas
          ? `for (var c = first; c < end; c++) {
        results[row + c] = (exp(logits[row + c] - most) / (1.0 + rest) - inputs[inputRow + c]) * d.share;
      }`
          : ''
      }
    }
    let nll = ${sum.of('loss')};
    if (tid == 0u) { losses[d.firstLoss + strip] = nll; }
  }
}
`
  return defineKernel(
    `finish variables, ${use}, ${threads} threads${sum.suffix}`,
    { ...OUTPUT_FIELDS, firstOfPlace: 'u32' },
    {
      partial: reads('vec4f'),
      constants: reads('f32'),
      connectivity: reads('i32'),
      inputs: reads('f32'),
      losses: writes('f32'),
      results: writes('f32'),
      logits: writes('f32'),
    },
    body,
    {},
    sum.directives,
  )
}

/** The mean of the losses of the rows of each minibatch, a strip: `batches` holds first row and rows. */
export function meanLosses(method: SumMethod) {
  const sum = sumCode(64, method)
  const body = /* wgsl */ `
${sum.declarations}

@compute @workgroup_size(64)
fn main(${sum.parameters}, @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u) {
  ${EACH_STRIP} {
    let batch = d.firstBatch + strip;
    let begin = batches[2u * batch];
    let rows = batches[2u * batch + 1u];
    var share = 0.0;
    for (var row = tid; row < rows; row += 64u) { share += losses[begin + row]; }
    let nll = ${sum.of('share')};
    if (tid == 0u) { means[d.firstMean + strip] = nll / f32(rows); }
  }
}
`
  return defineKernel(
    `mean losses${sum.suffix}`,
    { ...STRIP_FIELDS, firstBatch: 'u32', firstMean: 'u32' },
    { losses: reads('f32'), batches: reads('u32'), means: writes('f32') },
    body,
    {},
    sum.directives,
  )
}
