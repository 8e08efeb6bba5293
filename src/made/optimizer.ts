/** The four optimizers (docs/mathematics.md, Optimizers). Rates and constants are plain numbers; state is one slot per parameter. */
export type Optimizer =
  | { readonly kind: 'sgd'; readonly learningRate: number; readonly decay: number; readonly momentum: number }
  | { readonly kind: 'adagrad'; readonly learningRate: number; readonly epsilon: number }
  | { readonly kind: 'adadelta'; readonly rho: number; readonly epsilon: number }
  | {
      readonly kind: 'adam'
      readonly learningRate: number
      readonly beta1: number
      readonly beta2: number
      readonly epsilon: number
    }

export type OptimizerKind = Optimizer['kind']
export const OPTIMIZER_KINDS = ['adam', 'adagrad', 'adadelta', 'sgd'] as const satisfies readonly OptimizerKind[]

/** Each optimizer with its usual constants. */
export const DEFAULT_OPTIMIZERS = {
  sgd: { kind: 'sgd', learningRate: 0.1, decay: 0, momentum: 0 },
  adagrad: { kind: 'adagrad', learningRate: 0.01, epsilon: 1e-6 },
  adadelta: { kind: 'adadelta', rho: 0.95, epsilon: 1e-6 },
  adam: { kind: 'adam', learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
} as const satisfies { [K in OptimizerKind]: Extract<Optimizer, { kind: K }> }

/** The names of the slots that an optimizer keeps for every parameter, in the order in which `updateRule` takes them. */
export function slotNames(optimizer: Optimizer): readonly string[] {
  switch (optimizer.kind) {
    case 'sgd':
      return optimizer.momentum === 0 ? [] : ['velocity']
    case 'adagrad':
      return ['squares']
    case 'adadelta':
      return ['squares', 'deltas']
    case 'adam':
      return ['mean', 'squares']
  }
}

/**
 * Updates w[offset + indices[i]] and its slots in place for i < length, given the gradient of the mean NLL in g[i].
 * The indices name the weights that the masks keep; all others, and their slots, stay as they are.
 */
export type UpdateRule = (
  w: Float32Array,
  slots: readonly Float32Array[],
  offset: number,
  indices: Int32Array,
  g: Float64Array,
  length: number,
) => void

/**
 * The update rule for update number t (0-based), whose step is multiplied by f (`stepFactor`); slots do not depend on f.
 *
 * - sgd: v = momentum·v + g; w −= f·lr/(1+decay·t)·v
 * - adagrad: a += g²; w −= f·lr·g/√(a+ε)
 * - adadelta: E[g²] = ρE[g²]+(1−ρ)g²; Δ = √(E[Δ²]+ε)/√(E[g²]+ε)·g; E[Δ²] = ρE[Δ²]+(1−ρ)Δ²; w −= f·Δ
 * - adam: bias-corrected, ε outside the root, lr multiplied by f
 */
export function updateRule(optimizer: Optimizer, t: number, f: number): UpdateRule {
  switch (optimizer.kind) {
    case 'sgd':
      return sgdRule((f * optimizer.learningRate) / (1 + optimizer.decay * t), optimizer.momentum)
    case 'adagrad':
      return adagradRule(f * optimizer.learningRate, optimizer.epsilon)
    case 'adadelta':
      return adadeltaRule(f, optimizer.rho, optimizer.epsilon)
    case 'adam':
      return adamRule(f * optimizer.learningRate, optimizer, t)
  }
}

function sgdRule(rate: number, momentum: number): UpdateRule {
  if (momentum === 0)
    return (w, _slots, offset, indices, g, length) => {
      for (let i = 0; i < length; i++) w[offset + indices[i]] -= rate * g[i]
    }
  return (w, [velocity], offset, indices, g, length) => {
    for (let i = 0; i < length; i++) {
      const j = offset + indices[i]
      const v = momentum * velocity[j] + g[i]
      velocity[j] = v
      w[j] -= rate * v
    }
  }
}

function adagradRule(rate: number, epsilon: number): UpdateRule {
  return (w, [squares], offset, indices, g, length) => {
    for (let i = 0; i < length; i++) {
      const j = offset + indices[i]
      const a = squares[j] + g[i] * g[i]
      squares[j] = a
      w[j] -= (rate * g[i]) / Math.sqrt(a + epsilon)
    }
  }
}

function adadeltaRule(rate: number, rho: number, epsilon: number): UpdateRule {
  return (w, [squares, deltas], offset, indices, g, length) => {
    for (let i = 0; i < length; i++) {
      const j = offset + indices[i]
      const a = rho * squares[j] + (1 - rho) * g[i] * g[i]
      const delta = (Math.sqrt(deltas[j] + epsilon) / Math.sqrt(a + epsilon)) * g[i]
      squares[j] = a
      deltas[j] = rho * deltas[j] + (1 - rho) * delta * delta
      w[j] -= rate * delta
    }
  }
}

function adamRule(learningRate: number, optimizer: Extract<Optimizer, { kind: 'adam' }>, t: number): UpdateRule {
  const { beta1, beta2, epsilon } = optimizer
  const rate = learningRate / (1 - beta1 ** (t + 1))
  const scale = 1 / (1 - beta2 ** (t + 1))
  return (w, [mean, squares], offset, indices, g, length) => {
    for (let i = 0; i < length; i++) {
      const j = offset + indices[i]
      const m = beta1 * mean[j] + (1 - beta1) * g[i]
      const a = beta2 * squares[j] + (1 - beta2) * g[i] * g[i]
      mean[j] = m
      squares[j] = a
      w[j] -= (rate * m) / (Math.sqrt(a * scale) + epsilon)
    }
  }
}
