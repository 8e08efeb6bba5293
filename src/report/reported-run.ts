import { encodeSheet, inkOf, seenIn } from '../data/sheet'
import type { BitMatrix } from '../data/bit-matrix'
import { drawnRow } from '../data/preparation/drawn-rows'
import { drawnColumns } from '../data/preparation/drawn-values'
import type { ModelPreparation } from '../data/preparation/coding'
import { failureOf } from '../base/failure'
import type { ComputedFrom } from '../runs/metrics'
import type { RunFolder } from '../runs/run-folder'
import type { RunRecord } from '../runs/run-record'
import { summarise } from '../runs/run-summary'
import { decodeModelPreparation } from '../shared/model-preparation'
import type { RunHistory, RunSummary } from '../shared/run'

/** So many samples of a model that draws rows of a table are shown. */
const TABLE_SAMPLES = 12
/** So many of its columns, that a page is wide enough for them. */
const TABLE_COLUMNS = 8
/** So many pictures stand beside each other. */
const PER_ROW = 16

/** What a model drew. */
export type ReportedSamples =
  | { readonly kind: 'sheet'; readonly epoch: number; readonly png: Uint8Array }
  | {
      readonly kind: 'table'
      readonly epoch: number
      readonly columns: readonly string[]
      readonly rows: readonly (readonly string[])[]
      /** Columns that there is no room for. */
      readonly others: number
    }

/** All that a report tells of a run. */
export interface ReportedRun {
  readonly summary: RunSummary
  readonly record: RunRecord
  readonly history: RunHistory
  /** What computed it, from which update on. */
  readonly stretches: readonly ComputedFrom[]
  readonly preparation: ModelPreparation | null
  /** Of the best epoch whose samples are kept; null where none are. */
  readonly samples: ReportedSamples | null
}

/** Reads what a report tells of a run. @throws as `RunFolder.readRecord` */
export async function reportedRun(folder: RunFolder): Promise<ReportedRun> {
  const record = await folder.readRecord()
  const summary = await summarise(folder)
  const history = await folder.readHistory(record)
  const preparation = preparationIn(await folder.preparation(), summary.columns)
  return {
    summary,
    record,
    history,
    stretches: await folder.readStretches(),
    preparation,
    samples: await samplesOf(folder, record, history, preparation),
  }
}

function preparationIn(text: string | undefined, inputs: number): ModelPreparation | null {
  if (text === undefined) return null
  try {
    return decodeModelPreparation(text, inputs)
  } catch (error) {
    // A report of a run says less where its model says it in a way that is not known here.
    if (failureOf(error).code === 'unknown-format') return null
    throw error
  }
}

async function samplesOf(
  folder: RunFolder,
  record: RunRecord,
  { sampleEpochs }: RunHistory,
  preparation: ModelPreparation | null,
): Promise<ReportedSamples | null> {
  const best = record.best?.epoch ?? 0
  const epoch = sampleEpochs.includes(best) ? best : sampleEpochs.at(-1)
  if (epoch === undefined) return null
  const rows = await folder.readSamples(epoch)
  if (rows.columns !== record.data.columns) return null
  const { picture } = record.data
  const table = picture === null && preparation ? drawnColumns(preparation.coding) : null
  if (table) return { kind: 'table', epoch, ...tableOf(rows, table, record.config.seed) }
  const seen = seenIn(rows, picture)
  const png = encodeSheet({ columns: seen.columns, picture, values: inkOf(seen) }, picture ? { perRow: PER_ROW } : {})
  return { kind: 'sheet', epoch, png }
}

function tableOf(
  rows: BitMatrix,
  table: NonNullable<ReturnType<typeof drawnColumns>>,
  seed: number,
): Pick<Extract<ReportedSamples, { kind: 'table' }>, 'columns' | 'rows' | 'others'> {
  const drawn = { rows, probabilities: Float32Array.from(rows.toBytes()) }
  const names = table.names.slice(0, TABLE_COLUMNS)
  const count = Math.min(rows.rows, TABLE_SAMPLES)
  return {
    columns: names,
    rows: Array.from({ length: count }, (_, row) =>
      drawnRow(table, drawn, row, { seed, number: row })
        .slice(0, names.length)
        .map((value) => String(value ?? '')),
    ),
    others: table.names.length - names.length,
  }
}
