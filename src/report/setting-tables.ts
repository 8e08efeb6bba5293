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
  return { title: `${run.summary.name}: ${t('report.settings')}`, head, rows: settingsOf(run, reader), numbers: [] }
}

/** The settings of runs side by side, those that differ first. */
export function comparedSettings(runs: readonly [ReportedRun, ...ReportedRun[]], reader: Reader): ReportTable {
  const { t } = reader
  const columns = runs.map((run) => settingsOf(run, reader))
  const rows = columns[0].map(([label], i) => [label, ...columns.map((column) => column[i][1])])
  const differs = ([, first, ...others]: readonly string[]): boolean => others.some((other) => other !== first)
  const sorted = [...rows.filter(differs), ...rows.filter((row) => !differs(row))]
  const head = [t('report.settings.setting'), ...runs.map(({ summary }) => summary.name)]
  return { title: t('report.settings'), head, rows: sorted, numbers: [] }
}

function settingsOf({ summary }: ReportedRun, reader: Reader): Setting[] {
  const { t } = reader
  const { formatWhole } = figuresFor(reader)
  const { orderings, masks, validationPairs, testPairs } = summary.config
  const pairs: Setting[] =
    orderings === UNLIMITED || masks === UNLIMITED
      ? [
          [t('report.settings.pairs'), formatWhole(validationPairs)],
          [t('report.settings.test-pairs'), formatWhole(testPairs)],
        ]
      : []
  return [...settingWordsFor(reader).settingsOf(summary), ...pairs]
}
