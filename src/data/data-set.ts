import { createHash } from 'node:crypto'
import type { Note } from '../base/advice'
import type { StudioError } from '../base/failure'
import { atOnce, within } from '../base/steps'
import type { ModelledColumns } from '../made/variables'
import { say } from '../words/say'
import { binarize, binarizeForEpoch } from './binarization'
import type { BitMatrix } from './bit-matrix'
import { readSourceTable, type FilePlaces } from './built-in-tables'
import { MNIST_PICTURE, MnistSource } from './mnist'
import { unlabelledBits, type BitName, type RowCoding } from './preparation/coding'
import { learntLabel, withLabel } from './preparation/learnt-label'
import { prepare, type DataLabels } from './preparation/prepare'
import type { Preparation } from './preparation/preparation'
import { suggestedPreparation } from './preparation/suggestion'
import { variablesOfCoding } from './preparation/variables'
import type { ReadingChoices } from './reading-choices'
import { Reading } from './readers/reading'
import type { DataSource } from './source'
import { bySplit, SPLITS, type Split } from './split'
import { drawSplits, SYNTHETIC_NAMES, truthOf } from './synthetic/synthetic-set'
import { numberedNames, type ReadingOptions, type Table } from './table'

/** How much of the time of opening a file is taken by reading it, about. */
const SHARE_OF_READING = 0.8

/** An opened data set: binary rows in three parts and what is known about them. */
export interface DataSet extends ModelledColumns {
  readonly name: string
  /** Where it is from, with nothing left open: opened again, it gives the same rows. */
  readonly source: DataSource
  /** The shape in which a row is looked at, but for its label; null if rows are not pictures. */
  readonly picture: { readonly width: number; readonly height: number } | null
  readonly splits: Readonly<Record<Split, BitMatrix>>
  /** Which variables of each row are known, `[rows, V]`; absent where all are. What stands in place of the others means nothing. */
  readonly known?: Readonly<Record<Split, BitMatrix>>
  /** The class of each row. */
  readonly labels?: DataLabels
  /** The grey values that the bits come from, `[rows, columns]`, 0 (paper) to 255 (ink). */
  readonly grey?: Readonly<Record<Split, Uint8Array>>
  /** The training rows of an epoch (from 1), where they are drawn anew for each; `splits.train` is then one draw of them. */
  readonly epochRows?: (epoch: number) => BitMatrix
  /** Nats: what no model can be better than, where it is known. */
  readonly entropy?: number
  /** How its rows became bits; every set that was opened knows it. */
  readonly coding?: RowCoding
  /** What a one says in each column, where columns have names. */
  readonly columnNames?: readonly BitName[]
  /** What was read, where it is from a file. */
  readonly table?: Table
  /** The numbers in `table` of the rows of each part, ascending. */
  readonly rowNumbers?: Readonly<Record<Split, Uint32Array>>
  /** How many of its rows are in no part because the trained model is to fill in what they lack; none if absent. */
  readonly rowsToFill?: number
  /** Why no model can see its rows, which have too few bits; absent where they have enough. */
  readonly tooFew?: StudioError
  /** What was noticed in reading and preparing. */
  readonly notes?: readonly Note[]
  /** SHA-256 in hex over the sizes and the packed bits of the three parts. */
  readonly hash: string
  /** The same of the rows without the label that is learnt; absent where none is. */
  readonly unlabelledHash?: string
}

/** Where the built-in MNIST is: its folder, or a source that keeps what it has read for the next opening. */
export type DataPlaces = ({ readonly mnistFolder: string } | { readonly mnist: MnistSource }) & FilePlaces

/** What a data set is opened with beside its source. */
export interface OpeningOptions extends ReadingOptions {
  /**
   * Makes the preparation that the source or its contents say into the one that is used, for the table that was read; of data
   * that are not from a file it is not asked. @throws StudioError 'invalid-settings' where it does not fit the table
   */
  readonly change?: (preparation: Preparation, table: Table) => Preparation
  /** Whether data are opened of which too few bits are left for a model, so that it can be seen why (`DataSet.tooFew`). */
  readonly evenTooFew?: boolean
}

/**
 * Opens a data set. MNIST is binarized anew at each call; with a `MnistSource` its files are read only once.
 * @throws StudioError 'not-found', 'unreadable-file', 'unknown-format', 'damaged-file', 'invalid-data', 'too-large',
 * 'invalid-settings' or 'cancelled'
 */
export async function openDataSet(
  source: DataSource,
  places: DataPlaces,
  options: OpeningOptions = {},
): Promise<DataSet> {
  switch (source.kind) {
    case 'mnist':
      return openMnist(source, 'mnist' in places ? places.mnist : new MnistSource(places.mnistFolder), options)
    case 'file': {
      const pictureSize = source.preparation?.pictureSize ?? options.pictureSize ?? null
      const progress = new TwoStages(options)
      const { reading, path } = source
      const table = await readSourceTable(path, places, {
        ...progress.first,
        ...(pictureSize ? { pictureSize } : {}),
        ...(reading ? { choices: reading } : {}),
      })
      const given = source.preparation ?? suggestedPreparation(table, { pictureSize, reading })
      const preparation = options.change?.(given, table) ?? given
      const data = await prepareTable(table, { path, reading, preparation }, new Reading(progress.second(), 1))
      return options.evenTooFew === true ? data : requireEnough(data)
    }
    case 'synthetic':
      return openSynthetic(source)
  }
}

/** Data whose rows a model can see. @throws StudioError 'invalid-data' if too few bits are left for one */
export function requireEnough(data: DataSet): DataSet {
  if (data.tooFew) throw data.tooFew
  return data
}

/** Reading, which takes most of the time where it is needed at all, and preparing. */
export class TwoStages {
  private share = 0

  constructor(private readonly options: ReadingOptions) {}

  get first(): ReadingOptions {
    return { ...this.options, onProgress: (share) => this.tell(SHARE_OF_READING * share) }
  }

  /** What is left, once the first stage is over: all, if there was nothing to do in it. */
  second(): ReadingOptions {
    const before = this.share
    return { ...this.options, onProgress: (share) => this.tell(before + (1 - before) * share) }
  }

  private tell(share: number): void {
    this.share = share
    this.options.onProgress?.(share)
  }
}

async function openMnist(
  { binarization, learnsLabel }: Extract<DataSource, { kind: 'mnist' }>,
  mnist: MnistSource,
  options: ReadingOptions,
): Promise<DataSet> {
  const parts = await mnist.parts()
  const rows = SPLITS.reduce((sum, split) => sum + parts[split].images.rows, 0)
  const reading = new Reading(options, 1)
  const labels = {
    name: 'digit',
    words: Array.from({ length: 10 }, (_, digit) => String(digit)),
    codes: bySplit((split) => Uint16Array.from(parts[split].labels)),
  }
  const label = learnsLabel ? learntLabel(labels, rows) : null
  const bits = async (split: Split, before: number): Promise<BitMatrix> => {
    const { images, firstNumber } = parts[split]
    const steps = binarize(images, binarization, (row) => firstNumber + row)
    const pixels = await reading.take(within(steps, before / rows, (before + images.rows) / rows))
    return label ? atOnce(withLabel(pixels, labels.codes[split], label)) : pixels
  }
  const [trainRows, validRows] = [parts.train.images.rows, parts.valid.images.rows]
  const splits = {
    train: await bits('train', 0),
    valid: await bits('valid', trainRows),
    test: await bits('test', trainRows + validRows),
  }
  const { images } = parts.train
  const coding: RowCoding = {
    kind: 'grey',
    width: images.width * images.height,
    omitted: [],
    binarization,
    ...(label ? { label } : {}),
  }
  const redrawn = binarization.kind === 'redrawn' ? binarization.seed : null
  const pixelsOf = redrawn === null ? null : (epoch: number) => binarizeForEpoch(images, redrawn, epoch)
  const epochRows =
    pixelsOf && label ? (epoch: number) => atOnce(withLabel(pixelsOf(epoch), labels.codes.train, label)) : pixelsOf
  return {
    name: 'MNIST',
    source: { kind: 'mnist', binarization, ...(learnsLabel ? { learnsLabel } : {}) },
    columns: splits.train.columns,
    ...variablesOfCoding(coding),
    picture: MNIST_PICTURE,
    splits,
    labels,
    grey: bySplit((split) => parts[split].images.pixels),
    coding,
    ...(epochRows ? { epochRows } : {}),
    ...hashesOf(coding, splits),
  }
}

/** Where a table is from, and how it was read and is prepared. */
interface TableSource {
  readonly path: string
  readonly reading: ReadingChoices | undefined
  readonly preparation: Preparation
}

async function prepareTable(
  table: Table,
  { path, reading, preparation }: TableSource,
  work: Reading,
): Promise<DataSet> {
  const { splits, known, rowNumbers, labels, grey, epochRows, coding, columnNames, rowsToFill, tooFew, notes } =
    await work.take(prepare(table, preparation))
  return {
    name: table.name,
    source: { kind: 'file', path, preparation, ...(reading ? { reading } : {}) },
    columns: splits.train.columns,
    ...variablesOfCoding(coding),
    picture: preparation.picture,
    splits,
    ...(known ? { known } : {}),
    ...(labels ? { labels } : {}),
    ...(grey ? { grey } : {}),
    ...(epochRows ? { epochRows } : {}),
    coding,
    ...(columnNames.length > 0 ? { columnNames } : {}),
    table,
    rowNumbers,
    rowsToFill,
    ...(tooFew ? { tooFew } : {}),
    notes: [...table.notes, ...notes],
    ...hashesOf(coding, splits, known),
  }
}

function openSynthetic(source: Extract<DataSource, { kind: 'synthetic' }>): DataSet {
  const truth = truthOf(source.set, source.seed)
  const splits = drawSplits(truth, source.rows, source.seed)
  return {
    name: say(SYNTHETIC_NAMES[source.set.kind]).english,
    source,
    columns: truth.columns,
    picture: truth.picture,
    splits,
    coding: { kind: 'bits', names: numberedNames(truth.columns), omitted: [] },
    entropy: truth.entropy,
    hash: hashOf(splits),
  }
}

/** The hash of rows, and that without their label, where it is learnt: its bits and whether it is known come last. */
function hashesOf(
  coding: RowCoding,
  splits: DataSet['splits'],
  known: DataSet['splits'] | null = null,
): Pick<DataSet, 'hash' | 'unlabelledHash'> {
  const hash = hashOf(splits, known)
  if (!coding.label) return { hash }
  const unlabelled = bySplit((split) => splits[split].firstColumns(unlabelledBits(coding)))
  const knownOfThem = known && bySplit((split) => known[split].firstColumns(known[split].columns - 1))
  return { hash, unlabelledHash: hashOf(unlabelled, knownOfThem) }
}

/** SHA-256 in hex over the sizes and the packed bits of the three parts, and of what is known of them where not all is. */
export function hashOf(
  splits: Readonly<Record<Split, BitMatrix>>,
  known: Readonly<Record<Split, BitMatrix>> | null = null,
): string {
  const hash = createHash('sha256')
  for (const split of SPLITS)
    for (const { rows, columns, words } of known ? [splits[split], known[split]] : [splits[split]]) {
      hash.update(`${split} ${rows} ${columns}\n`)
      hash.update(new Uint8Array(words.buffer, words.byteOffset, words.byteLength))
    }
  return hash.digest('hex')
}
