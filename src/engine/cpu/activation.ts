import { sigmoid, softplus } from '../../made/likelihood'
import type { Activation } from '../../made/spec'

/** The nonlinearity g. */
export function activate(activation: Activation, a: number): number {
  switch (activation) {
    case 'relu':
      return a > 0 ? a : 0
    case 'softplus':
      return softplus(a)
    case 'sigmoid':
      return sigmoid(a)
    case 'tanh':
      return Math.tanh(a)
  }
}

/** g'(a), from h = g(a). */
export function slope(activation: Activation, h: number): number {
  switch (activation) {
    case 'relu':
      return h > 0 ? 1 : 0
    case 'softplus':
      return -Math.expm1(-h)
    case 'sigmoid':
      return h * (1 - h)
    case 'tanh':
      return 1 - h * h
  }
}
