import { textOf } from '../../sweeps/sweep'
import type { RunSummary } from '../../shared/run'

/** Runs that differ in nothing but their seeds. */
export interface SeedGroup {
  readonly key: string
  /** At least one. */
  readonly runs: readonly [RunSummary, ...RunSummary[]]
}

/** Runs by all their settings but the seed, in the order in which the first of each comes. */
export function seedGroups(runs: readonly RunSummary[]): SeedGroup[] {
  const groups = new Map<string, [RunSummary, ...RunSummary[]]>()
  for (const run of runs) {
    const shared = keyOf(run)
    // The same seed again tells nothing new.
    const isAgain = groups.get(shared)?.some(({ config }) => config.seed === run.config.seed) ?? false
    const key = isAgain ? `${shared} ${run.id}` : shared
    const group = groups.get(key)
    if (group) group.push(run)
    else groups.set(key, [run])
  }
  return [...groups].map(([key, members]) => ({ key, runs: members }))
}

/** The engine computes the same whichever it is; a run that cannot be read has no settings of its own. */
function keyOf({ id, columns, dataHash, config }: RunSummary): string {
  const { seed: _seed, engine: _engine, ...settings } = config
  return columns === 0 ? id : `${dataHash} ${textOf(settings)}`
}
