import { createRequire } from 'node:module'
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas'
import { Chart, Legend, LinearScale, LineController, LineElement, PointElement, type Point } from 'chart.js'
import type { RunHistory } from '../shared/run'
import hangulFont from '@fontsource/noto-sans-kr/files/noto-sans-kr-korean-400-normal.woff2?inline'
import { t } from './words'

const LATIN = 'DejaVu Sans'
const HANGUL = 'Noto Sans KR'
/** Syllables of Hangul and the letters that they are made of. */
const HAS_HANGUL = /\p{Script=Hangul}/u
const PAPER = '#ffffff'
const INK = '#1f2328'
const GRID = '#e4e4e2'
const TRAIN = '#3b7dd8b0'
const VALID = '#d9822b'
const FLOOR = '#1d6f42'

Chart.register(LineController, LineElement, PointElement, LinearScale, Legend)

/**
 * The loss curves of a run as a PNG of 1280×800 pixels: nats over epochs, the best epoch marked.
 * @param entropy what no model can be better than, nats; null where it is not known
 */
export function drawLossChart(history: RunHistory, title: string, entropy: number | null): Uint8Array {
  const lossWords = t('cli.chart.loss', { data: title })
  const family = fontsFor(`${lossWords} ${t('cli.chart.epoch')}`)
  const canvas = createCanvas(1280, 800)
  const perEpoch = history.minibatchesPerEpoch
  const best = history.epochs.filter(({ isBest }) => isBest).at(-1)
  const end = Math.max(history.epochs.at(-1)?.epoch ?? 0, (history.losses.at(-1)?.update ?? 0) / perEpoch)
  const font = { family, size: 16 }
  const axis = (text: string) => ({
    type: 'linear' as const,
    title: { display: true, text, font, color: INK },
    ticks: { font, color: INK },
    grid: { color: GRID },
  })
  const points = (data: Point[]): { data: Point[]; parsing: false } => ({ data, parsing: false })
  const chart = new Chart(canvas, {
    type: 'line',
    data: {
      datasets: [
        {
          label: t('cli.chart.training'),
          borderColor: TRAIN,
          backgroundColor: TRAIN,
          borderWidth: 1,
          pointRadius: 0,
          order: 3,
          ...points(history.losses.map(({ update, loss }) => ({ x: update / perEpoch, y: loss }))),
        },
        {
          label: t('cli.chart.validation'),
          borderColor: VALID,
          backgroundColor: VALID,
          borderWidth: 3,
          pointRadius: 3,
          order: 2,
          ...points(history.epochs.map(({ epoch, validNll }) => ({ x: epoch, y: validNll }))),
        },
        {
          label: best
            ? t('cli.chart.best', { epoch: String(best.epoch), nats: best.validNll.toFixed(2) })
            : t('cli.chart.no-best'),
          borderColor: PAPER,
          backgroundColor: INK,
          borderWidth: 2,
          pointRadius: 9,
          pointStyle: 'rectRot',
          showLine: false,
          order: 1,
          clip: false,
          ...points(best ? [{ x: best.epoch, y: best.validNll }] : []),
        },
        ...(entropy === null
          ? []
          : [
              {
                ...floorLine(entropy),
                ...points([
                  { x: 0, y: entropy },
                  { x: end, y: entropy },
                ]),
              },
            ]),
      ],
    },
    plugins: [
      { id: 'paper', beforeDraw: ({ width, height }) => fillWithPaper(canvas.getContext('2d'), width, height) },
    ],
    options: {
      animation: false,
      responsive: false,
      devicePixelRatio: 1,
      layout: { padding: 24 },
      scales: { x: axis(t('cli.chart.epoch')), y: { ...axis(lossWords), ...scaleOf(history) } },
      plugins: { legend: { labels: { font, color: INK, usePointStyle: true } } },
    },
  })
  chart.draw()
  const png = canvas.encodeSync('png')
  chart.destroy()
  return png
}

/** The families that texts are drawn with, which are there on every computer. */
function fontsFor(texts: string): string {
  GlobalFonts.registerFromPath(
    createRequire(import.meta.url).resolve('@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff2'),
    LATIN,
  )
  if (!HAS_HANGUL.test(texts)) return LATIN
  GlobalFonts.register(Buffer.from(hangulFont.slice(hangulFont.indexOf(',') + 1), 'base64'), HANGUL)
  return `${LATIN}, ${HANGUL}`
}

/** How the least possible loss is drawn. */
function floorLine(entropy: number): {
  label: string
  borderColor: string
  backgroundColor: string
  borderWidth: number
  pointRadius: 0
} {
  const label = t('cli.chart.floor', { nats: entropy.toFixed(2) })
  return { label, borderColor: FLOOR, backgroundColor: FLOOR, borderWidth: 2, pointRadius: 0 }
}

function fillWithPaper(ctx: SKRSContext2D, width: number, height: number): void {
  ctx.save()
  ctx.fillStyle = PAPER
  ctx.fillRect(0, 0, width, height)
  ctx.restore()
}

/** The first minibatches are so far above the rest that the axis would show nothing else: it ends at the 98th percentile. */
function scaleOf({ losses, epochs }: RunHistory): { max?: number } {
  const sorted = [...losses.map(({ loss }) => loss), ...epochs.map(({ validNll }) => validNll)].sort((a, b) => a - b)
  return sorted.length < 50 ? {} : { max: sorted[Math.floor(0.98 * sorted.length)] }
}
