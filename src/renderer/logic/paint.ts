import type { Palette, Shape } from './raster'

/** One cell to paint: its values, and where it goes in device pixels. */
export interface Cell {
  readonly values: Uint8Array
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * Paints cells 0..count−1 of one shape: all of them are put into one hidden canvas at their own size, and from there
 * enlarged with crisp pixels.
 * @param cellAt the cell, or null to leave it out
 */
export function paintCells(
  context: CanvasRenderingContext2D,
  shape: Shape,
  count: number,
  palette: Palette,
  cellAt: (index: number) => Cell | null,
): void {
  const cells: Cell[] = []
  for (let i = 0; i < count; i++) {
    const cell = cellAt(i)
    if (cell) cells.push(cell)
  }
  if (cells.length === 0) return
  const pixels = shape.width * shape.height
  const image = new ImageData(shape.width, shape.height * cells.length)
  const words = new Uint32Array(image.data.buffer)
  cells.forEach(({ values }, n) => {
    for (let i = 0; i < pixels; i++) words[n * pixels + i] = palette[values[i] ?? 0]
  })
  // Tall canvases are refused by browsers, so a long list of cells is painted in portions.
  const perPortion = Math.max(1, Math.floor(8192 / shape.height))
  const hidden = new OffscreenCanvas(shape.width, shape.height * Math.min(perPortion, cells.length))
  const hiddenContext = hidden.getContext('2d')
  if (!hiddenContext) return
  for (let from = 0; from < cells.length; from += perPortion) {
    hiddenContext.putImageData(image, 0, -from * shape.height)
    const until = Math.min(cells.length, from + perPortion)
    for (let n = from; n < until; n++) {
      const { x, y, width, height } = cells[n]
      // Crisp when enlarged, averaged when a very wide row has to shrink.
      context.imageSmoothingEnabled = width < shape.width
      context.drawImage(hidden, 0, (n - from) * shape.height, shape.width, shape.height, x, y, width, height)
    }
  }
}
