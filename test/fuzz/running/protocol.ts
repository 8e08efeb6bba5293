import { join } from 'node:path'
import type { Input } from '../input'
import type { Verdict } from '../run-input'

/** From the campaign to the process that runs inputs. */
export type ToWorker =
  /** Comes first: what inputs are made of. */
  | { readonly kind: 'corpus'; readonly corpus: readonly Input[] }
  /** Runs inputs from..from+count−1 of the target, one after another. */
  | { readonly kind: 'stretch'; readonly from: number; readonly count: number }
  /** Runs this input. */
  | { readonly kind: 'try'; readonly input: Input }

/** From the process that runs inputs to the campaign. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'find'; readonly index: number; readonly input: Input; readonly verdict: FoundVerdict }
  /** The input reached what none had reached before. */
  | { readonly kind: 'new-ground'; readonly input: Input }
  | { readonly kind: 'stretch-done'; readonly figures: Figures }
  | { readonly kind: 'tried'; readonly verdict: Verdict }

export type FoundVerdict = Extract<Verdict, { kind: 'find' }>

/** How a process that runs inputs is started. */
export interface WorkerSettings {
  readonly target: string
  readonly seed: number
  /** A folder of its own. */
  readonly place: string
  /** Whether it looks for inputs that reach new ground. */
  readonly explores: boolean
}

/** Where a process writes the number of the input that it is at, so that it is known when it ends or hangs. */
export function markFileIn(place: string): string {
  return join(place, 'at')
}

/** What a stretch of inputs came to. */
export interface Figures {
  readonly inputs: number
  readonly done: number
  readonly refused: number
  readonly finds: number
  readonly seconds: number
  /** The input that took the longest, and how long. */
  readonly slowest: { readonly index: number; readonly milliseconds: number }
  /** The input that made the process larger than any other, and by how many bytes. */
  readonly largest: { readonly index: number; readonly memory: number }
  /** The most memory that the process had, in bytes. */
  readonly peak: number
}

export const NO_FIGURES: Figures = {
  inputs: 0,
  done: 0,
  refused: 0,
  finds: 0,
  seconds: 0,
  slowest: { index: -1, milliseconds: 0 },
  largest: { index: -1, memory: 0 },
  peak: 0,
}

/** The figures of two stretches. */
export function addFigures(a: Figures, b: Figures): Figures {
  return {
    inputs: a.inputs + b.inputs,
    done: a.done + b.done,
    refused: a.refused + b.refused,
    finds: a.finds + b.finds,
    seconds: a.seconds + b.seconds,
    slowest: b.slowest.milliseconds > a.slowest.milliseconds ? b.slowest : a.slowest,
    largest: b.largest.memory > a.largest.memory ? b.largest : a.largest,
    peak: Math.max(a.peak, b.peak),
  }
}

/** The figures of one input. */
export function figuresOf(verdict: Verdict, index: number): Figures {
  const { milliseconds, memory, peak } = verdict
  return {
    inputs: 1,
    done: verdict.kind === 'right' && verdict.outcome.kind === 'done' ? 1 : 0,
    refused: verdict.kind === 'right' && verdict.outcome.kind === 'refused' ? 1 : 0,
    finds: verdict.kind === 'find' ? 1 : 0,
    seconds: milliseconds / 1000,
    slowest: { index, milliseconds },
    largest: { index, memory },
    peak,
  }
}
