import { pairedDifference, type PairedDifference } from '../../shared/paired-test'
import type { ComparedLoss, RowLosses } from '../../shared/comparing'
import type { RunSummary } from '../../shared/run'

/** Why a run cannot be compared row by row with the others. */
export type Unpaired = 'no-model' | 'no-data' | 'other-data'

/** Which of the picked runs can be compared row by row. */
export interface Pairing {
  /** On the same rows, each with a model. */
  readonly runs: readonly RunSummary[]
  readonly others: ReadonlyMap<string, Unpaired>
}

/** The runs on the same rows, of which there are most; of as many, those that come first. */
export function pairingOf(picked: readonly RunSummary[], compared: ComparedLoss = 'whole'): Pairing {
  const byHash = new Map<string, RunSummary[]>()
  const others = new Map<string, Unpaired>()
  for (const run of picked) {
    if (!run.hasBest) others.set(run.id, 'no-model')
    else if (run.dataHash === '') others.set(run.id, 'no-data')
    else {
      const hash = hashOf(run, compared)
      byHash.set(hash, [...(byHash.get(hash) ?? []), run])
    }
  }
  const groups = [...byHash.values()]
  const runs = groups.reduce((most, group) => (group.length > most.length ? group : most), groups.at(0) ?? [])
  for (const group of groups) if (group !== runs) for (const { id } of group) others.set(id, 'other-data')
  return { runs, others }
}

/** Without their labels rows are those of runs that learn none. */
function hashOf({ dataHash, references }: RunSummary, compared: ComparedLoss): string {
  return compared === 'unlabelled' ? (references?.withoutLabel?.hash ?? dataHash) : dataHash
}

/** What came of comparing runs row by row. */
export interface PairedTest {
  /** The run with the least mean loss. */
  readonly bestId: string
  /** Of each other run from it. */
  readonly differences: ReadonlyMap<string, PairedDifference>
}

/**
 * Each run against the best of them.
 * @param losses by run, in the order in which they were picked: at least one
 */
export function pairedTest(losses: ReadonlyMap<string, Pick<RowLosses, 'nats'>>): PairedTest | null {
  const means = [...losses].map(([id, { nats }]) => ({ id, nats, mean: meanOf(nats) }))
  const first = means.at(0)
  if (!first) return null
  const best = means.reduce((least, one) => (one.mean < least.mean ? one : least), first)
  const others = means.filter((one) => one !== best)
  return {
    bestId: best.id,
    differences: new Map(others.map(({ id, nats }) => [id, pairedDifference(nats, best.nats)])),
  }
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
