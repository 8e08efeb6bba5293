/**
 * The inner sums of the engine. Activations lie row by row in sorted order of the units, so that every sum runs over
 * the first `n` entries of a row. Four rows are done at once, so that a weight is loaded once for four products.
 */

/** Copies w[offset + indices[j]] for j < n into `out`. */
export function gather(w: Float32Array, offset: number, indices: Int32Array, n: number, out: Float64Array): void {
  for (let j = 0; j < n; j++) out[j] = w[offset + indices[j]]
}

/** The sum of w[offset + indices[j]] for j < n. */
export function sumOf(w: Float32Array, offset: number, indices: Int32Array, n: number): number {
  let sum = 0
  for (let j = 0; j < n; j++) sum += w[offset + indices[j]]
  return sum
}

/** The sum of w[offset + indices[start + i]] for i < n: the weights of the active inputs of one row. */
export function sumOfActive(w: Float32Array, offset: number, indices: Int32Array, start: number, n: number): number {
  let sum = 0
  for (let i = start, end = start + n; i < end; i++) sum += w[offset + indices[i]]
  return sum
}

/** out[b] += Σ_{j<n} weights[j]·h[b·stride + j] for b < rows. */
export function addProducts(
  weights: Float64Array,
  n: number,
  h: Float64Array,
  stride: number,
  rows: number,
  out: Float64Array,
): void {
  let b = 0
  for (; b + 4 <= rows; b += 4) {
    const o0 = b * stride
    const o1 = o0 + stride
    const o2 = o1 + stride
    const o3 = o2 + stride
    let s0 = 0
    let s1 = 0
    let s2 = 0
    let s3 = 0
    for (let j = 0; j < n; j++) {
      const w = weights[j]
      s0 += w * h[o0 + j]
      s1 += w * h[o1 + j]
      s2 += w * h[o2 + j]
      s3 += w * h[o3 + j]
    }
    out[b] += s0
    out[b + 1] += s1
    out[b + 2] += s2
    out[b + 3] += s3
  }
  for (; b < rows; b++) {
    const o = b * stride
    let s = 0
    for (let j = 0; j < n; j++) s += weights[j] * h[o + j]
    out[b] += s
  }
}

/**
 * The two sums of the backward pass of one unit, for j < n:
 * gradient[j] += Σ_b delta[b]·h[b·stride + j] and deltaBelow[b·stride + j] += delta[b]·weights[j].
 */
export function addBackward(
  weights: Float64Array,
  n: number,
  delta: Float64Array,
  rows: number,
  h: Float64Array,
  deltaBelow: Float64Array,
  stride: number,
  gradient: Float64Array,
): void {
  let b = 0
  for (; b + 4 <= rows; b += 4) {
    const o0 = b * stride
    const o1 = o0 + stride
    const o2 = o1 + stride
    const o3 = o2 + stride
    const d0 = delta[b]
    const d1 = delta[b + 1]
    const d2 = delta[b + 2]
    const d3 = delta[b + 3]
    for (let j = 0; j < n; j++) {
      const w = weights[j]
      gradient[j] += d0 * h[o0 + j] + d1 * h[o1 + j] + d2 * h[o2 + j] + d3 * h[o3 + j]
      deltaBelow[o0 + j] += d0 * w
      deltaBelow[o1 + j] += d1 * w
      deltaBelow[o2 + j] += d2 * w
      deltaBelow[o3 + j] += d3 * w
    }
  }
  for (; b < rows; b++) {
    const o = b * stride
    const d = delta[b]
    for (let j = 0; j < n; j++) {
      gradient[j] += d * h[o + j]
      deltaBelow[o + j] += d * weights[j]
    }
  }
}
