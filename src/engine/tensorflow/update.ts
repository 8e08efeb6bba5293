import type { Optimizer } from '../../made/optimizer'
import type { Tensor, TensorFlow } from './library'

/**
 * One optimizer step on one tensor: from the weights, its slots in the order of `slotNames` and the gradient of the mean
 * NLL, the new weights followed by the new slots.
 */
export type DeviceUpdate = (w: Tensor, slots: readonly Tensor[], g: Tensor) => Tensor[]

/**
 * The rule of update number t (0-based), whose step is multiplied by f, as `made/optimizer` defines it. TensorFlow.js has optimizers of its own, but they
 * put ε and the momentum elsewhere.
 */
export function deviceUpdate(tf: TensorFlow, optimizer: Optimizer, t: number, f: number): DeviceUpdate {
  const mix = (old: Tensor, share: number, next: Tensor): Tensor => tf.add(tf.mul(old, share), tf.mul(next, 1 - share))
  switch (optimizer.kind) {
    case 'sgd': {
      const rate = (f * optimizer.learningRate) / (1 + optimizer.decay * t)
      if (optimizer.momentum === 0) return (w, _slots, g) => [tf.sub(w, tf.mul(g, rate))]
      return (w, [velocity], g) => {
        const v = tf.add(tf.mul(velocity, optimizer.momentum), g)
        return [tf.sub(w, tf.mul(v, rate)), v]
      }
    }
    case 'adagrad': {
      const rate = f * optimizer.learningRate
      return (w, [squares], g) => {
        const a = tf.add(squares, tf.square(g))
        return [tf.sub(w, tf.div(tf.mul(g, rate), tf.sqrt(tf.add(a, optimizer.epsilon)))), a]
      }
    }
    case 'adadelta': {
      const { rho, epsilon } = optimizer
      return (w, [squares, deltas], g) => {
        const a = mix(squares, rho, tf.square(g))
        const delta = tf.mul(tf.div(tf.sqrt(tf.add(deltas, epsilon)), tf.sqrt(tf.add(a, epsilon))), g)
        return [tf.sub(w, tf.mul(delta, f)), a, mix(deltas, rho, tf.square(delta))]
      }
    }
    case 'adam': {
      const { beta1, beta2, epsilon } = optimizer
      // The correction of the squares, taken out of the root: m·rate / (√(a / c²) + ε) = m·rate·c / (√a + ε·c).
      const c = Math.sqrt(1 - beta2 ** (t + 1))
      const rate = (f * optimizer.learningRate * c) / (1 - beta1 ** (t + 1))
      return (w, [mean, squares], g) => {
        const m = mix(mean, beta1, g)
        const a = mix(squares, beta2, tf.square(g))
        return [tf.sub(w, tf.div(tf.mul(m, rate), tf.add(tf.sqrt(a), epsilon * c))), m, a]
      }
    }
  }
}
