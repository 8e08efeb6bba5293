import { cssOf } from '../../logic/hatching'
import type { Palette, Shape } from '../../logic/raster'
import { HATCHED, type Mark, type Sheet } from '../../logic/sheet'
import type { KnownRow } from '../../../shared/questions'

/** About how many pixels of the sheet the picture takes that was painted. */
const SIDE = 448
const [ACROSS, GAP] = [4, 8]

/** A picture alone, hatched where nothing is known. */
export function pictureSheet(row: KnownRow, shape: Shape, palette: Palette): Sheet {
  const scale = Math.max(1, Math.floor(SIDE / Math.max(shape.width, shape.height)))
  const [width, height] = [shape.width * scale, shape.height * scale]
  return { width, height, marks: pixelsOf(knownColours(row, palette), shape, { x: 0, y: 0, scale }) }
}

/** A picture that was painted, hatched where nothing is known, and its endings beside it. @param endings bits, each */
export function answerSheet(
  row: KnownRow,
  endings: readonly Uint8Array[],
  shape: Shape,
  colours: { readonly palette: Palette; readonly page: string },
): Sheet {
  const { palette, page } = colours
  const scale = Math.max(1, Math.floor(SIDE / Math.max(shape.width, shape.height) / ACROSS))
  const whole = { width: shape.width * scale * ACROSS, height: shape.height * scale * ACROSS }
  const pitch = { x: shape.width * scale + GAP, y: shape.height * scale + GAP }
  const down = Math.ceil(endings.length / ACROSS)
  const width = whole.width + 2 * GAP + (endings.length > 0 ? ACROSS * pitch.x : 0)
  const height = Math.max(whole.height, down * pitch.y - GAP) + 2 * GAP
  return {
    width,
    height,
    marks: [
      { kind: 'box', x: 0, y: 0, width, height, fill: page },
      ...pixelsOf(knownColours(row, palette), shape, { x: GAP, y: GAP, scale: scale * ACROSS }),
      ...endings.flatMap((bits, i) =>
        pixelsOf((pixel) => cssOf(palette[bits[pixel] === 1 ? 255 : 0]), shape, {
          x: whole.width + 2 * GAP + (i % ACROSS) * pitch.x,
          y: GAP + Math.floor(i / ACROSS) * pitch.y,
          scale,
        }),
      ),
    ],
  }
}

function knownColours({ bits, known }: KnownRow, palette: Palette): (pixel: number) => string {
  return (pixel) => (known[pixel] === 0 ? HATCHED : cssOf(palette[bits[pixel] === 1 ? 255 : 0]))
}

/** The pixels of a picture, those beside each other that look the same as one box. */
function pixelsOf(
  colourOf: (pixel: number) => string,
  { width, height }: Shape,
  at: { readonly x: number; readonly y: number; readonly scale: number },
): Mark[] {
  const marks: Mark[] = []
  for (let y = 0; y < height; y++) {
    let x = 0
    while (x < width) {
      const fill = colourOf(y * width + x)
      let end = x + 1
      while (end < width && colourOf(y * width + end) === fill) end++
      const [left, top] = [at.x + x * at.scale, at.y + y * at.scale]
      marks.push({ kind: 'box', x: left, y: top, width: (end - x) * at.scale, height: at.scale, fill })
      x = end
    }
  }
  return marks
}
