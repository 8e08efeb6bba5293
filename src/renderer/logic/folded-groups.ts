import type { RunSummary } from '../../shared/run'

/** Groups with fewer runs are listed whole. */
const FEWEST_FOLDED = 4

/** A list in which groups of runs are folded. */
export interface FoldedRuns {
  readonly runs: readonly RunSummary[]
  /** How many runs of its group are not listed, by the id of the run that stands for it. */
  readonly more: ReadonlyMap<string, number>
}

/**
 * Of each group of runs only the best, which stands for it, and those that are wanted all the same.
 * @param isOpen whether a group is listed whole
 */
export function foldedRuns(
  runs: readonly RunSummary[],
  isOpen: (groupId: string) => boolean,
  isWanted: (runId: string) => boolean,
): FoldedRuns {
  const groups = new Map<string, RunSummary[]>()
  for (const run of runs) if (run.group) groups.set(run.group.id, [...(groups.get(run.group.id) ?? []), run])
  const hidden = new Set<string>()
  const more = new Map<string, number>()
  for (const [id, members] of groups) {
    if (members.length < FEWEST_FOLDED) continue
    const best = members.reduce((least, run) => (lossOf(run) < lossOf(least) ? run : least))
    const others = isOpen(id) ? [] : members.filter((run) => run !== best && !isWanted(run.id))
    for (const run of others) hidden.add(run.id)
    more.set(best.id, others.length)
  }
  return { runs: runs.filter(({ id }) => !hidden.has(id)), more }
}

function lossOf({ best }: RunSummary): number {
  return best?.validNll ?? Infinity
}
