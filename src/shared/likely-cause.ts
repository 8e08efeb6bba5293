import { DEFAULT_OPTIMIZERS, type Optimizer } from '../made/optimizer'
import type { ModelledColumns } from '../made/variables'
import { say, type Sentence } from '../words/say'
import type { EpochRecord } from './run'
import type { RunConfig } from './run-config'
import { smallerSteps } from './smaller-steps'
import { coinLoss } from './verdict'

/** What would help a run whose model is worse than independent bits. */
export type Remedy =
  /** From the beginning, with other settings. */
  | {
      readonly kind: 'anew'
      readonly change: Partial<Pick<RunConfig, 'optimizer' | 'hidden'>>
      readonly words: Sentence
    }
  /** From where it is, up to so many epochs. */
  | { readonly kind: 'longer'; readonly epochs: number; readonly words: Sentence }

/** Why a model is probably so bad. */
export interface Cause {
  readonly words: Sentence
  /** Null where none is known. */
  readonly remedy: Remedy | null
}

/** What is looked at. */
export interface CauseFacts extends ModelledColumns {
  readonly config: Pick<RunConfig, 'optimizer' | 'hidden' | 'epochs'>
  /** Of independent bits, nats. */
  readonly independent: number
  readonly epochs: readonly EpochRecord[]
  /** Whether the run has come to its end. */
  readonly isOver: boolean
}

/** Steps so many times longer or shorter than usual are a likely cause by themselves. */
const UNUSUAL = 10
/** The training loss is so much better than independent bits where rows are known by heart. */
const BY_HEART = 0.9
const LEAST_UNITS = 8

/** The likeliest reason why a model is worse than independent bits, and what would help. */
export function likelyCause(facts: CauseFacts): Cause {
  const { config, independent, epochs, isOver } = facts
  const [first, last] = [epochs.at(0), epochs.at(-1)]
  const ratio = timesUsual(config.optimizer)
  const isThrownAbout =
    last !== undefined && first !== undefined && last.trainNll > Math.max(first.trainNll, independent)
  const isAbsurd = last !== undefined && last.trainNll > 2 * coinLoss(facts)
  if (ratio >= UNUSUAL || (epochs.length > 1 && isThrownAbout) || isAbsurd)
    return {
      words: say('verdict.cause.large-steps'),
      remedy: shorterSteps(config.optimizer),
    }
  if (last !== undefined && last.trainNll < BY_HEART * independent)
    return {
      words: say('verdict.cause.by-heart'),
      remedy: withFewerUnits(config.hidden),
    }
  if (ratio <= 1 / UNUSUAL)
    return {
      words: say('verdict.cause.small-steps'),
      remedy: withSteps(config.optimizer, usual(config.optimizer)),
    }
  return {
    words: say('verdict.cause.too-short'),
    remedy: isOver ? longer(Math.max(config.epochs, last?.epoch ?? 0)) : null,
  }
}

/** What helps a run whose steps are too large: usual ones where they are far from that, else steps a tenth as long. */
export function shorterSteps(optimizer: Optimizer): Remedy | null {
  return withSteps(optimizer, timesUsual(optimizer) > UNUSUAL ? usual(optimizer) : null)
}

function timesUsual(optimizer: Optimizer): number {
  return stepOf(optimizer) / stepOf(DEFAULT_OPTIMIZERS[optimizer.kind])
}

/** The length of the steps of an optimizer; those of AdaDelta begin with √ε. */
function stepOf(optimizer: Optimizer): number {
  return optimizer.kind === 'adadelta' ? Math.sqrt(optimizer.epsilon) : optimizer.learningRate
}

function usual(optimizer: Optimizer): Optimizer {
  const { kind } = optimizer
  if (optimizer.kind === 'adadelta') return { ...optimizer, epsilon: DEFAULT_OPTIMIZERS.adadelta.epsilon }
  return { ...optimizer, learningRate: DEFAULT_OPTIMIZERS[kind === 'adadelta' ? 'adam' : kind].learningRate }
}

/** @param optimizer what to begin with anew; null: one whose steps are a tenth as long */
function withSteps(from: Optimizer, optimizer: Optimizer | null): Remedy | null {
  const chosen = optimizer ?? smallerSteps(from)?.optimizer ?? null
  return chosen && { kind: 'anew', change: { optimizer: chosen }, words: startWords(chosen) }
}

/** Names the setting that makes the steps of an optimizer as long as they are. */
function startWords(optimizer: Optimizer): Sentence {
  return optimizer.kind === 'adadelta'
    ? say('verdict.remedy.epsilon', { epsilon: optimizer.epsilon })
    : say('verdict.remedy.step-size', { size: optimizer.learningRate })
}

function withFewerUnits(hidden: readonly number[]): Remedy | null {
  const fewer = hidden.map((units) => Math.min(units, Math.max(LEAST_UNITS, Math.round(units / 4))))
  if (fewer.every((units, l) => units === hidden[l])) return null
  return {
    kind: 'anew',
    change: { hidden: fewer },
    words: say('verdict.remedy.fewer-units', { units: fewer.join(', ') }),
  }
}

function longer(epochs: number): Remedy {
  return { kind: 'longer', epochs: 2 * epochs, words: say('verdict.remedy.longer', { epochs: 2 * epochs }) }
}
