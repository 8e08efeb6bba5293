import {
  CategoryScale,
  Chart,
  LinearScale,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
  type ChartConfiguration,
} from 'chart.js'
import { largest, smallest } from '../../../base/extremes'
import { chartLook } from '../../components/chart-look'
import type { CompareColours } from './compare-chart'
import { formatNats, formatSetting } from '../../logic/format'
import type { ScatterPoint, ScatterSetting } from '../../logic/scatter'
import { hueOf } from '../../../shared/run-hue'
import { t } from '../../words'

Chart.register(ScatterController, PointElement, LinearScale, LogarithmicScale, CategoryScale, Tooltip)

export type ScatterChart = Chart<'scatter', ScatterPoint[]>

/** What is drawn. */
export interface Scatter {
  readonly setting: ScatterSetting
  /** The words on the axis; null where it is one of numbers. */
  readonly words: readonly string[] | null
  readonly result: string
  readonly points: readonly ScatterPoint[]
}

/** A chart without animation of what came of runs over one of their settings. */
export function createScatterChart(
  canvas: HTMLCanvasElement,
  { setting, words, result, points }: Scatter,
  colours: CompareColours,
): ScatterChart {
  const look = chartLook(colours)
  const hues = points.map(({ run }) => colours.hues[hueOf(run.id)])
  const configuration: ChartConfiguration<'scatter', ScatterPoint[]> = {
    type: 'scatter',
    data: {
      datasets: [
        {
          data: [...points],
          backgroundColor: hues,
          borderColor: hues,
          pointRadius: 5,
          pointHoverRadius: 7,
          clip: false,
        },
      ],
    },
    options: {
      animation: false,
      parsing: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', axis: 'xy', intersect: false },
      layout: { padding: { top: 12, right: 16 } },
      scales: {
        x:
          words === null
            ? {
                type: setting.isLogarithmic ? 'logarithmic' : 'linear',
                grace: setting.isLogarithmic ? 0 : '5%',
                title: look.title(setting.label),
                ticks: {
                  ...look.ticks,
                  maxTicksLimit: 10,
                  maxRotation: 0,
                  callback: (value) => formatSetting(Number(Number(value).toPrecision(6))),
                },
                grid: look.grid,
                border: { color: colours.hairline },
              }
            : {
                type: 'category',
                labels: [...words],
                offset: true,
                title: look.title(setting.label),
                ticks: { ...look.ticks, maxRotation: 0, autoSkip: false },
                grid: look.grid,
                border: { color: colours.hairline },
              },
        y: {
          type: 'linear',
          grace: '8%',
          ...floorOf(points),
          title: look.title(result),
          ticks: { ...look.ticks, maxTicksLimit: 8, callback: (value) => formatNats(Number(value)) },
          grid: look.grid,
          border: { display: false },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          ...look.tooltip,
          callbacks: {
            title: ([item]) => (item ? (points[item.dataIndex]?.run.name ?? '') : ''),
            label: ({ dataIndex }) => {
              const { value, y } = points[dataIndex]
              return t('compare.scatter.at', { setting: setting.label, value, loss: formatNats(y) })
            },
          },
        },
      },
    },
  }
  return new Chart(canvas, configuration)
}

/** Losses of models that give probabilities are never below zero: room below the points does not reach there. */
function floorOf(points: readonly ScatterPoint[]): { min?: number } {
  const losses = points.map(({ y }) => y)
  if (losses.length === 0) return {}
  const [least, most] = [smallest(losses), largest(losses)]
  return least >= 0 && least < 0.1 * (most - least) ? { min: 0 } : {}
}
