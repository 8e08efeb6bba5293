import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
  type ChartConfiguration,
  type ChartDataset,
  type Plugin,
} from 'chart.js'
import { chartLook } from '../../components/chart-look'
import { largest } from '../../../base/extremes'
import { formatDuration, formatNats, formatTick, formatWhole } from '../../logic/format'
import { drawnPoints, meanCurve, validationCurve, type CurveAxis } from '../../logic/compared-curves'
import type { CurvePoint } from '../../logic/decimate'
import type { LineStyle } from '../../../shared/line-styles'
import type { RunCurve } from '../../../shared/run'
import type { ChartView } from '../train/loss-chart'
import { t } from '../../words'

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip)

export type CompareChart = Chart<'line', CurvePoint[]>

/** The curve of a run, or the mean of those of several. */
export interface ComparedCurve {
  readonly name: string
  /** Of each run that has any. */
  readonly runs: readonly RunCurve[]
  readonly style: LineStyle
  readonly isShown: boolean
}

/** What is drawn. */
export interface ComparedCurves {
  readonly curves: readonly ComparedCurve[]
  readonly axis: CurveAxis
  readonly view: ChartView
  /** How much they are smoothed, 0..1. */
  readonly smoothing: number
  /** Of losses, in a close-up; null: whatever there is. */
  readonly range: { readonly least: number; readonly most: number } | null
}

export interface CompareColours {
  /** Of lines, by hue. */
  readonly hues: readonly string[]
  readonly ink: string
  readonly quiet: string
  readonly hairline: string
  readonly surface: string
}

/** Of curves, in pixels. */
const LINE_WIDTH = 2
/** So many epochs are marked one by one. */
const MOST_MARKED_EPOCHS = 40

/** A chart without animation of the curves of several runs. */
export function createCompareChart(
  canvas: HTMLCanvasElement,
  { axis, view }: Pick<ComparedCurves, 'axis' | 'view'>,
  colours: CompareColours,
): CompareChart {
  return new Chart(canvas, configuration(axis, view, colours))
}

/** The interval of a mean, drawn as a band under its curve. */
interface Band {
  readonly least: readonly CurvePoint[]
  readonly most: readonly CurvePoint[]
  readonly colour: string
}

/** The bands of each chart. */
const bandsOf = new WeakMap<Chart, readonly Band[]>()

const bands: Plugin<'line'> = {
  id: 'bands',
  beforeDatasetsDraw(chart) {
    const { ctx, chartArea, scales } = chart
    const { x, y } = scales
    if (!x || !y) return
    ctx.save()
    ctx.beginPath()
    ctx.rect(chartArea.left, chartArea.top, chartArea.width, chartArea.height)
    ctx.clip()
    ctx.globalAlpha = 0.2
    for (const { least, most, colour } of bandsOf.get(chart) ?? []) {
      ctx.beginPath()
      for (const point of [...most, ...least.toReversed()])
        ctx.lineTo(x.getPixelForValue(point.x), y.getPixelForValue(point.y))
      ctx.fillStyle = colour
      ctx.fill()
    }
    ctx.restore()
  },
}

/** A curve as it is drawn on so many columns of pixels, and the band of its interval where it is a mean. */
function drawnCurve(
  { runs }: ComparedCurve,
  { axis, smoothing }: Pick<ComparedCurves, 'axis' | 'smoothing'>,
  columns: number,
): { readonly points: CurvePoint[]; readonly band: Omit<Band, 'colour'> | null } {
  const curves = runs.map((curve) => validationCurve(curve, axis, smoothing))
  const [first] = curves
  if (curves.length < 2) return { points: first ? drawnPoints(first, columns) : [], band: null }
  const { mean, least, most } = meanCurve(curves)
  return {
    points: drawnPoints(mean, columns),
    band: { least: drawnPoints(least, columns), most: drawnPoints(most, columns) },
  }
}

/** Puts new curves into a chart, each with no more points than there are pixels for. */
export function updateCompareChart(chart: CompareChart, drawn: ComparedCurves, colours: CompareColours): void {
  // As wide as a line.
  const columns = Math.max(100, Math.ceil(chart.width / LINE_WIDTH))
  const under: Band[] = []
  chart.data.datasets = drawn.curves.map((curve): ChartDataset<'line', CurvePoint[]> => {
    const { name, runs, style, isShown } = curve
    const colour = colours.hues[style.hue]
    const marker = runs.some(({ epoch }) => epoch.length > MOST_MARKED_EPOCHS) ? 0 : 2
    const { points, band } = isShown ? drawnCurve(curve, drawn, columns) : { points: [], band: null }
    if (band) under.push({ ...band, colour })
    return {
      label: name,
      data: points,
      // The newest is whole, though it lies on the edge.
      clip: { left: 0, top: 4, right: 8, bottom: 4 },
      borderColor: colour,
      backgroundColor: colour,
      borderDash: [...style.dash],
      borderWidth: LINE_WIDTH,
      borderJoinStyle: 'round',
      pointRadius: marker,
      pointHoverRadius: 4,
      hidden: !isShown,
    }
  })
  bandsOf.set(chart, under)
  const { x, y } = chart.options.scales ?? {}
  const ends = chart.data.datasets.flatMap(({ data, hidden }) => (hidden ? [] : [data.at(-1)?.x ?? 0]))
  if (x) x.max = ends.length > 0 ? Math.max(1e-9, largest(ends)) : 1
  if (y) {
    y.min = drawn.range?.least
    y.max = drawn.range?.most
  }
  chart.update('none')
}

const AXIS_TITLES = {
  epoch: 'train.chart.axis.epoch',
  update: 'compare.axis.update.title',
  time: 'compare.axis.time.title',
} as const satisfies Readonly<Record<CurveAxis, string>>

function configuration(
  axis: CurveAxis,
  view: ChartView,
  colours: CompareColours,
): ChartConfiguration<'line', CurvePoint[]> {
  const look = chartLook(colours)
  return {
    type: 'line',
    data: { datasets: [] },
    plugins: [bands],
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', axis: 'xy', intersect: false },
      layout: { padding: { top: 8, right: 8 } },
      scales: {
        x: {
          type: 'linear',
          min: 0,
          title: look.title(t(AXIS_TITLES[axis])),
          ticks: { ...look.ticks, maxTicksLimit: 12, maxRotation: 0, includeBounds: false },
          grid: look.grid,
          border: { color: colours.hairline },
        },
        y: {
          type: view === 'log' ? 'logarithmic' : 'linear',
          title: look.title(t('train.chart.axis.loss')),
          ticks: {
            ...look.ticks,
            maxTicksLimit: 8,
            includeBounds: false,
            callback: (value, _index, ticks) =>
              formatTick(Number(value), ticks.length > 1 ? Math.abs(ticks[1].value - ticks[0].value) : 1),
          },
          grid: look.grid,
          border: { display: false },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          ...look.tooltip,
          callbacks: {
            title: (items) => items[0]?.dataset.label ?? '',
            label: ({ parsed: { x, y } }) => pointWords(axis, x ?? 0, y ?? 0),
          },
        },
      },
    },
  }
}

function pointWords(axis: CurveAxis, place: number, nats: number): string {
  const loss = formatNats(nats)
  switch (axis) {
    case 'epoch':
      return t('compare.at.epoch', { place: formatWhole(place), loss })
    case 'update':
      return t('compare.at.update', { place: formatWhole(place), loss })
    case 'time':
      return t('compare.at.time', { place: formatDuration(place), loss })
  }
}
