import type { Shape } from './raster'

/** A picture of a field: its upper left corner and how many device pixels are a side of one of its pixels. */
export interface FieldPlace {
  readonly x: number
  readonly y: number
  readonly scale: number
}

/** Small pictures in rows, and a large one in their middle; all in device pixels. */
export interface FieldLayout {
  readonly large: FieldPlace
  readonly small: readonly FieldPlace[]
}

/** The share of the shorter side of a field that the large picture takes, about. */
const SHARE_OF_LARGE = 0.55
/** With fewer small pictures across or down than this the large one is alone. */
const LEAST_ACROSS = 5

/**
 * Lays out a field of pictures.
 * @param area of the field, device pixels
 * @param shape of a picture, in its own pixels
 * @param scale device pixels per pixel of a small picture
 * @param gap device pixels between small pictures
 */
export function layoutField(area: Shape, shape: Shape, scale: number, gap: number): FieldLayout {
  const pitch = { x: shape.width * scale + gap, y: shape.height * scale + gap }
  const across = Math.floor((area.width - gap) / pitch.x)
  const down = Math.floor((area.height - gap) / pitch.y)
  const origin = {
    x: Math.floor((area.width - across * pitch.x + gap) / 2),
    y: Math.floor((area.height - down * pitch.y + gap) / 2),
  }
  const isAlone = Math.min(across, down) < LEAST_ACROSS
  const block = isAlone ? null : { x: middle(across, down), y: middle(down, across) }
  const room = block
    ? { width: block.x * pitch.x - gap, height: block.y * pitch.y - gap }
    : { width: area.width - 2 * gap, height: area.height - 2 * gap }
  const large = Math.max(1, Math.floor(Math.min(room.width / shape.width, room.height / shape.height)))
  const first = block && { x: (across - block.x) / 2, y: (down - block.y) / 2 }
  const small: FieldPlace[] = []
  for (let row = 0; block && first && row < down; row++)
    for (let column = 0; column < across; column++) {
      const isCovered = column >= first.x && column < first.x + block.x && row >= first.y && row < first.y + block.y
      if (!isCovered) small.push({ x: origin.x + column * pitch.x, y: origin.y + row * pitch.y, scale })
    }
  return {
    large: {
      x: Math.floor((area.width - shape.width * large) / 2),
      y: Math.floor((area.height - shape.height * large) / 2),
      scale: large,
    },
    small,
  }
}

/** How many small pictures the large one takes the room of in one direction, so that as many are left on either side. */
function middle(along: number, other: number): number {
  const wanted = Math.max(3, Math.round(SHARE_OF_LARGE * Math.min(along, other)))
  return (along - wanted) % 2 === 0 ? wanted : wanted + 1
}

/** How far a picture is drawn that began to be drawn some time ago: so many of its inputs. */
export function inputsDrawn(elapsed: number, duration: number, inputs: number): number {
  return Math.max(0, Math.min(inputs, Math.floor((elapsed / duration) * inputs)))
}
