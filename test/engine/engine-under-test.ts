import { expect } from 'vitest'
import type { BitMatrix } from '../../src/data/bit-matrix'
import type { Engine, Session, TrainingSettings } from '../../src/engine/contract'
import type { Optimizer } from '../../src/made/optimizer'
import type { Activation, ModelSpec, Tensors } from '../../src/made/spec'
import { CONSTANT_STEPS } from '../../src/made/step-schedule'
import type { VariableKind } from '../../src/made/variables'

/** An engine, and how it is tested. */
export interface EngineUnderTest {
  readonly name: string
  readonly makeEngine: () => Promise<Engine>
  /** How many random cases of each property. */
  readonly runs: number
  /** Of float32 arithmetic on sums of a few dozen terms. */
  readonly tolerance: number
  /** The kinds of variables that it says it has heads for. */
  readonly heads: readonly VariableKind[]
  /** The activation of a model that is drawn from, in place of its own. */
  readonly drawnActivation: (spec: ModelSpec) => Activation
}

/** Moves every parameter by its gradient. */
export const WHOLE_STEP: Optimizer = { kind: 'sgd', learningRate: 1, decay: 0, momentum: 0 }
export const MOMENTUM: Optimizer = { kind: 'sgd', learningRate: 0.1, decay: 0.01, momentum: 0.9 }

export async function opened(
  { makeEngine }: EngineUnderTest,
  spec: ModelSpec,
  parameters: Tensors,
  optimizer: Optimizer,
  others: Partial<TrainingSettings> = {},
): Promise<Session> {
  return (await makeEngine()).open({ spec, parameters }, { optimizer, schedule: CONSTANT_STEPS, l2: 0, ...others })
}

export async function openedToScore(
  { makeEngine }: EngineUnderTest,
  spec: ModelSpec,
  parameters: Tensors,
): Promise<Session> {
  return (await makeEngine()).open({ spec, parameters }, null)
}

export function everyRow(rows: BitMatrix): Uint32Array {
  return Uint32Array.from({ length: rows.rows }, (_, i) => i)
}

/** Equal to float32 accuracy: an absolute part and one relative to the size of the value. */
export function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length)
  for (let i = 0; i < actual.length; i++) {
    const difference = Math.abs(actual[i] - expected[i])
    if (!(difference <= tolerance * (1 + Math.abs(expected[i]))))
      expect.fail(`value ${i} is ${actual[i]}, not ${expected[i]} (off by ${difference})`)
  }
}
