import { stat } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ColumnHistogram } from '../data/column-histogram'
import { openDataSet, requireEnough, type DataSet, type OpeningOptions } from '../data/data-set'
import { fitMixture, type MixtureOptions, type MixtureResult } from '../data/mixture-fit'
import { MnistSource } from '../data/mnist'
import { unlabelledBits } from '../data/preparation/coding'
import { carriedPreparation, columnsWantedOtherwise } from '../data/preparation/carried'
import type { Preparation } from '../data/preparation/preparation'
import { offeredEncodings } from '../data/readers/encodings'
import type { EncodingPreview, ReadingChoices } from '../data/reading-choices'
import { readTable } from '../data/readers/read-table'
import { Reading } from '../data/readers/reading'
import { inkOf } from '../data/sheet'
import type { Split } from '../data/split'
import type { ReadingOptions, Table } from '../data/table'
import { StudioError } from '../base/failure'
import { inTurns, within } from '../base/steps'
import type { ComputePlaces } from '../shared/compute-protocol'
import type { DataEvent, DataSummary, Params, RowPage } from '../shared/contract'
import type { DataSource } from '../shared/data-source'
import type { CellPage } from '../shared/table-view'
import { say } from '../words/say'
import { rowsOfLabel, summarise } from './data-summary'
import { ShownTable } from './shown-table'

/** How much of the time of opening is taken by the rows; the rest by the figures about them. */
const SHARE_OF_ROWS = 0.9

interface OpenSet {
  readonly data: DataSet
  /** Null for data that are not shown as a table. */
  readonly table: ShownTable | null
  readonly summary: DataSummary
}

/** What is open, how it is prepared, and how it was read. */
interface ReadBefore {
  readonly table: Table
  readonly preparation: Preparation
  readonly reading: ReadingChoices | undefined
}

interface LastTable {
  /** The path, the size of pictures and the choices that were asked for. */
  readonly asked: string
  readonly state: string | null
  readonly table: Table
}

/** The data set that is open in the window, and those that runs ask for. */
export class OpenData {
  private readonly mnist: MnistSource
  private readonly tablesFolder: string | undefined
  private current: OpenSet | null = null
  /** The table that was read last, so that preparing it another way does not read it again. */
  private lastTable: LastTable | null = null
  /** The mixture fitted last to data of each hash. */
  private readonly mixtures = new Map<string, MixtureResult>()
  private readonly filtered = new Map<string, Uint32Array>()
  private opening: AbortController | null = null
  /** What is being opened before anybody has asked for it. */
  private ahead: { readonly asked: string; readonly opened: Promise<DataSummary> } | null = null
  private fitting: AbortController | null = null

  constructor(
    { mnistFolder, tablesFolder }: Pick<ComputePlaces, 'mnistFolder'> & Partial<Pick<ComputePlaces, 'tablesFolder'>>,
    private readonly emit: (event: DataEvent) => void,
  ) {
    this.mnist = new MnistSource(mnistFolder)
    this.tablesFolder = tablesFolder
  }

  /** Begins to open what will be asked for first. Whoever asks for it while it is being opened waits for the same. */
  openAhead(source: DataSource): void {
    const ahead = { asked: JSON.stringify(source), opened: this.openNow(source) }
    this.ahead = ahead
    const isOver = (): void => {
      if (this.ahead === ahead) this.ahead = null
    }
    ahead.opened.then(isOver, isOver)
  }

  /**
   * Opens a data set in place of the one before, which stays open if this fails or is cancelled. An opening still under
   * way is given up.
   */
  open(source: DataSource): Promise<DataSummary> {
    const { ahead } = this
    this.ahead = null
    return ahead?.asked === JSON.stringify(source) ? ahead.opened : this.openNow(source)
  }

  private async openNow(source: DataSource): Promise<DataSummary> {
    this.cancelOpening()
    const control = new AbortController()
    this.opening = control
    try {
      const { signal } = control
      const onProgress = (share: number): void => this.emit({ type: 'opening', share })
      const reading = { signal, evenTooFew: true, onProgress: (share: number) => onProgress(SHARE_OF_ROWS * share) }
      const data = await this.readForWindow(source, reading)
      const table = ShownTable.of(data)
      const steps = within(summarise(data, this.mixtureOf(data), table), SHARE_OF_ROWS, 1)
      const summary = await new Reading({ signal, onProgress }, 1).take(steps)
      if (signal.aborted)
        throw new StudioError('cancelled', say('compute.data.cancelled'), say('compute.data.cancelled.hint'))
      this.cancelFit()
      this.filtered.clear()
      this.current = { data, table, summary }
      return summary
    } finally {
      if (this.opening === control) this.opening = null
    }
  }

  cancelOpening(): void {
    this.opening?.abort()
  }

  get summary(): DataSummary | null {
    return this.current?.summary ?? null
  }

  /** The data of a run: what is open, if it comes from the same source. */
  async forRun(source: DataSource, options: ReadingOptions = {}): Promise<DataSet> {
    if (this.current && JSON.stringify(this.current.data.source) === JSON.stringify(source))
      return requireEnough(this.current.data)
    return this.read(source, options)
  }

  /** The mixture that was fitted last to these data, if any was. */
  mixtureOf(data: DataSet): MixtureResult | null {
    return this.mixtures.get(data.hash) ?? null
  }

  /** Fits a mixture to the open data. @throws StudioError 'not-found', 'busy', 'invalid-settings' or 'cancelled' */
  async fitMixture({ components, seed }: Pick<MixtureOptions, 'components' | 'seed'>): Promise<MixtureResult> {
    const { data } = this.required
    if (data.known) throw new StudioError('invalid-data', say('compute.mixture.gaps'), say('compute.mixture.gaps.hint'))
    if (this.fitting) throw new StudioError('busy', say('compute.mixture.busy'), say('compute.mixture.busy.hint'))
    const control = new AbortController()
    this.fitting = control
    try {
      const result = await fitMixture(data.splits, {
        variables: data.variables,
        components,
        seed,
        signal: control.signal,
        onProgress: (progress) => this.emit({ type: 'fitting', progress }),
      })
      this.mixtures.set(data.hash, result)
      if (this.current?.data === data) {
        const { summary, table } = this.current
        this.current = { data, table, summary: { ...summary, references: { ...summary.references, mixture: result } } }
      }
      return result
    } finally {
      this.fitting = null
    }
  }

  cancelFit(): void {
    this.fitting?.abort()
  }

  /** Rows to look at, without the bits of a label that is learnt. @throws StudioError 'not-found' if nothing is open */
  rows({ split, start, count, view, label }: Params<'data.rows'>): RowPage {
    const { splits, grey, labels, coding, columns: all } = this.required.data
    const rows = this.rowsFrom(split, label, start, count)
    const columns = coding ? unlabelledBits(coding) : all
    const bits = (): Uint8Array => inkOf(splits[split].select(rows).firstColumns(columns))
    return {
      start,
      columns,
      values: view === 'grey' && grey ? greyRows(grey[split], columns, rows) : bits(),
      rows,
      labels: labels ? Uint16Array.from(rows, (row) => labels.codes[split][row]) : null,
    }
  }

  /** What rows hold as they are in their file. @throws StudioError 'not-found' if no table is open */
  cells({ split, start, count, firstColumn, columns, label }: Params<'data.cells'>): CellPage {
    const { table, numbers } = this.shownTable
    const rows = this.rowsFrom(split, label, start, count).map((row) => numbers[split][row])
    const some = Math.max(0, Math.min(columns, table.columns.length - firstColumn))
    return { start, firstColumn, columns: some, rows, cells: table.cells(rows, firstColumn, some) }
  }

  /** How often the values of columns occur in a part. @throws StudioError 'not-found' if no table is open, 'cancelled' if others are opened */
  async histograms({
    split,
    firstColumn,
    columns,
    label,
  }: Params<'data.histograms'>): Promise<readonly ColumnHistogram[]> {
    const { table, numbers } = this.shownTable
    const rows = label === null ? numbers[split] : this.rowsOf(split, label).map((row) => numbers[split][row])
    return inTurns(table.histograms(rows, firstColumn, columns), async () => {
      await nextTurn()
      if (this.current?.table !== table)
        throw new StudioError('cancelled', say('compute.data.cancelled'), say('compute.data.cancelled.hint'))
    })
  }

  private get shownTable(): { readonly table: ShownTable; readonly numbers: NonNullable<DataSet['rowNumbers']> } {
    const { table, data } = this.required
    if (table && data.rowNumbers) return { table, numbers: data.rowNumbers }
    throw new StudioError('not-found', say('compute.data.none'), say('compute.data.none.hint'))
  }

  /** The numbers within a part of `count` of its rows, or of one class of them, from the one at `start` on. */
  private rowsFrom(split: Split, label: number | null, start: number, count: number): Uint32Array {
    const numbers = label === null ? null : this.rowsOf(split, label)
    const end = Math.min(numbers?.length ?? this.required.data.splits[split].rows, start + count)
    return Uint32Array.from({ length: Math.max(0, end - start) }, (_, i) => numbers?.[start + i] ?? start + i)
  }

  private rowsOf(split: Split, label: number): Uint32Array {
    const key = `${split} ${label}`
    const known = this.filtered.get(key) ?? rowsOfLabel(this.required.data, split, label)
    this.filtered.set(key, known)
    return known
  }

  /** The encodings that the open file can be read in, with its first lines; none of what is no text. @throws as `rows` */
  encodings(): EncodingPreview[] {
    const { table } = this.required.data
    const encoding = table?.readAs?.encoding
    return table?.beginning && encoding !== undefined ? offeredEncodings(table.beginning, encoding) : []
  }

  /** What is open, read otherwise, is prepared as it was as far as its columns are the same. */
  private readForWindow(source: DataSource, options: OpeningOptions): Promise<DataSet> {
    const before = this.beforeReadOtherwise(source)
    if (source.kind !== 'file' || before === null) return this.read(source, options)
    const { table, preparation, reading } = before
    const wanted = columnsWantedOtherwise(reading, source.reading)
    return this.read(
      { ...source, preparation: null },
      { ...options, change: (suggested, read) => carriedPreparation(preparation, table, suggested, read, wanted) },
    )
  }

  private read(source: DataSource, options: OpeningOptions): Promise<DataSet> {
    return openDataSet(
      source,
      {
        mnist: this.mnist,
        ...(this.tablesFolder === undefined ? {} : { tablesFolder: this.tablesFolder }),
        readTable: (path, reading) => this.table(path, reading ?? {}),
      },
      options,
    )
  }

  /** The open table and how it is prepared, if a source is the same file read in another way; null otherwise. */
  private beforeReadOtherwise(source: DataSource): ReadBefore | null {
    const now = this.current?.data
    if (source.kind !== 'file' || source.preparation === null || now?.source.kind !== 'file' || !now.table) return null
    const isSame = JSON.stringify(now.source.reading ?? {}) === JSON.stringify(source.reading ?? {})
    return now.source.path === source.path && !isSame
      ? { table: now.table, preparation: source.preparation, reading: now.source.reading }
      : null
  }

  /** A file as a table; one that has not changed since it was read last is not read again. */
  private async table(path: string, options: ReadingOptions): Promise<Table> {
    const last = this.lastTable
    const asked = JSON.stringify([path, options.pictureSize ?? null, options.choices ?? null])
    if (last?.asked === asked && last.state !== null && (await stateOf(last.table.paths)) === last.state)
      return last.table
    const before = await stateOf([path])
    const table = await readTable(path, options)
    // What has changed or was replaced while it was read is read again the next time.
    const state = (await stateOf([path])) === before ? await stateOf(table.paths) : null
    this.lastTable = { asked, state, table }
    return table
  }

  private get required(): OpenSet {
    if (this.current) return this.current
    throw new StudioError('not-found', say('compute.data.none'), say('compute.data.none.hint'))
  }
}

/**
 * Tells files from what they were before; null where one is a folder, which does not tell, or gone, which reading it tells.
 */
async function stateOf(paths: readonly string[]): Promise<string | null> {
  const all = await Promise.all(paths.map((path) => stat(path).catch(() => null)))
  if (!all.every((stats) => stats?.isFile())) return null
  return all.map((stats) => `${stats?.ino} ${stats?.size} ${stats?.mtimeMs}`).join(' ')
}

function greyRows(pixels: Uint8Array, columns: number, rows: Uint32Array): Uint8Array {
  const values = new Uint8Array(rows.length * columns)
  rows.forEach((row, i) => values.set(pixels.subarray(row * columns, (row + 1) * columns), i * columns))
  return values
}
