/** A piece of work that is timed, the same for every contestant. */
export interface Job {
  readonly name: string
  /** train: one Adam step on a minibatch. sample: drawing digits. score: log p of every row under every connectivity. */
  readonly kind: 'train' | 'sample' | 'score'
  readonly inputs: number
  readonly hidden: readonly number[]
  /** The part of bits that are one. */
  readonly density: number
  /** How many sets of masks are taken in turn (train) or averaged over (score). */
  readonly masks: number
}

export const MINIBATCH = 100
export const DRAWN_ROWS = 100
export const SCORED_ROWS = 10_000
export const LEARNING_RATE = 1e-3

const MNIST = { inputs: 784, density: 0.13 }
const ADULT = { inputs: 123, density: 0.11 }

const ARCHITECTURES = [
  { ...MNIST, hidden: [500] },
  { ...MNIST, hidden: [500, 500] },
  { ...MNIST, hidden: [8000] },
  { ...ADULT, hidden: [100] },
  { ...ADULT, hidden: [500, 500] },
]

/** Everything that the benchmark times, in the order of the table. */
export const JOBS: readonly Job[] = [
  ...ARCHITECTURES.flatMap((architecture) => [1, 32].map((masks): Job => ({ ...architecture, name: nameOf(architecture), kind: 'train', masks }))),
  { ...ARCHITECTURES[0], name: `sample100 ${nameOf(ARCHITECTURES[0])}`, kind: 'sample', masks: 1 },
  ...[1, 32].map((masks): Job => ({ ...ARCHITECTURES[0], name: `score10000 ${nameOf(ARCHITECTURES[0])}`, kind: 'score', masks })),
]

function nameOf({ inputs, hidden }: { readonly inputs: number; readonly hidden: readonly number[] }): string {
  return `${inputs}-[${hidden.join(',')}]`
}
