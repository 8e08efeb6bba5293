import { settingsOf } from './setting-words'
import type { RunSummary } from '../../shared/run'

/** A setting of several runs side by side. */
export interface ComparedSetting {
  readonly label: string
  /** As it is in each run, in their order. */
  readonly values: readonly string[]
  /** The same as numbers; null where they are none. */
  readonly numbers: readonly number[] | null
  /** Whether they are not all the same. */
  readonly differs: boolean
}

/** The settings of runs side by side. */
export function comparedSettings(runs: readonly RunSummary[]): ComparedSetting[] {
  const columns = runs.map(settingsOf)
  return (columns.at(0) ?? []).map(([label], row) => {
    const values = columns.map((column) => column[row][1])
    const known = columns.flatMap((column) => column[row][2] ?? [])
    const numbers = known.length === columns.length ? known : null
    return { label, values, numbers, differs: values.some((value) => value !== values[0]) }
  })
}
