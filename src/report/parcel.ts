import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { finiteJson } from '../base/json'
import { StudioError } from '../base/failure'
import type { BitMatrix } from '../data/bit-matrix'
import type { DataSet } from '../data/data-set'
import { encodeNpy } from '../data/npy'
import type { Session } from '../engine/contract'
import type { Model } from '../made/model-file'
import { recordText, type RunFolder } from '../runs/run-folder'
import { logLikelihoods, summaryOf, type Evaluation } from '../training/evaluation'
import type { Reader } from '../words/reader'
import { say } from '../words/say'
import { textFile, type ArchivedFile } from './archive'
import program from './load.py?raw'
import type { ReportFacts } from './report'
import { reportFiles } from './report-files'
import { withoutFolders } from './shared-record'

/** The files of a parcel by which it is known, and taken in again. */
export const PARCEL_FILES = { model: 'model.safetensors', record: 'run.json', metrics: 'metrics.jsonl' } as const
/** Bits of test rows that a parcel holds at most; of more it says how they are given. */
const MOST_BITS = 32_000_000

/** Test rows, and what a model makes of them under the connectivities that its file stores. */
export interface ParcelTest extends Evaluation {
  /** `[rows, D]` */
  readonly bits: BitMatrix
}

/**
 * Scores the test rows of a run as whoever has its parcel can do it: those of which everything is known, by the connectivities of
 * the model file alone.
 * @returns null where there are none, or so many that they are left out
 */
export async function parcelTest(
  session: Pick<Session, 'logLikelihood'>,
  { splits, known }: Pick<DataSet, 'splits' | 'known'>,
  { connectivities }: Pick<Model, 'connectivities'>,
  between: (share: number) => Promise<void>,
): Promise<ParcelTest | null> {
  const bits = wholeRows(splits.test, known?.test)
  if (bits.rows === 0 || bits.rows * bits.columns > MOST_BITS) return null
  const logs = await logLikelihoods(session, bits, connectivities, between)
  return { ...summaryOf(logs, connectivities.length), bits }
}

function wholeRows(rows: BitMatrix, known: BitMatrix | undefined): BitMatrix {
  if (!known) return rows
  const isWhole = (row: number): boolean => Array.from({ length: known.columns }, (_, v) => known.get(row, v)).every((bit) => bit === 1) // prettier-ignore
  return rows.select(Array.from({ length: rows.rows }, (_, row) => row).filter(isWhole))
}

/**
 * The files of a parcel: a run with its best model, its report, and a program that loads the model elsewhere. The same run and
 * language give the same bytes.
 * @param test null where the data are not at hand, or too many
 * @throws StudioError 'not-found' where the run keeps no model
 */
export async function parcelFiles(
  folder: RunFolder,
  facts: ReportFacts,
  test: ParcelTest | null,
  reader: Reader,
): Promise<ArchivedFile[]> {
  if (!(await folder.hasBest()))
    throw new StudioError('not-found', say('run.no-model-yet'), say('run.no-model-yet.hint'))
  const [{ record, samples }] = facts.runs
  const hasMetrics = await stat(folder.metricsPath).then(
    () => true,
    () => false,
  )
  return [
    textFile('README.txt', readme(test, reader)),
    { name: PARCEL_FILES.model, pieces: piecesOf(folder.bestPath), isPacked: false },
    textFile(PARCEL_FILES.record, recordText({ ...record, config: withoutFolders(record.config) })),
    ...(hasMetrics ? [{ name: PARCEL_FILES.metrics, pieces: piecesOf(folder.metricsPath), isPacked: true }] : []),
    ...(samples === null ? [] : [await samplesFile(folder, samples.epoch)]),
    textFile('load.py', program),
    ...(test ? testFiles(test) : []),
    ...reportFiles(facts, reader),
  ]
}

/** A file that is opened when its turn comes. */
async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path) as AsyncIterable<Uint8Array>
}

async function samplesFile(folder: RunFolder, epoch: number): Promise<ArchivedFile> {
  const rows = await folder.readSamples(epoch)
  return bitsFile(`samples/epoch-${String(epoch).padStart(5, '0')}.npy`, rows)
}

function testFiles({ bits, ...evaluation }: ParcelTest): ArchivedFile[] {
  return [bitsFile('test.npy', bits), textFile('test.json', `${finiteJson(evaluation, 2)}\n`)]
}

function bitsFile(name: string, rows: BitMatrix): ArchivedFile {
  return { name, pieces: [encodeNpy([rows.rows, rows.columns], rows.toBytes())], isPacked: true }
}

/** What lies in a parcel. */
function readme(test: ParcelTest | null, { t }: Reader): string {
  const tested = test
    ? t('parcel.readme.test', { nats: test.nll.toFixed(6), rows: test.rows, connectivities: test.connectivities })
    : t('parcel.readme.no-test')
  const lines = [t('parcel.readme.report'), t('parcel.readme.model'), t('parcel.readme.run'), t('parcel.readme.load'), tested, t('parcel.readme.open')] // prettier-ignore
  return `${lines.join('\n\n')}\n`
}
