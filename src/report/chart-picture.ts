import { createRequire } from 'node:module'
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas'
import hangulFont from '@fontsource/noto-sans-kr/files/noto-sans-kr-korean-400-normal.woff2?inline'
import type { Chart, Shape } from './chart'
import { cornersOf, onPaper } from './svg'

const LATIN = 'DejaVu Sans'
const HANGUL = 'Noto Sans KR'
/** Syllables of Hangul and the letters that they are made of. */
const HAS_HANGUL = /\p{Script=Hangul}/u
/** Pixels of the picture for a unit of the chart. */
const SCALE = 2

/** A chart as the bytes of a PNG file, on paper; its fonts are those that come along. */
export function drawChart(chart: Chart): Uint8Array {
  const canvas = createCanvas(chart.width * SCALE, chart.height * SCALE)
  const ctx = canvas.getContext('2d')
  ctx.scale(SCALE, SCALE)
  ctx.fillStyle = onPaper('paper')
  ctx.fillRect(0, 0, chart.width, chart.height)
  ctx.lineJoin = 'round'
  const family = fontsFor(chart.shapes)
  for (const shape of chart.shapes) draw(ctx, shape, family)
  return canvas.encodeSync('png')
}

function draw(ctx: SKRSContext2D, shape: Shape, family: string): void {
  switch (shape.kind) {
    case 'line':
      ctx.strokeStyle = onPaper(shape.ink)
      ctx.lineWidth = shape.width
      ctx.setLineDash([...shape.dash])
      ctx.beginPath()
      for (const [x, y] of shape.places) ctx.lineTo(x, y)
      ctx.stroke()
      return
    case 'diamond':
      ctx.fillStyle = onPaper(shape.ink)
      ctx.beginPath()
      for (const [x, y] of cornersOf(shape.at, shape.radius)) ctx.lineTo(x, y)
      ctx.fill()
      return
    case 'text':
      ctx.fillStyle = onPaper(shape.ink)
      ctx.font = `${shape.size}px ${family}`
      ctx.textAlign = shape.anchor === 'middle' ? 'center' : shape.anchor
      ctx.fillText(shape.text, ...shape.at)
      return
  }
}

/** The families that texts are drawn with, which are there on every computer. */
function fontsFor(shapes: readonly Shape[]): string {
  GlobalFonts.registerFromPath(
    createRequire(import.meta.url).resolve('@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff2'),
    LATIN,
  )
  if (!shapes.some((shape) => shape.kind === 'text' && HAS_HANGUL.test(shape.text))) return `"${LATIN}"`
  GlobalFonts.register(Buffer.from(hangulFont.slice(hangulFont.indexOf(',') + 1), 'base64'), HANGUL)
  return `"${LATIN}", "${HANGUL}"`
}
