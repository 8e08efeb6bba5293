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
import type { CompareColours } from './compare-chart'
import { formatNats, formatSetting } from '../../logic/format'
import type { ScatterSetting } from '../../logic/scatter'
import { t } from '../../words'

Chart.register(ScatterController, PointElement, LinearScale, LogarithmicScale, CategoryScale, Tooltip)

/** A run in the chart. */
export interface ScatterPoint {
  /** The setting: a number, or the place of its word. */
  readonly x: number
  /** Mean NLL, nats. */
  readonly y: number
  readonly name: string
  /** The setting in words. */
  readonly value: string
  readonly hue: number
}

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
  const font = { size: 11, family: getComputedStyle(document.body).fontFamily }
  const title = (text: string): { display: true; text: string; color: string; font: typeof font } => ({
    display: true,
    text,
    color: colours.quiet,
    font,
  })
  const grid = { color: colours.hairline, tickColor: 'transparent' }
  const hues = points.map(({ hue }) => colours.hues[hue])
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
                title: title(setting.label),
                ticks: {
                  color: colours.quiet,
                  font,
                  maxTicksLimit: 10,
                  maxRotation: 0,
                  callback: (value) => formatSetting(Number(Number(value).toPrecision(6))),
                },
                grid,
                border: { color: colours.hairline },
              }
            : {
                type: 'category',
                labels: [...words],
                offset: true,
                title: title(setting.label),
                ticks: { color: colours.quiet, font, maxRotation: 0, autoSkip: false },
                grid,
                border: { color: colours.hairline },
              },
        y: {
          type: 'linear',
          grace: '8%',
          title: title(result),
          ticks: { color: colours.quiet, font, maxTicksLimit: 8, callback: (value) => formatNats(Number(value)) },
          grid,
          border: { display: false },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          displayColors: false,
          backgroundColor: colours.surface,
          borderColor: colours.hairline,
          borderWidth: 1,
          titleColor: colours.ink,
          bodyColor: colours.ink,
          titleFont: { ...font, weight: 600 },
          bodyFont: font,
          padding: 8,
          caretSize: 0,
          cornerRadius: 6,
          callbacks: {
            title: ([item]) => (item ? (points[item.dataIndex]?.name ?? '') : ''),
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
