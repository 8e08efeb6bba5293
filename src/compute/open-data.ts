import { openDataSet, type DataSet } from '../data/data-set'
import { MnistSource } from '../data/mnist'
import { columnMeans, independentNll, shareOfOnes } from '../data/statistics'
import { inkOf } from '../data/sheet'
import { bySplit } from '../data/split'
import { StudioError } from '../made/failure'
import type { DataSummary, Params, RowPage } from '../shared/contract'
import type { DataSource } from '../shared/run-config'

/** The data set that is open in the window, and those that runs ask for. */
export class OpenData {
  private readonly mnist: MnistSource
  private current: { readonly data: DataSet; readonly summary: DataSummary } | null = null

  constructor(mnistFolder: string) {
    this.mnist = new MnistSource(mnistFolder)
  }

  /** Opens a data set in place of the one before, which stays open if this fails. */
  async open(source: DataSource): Promise<DataSummary> {
    const data = await this.read(source)
    const summary = summarise(data)
    this.current = { data, summary }
    return summary
  }

  get summary(): DataSummary | null {
    return this.current?.summary ?? null
  }

  /** The data of a run: what is open, if it comes from the same source. */
  async forRun(source: DataSource): Promise<DataSet> {
    if (this.current && JSON.stringify(this.current.data.source) === JSON.stringify(source)) return this.current.data
    return this.read(source)
  }

  /** Rows to look at. @throws StudioError 'not-found' if nothing is open */
  rows({ split, start, count, view }: Params<'data.rows'>): RowPage {
    if (!this.current)
      throw new StudioError('not-found', 'No data set is open.', 'Open the built-in MNIST or a file first.')
    const { splits, grey, labels, columns } = this.current.data
    const end = Math.min(splits[split].rows, start + count)
    const values =
      view === 'grey' && grey
        ? grey[split].slice(start * columns, end * columns)
        : inkOf(splits[split].slice(Math.min(start, end), end))
    return { start, columns, values, labels: labels ? labels[split].slice(start, end) : null }
  }

  private read(source: DataSource): Promise<DataSet> {
    return openDataSet(source, { mnist: this.mnist })
  }
}

function summarise(data: DataSet): DataSummary {
  const { source, name, columns, picture, splits, hash, labels, grey } = data
  return {
    source,
    name,
    columns,
    picture,
    hasLabels: labels !== undefined,
    hasGrey: grey !== undefined,
    splits: bySplit((split) => ({ rows: splits[split].rows, shareOfOnes: shareOfOnes(splits[split]) })),
    columnMeans: columnMeans(splits.train),
    independentNll: independentNll(splits.train, splits.valid),
    hash,
  }
}
