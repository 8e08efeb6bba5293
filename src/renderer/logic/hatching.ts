/** A pattern of slanting lines, for what is not there (yet); the ground alone where none can be made. */
export function hatching(
  context: CanvasRenderingContext2D,
  colours: { readonly ground: string; readonly hatch: string },
): CanvasPattern | string {
  const tile = new OffscreenCanvas(8, 8)
  const brush = tile.getContext('2d')
  if (!brush) return colours.ground
  brush.fillStyle = colours.ground
  brush.fillRect(0, 0, 8, 8)
  brush.strokeStyle = colours.hatch
  brush.lineWidth = 1
  brush.beginPath()
  for (const from of [-4, 0, 4, 8]) {
    brush.moveTo(from, 8)
    brush.lineTo(from + 8, 0)
  }
  brush.stroke()
  return context.createPattern(tile, 'repeat') ?? colours.ground
}

/** An RGBA word of a palette as a colour of CSS. */
export function cssOf(word: number): string {
  return `rgb(${word & 255} ${(word >>> 8) & 255} ${(word >>> 16) & 255})`
}
