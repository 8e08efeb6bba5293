import { hashOf, type DataSet } from '../../src/data/data-set'
import { withLabel } from '../../src/data/preparation/learnt-label'
import { variablesOfCoding } from '../../src/data/preparation/variables'
import { bySplit } from '../../src/data/split'
import { atOnce } from '../../src/base/steps'
import { smallData } from './small-run'

export const LABEL = { name: 'kind', words: ['none', 'one', 'both'] } as const

/** As `smallData`, of which a label is learnt: how many of the first two bits are ones. */
export function labelledData(): DataSet {
  const data = smallData()
  const names = Array.from({ length: data.columns }, (_, d) => `b${d}`)
  const codes = bySplit((split) =>
    Uint16Array.from({ length: data.splits[split].rows }, (_, row) => {
      return data.splits[split].get(row, 0) + data.splits[split].get(row, 1)
    }),
  )
  const coding = { kind: 'bits', names, omitted: [], label: LABEL } as const
  const splits = bySplit((split) => atOnce(withLabel(data.splits[split], codes[split], LABEL)))
  return {
    ...data,
    columns: splits.train.columns,
    ...variablesOfCoding(coding),
    splits,
    labels: { ...LABEL, codes },
    coding,
    hash: 'labelled chain',
    unlabelledHash: hashOf(data.splits),
  }
}
