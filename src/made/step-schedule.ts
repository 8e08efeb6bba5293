/** How the learning rate of a run goes (docs/mathematics.md, Schedule of the learning rate). */
export const LEARNING_RATE_SCHEDULES = ['constant', 'cosine'] as const
export type LearningRateSchedule = (typeof LEARNING_RATE_SCHEDULES)[number]

/** By what the steps of the updates of a run are multiplied, whatever the optimizer. */
export type StepSchedule =
  | { readonly kind: 'constant' }
  /** Half a cosine, from 1 at the first update to 0 after so many. */
  | { readonly kind: 'cosine'; readonly updates: number }

/** Steps as long as the optimizer makes them. */
export const CONSTANT_STEPS: StepSchedule = { kind: 'constant' }

/**
 * The schedule of a run of so many planned updates.
 * @param updates T: epochs planned times minibatches of an epoch
 */
export function stepSchedule(kind: LearningRateSchedule, updates: number): StepSchedule {
  switch (kind) {
    case 'constant':
      return CONSTANT_STEPS
    case 'cosine':
      return { kind, updates }
  }
}

/**
 * By what the step of update number t (0-based) is multiplied, 0..1: a function of t alone, so that a run that goes on
 * from its state makes the steps that it would have made. Of the cosine, ½(1 + cos(πt/T)), and 0 from T on.
 */
export function stepFactor(schedule: StepSchedule, t: number): number {
  switch (schedule.kind) {
    case 'constant':
      return 1
    case 'cosine':
      return t < schedule.updates ? (1 + Math.cos((Math.PI * t) / schedule.updates)) / 2 : 0
  }
}
