import { dataWords } from './setting-words'
import { t } from '../words'
import type { RunSummary } from '../../shared/run'

/** Runs on the same rows: their losses can be compared. */
export interface RunGroup {
  readonly key: string
  /** What they were trained on: "MNIST, threshold 128 · 784 inputs". */
  readonly words: string
  readonly runs: readonly RunSummary[]
}

/** Runs by the data that they were trained on, in the order in which the first of each comes. */
export function groupedByData(runs: readonly RunSummary[]): RunGroup[] {
  const groups = new Map<string, RunSummary[]>()
  for (const run of runs) {
    const key = keyOf(run)
    const group = groups.get(key)
    if (group) group.push(run)
    else groups.set(key, [run])
  }
  return [...groups].map(([key, members]) => ({ key, words: groupWords(members[0]), runs: members }))
}

/** Those of the runs that are on the rows that most of them are on: the losses of others cannot be compared with theirs. */
export function onSameRows(runs: readonly RunSummary[]): readonly RunSummary[] {
  return groupedByData(runs).reduce<readonly RunSummary[]>(
    (most, group) => (group.runs.length > most.length ? group.runs : most),
    [],
  )
}

function groupWords(run: RunSummary): string {
  return run.columns === 0 ? t('list.group.unreadable') : t('list.group', { data: dataWords(run), inputs: run.columns })
}

/** Models that came without their data, and runs that cannot be read, say nothing of their rows. */
function keyOf(run: RunSummary): string {
  return run.dataHash === '' ? `${run.dataName} ${run.columns}` : run.dataHash
}
