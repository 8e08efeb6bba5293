import { figuresFor } from '../shared/figures'
import type { PairedTest } from '../shared/paired-test'
import type { Reader } from '../words/reader'
import type { ReportedRun } from './reported-run'
import type { ReportTable } from './tables'

const NONE = '–'

/** What a run came to, and what it is compared with. */
export function resultsOf({ summary }: ReportedRun, reader: Reader): ReportTable {
  const { t } = reader
  const { formatNats, formatShare } = figuresFor(reader)
  const { test, best, references } = summary
  const nats = t('report.results.nats')
  const loss = (name: string, value: number, interval: number | null = null): string[] => [
    name,
    formatNats(value),
    interval === null ? NONE : `± ${formatNats(interval)}`,
    nats,
  ]
  const rows: string[][] = []
  if (test) rows.push(loss(t('report.results.test'), test.nll, test.interval95))
  if (test?.label) {
    const { nll, interval95, error, calibrationError } = test.label
    rows.push(loss(t('report.results.test-unlabelled'), nll, interval95))
    rows.push([t('report.results.errors'), formatShare(error), NONE, NONE])
    rows.push([t('report.results.calibration'), formatShare(calibrationError), NONE, NONE])
  }
  if (best) rows.push(loss(t('report.results.validation', { epoch: best.epoch }), best.validNll))
  if (references) {
    const { independent, mixture, entropy } = references
    rows.push(loss(t('report.results.independent'), independent))
    if (mixture) rows.push(loss(t('report.results.mixture', { components: mixture.components }), mixture.nll.valid))
    if (entropy !== null) rows.push(loss(t('report.results.entropy'), entropy))
  }
  const head = [t('report.results.quantity'), t('report.results.value'), t('report.results.interval'), t('report.results.unit')] // prettier-ignore
  return { title: `${summary.name}: ${t('report.results')}`, head, rows, numbers: [1, 2] }
}

/** What runs came to, side by side, and how they differ row by row where that is known. */
export function comparedResults(runs: readonly ReportedRun[], paired: PairedTest | null, reader: Reader): ReportTable {
  const { t } = reader
  const { formatNats, formatWhole, formatDuration } = figuresFor(reader)
  const differenceOf = (id: string): string => {
    if (paired?.bestId === id) return t('compare.best')
    const difference = paired?.differences.get(id)
    if (!difference) return NONE
    const { mean, interval95, isTied } = difference
    const words = t('compare.difference', { mean: `${mean > 0 ? '+' : ''}${formatNats(mean)}`, interval: formatNats(interval95) }) // prettier-ignore
    return `${words} ${t(isTied ? 'compare.tied' : 'compare.worse')}`
  }
  const rows = runs.map(({ summary: { id, name, epoch, best, test }, history }) => [
    name,
    formatWhole(epoch),
    history.epochs.length > 0 ? formatDuration(history.epochs.reduce((sum, { seconds }) => sum + seconds, 0)) : NONE,
    best ? formatNats(best.validNll) : NONE,
    test ? `${formatNats(test.nll)} ± ${formatNats(test.interval95)}` : NONE,
    ...(paired ? [differenceOf(id)] : []),
  ])
  const head = [
    t('report.results.run'),
    t('report.results.epochs'),
    t('report.figure.time'),
    t('list.column.validation'),
    t('list.column.test'),
    ...(paired ? [t('report.results.difference')] : []),
  ]
  return { title: t('report.results'), head, rows, numbers: [1, 2, 3, 4, 5] }
}
