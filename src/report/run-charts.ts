import { csvLine } from '../data/table-text'
import { figuresFor } from '../shared/figures'
import { lineStyles } from '../shared/line-styles'
import type { RunHistory } from '../shared/run'
import type { Reader } from '../words/reader'
import { curveChart, type Chart, type ChartWords, type Curve, type Place } from './chart'

/** The curves of a run, and what they are called. */
export interface CurvesOfRun {
  readonly id: string
  readonly name: string
  readonly history: RunHistory
}

/**
 * The loss curves of a run: nats over epochs, the best epoch marked.
 * @param data what it was trained on
 * @param entropy what no model can be better than, nats; null where it is not known
 */
export function lossChart(history: RunHistory, data: string, entropy: number | null, reader: Reader): Chart {
  const { t } = reader
  const { formatNats } = figuresFor(reader)
  const best = bestOf(history)
  const perEpoch = history.minibatchesPerEpoch
  const losses = history.losses.map(({ update, loss }): Place => [update / perEpoch, loss])
  const curves: Curve[] = [
    { name: t('report.chart.training'), points: losses, ink: 'train', width: 1, dash: [], best: null, isReference: false }, // prettier-ignore
    {
      name: best
        ? t('report.chart.validation.best', { epoch: String(best[0]), nats: formatNats(best[1]) })
        : t('report.chart.validation'),
      points: validationOf(history),
      ink: 'valid',
      width: 2.5,
      dash: [],
      best,
      isReference: false,
    },
    ...(entropy === null ? [] : [floorCurve(entropy, history, t('report.chart.floor', { nats: formatNats(entropy) }))]),
  ]
  return curveChart(curves, wordsOf(t('report.chart.loss', { data }), reader))
}

/** The validation losses of several runs: nats over epochs, the best epoch of each marked. */
export function comparedChart(runs: readonly CurvesOfRun[], reader: Reader): Chart {
  const styles = lineStyles(runs.map(({ id }) => id))
  const curves = runs.map(({ name, history }, i): Curve => ({
    name,
    points: validationOf(history),
    ink: `hue-${styles[i].hue}`,
    width: 2,
    dash: styles[i].dash,
    best: bestOf(history),
    isReference: false,
  }))
  return curveChart(curves, wordsOf(reader.t('report.chart.compared', { runs: runs.length }), reader))
}

/** The curves of runs as CSV: a line for each epoch of each. */
export function curvesCsv(runs: readonly CurvesOfRun[]): string {
  const head = ['run', 'epoch', 'update', 'train_nats', 'validation_nats', 'best', 'seconds']
  const lines = runs.flatMap(({ name, history }) =>
    history.epochs.map(({ epoch, update, trainNll, validNll, isBest, seconds }) =>
      csvLine([name, epoch, update, trainNll, validNll, isBest ? 1 : 0, seconds]),
    ),
  )
  return [csvLine(head), ...lines].join('')
}

function validationOf({ epochs }: RunHistory): Place[] {
  return epochs.map(({ epoch, validNll }): Place => [epoch, validNll])
}

function bestOf({ epochs }: RunHistory): Place | null {
  const best = epochs.findLast(({ isBest }) => isBest)
  return best ? [best.epoch, best.validNll] : null
}

function floorCurve(entropy: number, { epochs, losses, minibatchesPerEpoch }: RunHistory, name: string): Curve {
  const end = Math.max(epochs.at(-1)?.epoch ?? 0, (losses.at(-1)?.update ?? 0) / minibatchesPerEpoch, 1)
  const points: Place[] = [[0, entropy], [end, entropy]] // prettier-ignore
  return { name, points, ink: 'floor', width: 1.5, dash: [6, 4], best: null, isReference: true }
}

function wordsOf(title: string, reader: Reader): ChartWords {
  const { t } = reader
  return { title, epochs: t('report.chart.epochs'), nats: title, tick: figuresFor(reader).formatTick }
}
