import { sentenceOf } from '../base/advice'
import { bitsPerInput, figuresFor } from '../shared/figures'
import { lossUnit } from '../shared/loss-unit'
import type { PairedTest } from '../shared/paired-test'
import { keptLoss, verdictOnRun } from '../shared/run-verdict'
import { settingWordsFor } from '../shared/setting-words'
import type { Reader } from '../words/reader'
import { comparedResults, resultsOf } from './result-tables'
import { comparedChart, lossChart } from './run-charts'
import type { Chart } from './chart'
import type { ReportedRun } from './reported-run'
import { comparedSettings, settingsTable } from './setting-tables'
import type { ReportTable } from './tables'

/** What a report is made of. */
export interface ReportFacts {
  /** One run, or several that are compared. */
  readonly runs: readonly [ReportedRun, ...ReportedRun[]]
  /** How they differ row by row, where that was found out; null where it was not. */
  readonly paired: PairedTest | null
  /** Of the program that makes the report. */
  readonly version: string
}

/** A table and the name of its files, without an ending. */
export interface NamedTable {
  readonly name: string
  readonly table: ReportTable
}

/** The chart of a report: the curves of its run, or those of its runs over one another. */
export function chartOf({ runs }: ReportFacts, reader: Reader): Chart {
  const [{ summary, history }] = runs
  if (runs.length > 1) return comparedChart(curvesOf(runs), reader)
  return lossChart(history, settingWordsFor(reader).dataWords(summary), summary.references?.entropy ?? null, reader)
}

/** The curves of runs by the names of these. */
export function curvesOf(
  runs: ReportFacts['runs'],
): { readonly id: string; readonly name: string; readonly history: ReportedRun['history'] }[] {
  return runs.map(({ summary: { id, name }, history }) => ({ id, name, history }))
}

/** The tables of a report: what came out, and what was set. */
export function tablesOf({ runs, paired }: ReportFacts, reader: Reader): readonly [NamedTable, NamedTable] {
  const [run] = runs
  return runs.length > 1
    ? [
        { name: 'results', table: comparedResults(runs, paired, reader) },
        { name: 'settings', table: comparedSettings(runs, reader) },
      ]
    : [
        { name: 'results', table: resultsOf(run, reader) },
        { name: 'settings', table: settingsTable(run, reader) },
      ]
}

/** How good a run is, in one sentence; null where there is nothing to compare it with. */
export function verdictOf(
  { summary }: ReportedRun,
  others: readonly ReportedRun[],
  reader: Reader,
): { readonly words: string; readonly tone: 'good' | 'plain' | 'amber' } | null {
  const listed = others.map((other) => other.summary)
  const verdict = verdictOnRun(summary, keptLoss(summary), listed, () => null)
  return verdict && { words: reader.tell(sentenceOf(verdict.sentence)), tone: verdict.tone }
}

/** A figure in large digits: what it is, the digits, and what they are of. */
export type LargeFigure = readonly [name: string, digits: string, unit: string]

/** The figures of a run that are told first. */
export function largeFigures({ summary, history }: ReportedRun, reader: Reader): LargeFigure[] {
  const { t, locale } = reader
  const { formatNats, formatDuration } = figuresFor(reader)
  const { test, best, epoch } = summary
  const figures: LargeFigure[] = []
  if (test) {
    const unit = lossUnit(summary)
    const bits = bitsPerInput(test.nll, unit).toLocaleString(locale(), { minimumFractionDigits: 3, maximumFractionDigits: 3 }) // prettier-ignore
    figures.push([t('list.figure.test'), formatNats(test.nll), t('report.figure.nats-interval', { interval: formatNats(test.interval95) })]) // prettier-ignore
    figures.push([t('report.figure.bits', { unit: unit.input }), bits, ''])
  }
  if (best) figures.push([t('report.figure.validation'), formatNats(best.validNll), t('report.figure.at-epoch', { epoch: best.epoch })]) // prettier-ignore
  if (history.epochs.length > 0)
    figures.push([t('report.figure.time'), formatDuration(secondsOf(history)), t('report.figure.epochs', { epochs: epoch })]) // prettier-ignore
  return figures
}

/** How long the epochs of a run took, seconds. */
export function secondsOf({ epochs }: ReportedRun['history']): number {
  return epochs.reduce((sum, { seconds }) => sum + seconds, 0)
}
