import { hatching } from '../../logic/hatching'
import { paintCells } from '../../logic/paint'
import type { Palette, Shape } from '../../logic/raster'
import type { KnownRow } from '../../../shared/questions'

/** How a sheet is drawn. */
export interface SheetColours {
  readonly palette: Palette
  readonly page: string
  readonly ground: string
  readonly hatch: string
}

/** About how many pixels of the sheet the picture takes that was painted. */
const SIDE = 448
const [ACROSS, GAP] = [4, 8]

/** A picture that was painted, hatched where nothing is known, and its endings beside it, as PNG. */
export async function answerSheet(
  row: KnownRow,
  endings: readonly Uint8Array[],
  shape: Shape,
  colours: SheetColours,
): Promise<Uint8Array> {
  const scale = ACROSS * Math.max(1, Math.floor(SIDE / Math.max(shape.width, shape.height) / ACROSS))
  const small = { width: (shape.width * scale) / ACROSS, height: (shape.height * scale) / ACROSS }
  const canvas = document.createElement('canvas')
  canvas.width = shape.width * scale + ACROSS * (small.width + GAP) + 2 * GAP
  canvas.height = Math.max(shape.height * scale, ACROSS * (small.height + GAP) - GAP) + 2 * GAP
  const context = canvas.getContext('2d')
  if (!context) throw new Error('there is no canvas to draw on')
  context.fillStyle = colours.page
  context.fillRect(0, 0, canvas.width, canvas.height)
  const whole = { x: GAP, y: GAP, width: shape.width * scale, height: shape.height * scale }
  paintCells(context, shape, 1, colours.palette, () => ({ values: row.bits.map((bit) => 255 * bit), ...whole }))
  context.fillStyle = hatching(context, colours)
  for (let pixel = 0; pixel < shape.width * shape.height; pixel++)
    if (row.known[pixel] === 0)
      context.fillRect(GAP + (pixel % shape.width) * scale, GAP + Math.floor(pixel / shape.width) * scale, scale, scale)
  paintCells(context, shape, endings.length, colours.palette, (i) => ({
    values: endings[i],
    x: whole.width + 2 * GAP + (i % ACROSS) * (small.width + GAP),
    y: GAP + Math.floor(i / ACROSS) * (small.height + GAP),
    ...small,
  }))
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('the sheet cannot be encoded')
  return new Uint8Array(await blob.arrayBuffer())
}
