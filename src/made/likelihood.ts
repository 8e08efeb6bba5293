/** softplus(z) = log(1 + e^z), without overflow. −log p(x) of one bit is softplus(z) − x·z. */
export function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))
}

/** σ(z) = 1/(1 + e^−z), the probability of a one. */
export function sigmoid(z: number): number {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z))
}

/** log Σ e^v, without overflow; −∞ of nothing. */
export function logSum(values: Float64Array): number {
  let most = -Infinity
  for (const value of values) most = Math.max(most, value)
  if (most === -Infinity) return most
  let sum = 0
  for (const value of values) sum += Math.exp(value - most)
  return most + Math.log(sum)
}

/**
 * The log-likelihood of an ensemble over n connectivities, per row, in nats:
 * log p(x) = logsumexp_k log p_k(x) − log n.
 * @param perConnectivity one `[rows]` array of log p_k(x) per connectivity; at least one.
 */
export function ensembleLogLikelihood(perConnectivity: readonly Float64Array[]): Float64Array {
  const n = perConnectivity.length
  return perConnectivity[0].map((_, row) => {
    let most = -Infinity
    for (const values of perConnectivity) most = Math.max(most, values[row])
    if (!Number.isFinite(most)) return most
    let sum = 0
    for (const values of perConnectivity) sum += Math.exp(values[row] - most)
    return most + Math.log(sum) - Math.log(n)
  })
}

/** Nats over D binary dimensions as bits per dimension. */
export function bitsPerDimension(nats: number, dimensions: number): number {
  return nats / (dimensions * Math.LN2)
}
