import { z } from 'zod'
import { MOST_SEED } from '../made/random'
import { MOST_CONNECTIVITIES } from '../made/schedule'

/** Limits of the settings, shared by the schemas and by the fields that show them. */
export const SETTING_LIMITS = {
  threshold: { least: 1, most: 255 },
  batchSize: { least: 1, most: 10_000 },
  epochs: { least: 1, most: 100_000 },
  averagedEpochs: { least: 1, most: 1000 },
  lookAhead: { least: 1, most: 100_000 },
  learningRate: { least: 1e-8, most: 100 },
  epsilon: { least: 1e-12, most: 1 },
  l2: { least: 0, most: 10 },
  pairs: { least: 1, most: MOST_CONNECTIVITIES },
  name: { most: 80 },
} as const

/** The share of the memory that a run may fill: more is refused before it begins. */
export const MOST_MEMORY_SHARE = 0.75

/** A whole number from `least` to `most`. */
export function whole(least: number, most: number): z.ZodNumber {
  return z.number().int().min(least).max(most)
}

/** The same, of limits that are kept together. */
export function within({ least, most }: { readonly least: number; readonly most: number }): z.ZodNumber {
  return whole(least, most)
}

export const seedSchema = whole(0, MOST_SEED)
