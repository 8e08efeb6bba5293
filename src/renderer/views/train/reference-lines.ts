import type { Plugin } from 'chart.js'
import { formatNats } from '../../logic/format'

/** A loss to compare with. */
export interface ReferenceLine {
  readonly key: 'independent' | 'mixture' | 'entropy'
  readonly name: string
  /** Mean NLL, nats. */
  readonly nats: number
}

const DASHES: Readonly<Record<ReferenceLine['key'], number[]>> = { independent: [2, 3], mixture: [6, 4], entropy: [] }

/** Draws the losses to compare with as level lines under the curves, with their names at the right end. */
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
      for (const { key, name, nats } of linesNow()) {
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
        ctx.textBaseline = isAbove ? 'bottom' : 'top'
        ctx.fillText(`${name} ${formatNats(nats)}`, right - 4, y + (isAbove ? -3 : 3))
      }
      ctx.restore()
    },
  }
}
