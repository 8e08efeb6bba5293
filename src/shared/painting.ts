import { z } from 'zod'

/** What a brush makes of pixels: a one that is known, a zero that is known, or unknown. */
export const BRUSHES = ['ink', 'paper', 'unknown'] as const
export type Brush = (typeof BRUSHES)[number]

/** The sides of a brush, in pixels. */
export const BRUSH_SIZES = [1, 2, 3] as const
export type BrushSize = (typeof BRUSH_SIZES)[number]

/** How a picture is hidden bit by bit: from one of its sides, by a square in its middle, or pixel after pixel in no order. */
export const REGIONS = ['top', 'bottom', 'left', 'right', 'middle', 'random'] as const
export type Region = (typeof REGIONS)[number]

export const hidingSchema = z.object({
  region: z.enum(REGIONS),
  /** How much of the picture is hidden, 0..1. */
  share: z.number().min(0).max(1),
  /** Of the order of pixels in the region 'random', an unsigned 32-bit whole number. */
  seed: z.number().int().min(0).max(0xffff_ffff),
})
/** How a part of a picture is hidden. */
export type Hiding = z.infer<typeof hidingSchema>

/** What a picture is painted with, as it was left. */
export const paintToolsSchema = z.object({
  brush: z.enum(BRUSHES),
  /** Null: what suits the picture. */
  size: z.literal(BRUSH_SIZES).nullable(),
  region: z.enum(REGIONS),
  /** What pictures are taken up from, and the number that was typed. */
  takenFrom: z.enum(['row', 'sample']),
  number: z.string().max(20),
})
export type PaintTools = z.infer<typeof paintToolsSchema>
