import type { Activation } from '../../../made/spec'

const ACTIVATION_NUMBERS: Readonly<Record<Activation, number>> = { relu: 0, softplus: 1, sigmoid: 2, tanh: 3 }

/** The value of the constant ACTIVATION of a kernel. */
export function activationNumber(activation: Activation): number {
  return ACTIVATION_NUMBERS[activation]
}

/**
 * The functions of the model on four numbers at a time, safe for any size of their argument. log(1 + e) is summed as
 * 2·atanh(e / (2 + e)): WGSL's own log is only held to an absolute error of 2^-21 near one.
 */
export const FUNCTIONS_WGSL = /* wgsl */ `
fn log1pOfUnit(e: vec4f) -> vec4f {
  let s = e / (vec4f(2.0) + e);
  let q = s * s;
  var sum = vec4f(1.0 / 15.0);
  sum = fma(sum, q, vec4f(1.0 / 13.0));
  sum = fma(sum, q, vec4f(1.0 / 11.0));
  sum = fma(sum, q, vec4f(1.0 / 9.0));
  sum = fma(sum, q, vec4f(1.0 / 7.0));
  sum = fma(sum, q, vec4f(1.0 / 5.0));
  sum = fma(sum, q, vec4f(1.0 / 3.0));
  return 2.0 * s * fma(sum, q, vec4f(1.0));
}

fn softplus(z: vec4f) -> vec4f {
  return max(z, vec4f(0.0)) + log1pOfUnit(exp(-abs(z)));
}

fn sigmoid(z: vec4f) -> vec4f {
  let e = exp(-abs(z));
  return select(e, vec4f(1.0), z >= vec4f(0.0)) / (vec4f(1.0) + e);
}

fn hyperbolicTangent(z: vec4f) -> vec4f {
  let e = exp(-2.0 * abs(z));
  return sign(z) * (vec4f(1.0) - e) / (vec4f(1.0) + e);
}
`

/** The nonlinearity g, and g' from h = g(a), chosen by the constant ACTIVATION. Needs FUNCTIONS_WGSL. */
export const ACTIVATION_WGSL = /* wgsl */ `
override ACTIVATION: u32;

fn activate(a: vec4f) -> vec4f {
  switch ACTIVATION {
    case 0u: { return max(a, vec4f(0.0)); }
    case 1u: { return softplus(a); }
    case 2u: { return sigmoid(a); }
    default: { return hyperbolicTangent(a); }
  }
}

fn slope(h: vec4f) -> vec4f {
  switch ACTIVATION {
    case 0u: { return select(vec4f(0.0), vec4f(1.0), h > vec4f(0.0)); }
    case 1u: { return vec4f(1.0) - exp(-h); }
    case 2u: { return h * (vec4f(1.0) - h); }
    default: { return vec4f(1.0) - h * h; }
  }
}
`
