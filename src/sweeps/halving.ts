import type { Halving } from './sweep'

/** One rung of a sweep: all of it where nothing is halved. */
export interface Rung {
  /** From 0. */
  readonly number: number
  /** How many points are in it. */
  readonly places: number
  /** After how many epochs in all its runs pause; null: they are trained to their end. */
  readonly untilEpoch: number | null
}

/** The rungs of a sweep of so many points. */
export function rungsOf(halving: Halving | null, points: number): readonly Rung[] {
  const { keep, epochs } = halving ?? { keep: 1, epochs: [] }
  const rungs: Rung[] = []
  let places = points
  for (const untilEpoch of [...epochs, null]) {
    rungs.push({ number: rungs.length, places, untilEpoch })
    places = Math.max(1, Math.round(places * keep))
  }
  return rungs
}

/** How far a point is in a rung. */
export type Standing =
  /** It has all the epochs of the rung, or ended before: its best validation NLL within them, nats. */
  | { readonly kind: 'there'; readonly validNll: number }
  /** It has ended in a way from which it cannot go on, as one that diverged. */
  | { readonly kind: 'out' }
  | { readonly kind: 'on-its-way' }

/**
 * Which points go on to the next rung: those of the least validation NLL, and of equal ones those that stand first. Of
 * points that are out none does, so there may be fewer than places.
 */
export function goingOn(standings: ReadonlyMap<number, Standing>, places: number): readonly number[] {
  const ranked = [...standings].flatMap(([point, standing]) =>
    standing.kind === 'there' ? [{ point, validNll: standing.validNll }] : [],
  )
  ranked.sort((a, b) => a.validNll - b.validNll || a.point - b.point)
  return ranked.slice(0, places).map(({ point }) => point)
}
