import { hatching } from './hatching'

/** A drawing that is written as SVG or as PNG: rectangles and words, in pixels from the upper left corner. */
export interface Sheet {
  readonly width: number
  readonly height: number
  readonly marks: readonly Mark[]
}

export type Mark =
  | {
      readonly kind: 'box'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      /** A colour of CSS; `HATCHED` for what is not known. */
      readonly fill: string
    }
  | {
      readonly kind: 'words'
      readonly x: number
      /** Of the line that the letters stand on. */
      readonly y: number
      readonly text: string
      readonly size: number
      readonly isBold?: boolean
      readonly isAtEnd?: boolean
      readonly fill: string
    }

/** The fill of what is not known. */
export const HATCHED = 'hatched'

/** How hatching looks. */
export interface HatchColours {
  readonly ground: string
  readonly hatch: string
}

const FONT = 'system-ui,sans-serif'
/** A PNG has so many pixels to each of the drawing, where it does not become too large. */
const [SHARP, MOST_PIXELS] = [2, 64e6]

/** As SVG, in which every word can be read and changed. */
export function svgOf({ width, height, marks }: Sheet, { ground, hatch }: HatchColours): string {
  const drawn = marks.map((mark) => {
    if (mark.kind === 'words')
      return `<text x="${mark.x}" y="${mark.y}" font-size="${mark.size}" fill="${mark.fill}"${mark.isBold ? ' font-weight="600"' : ''}${mark.isAtEnd ? ' text-anchor="end"' : ''}>${escaped(mark.text)}</text>`
    const fill = mark.fill === HATCHED ? 'url(#hatched)' : mark.fill
    return `<rect x="${mark.x}" y="${mark.y}" width="${mark.width}" height="${mark.height}" fill="${fill}"/>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}">`,
    '<defs>',
    `<pattern id="hatched" width="8" height="8" patternUnits="userSpaceOnUse">`,
    `<rect width="8" height="8" fill="${ground}"/>`,
    `<path d="M-4 8 4 0M0 8 8 0M4 8 12 0" stroke="${hatch}"/>`,
    '</pattern>',
    '</defs>',
    // Pixels beside each other show no seam.
    `<g shape-rendering="crispEdges">`,
    ...drawn,
    '</g>',
    '</svg>\n',
  ].join('\n')
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`).replace(/[^\P{Cc}\t\n\r]/gu, '')
}

/** As PNG. */
export async function pngOf({ width, height, marks }: Sheet, colours: HatchColours): Promise<Uint8Array> {
  const scale = Math.max(1, Math.min(SHARP, Math.floor(Math.sqrt(MOST_PIXELS / (width * height)))))
  const canvas = document.createElement('canvas')
  ;[canvas.width, canvas.height] = [width * scale, height * scale]
  const context = canvas.getContext('2d')
  if (!context) throw new Error('there is no canvas to draw on')
  context.scale(scale, scale)
  const hatched = hatching(context, colours)
  for (const mark of marks) {
    context.fillStyle = mark.fill === HATCHED ? hatched : mark.fill
    if (mark.kind === 'box') context.fillRect(mark.x, mark.y, mark.width, mark.height)
    else {
      context.font = `${mark.isBold ? '600 ' : ''}${mark.size}px ${FONT}`
      context.textAlign = mark.isAtEnd ? 'right' : 'left'
      context.fillText(mark.text, mark.x, mark.y)
    }
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('the sheet cannot be encoded')
  return new Uint8Array(await blob.arrayBuffer())
}
