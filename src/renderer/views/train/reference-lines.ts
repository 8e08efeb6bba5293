import type { Plugin } from 'chart.js'

/** A loss to compare with. */
export interface ReferenceLine {
  readonly key: 'independent' | 'mixture' | 'entropy'
  /** What it is, and how much: "mixture of 20: 118.20". */
  readonly label: string
  /** Mean NLL, nats. */
  readonly nats: number
}

const DASHES: Readonly<Record<ReferenceLine['key'], number[]>> = { independent: [2, 3], mixture: [6, 4], entropy: [] }

const LINE_HEIGHT = 14
/** Between two names side by side. */
const NAME_GAP = 12

/** Where a name is written, pixels. */
export interface Box {
  readonly right: number
  readonly top: number
  readonly width: number
}

/** The place of a name beside those that are written already: as far to the left as it takes to cover none of them. */
export function freeBox(written: readonly Box[], wanted: Box): Box {
  const inTheWay = written.find(
    (other) =>
      Math.abs(other.top - wanted.top) < LINE_HEIGHT &&
      wanted.right > other.right - other.width - NAME_GAP &&
      wanted.right - wanted.width < other.right + NAME_GAP,
  )
  if (inTheWay === undefined) return wanted
  return freeBox(written, { ...wanted, right: inTheWay.right - inTheWay.width - NAME_GAP })
}

/** Draws the losses to compare with as level lines under the curves, with their labels at the right end. */
export function referenceLines(
  colours: { readonly quiet: string; readonly entropy: string },
  linesNow: () => readonly ReferenceLine[],
): Plugin<'line'> {
  return {
    id: 'reference-lines',
    beforeDatasetsDraw({ ctx, chartArea, scales }) {
      const { left, right, top, bottom } = chartArea
      ctx.save()
      ctx.font = `11px ${getComputedStyle(document.body).fontFamily}`
      ctx.textAlign = 'right'
      const written: Box[] = []
      for (const { key, label, nats } of linesNow()) {
        const y = scales['y']?.getPixelForValue(nats) ?? NaN
        if (!(y >= top && y <= bottom)) continue
        ctx.strokeStyle = ctx.fillStyle = key === 'entropy' ? colours.entropy : colours.quiet
        ctx.lineWidth = key === 'entropy' ? 1.5 : 1
        ctx.setLineDash(DASHES[key])
        ctx.beginPath()
        ctx.moveTo(left, y)
        ctx.lineTo(right, y)
        ctx.stroke()
        // Curves come down to the entropy: its name goes to the other side, if there is space.
        const isAbove = y - top > 16 && !(key === 'entropy' && bottom - y > 18)
        const box = freeBox(written, {
          right: right - 4,
          top: isAbove ? y - 3 - LINE_HEIGHT : y + 3,
          width: ctx.measureText(label).width,
        })
        written.push(box)
        ctx.textBaseline = 'top'
        ctx.fillText(label, box.right, box.top + 1)
      }
      ctx.restore()
    },
  }
}
