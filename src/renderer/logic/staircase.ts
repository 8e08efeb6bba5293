import { connectivityAt } from '../../made/schedule'
import { hiddenMask, outputMask, type Mask } from '../../made/mask'
import type { RunConfig } from '../../shared/run-config'
import { say, type Sentence } from '../../words/say'

/** A mask as it is drawn: with its rows and columns in the order of their degrees, or as the units lie. */
export interface Staircase {
  /** What it leads into. */
  readonly name: Sentence
  readonly mask: Mask
}

const SMALL_INPUTS = 12
const SMALL_UNITS = 16
const MOST_DRAWN_LAYERS = 3

/**
 * The masks of a model like the asked one, scaled down to be drawn: at most 12 inputs, 16 units a layer, and the first
 * hidden layers.
 * @param index of the connectivity in the schedule
 * @param isSorted whether rows and columns stand in the order of their degrees, so that the staircase shows
 */
export function staircases(
  config: Pick<RunConfig, 'hidden' | 'orderings' | 'singleOrdering' | 'masks' | 'directConnections'>,
  inputs: number,
  index = 0,
  isSorted = true,
): Staircase[] {
  const spec = {
    inputs: Math.min(SMALL_INPUTS, inputs),
    hidden: config.hidden.slice(0, MOST_DRAWN_LAYERS).map((units) => Math.min(SMALL_UNITS, units)),
    activation: 'relu' as const,
    directConnections: config.directConnections,
    conditioningWeights: false,
  }
  const schedule = { orderings: config.orderings, singleOrdering: config.singleOrdering, masks: config.masks, seed: 1 }
  const { ordering, degrees } = connectivityAt(spec, schedule, index)
  const places = isSorted ? ordering.toSorted() : ordering
  const layers = isSorted ? degrees.map((layer) => layer.toSorted()) : degrees
  const drawn: Staircase[] = []
  let below: Int32Array = places
  layers.forEach((layer, l) => {
    drawn.push({ name: say('draft.stairs.layer', { layer: l + 1 }), mask: hiddenMask(layer, below) })
    below = layer
  })
  drawn.push({ name: say('draft.stairs.outputs'), mask: outputMask(places, below) })
  if (config.directConnections) drawn.push({ name: say('draft.stairs.direct'), mask: outputMask(places, places) })
  return drawn
}

/** The kept cells of a mask as one SVG path, a unit square for each. */
export function maskPath(mask: Mask): string {
  const parts: string[] = []
  for (let row = 0; row < mask.rows; row++) {
    let column = 0
    while (column < mask.columns) {
      if (mask.kept[row * mask.columns + column] === 0) {
        column++
        continue
      }
      const from = column
      while (column < mask.columns && mask.kept[row * mask.columns + column] === 1) column++
      parts.push(`M${from} ${row}h${column - from}v1h${from - column}z`)
    }
  }
  return parts.join('')
}

/** The share of connections that a mask keeps. */
export function keptShare(mask: Mask): number {
  return mask.kept.reduce((sum, kept) => sum + kept, 0) / mask.kept.length
}
