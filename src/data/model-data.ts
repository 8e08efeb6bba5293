import { codedNames } from './preparation/matched-columns'
import type { Note } from '../base/advice'
import { StudioError } from '../base/failure'
import { say, type Sentence } from '../words/say'
import { BitMatrix } from './bit-matrix'
import { readSourceTable } from './built-in-tables'
import { hashOf, openDataSet, TwoStages, type DataPlaces, type DataSet } from './data-set'
import { codeRows, dividedRows } from './preparation/coded-rows'
import { rowBits, type ModelPreparation } from './preparation/coding'
import { Reading } from './readers/reading'
import type { MissingValues, Preparation } from './preparation/preparation'
import type { DataSource } from './source'
import { SPLITS, type Split } from './split'
import type { PictureShape, ReadingOptions, Table } from './table'

/** Rows as the inputs of a model. */
export interface ModelData {
  readonly name: string
  /** All rows that the model can read, in the order of the files. */
  readonly all: BitMatrix
  /** The rows of a part. @throws StudioError 'invalid-data' or 'invalid-settings' where the rows cannot be divided */
  readonly part: (split: Split) => BitMatrix
  /** Which variables are known of each of these rows, `[rows, V]`, of a model that learnt from rows that lack values; null where all are. */
  readonly known: (which: Split | 'all') => BitMatrix | null
  /** What is to be scored where nothing else is said: of data that come in parts and of those that the model was trained on the test rows. */
  readonly usual: Split | 'all'
  /** Whether the rows lack the label that the model was taught: its bits are zeros. */
  readonly lacksLabel: boolean
  /** How many rows the model cannot read. */
  readonly leftOut: number
  /** What a person may not expect. */
  readonly notes: readonly Note[]
}

/** What data for a model are opened with beside their source. */
export interface ModelOpeningOptions extends ReadingOptions {
  /** Drop or model: rows that lack a value are left out, whatever the model makes of them. */
  readonly missing?: MissingValues
}

/** How the inputs of a model were made of a data set; null of a set that was not opened from anywhere. */
export function preparationOf(data: DataSet): ModelPreparation | null {
  const { source, coding, name, hash, picture, table } = data
  if (!coding) return null
  const preparation = source.kind === 'file' ? source.preparation : null
  return {
    data: { name, hash },
    coding,
    missing: preparation?.missing ?? 'drop',
    ...(source.kind === 'file' && source.reading ? { reading: source.reading } : {}),
    split: preparation?.split ?? null,
    picture,
    pictureSize: (table?.isOfPictureFiles ? table.picture : picture) ?? null,
  }
}

/**
 * Opens data for a model, prepared as those were that it was trained on. Without a preparation, which older models and those
 * of other programs lack, data are prepared as their contents suggest, and that is told.
 * @throws StudioError as `openDataSet`, 'invalid-data' where the data are not like those of the model, and
 * 'invalid-settings' for another way with missing values than the model's that does not leave their rows out
 */
export async function openForModel(
  source: DataSource,
  preparation: ModelPreparation | null,
  places: DataPlaces,
  options: ModelOpeningOptions = {},
): Promise<ModelData> {
  const { missing } = options
  if (preparation === null) {
    const change = missing && { change: (suggested: Preparation) => ({ ...suggested, missing }) }
    const data = ofDataSet(await openDataSet(source, places, { ...options, ...change }))
    const note = say('prepare.silent-model', { name: data.name })
    return source.kind === 'file' ? { ...data, notes: [note, ...data.notes] } : data
  }
  switch (source.kind) {
    case 'file':
      return openFile(source, preparation, places, options)
    case 'mnist': {
      const { coding } = preparation
      const binarization = coding.kind === 'grey' ? coding.binarization : source.binarization
      return requireWidth(
        ofDataSet(
          await openDataSet(
            { kind: 'mnist', binarization, ...(coding.label ? { learnsLabel: true } : {}) },
            places,
            options,
          ),
        ),
        preparation,
      )
    }
    case 'synthetic':
      return requireWidth(ofDataSet(await openDataSet(source, places, options)), preparation)
  }
}

function ofDataSet({ name, splits, known, notes = [] }: DataSet): ModelData {
  const all = joined(SPLITS.map((split) => splits[split]))
  return {
    name,
    all,
    part: (split) => splits[split],
    known: (which) => (known ? (which === 'all' ? joined(SPLITS.map((split) => known[split])) : known[which]) : null),
    usual: 'test',
    lacksLabel: false,
    leftOut: 0,
    notes,
  }
}

function requireWidth(data: ModelData, { coding }: ModelPreparation): ModelData {
  if (data.all.columns === rowBits(coding)) return data
  throw new StudioError(
    'invalid-data',
    say('prepare.other-bits', { name: data.name, bits: data.all.columns, taught: rowBits(coding) }),
    say('prepare.like-model.hint'),
  )
}

async function openFile(
  { path, reading }: Extract<DataSource, { kind: 'file' }>,
  preparation: ModelPreparation,
  places: DataPlaces,
  options: ModelOpeningOptions,
): Promise<ModelData> {
  const leavesOutGaps = leavesOut(preparation, options)
  const progress = new TwoStages(options)
  const pictureSize = options.pictureSize ?? preparation.pictureSize
  const table = await readSourceTable(path, places, {
    ...progress.first,
    ...(pictureSize ? { pictureSize } : {}),
    ...(reading ? { choices: reading } : {}),
    ...(preparation.reading ? { likeOthers: preparation.reading } : {}),
    columns: codedNames(preparation.coding),
  })
  const rows = await new Reading(progress.second(), 1).take(codeRows(table, preparation.coding, leavesOutGaps))
  let divided: ReturnType<typeof dividedRows> | null = null
  const parts = (): ReturnType<typeof dividedRows> => (divided ??= dividedRows(table, rows, preparation))
  const isOwn = canBeDivided(parts) && hashOf(parts().bits, parts().known) === preparation.data.hash
  const fitted = table.isOfPictureFiles && !isOwn && pictureSize ? [fittedWords(table, pictureSize)] : []
  return {
    name: table.name,
    all: rows.bits,
    part: (split) => parts().bits[split],
    known: (which) => (which === 'all' ? rows.known : (parts().known?.[which] ?? null)),
    usual: isOwn || table.parts.some(({ name }) => name === 'test') ? 'test' : 'all',
    lacksLabel: rows.lacksLabel,
    leftOut: rows.leftOut,
    notes: [...table.notes, ...fitted, ...rows.notes],
  }
}

/** What the model makes of missing values cannot be chosen any more, only whether their rows are left out. */
function leavesOut({ missing: taught }: ModelPreparation, { missing = taught }: ModelOpeningOptions): boolean {
  const leavesOut = missing === 'drop' || missing === 'model'
  if (leavesOut || missing === taught) return leavesOut
  throw new StudioError(
    'invalid-settings',
    say('prepare.missing-taught', { taught }),
    say('prepare.missing-taught.hint'),
  )
}

function canBeDivided(parts: () => unknown): boolean {
  try {
    parts()
    return true
  } catch (error) {
    if (error instanceof StudioError) return false
    throw error
  }
}

function fittedWords({ name }: Table, { width, height }: PictureShape): Sentence {
  return say('prepare.pictures-fitted', { name, width, height })
}

/** Rows below each other. */
function joined(parts: readonly BitMatrix[]): BitMatrix {
  const [{ columns }] = parts
  const all = new BitMatrix(
    parts.reduce((sum, { rows }) => sum + rows, 0),
    columns,
  )
  let at = 0
  for (const { words } of parts) {
    all.words.set(words, at)
    at += words.length
  }
  return all
}
