import { observedOf, type Connectivity } from '../../src/made/connectivity'
import { masksOf } from '../../src/made/mask'
import { tensorOf, type ModelSpec, type Tensors } from '../../src/made/spec'
import { variablesOf } from '../../src/made/variables'

/**
 * MADE as docs/mathematics.md writes it, with every mask as a matrix, in double precision, one row at a time.
 * Slow on purpose: it shares nothing with the engines but the masks.
 */
export function denseLogits(
  spec: ModelSpec,
  parameters: Tensors | Map<string, Float64Array>,
  connectivity: Connectivity,
  row: ArrayLike<number>,
): number[] {
  const masks = masksOf(spec, connectivity)
  const masked = (name: string, input: ArrayLike<number>): number[] => {
    const w = tensorOf(parameters as Tensors, name)
    const mask = masks.get(name)
    if (!mask) throw new Error(`no mask for ${name}`)
    return Array.from({ length: mask.rows }, (_, k) => {
      let sum = 0
      for (let j = 0; j < mask.columns; j++) sum += w[k * mask.columns + j] * mask.kept[k * mask.columns + j] * input[j]
      return sum
    })
  }
  const layer = (prefix: string, input: ArrayLike<number>): number[] => {
    const bias = tensorOf(parameters as Tensors, `${prefix}.bias`)
    const ones = Array.from(input, () => 1)
    const constant = spec.conditioningWeights ? masked(`${prefix}.conditioning`, ones) : null
    return masked(`${prefix}.weight`, input).map((sum, k) => sum + bias[k] + (constant?.[k] ?? 0))
  }
  let h: number[] = Array.from(row)
  spec.hidden.forEach((_, l) => {
    h = layer(`hidden.${l}`, h).map((a) => nonlinearity(spec.activation, a))
  })
  const direct = spec.directConnections ? masked('direct.weight', Array.from(row)) : null
  return layer('output', h).map((sum, d) => sum + (direct?.[d] ?? 0))
}

function nonlinearity(activation: ModelSpec['activation'], a: number): number {
  switch (activation) {
    case 'relu':
      return Math.max(0, a)
    case 'softplus':
      return a > 30 ? a : Math.log(1 + Math.exp(a))
    case 'sigmoid':
      return 1 / (1 + Math.exp(-a))
    case 'tanh':
      return Math.tanh(a)
  }
}

/** Of each column the probability of a one given what is placed before its variable. */
export function denseProbabilities(spec: ModelSpec, logits: readonly number[]): number[] {
  const { kinds, first } = variablesOf(spec)
  return kinds.flatMap((kind, v) => {
    const z = logits.slice(first[v], first[v + 1])
    if (kind === 'binary') return z.map((value) => 1 / (1 + Math.exp(-value)))
    const sum = z.reduce((total, value) => total + Math.exp(value), 0)
    return z.map((value) => Math.exp(value) / sum)
  })
}

/** log p(x) in nats of one row: each variable's log-probability, added up; of those that are known. */
export function denseLogLikelihood(
  spec: ModelSpec,
  parameters: Tensors | Map<string, Float64Array>,
  connectivity: Connectivity,
  row: ArrayLike<number>,
): number {
  const { kinds, of } = variablesOf(spec)
  const { ordering } = connectivity
  return denseProbabilities(spec, denseLogits(spec, parameters, connectivity, row)).reduce((sum, p, d) => {
    if (ordering[of[d]] > observedOf(connectivity)) return sum
    if (row[d] === 1) return sum + Math.log(p)
    return kinds[of[d]] === 'binary' ? sum + Math.log(1 - p) : sum
  }, 0)
}

/** The mean NLL of rows, in nats. */
export function denseMeanNll(
  spec: ModelSpec,
  parameters: Tensors | Map<string, Float64Array>,
  connectivity: Connectivity,
  rows: readonly ArrayLike<number>[],
): number {
  return -rows.reduce((sum, row) => sum + denseLogLikelihood(spec, parameters, connectivity, row), 0) / rows.length
}
