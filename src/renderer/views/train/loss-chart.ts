import {
  Chart,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
  type ChartConfiguration,
  type ChartDataset,
  type Scale,
  type TooltipPositionerFunction,
} from 'chart.js'
import { chartLook } from '../../components/chart-look'
import { bitsPerInput, bitsUnit, formatBitsPerInput, formatNats, formatTick } from '../../logic/format'
import type { LossUnit } from '../../../shared/loss-unit'
import { closeRange, smooth, smoothingFor, type LossPoint } from '../../logic/loss-series'
import { referenceLines, type ReferenceLine } from './reference-lines'
import { largest, smallest } from '../../../base/extremes'
import type { EpochRecord } from '../../../shared/run'
import { t } from '../../words'

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip, Legend)

export type ChartView = 'close' | 'whole' | 'log'
export type LossChart = Chart<'line', Point[]>

interface Point {
  readonly x: number
  readonly y: number
}

/** What is drawn. */
export interface Curves {
  readonly losses: readonly LossPoint[]
  readonly epochs: readonly EpochRecord[]
  readonly minibatchesPerEpoch: number
  readonly unit: LossUnit
  readonly view: ChartView
  /** Losses to compare with, as level lines. */
  readonly references: readonly ReferenceLine[]
  readonly shown: { readonly train: boolean; readonly valid: boolean; readonly best: boolean }
}

export interface ChartColours {
  readonly train: string
  readonly valid: string
  readonly ink: string
  readonly quiet: string
  readonly hairline: string
  readonly surface: string
  readonly entropy: string
}

const MOST_MARKED_EPOCHS = 60

declare module 'chart.js' {
  interface TooltipPositionerMap {
    corner: TooltipPositionerFunction<'line'>
  }
}

/** The upper corner that the pointer is further away from: a loss falls, so that the right one is mostly empty. */
Tooltip.positioners.corner = function (_items, { x }) {
  const { left, right, top } = this.chart.chartArea
  const isRight = (x ?? left) < left + 0.6 * (right - left)
  return { x: isRight ? right - 8 : left + 8, y: top + 8, xAlign: isRight ? 'right' : 'left', yAlign: 'top' }
}

/** A chart without animation on a canvas; `curvesNow` is asked for the figures of the tooltip. */
export function createLossChart(
  canvas: HTMLCanvasElement,
  view: ChartView,
  colours: ChartColours,
  curvesNow: () => Curves,
): LossChart {
  return new Chart(canvas, configuration(view, colours, curvesNow))
}

/** Puts new curves into a chart. */
export function updateLossChart(chart: LossChart, curves: Curves, colours: ChartColours): void {
  const perEpoch = curves.minibatchesPerEpoch
  const raw: Point[] = curves.losses.map(({ update, loss }) => ({ x: update / perEpoch, y: loss }))
  const smoothed = smooth(
    raw.map(({ y }) => y),
    smoothingFor(raw.length),
  )
  const train = raw.map(({ x }, i) => ({ x, y: smoothed[i] }))
  const valid = curves.epochs.map(({ epoch, validNll }) => ({ x: epoch, y: validNll }))
  const best = curves.epochs.filter(({ isBest }) => isBest).at(-1)
  const end = Math.max(1, valid.at(-1)?.x ?? 0, train.at(-1)?.x ?? 0)
  chart.data.datasets = datasets(
    raw,
    train,
    valid,
    best ? [{ x: best.epoch, y: best.validNll }] : [],
    colours,
    curves.shown,
  )
  // The least that is possible belongs into every view; other references into the close-up only where they happen to lie.
  const floor = curves.references.find(({ key }) => key === 'entropy')?.nats ?? null
  const range = curves.view === 'close' ? closeRange([...train, ...valid], floor) : null
  const { x, y } = chart.options.scales ?? {}
  if (x) x.max = end
  if (y) {
    y.min = range?.least
    y.max = range?.most
    const nats = curves.references.map((line) => line.nats)
    y.suggestedMin = nats.length > 0 ? smallest(nats) : undefined
    y.suggestedMax = nats.length > 0 ? largest(nats) : undefined
  }
  chart.update('none')
}

function datasets(
  raw: Point[],
  train: Point[],
  valid: Point[],
  best: Point[],
  colours: ChartColours,
  shown: Curves['shown'],
): ChartDataset<'line', Point[]>[] {
  const line = { borderJoinStyle: 'round' as const, pointRadius: 0, pointHoverRadius: 0 }
  const marker = valid.length > MOST_MARKED_EPOCHS ? 0 : 3
  return [
    { ...line, data: raw, borderColor: faint(colours.train), borderWidth: 1, hidden: !shown.train, order: 4 },
    { ...line, data: train, borderColor: colours.train, borderWidth: 1.5, hidden: !shown.train, order: 3 },
    {
      data: valid,
      // The newest is whole, though it lies on the edge.
      clip: { left: 0, top: 4, right: 8, bottom: 4 },
      borderColor: colours.valid,
      backgroundColor: colours.valid,
      borderWidth: 2,
      pointRadius: marker,
      pointHoverRadius: marker + 1,
      hidden: !shown.valid,
      order: 2,
    },
    {
      data: best,
      showLine: false,
      // Whole also where it lies on the edge.
      clip: false,
      pointStyle: 'rectRot',
      pointRadius: 7,
      pointHoverRadius: 7,
      pointBackgroundColor: colours.ink,
      pointBorderColor: colours.surface,
      pointBorderWidth: 1.5,
      hidden: !shown.best,
      order: 1,
    },
  ]
}

/** The colour at a fifth of its strength. */
function faint(colour: string): string {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  return `rgba(${red}, ${green}, ${blue}, 0.2)`
}

function configuration(
  view: ChartView,
  colours: ChartColours,
  curvesNow: () => Curves,
): ChartConfiguration<'line', Point[]> {
  const look = chartLook(colours)
  const scaleType = view === 'log' ? 'logarithmic' : 'linear'
  return {
    type: 'line',
    data: { datasets: [] },
    plugins: [referenceLines(colours, () => curvesNow().references)],
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      layout: { padding: { top: 8, right: 8 } },
      scales: {
        x: {
          type: 'linear',
          min: 0,
          title: look.title(t('train.chart.axis.epoch')),
          ticks: { ...look.ticks, maxTicksLimit: 12, maxRotation: 0, includeBounds: false },
          grid: look.grid,
          border: { color: colours.hairline },
        },
        y: {
          type: scaleType,
          title: look.title(t('train.chart.axis.loss')),
          ticks: {
            ...look.ticks,
            maxTicksLimit: 8,
            includeBounds: false,
            callback: (value, _index, ticks) => formatTick(Number(value), stepOf(ticks)),
          },
          grid: look.grid,
          border: { display: false },
        },
        bits: {
          type: scaleType,
          position: 'right',
          title: look.title(bitsUnit(curvesNow().unit)),
          grid: { drawOnChartArea: false, tickColor: 'transparent' },
          border: { display: false },
          // The same axis in another unit. Its range is put right last: ticks of its own would widen it.
          afterBuildTicks: (scale) => {
            const { min, max, ticks } = nats(scale)
            scale.min = min
            scale.max = max
            scale.ticks = ticks.map(({ value }) => ({ value }))
          },
          ticks: {
            ...look.ticks,
            callback: (value, _index, ticks) => {
              const { unit } = curvesNow()
              return formatTick(bitsPerInput(Number(value), unit), bitsPerInput(stepOf(ticks), unit))
            },
          },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          // Beside the curve, not over it.
          position: 'corner',
          ...look.tooltip,
          filter: (_item, index) => index === 0,
          callbacks: {
            title: (items) => (items[0] ? titleAt(items[0].parsed.x ?? 0) : ''),
            label: (item) => linesAt(curvesNow(), item.parsed.x ?? 0),
          },
        },
      },
    },
  }
}

function nats(scale: Scale): Scale {
  return scale.chart.scales['y'] ?? scale
}

function stepOf(ticks: readonly { readonly value: number }[]): number {
  return ticks.length > 1 ? Math.abs(ticks[1].value - ticks[0].value) : 1
}

function titleAt(x: number): string {
  return t('train.chart.at', { epoch: x })
}

/** Training and validation loss next to that place on the epoch axis. */
function linesAt(curves: Curves, x: number): string[] {
  const lines: string[] = []
  const amount = (loss: number): { loss: string; bits: string; unit: string } => ({
    loss: formatNats(loss),
    bits: formatBitsPerInput(loss, curves.unit),
    unit: bitsUnit(curves.unit),
  })
  const train = nearest(curves.losses, x * curves.minibatchesPerEpoch, ({ update }) => update)
  if (train) lines.push(t('train.chart.at.training', amount(train.loss)))
  const valid = nearest(curves.epochs, x, ({ epoch }) => epoch)
  if (valid) {
    const key = valid.isBest ? 'train.chart.at.best' : 'train.chart.at.validation'
    lines.push(t(key, { epoch: valid.epoch, ...amount(valid.validNll) }))
  }
  return lines
}

function nearest<T>(sorted: readonly T[], wanted: number, placeOf: (item: T) => number): T | null {
  let found: T | null = null
  let distance = Number.POSITIVE_INFINITY
  for (const item of sorted) {
    const away = Math.abs(placeOf(item) - wanted)
    if (away > distance) break
    found = item
    distance = away
  }
  return found
}
