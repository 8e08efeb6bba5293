import { encode } from 'fast-png'
import { StudioError } from '../base/failure'
import { say } from '../words/say'
import type { BitMatrix } from './bit-matrix'

const PAPER = 255
/** The hairline between pictures: barely darker than the paper. */
const GAP_GREY = 225
/** A sheet is scaled up by whole numbers as long as neither side passes this. */
const ROOMY_SIDE = 1600
/** The largest sheet: beyond it a PNG is no way to look at rows. */
const MOST_PIXELS = 100_000_000

/** What rows look like on a sheet. */
export interface RowShape {
  readonly columns: number
  /** The shape of the picture in a row; null if rows are not pictures. */
  readonly picture: { readonly width: number; readonly height: number } | null
}

/** Rows to draw: `values` is `[rows, columns]`, 0 (paper) to 255 (full ink). */
export interface SheetRows extends RowShape {
  readonly values: Uint8Array
}

export interface SheetLayout {
  /** Pictures side by side; as many as make the sheet nearly square if absent. */
  readonly perRow?: number
  /** Whole pixels of the sheet per pixel of a picture; chosen by the size of the sheet if absent. */
  readonly scale?: number
}

/** A grey image, row-major, 0 black to 255 white. */
export interface Sheet {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/** What of rows is looked at: of pictures all but their label. */
export function seenIn(rows: BitMatrix, picture: RowShape['picture']): BitMatrix {
  return picture ? rows.firstColumns(picture.width * picture.height) : rows
}

/** Bits as ink, `[rows, columns]`: 255 for a one, 0 for a zero. */
export function inkOf(bits: BitMatrix): Uint8Array {
  return bits.toBytes().map((bit) => bit * 255)
}

/**
 * Lays rows out, ink on paper: pictures in a grid with hairlines between and around them; rows that are not pictures as
 * the lines of one raster.
 * @throws StudioError 'invalid-data' without rows, 'too-large' beyond 100 million pixels
 */
export function layOutSheet(rows: SheetRows, layout: SheetLayout = {}): Sheet {
  const count = rows.values.length / rows.columns
  if (count < 1) throw new StudioError('invalid-data', say('source.sheet.no-rows'), say('source.sheet.no-rows.hint'))
  requireSheet(count, rows, layout)
  const { tile, across, down, scale, gap, stepX, stepY, width, height } = gridOf(count, rows, layout)
  const pixels = new Uint8Array(width * height).fill(GAP_GREY)
  for (let cell = 0; cell < across * down; cell++) {
    const left = gap + (cell % across) * stepX
    const top = gap + Math.floor(cell / across) * stepY
    for (let y = 0; y < tile.height * scale; y++) {
      const line = (top + y) * width + left
      if (cell >= count) {
        pixels.fill(PAPER, line, line + tile.width * scale)
        continue
      }
      const from = cell * rows.columns + Math.floor(y / scale) * tile.width
      for (let x = 0; x < tile.width; x++) {
        const start = line + x * scale
        pixels.fill(PAPER - rows.values[from + x], start, start + scale)
      }
    }
  }
  return { width, height, pixels }
}

/** Where the pictures of a sheet lie, in pixels. */
interface Grid {
  readonly tile: { readonly width: number; readonly height: number }
  readonly across: number
  readonly down: number
  readonly scale: number
  readonly gap: number
  readonly stepX: number
  readonly stepY: number
  readonly width: number
  readonly height: number
}

function gridOf(count: number, { columns, picture }: RowShape, layout: SheetLayout): Grid {
  const raster = picture === null
  const tile = picture ?? { width: columns, height: 1 }
  const across = raster ? 1 : Math.min(count, layout.perRow ?? Math.ceil(Math.sqrt(count)))
  const down = Math.ceil(count / across)
  const roomiest = Math.floor(ROOMY_SIDE / Math.max(across * tile.width, down * tile.height))
  const scale = layout.scale ?? Math.min(4, Math.max(1, roomiest))
  const gap = raster ? 0 : scale > 1 ? 2 : 1
  const stepX = tile.width * scale + gap
  const stepY = tile.height * scale + gap
  return { tile, across, down, scale, gap, stepX, stepY, width: across * stepX + gap, height: down * stepY + gap }
}

/** @throws StudioError 'too-large' where a sheet of so many rows would have more than 100 million pixels */
export function requireSheet(count: number, rows: RowShape, layout: SheetLayout = {}): void {
  const isModest = (some: number): boolean => {
    const { width, height } = gridOf(some, rows, layout)
    return width * height <= MOST_PIXELS
  }
  if (isModest(count)) return
  let [fits, tooMany] = [0, count]
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2)
    if (isModest(middle)) fits = middle
    else tooMany = middle
  }
  const { width, height } = gridOf(count, rows, layout)
  throw new StudioError(
    'too-large',
    say('source.sheet.large', { rows: count, width, height, fits }),
    say('source.sheet.large.hint'),
  )
}

/**
 * The sheet of those rows as the bytes of a PNG file, 8-bit grey.
 * @throws StudioError as `layOutSheet`
 */
export function encodeSheet(rows: SheetRows, layout: SheetLayout = {}): Uint8Array {
  const { width, height, pixels } = layOutSheet(rows, layout)
  return encode({ width, height, data: pixels, channels: 1, depth: 8 })
}
