/**
 * Successive halving by the clock (as `Halving`, which counts epochs): in each rung every run gets the same time, so that a
 * budget in minutes holds whatever an epoch takes, and small models are not kept waiting for large ones.
 */
export interface TimedHalving {
  /** The share that goes on to the next rung, between 0 and 1. */
  readonly keep: number
  /** What all of it may take. */
  readonly seconds: number
}

/** How far a run of a rung is trained. */
export interface RungTime {
  /** Seconds of epochs that it has in all when the rung is over. */
  readonly untilSeconds: number
}

/**
 * What the last runs get of the budget, which are trained to their end and tested, and how many these are at most: several,
 * because those that learn fast are ahead in short rungs and need not be in the end.
 */
export const LAST_SHARE = 0.5
const LAST_PLACES = 3
/** What opening a run, saving it and letting go of it take beside its epochs, about. */
export const VISIT_SECONDS = 0.25
/** What keeps its best share from one rung to the next. */
export const USUAL_KEEP = 1 / 3

/** How many runs are in each rung: fewer from one to the next, three at most in the last. */
export function placesOfRungs(points: number, keep: number): readonly number[] {
  const places = [points]
  for (let last = points; last > LAST_PLACES; places.push(last))
    last = Math.min(last - 1, Math.max(1, Math.round(last * keep)))
  return places
}

/**
 * How far the runs of a rung are trained, by what is left of the budget when it begins: what an earlier rung took too long,
 * this one and those after it do without.
 * @param spent seconds so far, of all runs
 * @param before seconds that each run of it was given by the rungs before
 */
export function rungTime(
  { keep, seconds }: TimedHalving,
  points: number,
  rung: number,
  spent: number,
  before: number,
): RungTime {
  const places = placesOfRungs(points, keep)
  const early = places.length - 1
  const left = Math.max(0, seconds - spent)
  // Rungs share evenly in what the last one leaves.
  const own = rung >= early ? 1 : (1 - LAST_SHARE) / (early - rung * (1 - LAST_SHARE))
  const each = (left * own) / places[Math.min(rung, early)] - VISIT_SECONDS
  return { untilSeconds: before + Math.max(0, each) }
}

/**
 * Seconds of epochs that a run of the last rung gets: what those before it have not needed is for it and those after it.
 * @param spent seconds so far, of all runs
 * @param left runs of that rung that have not ended, this one among them
 */
export function lastStretch({ seconds }: TimedHalving, spent: number, left: number): number {
  return Math.max(0, seconds - spent) / left
}
