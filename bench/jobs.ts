import type { EngineId, TrainingSettings } from '../src/engine/contract'
import { DEFAULT_OPTIMIZERS } from '../src/made/optimizer'
import { CONSTANT_STEPS } from '../src/made/step-schedule'
import type { VariableRun } from '../src/made/variables'

/** A piece of work that is timed, the same for every contestant. */
export interface Job {
  readonly name: string
  /** train: one Adam step on a minibatch. sample: drawing digits. score: log p of every row under every connectivity. */
  readonly kind: 'train' | 'sample' | 'score'
  readonly inputs: number
  readonly hidden: readonly number[]
  /** The part of bits that are one; where there are variables of several values, of the bits beside them. */
  readonly density: number
  /** The variables whose columns the inputs are; absent where all are bits. */
  readonly variables?: readonly VariableRun[]
  /** How many sets of masks are taken in turn (train) or averaged over (score). */
  readonly masks: number
  /** Whether those share the natural order, or have a random one each. */
  readonly orderings: 'natural' | 'random'
  /** Rows of a minibatch, and rows that are drawn. */
  readonly minibatch: number
  readonly drawn: number
}

export const SCORED_ROWS = 10_000
export const LEARNING_RATE = 1e-3
/** Adam, as all contestants make updates. */
export const TRAINING: TrainingSettings = {
  optimizer: { ...DEFAULT_OPTIMIZERS.adam, learningRate: LEARNING_RATE },
  schedule: CONSTANT_STEPS,
  l2: 0,
}

export const MNIST = { inputs: 784, density: 0.13 }
const ADULT = { inputs: 123, density: 0.11 }

/** A table like Adult: 14 columns with so many values each. */
export const TABLE = {
  ...ADULT,
  variables: [5, 8, 5, 16, 5, 7, 14, 6, 5, 2, 2, 2, 5, 41].map((categories): VariableRun => ({
    kind: 'categorical',
    categories,
  })),
}

const ARCHITECTURES = [
  { ...MNIST, hidden: [500] },
  { ...MNIST, hidden: [500, 500] },
  { ...MNIST, hidden: [8000] },
  { ...ADULT, hidden: [100] },
  { ...ADULT, hidden: [500, 500] },
]

const USUAL = { orderings: 'natural', minibatch: 100, drawn: 100 } as const

/** Everything that the benchmark times on a processor, in the order of the table. */
const PROCESSOR_JOBS: readonly Job[] = [
  ...ARCHITECTURES.flatMap((architecture) =>
    [1, 32].map((masks): Job => ({ ...USUAL, ...architecture, name: nameOf(architecture), kind: 'train', masks })),
  ),
  ...[[100], [500, 500]].map((hidden): Job => ({
    ...USUAL,
    ...TABLE,
    hidden,
    name: `table ${nameOf({ ...TABLE, hidden })}`,
    kind: 'train',
    masks: 1,
  })),
  { ...USUAL, ...ARCHITECTURES[0], name: `sample100 ${nameOf(ARCHITECTURES[0])}`, kind: 'sample', masks: 1 },
  ...[1, 32].map((masks): Job => ({
    ...USUAL,
    ...ARCHITECTURES[0],
    name: `score10000 ${nameOf(ARCHITECTURES[0])}`,
    kind: 'score',
    masks,
  })),
]

const GPU_ARCHITECTURES = [[500], [8000], [8000, 8000]].map((hidden) => ({ ...MNIST, hidden }))
const GPU = { ...USUAL, masks: 1, drawn: 1000 } as const

/**
 * On a GPU: larger minibatches too, more digits at once, and an ensemble over orderings. One architecture after another, so
 * that its parameters are made once.
 */
const GPU_JOBS: readonly Job[] = GPU_ARCHITECTURES.flatMap((architecture, i): Job[] => {
  const name = nameOf(architecture)
  const ensemble = { masks: 32, orderings: 'random' } as const
  return [
    ...[100, 1000].map((minibatch): Job => ({
      ...GPU,
      ...architecture,
      minibatch,
      name: `${name} batch ${minibatch}`,
      kind: 'train',
    })),
    ...(i === 0 ? [{ ...GPU, ...architecture, ...ensemble, name: `${name} batch 100`, kind: 'train' } as const] : []),
    { ...GPU, ...architecture, name: `sample1000 ${name}`, kind: 'sample' },
    // The largest would take PyTorch more memory than there is, which masks its weights once for each ordering.
    ...(i < 2 ? [{ ...GPU, ...architecture, ...ensemble, name: `score10000 ${name}`, kind: 'score' } as const] : []),
  ]
})

/** The cases of an engine. */
export function jobsOf(engine: EngineId): readonly Job[] {
  return engine === 'webgpu' ? GPU_JOBS : PROCESSOR_JOBS
}

function nameOf({ inputs, hidden }: { readonly inputs: number; readonly hidden: readonly number[] }): string {
  return `${inputs}-[${hidden.join(',')}]`
}
