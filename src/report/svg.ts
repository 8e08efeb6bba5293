import type { Chart, Ink, Place, Shape } from './chart'
import { markup, type Markup } from './markup'

/** The colours of a chart that stands alone, on paper. */
export const PAPER_COLOURS: Readonly<Record<Exclude<Ink, `hue-${number}`>, string>> = {
  paper: '#ffffff',
  ink: '#1a1b1e',
  quiet: '#54575e',
  grid: '#dfe0e3',
  train: '#3b7dd8',
  valid: '#c96f14',
  floor: '#1d6f42',
}
/** Those of runs, as in the window (`--hue-0` and on). */
export const HUE_COLOURS = ['#2c69c4', '#b85c00', '#1d7d4d', '#8a4fc7', '#c03a83', '#0f7d8c', '#7a7000', '#a3412a'] as const // prettier-ignore

/** A colour on paper. */
export function onPaper(ink: Ink): string {
  return isHue(ink) ? HUE_COLOURS[Number(ink.slice('hue-'.length)) % HUE_COLOURS.length] : PAPER_COLOURS[ink]
}

function isHue(ink: Ink): ink is `hue-${number}` {
  return ink.startsWith('hue-')
}

/** A colour as the style of the page has it, light or dark. */
export function byStyle(ink: Ink): string {
  return `var(--${ink})`
}

/** A chart as an element of a page. @param colour of each ink */
export function svgOf(chart: Chart, colour: (ink: Ink) => string = byStyle): Markup {
  const { width, height, shapes, title } = chart
  return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans CJK KR', 'Noto Sans KR', sans-serif"><title>${title}</title>${shapes.map((shape) => elementOf(shape, colour))}</svg>`
}

/** A chart as a file of its own, on paper. */
export function svgFile(chart: Chart): string {
  const paper: Shape = {
    kind: 'line',
    places: [[0, chart.height / 2], [chart.width, chart.height / 2]], // prettier-ignore
    ink: 'paper',
    width: chart.height,
    dash: [],
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svgOf({ ...chart, shapes: [paper, ...chart.shapes] }, onPaper).text}\n`
}

function elementOf(shape: Shape, colour: (ink: Ink) => string): Markup {
  switch (shape.kind) {
    case 'line': {
      const dash = shape.dash.length > 0 ? markup` stroke-dasharray="${shape.dash.join(' ')}"` : null
      return markup`<polyline points="${shape.places.map(inUnits).join(' ')}" fill="none" stroke="${colour(shape.ink)}" stroke-width="${shape.width}" stroke-linejoin="round"${dash}/>`
    }
    case 'diamond': {
      const corners = cornersOf(shape.at, shape.radius)
      return markup`<polygon points="${corners.map(inUnits).join(' ')}" fill="${colour(shape.ink)}"/>`
    }
    case 'text': {
      const [x, y] = shape.at
      return markup`<text x="${short(x)}" y="${short(y)}" font-size="${shape.size}" fill="${colour(shape.ink)}" text-anchor="${shape.anchor}">${shape.text}</text>`
    }
  }
}

/** The corners of a diamond. */
export function cornersOf([x, y]: Place, radius: number): Place[] {
  return [[x, y - radius], [x + radius, y], [x, y + radius], [x - radius, y]] // prettier-ignore
}

function inUnits([x, y]: Place): string {
  return `${short(x)},${short(y)}`
}

function short(value: number): string {
  return String(Number(value.toFixed(1)))
}
