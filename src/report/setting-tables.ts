import { UNLIMITED } from '../made/schedule'
import { figuresFor } from '../shared/figures'
import { settingWordsFor, type Setting } from '../shared/setting-words'
import type { Reader } from '../words/reader'
import type { ReportedRun } from './reported-run'
import type { ReportTable } from './tables'

/** Every setting of a run. */
export function settingsTable(run: ReportedRun, reader: Reader): ReportTable {
  const { t } = reader
  const head = [t('report.settings.setting'), t('report.settings.value')]
  return {
    title: `${run.summary.name}: ${t('report.settings')}`,
    head,
    rows: settingsOf(run, isUnlimited(run), reader).map(([label, value]) => [label, value]),
    numbers: [],
  }
}

/** The settings of runs side by side, those that differ first. */
export function comparedSettings(runs: readonly [ReportedRun, ...ReportedRun[]], reader: Reader): ReportTable {
  const { t } = reader
  const hasPairs = runs.some(isUnlimited)
  const columns = runs.map((run) => settingsOf(run, hasPairs, reader))
  const rows = columns[0].map(([label], i) => [label, ...columns.map((column) => column[i][1])])
  const differs = ([, first, ...others]: readonly string[]): boolean => others.some((other) => other !== first)
  const sorted = [...rows.filter(differs), ...rows.filter((row) => !differs(row))]
  const head = [t('report.settings.setting'), ...runs.map(({ summary }) => summary.name)]
  return { title: t('report.settings'), head, rows: sorted, numbers: [] }
}

/** Whether how many connectivities are averaged over is a setting of its own. */
function isUnlimited({ summary }: ReportedRun): boolean {
  const { orderings, masks } = summary.config
  return orderings === UNLIMITED || masks === UNLIMITED
}

/** @param hasPairs whether those of connectivities are told too, so that runs beside each other have the same settings */
function settingsOf(run: ReportedRun, hasPairs: boolean, reader: Reader): Setting[] {
  const { t } = reader
  const { validationPairs, testPairs } = run.summary.config
  const amount = (pairs: number): string => (isUnlimited(run) ? figuresFor(reader).formatWhole(pairs) : '–')
  const pairs: Setting[] = [
    [t('report.settings.pairs'), amount(validationPairs)],
    [t('report.settings.test-pairs'), amount(testPairs)],
  ]
  return [...settingWordsFor(reader).settingsOf(run.summary), ...(hasPairs ? pairs : [])]
}
