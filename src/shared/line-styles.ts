import { hueOf } from './run-hue'

/** Dashes and gaps of lines, in pixels; the first is drawn through. */
const DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3], [4, 4], [10, 3, 2, 3, 2, 3]]

/** How the curve of a run is drawn among others. */
export interface LineStyle {
  /** Its hue, which it has everywhere. */
  readonly hue: number
  readonly dash: readonly number[]
}

/**
 * Lines that are told apart without their hues as far as there are dashes, and of one hue as long as that has dashes left: a run
 * cannot choose its hue.
 */
export function lineStyles(runIds: readonly string[]): LineStyle[] {
  const taken = new Map<number, Set<number>>()
  return runIds.map((id, i) => {
    const hue = hueOf(id)
    const ofHue = taken.get(hue) ?? new Set()
    taken.set(hue, ofHue)
    const places = DASHES.map((_, step) => (i + step) % DASHES.length)
    const place = places.find((one) => !ofHue.has(one)) ?? places[0]
    ofHue.add(place)
    return { hue, dash: DASHES[place] }
  })
}
