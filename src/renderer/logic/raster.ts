/** How rows of values become pixels on a canvas. */

export interface Shape {
  readonly width: number
  readonly height: number
}

/** The four channels of a colour, 0..255. */
export type Rgb = readonly [number, number, number]

/** What each value 0..255 looks like, as the little-endian RGBA word of ImageData. */
export type Palette = Uint32Array<ArrayBuffer>

/** Colours from paper (0) to ink (255). */
export function greyPalette(paper: Rgb, ink: Rgb): Palette {
  return Uint32Array.from({ length: 256 }, (_, value) => {
    const share = value / 255
    return rgbaWord([
      paper[0] + (ink[0] - paper[0]) * share,
      paper[1] + (ink[1] - paper[1]) * share,
      paper[2] + (ink[2] - paper[2]) * share,
    ])
  })
}

/** Paper below the threshold, ink from it on: what a binarization by threshold shows. */
export function thresholdPalette(palette: Palette, threshold: number): Palette {
  return palette.map((_, value) => (value >= threshold ? palette[255] : palette[0]))
}

/** An opaque colour as an RGBA word. */
export function rgbaWord([red, green, blue]: Rgb): number {
  return ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0
}

/** The shape that one row is drawn in within a grid: its picture, or a strip one pixel high. */
export function gridShape(columns: number, picture: Shape | null): Shape {
  return picture ?? { width: columns, height: 1 }
}

/** The side of a picture that the sizes S, M and L are made for. */
const USUAL_SIDE = 28

/** The scale at which small pictures are as large on the screen as digits are. */
export function scaleFor(scale: number, picture: Shape | null): number {
  return picture ? scale * Math.max(1, Math.floor(USUAL_SIDE / Math.max(picture.width, picture.height))) : scale
}

/** The shape that one row is drawn in when it stands alone: its picture, or nearly a square. */
export function aloneShape(columns: number, picture: Shape | null): Shape {
  if (picture) return picture
  const width = Math.ceil(Math.sqrt(columns))
  return { width, height: Math.ceil(columns / width) }
}

/** Where the cells of a grid lie, in device pixels. */
export interface GridLayout {
  readonly perRow: number
  /** Size of the drawn cell. */
  readonly cellWidth: number
  readonly cellHeight: number
  /** Between rows of cells, and above the first. */
  readonly gap: number
  /** Between neighbours in a row. */
  readonly gapAcross: number
  /** From the left edge to the first cell, so that the grid is centred. */
  readonly inset: number
}

/**
 * Lays out cells of whole device pixels, so that every pixel of a digit has the same size.
 * @param available width in device pixels
 * @param scale device pixels per pixel of the picture that the person wants
 * @param gap device pixels between cells
 */
export function layoutGrid(shape: Shape, available: number, scale: number, gap: number): GridLayout {
  if (shape.height === 1) return layoutStrips(shape.width, available, scale, gap)
  const largest = Math.max(1, Math.floor((available - 2 * gap) / shape.width))
  const whole = Math.max(1, Math.min(scale, largest))
  const cellWidth = shape.width * whole
  const cellHeight = shape.height * whole
  const perRow = Math.max(1, Math.floor((available - gap) / (cellWidth + gap)))
  const used = perRow * (cellWidth + gap) - gap
  return { perRow, cellWidth, cellHeight, gap, gapAcross: gap, inset: Math.max(0, Math.floor((available - used) / 2)) }
}

/** Rows without a picture: strips of squares side by side where several fit, one strip below another where not. */
function layoutStrips(columns: number, available: number, scale: number, gap: number): GridLayout {
  const side = Math.max(4, 4 * scale)
  const fits = Math.floor((available - 2 * gap) / columns)
  const cellWidth = fits >= 1 ? Math.min(fits, side) * columns : Math.max(1, available - 2 * gap)
  const gapAcross = 4 * gap
  const perRow = Math.max(1, Math.floor((available - 2 * gap + gapAcross) / (cellWidth + gapAcross)))
  return {
    perRow,
    cellWidth,
    cellHeight: side,
    gap: Math.max(1, Math.round(gap / 2)),
    gapAcross,
    inset: 2 * gap > available - cellWidth ? gap : 2 * gap,
  }
}

/** A sheet of cells without scrolling, in device pixels. */
export interface SheetLayout {
  readonly perRow: number
  readonly rows: number
  readonly cellWidth: number
  readonly cellHeight: number
}

/**
 * Lays out up to `count` cells on a sheet: all of them as large as fits, or, where they would be smaller than
 * `comfortable` device pixels per pixel, at that size as many as fit. Strips are squeezed rather than cut.
 */
export function layoutSheet(shape: Shape, count: number, area: Shape, gap: number, comfortable: number): SheetLayout {
  const inside = (available: number, cells: number): number => Math.max(1, Math.floor((available - gap) / cells) - gap)
  if (shape.height === 1)
    return { perRow: 1, rows: count, cellWidth: inside(area.width, 1), cellHeight: inside(area.height, count) }
  const square = Math.ceil(Math.sqrt(count))
  const rows = Math.ceil(count / square)
  const fits = Math.floor(Math.min(inside(area.width, square) / shape.width, inside(area.height, rows) / shape.height))
  const cell = (scale: number): { cellWidth: number; cellHeight: number } => ({
    cellWidth: scale * shape.width,
    cellHeight: scale * shape.height,
  })
  if (fits >= comfortable) return { perRow: square, rows, ...cell(fits) }
  const larger = cell(comfortable)
  const across = Math.min(square, Math.floor((area.width - gap) / (larger.cellWidth + gap)))
  const down = Math.min(
    Math.ceil(count / Math.max(1, across)),
    Math.floor((area.height - gap) / (larger.cellHeight + gap)),
  )
  const isWorth = across * down >= count / 4
  return isWorth ? { perRow: across, rows: down, ...larger } : { perRow: square, rows, ...cell(Math.max(1, fits)) }
}

/** The cells that a scrolled window of the grid shows, in rows of cells; `last` is included. */
export function visibleRows(
  layout: GridLayout,
  count: number,
  top: number,
  height: number,
): { first: number; last: number } {
  const pitch = layout.cellHeight + layout.gap
  const rows = Math.ceil(count / layout.perRow)
  const first = Math.max(0, Math.floor((top - layout.gap) / pitch))
  const last = Math.min(rows - 1, Math.floor((top + height) / pitch))
  return { first, last }
}

/** The cell under a point of the scrolled content, or null between cells. All in device pixels. */
export function cellAt(layout: GridLayout, count: number, x: number, y: number): number | null {
  const { perRow, cellWidth, cellHeight, gap, gapAcross, inset } = layout
  const column = Math.floor((x - inset) / (cellWidth + gapAcross))
  const row = Math.floor((y - gap) / (cellHeight + gap))
  if (column < 0 || column >= perRow || row < 0) return null
  if (x - inset - column * (cellWidth + gapAcross) >= cellWidth) return null
  // Thin strips are hit anywhere between them too.
  if (gap * 6 < cellHeight && y - gap - row * (cellHeight + gap) >= cellHeight) return null
  const index = row * perRow + column
  return index < count ? index : null
}

/** A cache with a bound: the entry that was used longest ago goes first. */
export class BoundedCache<K, V> {
  private readonly entries = new Map<K, V>()

  constructor(private readonly most: number) {}

  get(key: K): V | undefined {
    const value = this.entries.get(key)
    if (value === undefined) return undefined
    this.entries.delete(key)
    this.entries.set(key, value)
    return value
  }

  keys(): Iterable<K> {
    return this.entries.keys()
  }

  set(key: K, value: V): void {
    this.entries.delete(key)
    this.entries.set(key, value)
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= this.most) break
      this.entries.delete(oldest)
    }
  }

  clear(): void {
    this.entries.clear()
  }
}
