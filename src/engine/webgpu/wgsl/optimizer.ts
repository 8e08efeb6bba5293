import type { TrainingSettings } from '../../contract'
import { slotNames, type Optimizer } from '../../../made/optimizer'
import { stepFactor } from '../../../made/step-schedule'

/** The rates of one update, in the fields that every kernel that updates has in its record. */
export const RATE_FIELDS = {
  rate: 'f32',
  keepFirst: 'f32',
  takeFirst: 'f32',
  keepSecond: 'f32',
  takeSecond: 'f32',
  scale: 'f32',
  epsilon: 'f32',
  l2: 'f32',
} as const
export type Rates = Readonly<Record<keyof typeof RATE_FIELDS, number>>

/** The value of the constant OPTIMIZER of a kernel. */
export function optimizerNumber(optimizer: Optimizer): number {
  switch (optimizer.kind) {
    case 'sgd':
      return slotNames(optimizer).length === 0 ? 0 : 1
    case 'adagrad':
      return 2
    case 'adadelta':
      return 3
    case 'adam':
      return 4
  }
}

/** The rates of update number t (0-based), as `updateRule` of src/made/optimizer.ts uses them. */
export function ratesOf({ optimizer, schedule, l2 }: TrainingSettings, t: number): Rates {
  const f = stepFactor(schedule, t)
  const none = { rate: 0, keepFirst: 0, takeFirst: 0, keepSecond: 0, takeSecond: 0, scale: 0, epsilon: 0, l2 }
  switch (optimizer.kind) {
    case 'sgd':
      return { ...none, rate: (f * optimizer.learningRate) / (1 + optimizer.decay * t), keepFirst: optimizer.momentum }
    case 'adagrad':
      return { ...none, rate: f * optimizer.learningRate, epsilon: optimizer.epsilon }
    case 'adadelta':
      return { ...none, rate: f, keepFirst: optimizer.rho, takeFirst: 1 - optimizer.rho, epsilon: optimizer.epsilon }
    case 'adam': {
      const { learningRate, beta1, beta2, epsilon } = optimizer
      return {
        ...none,
        rate: (f * learningRate) / (1 - beta1 ** (t + 1)),
        keepFirst: beta1,
        takeFirst: 1 - beta1,
        keepSecond: beta2,
        takeSecond: 1 - beta2,
        scale: 1 / (1 - beta2 ** (t + 1)),
        epsilon,
      }
    }
  }
}

/**
 * One update of four parameters with their two slots, given the gradient of the mean NLL; chosen by the constant
 * OPTIMIZER. What an optimizer has no slot for comes back as it was.
 */
export const OPTIMIZER_WGSL = /* wgsl */ `
override OPTIMIZER: u32;

struct Trained {
  w: vec4f,
  first: vec4f,
  second: vec4f,
}

fn updated(old: Trained, gradient: vec4f) -> Trained {
  var p = old;
  switch OPTIMIZER {
    case 0u: {
      p.w -= d.rate * gradient;
    }
    case 1u: {
      p.first = d.keepFirst * p.first + gradient;
      p.w -= d.rate * p.first;
    }
    case 2u: {
      p.first += gradient * gradient;
      p.w -= d.rate * gradient / sqrt(p.first + d.epsilon);
    }
    case 3u: {
      p.first = d.keepFirst * p.first + d.takeFirst * gradient * gradient;
      let change = sqrt(p.second + d.epsilon) / sqrt(p.first + d.epsilon) * gradient;
      p.second = d.keepFirst * p.second + d.takeFirst * change * change;
      p.w -= d.rate * change;
    }
    default: {
      p.first = d.keepFirst * p.first + d.takeFirst * gradient;
      p.second = d.keepSecond * p.second + d.takeSecond * gradient * gradient;
      p.w -= d.rate * p.first / (sqrt(p.second * d.scale) + d.epsilon);
    }
  }
  return p;
}
`
