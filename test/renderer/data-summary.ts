import type { DataSummary } from '../../src/shared/contract'

const SPLIT = { rows: 100, shareOfOnes: 0.5 }
/** MNIST as it is opened, without its pictures. */
export function dataSummaryOf(): DataSummary {
  return {
    source: { kind: 'mnist', binarization: { kind: 'threshold', threshold: 128 } },
    name: 'MNIST',
    columns: 784,
    picture: { width: 28, height: 28 },
    labels: null,
    hasGrey: true,
    splits: { train: SPLIT, valid: SPLIT, test: SPLIT },
    columnMeans: new Float32Array(784),
    references: { independent: 206, entropy: null, mixture: null },
    table: null,
    shownColumns: null,
    greyHistogram: null,
    columnNames: [],
    constantColumns: 0,
    repeatedRows: 0,
    sharedRows: { valid: 0, test: 0 },
    tooFew: null,
    notes: [],
    hash: 'a',
  }
}
