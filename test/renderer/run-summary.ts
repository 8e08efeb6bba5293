import type { RunSummary } from '../../src/shared/run'
import { DEFAULT_RUN_CONFIG } from '../../src/shared/run-config'

/** A run as it is listed, finished unless it is said otherwise. */
export function summaryOf(id: string, change: Partial<RunSummary> = {}): RunSummary {
  return {
    id,
    elsewhere: null,
    isBuiltIn: false,
    name: id,
    group: null,
    status: 'finished',
    createdAt: 1,
    changedAt: 1,
    config: DEFAULT_RUN_CONFIG,
    engine: 'cpu',
    device: null,
    measured: null,
    dataName: 'MNIST',
    columns: 784,
    picture: null,
    label: null,
    epoch: 3,
    minibatches: 10,
    best: { epoch: 2, validNll: 90 },
    test: null,
    failure: null,
    dataHash: '',
    rowsToFill: 0,
    references: null,
    connectivities: 1,
    hasBest: true,
    hasLatest: true,
    isStarred: false,
    note: '',
    ...change,
  }
}
