import type { Note } from '../../base/advice'
import { quoted, StudioError } from '../../base/failure'
import { say } from '../../words/say'
import { toReadOther } from '../deciding'
import type { ReadingChoices } from '../reading-choices'
import type { PartName, Table } from '../table'
import type { StoredArray } from './array-plan'
import { tableOfArrays } from './array-table'
import type { Content } from './content'
import { chosenOf } from './chosen-table'
import { Hdf5File } from './hdf5-file'
import { arraysOf, isOfMatlab } from './hdf5-arrays'
import { framesOf, type StoredFrame } from './hdf5-frames'
import type { Reading } from './reading'
import { RecordRows } from './records'
import type { TableBuilder, TableIdentity } from './table-builder'

/** An HDF5 file of a set, and the part that it is. */
export interface Hdf5Part {
  readonly part: PartName
  readonly content: Content
}

/**
 * A table of HDF5 files: of their arrays, as of those of any file that holds several; or of a table of named columns
 * (pandas, PyTables, records), the first or the chosen one.
 * @param usualSheet is taken if it is there and nothing else is chosen
 * @throws StudioError as `Hdf5File`, `tableOfArrays` and `framesOf`; 'invalid-settings' for a table that is not there
 */
export async function tableOfHdf5(
  parts: readonly Hdf5Part[],
  builder: TableBuilder,
  identity: TableIdentity,
  choices: ReadingChoices,
  usualSheet: string | undefined,
  reading: Reading,
): Promise<Table> {
  const opened: { readonly part: PartName; readonly file: Hdf5File }[] = []
  try {
    for (const { part, content } of parts)
      opened.push({ part, file: await Hdf5File.open(content.source, content.name, reading) })
    const [{ file: first }] = opened
    const { frames, isOfPandas } = framesOf(first)
    const isChosen = choices.sheet !== undefined && frames.some(({ name }) => name === choices.sheet)
    const stored: StoredArray[] = []
    if (!isOfPandas && !isChosen)
      for (const { part, file } of opened)
        for (const array of await arraysOf(file, part === 'all' ? null : part)) stored.push(array)
    const hasTables = stored.some(({ shape, refusal }) => shape.length >= 2 && refusal === null)
    if (frames.length === 0 || hasTables) {
      const format = isOfMatlab(first) ? say('read.array.hdf5.format.matlab') : say('read.array.hdf5.format')
      const table = await tableOfArrays(stored, { ...identity, format }, reading, {
        ...choices,
        usualSheet,
        isMatlab: isOfMatlab(first),
      })
      return { ...table, notes: [...table.notes, ...frames.map(({ name }) => leftOutNote(name, first.name))] }
    }
    for (const { part, file } of opened) {
      builder.beginPart(part)
      await readFrame(file, framesOf(file).frames, builder, choices, usualSheet, reading)
    }
    const format = isOfPandas ? say('read.array.hdf5.format.pandas') : say('read.array.hdf5.format.records')
    return builder.finish({ ...identity, format })
  } finally {
    for (const { file } of opened) await file.close()
  }
}

function leftOutNote(name: string, file: string): Note {
  return { says: say('read.array.hdf5.table-left-out', { table: quoted(name), file }), advice: toReadOther('table') }
}

async function readFrame(
  file: Hdf5File,
  frames: readonly StoredFrame[],
  builder: TableBuilder,
  choices: ReadingChoices,
  usualSheet: string | undefined,
  reading: Reading,
): Promise<void> {
  const names = frames.map(({ name }) => name)
  const chosen = chosenOf(names, file.name, choices.sheet, usualSheet, builder)
  const stored = frames.find(({ name }) => name === chosen)
  if (!stored)
    throw new StudioError(
      'invalid-data',
      say('read.array.hdf5.no-table', { file: file.name }),
      say('read.array.hdf5.no-table.hint'),
    )
  const frame = await stored.open()
  for (const note of frame.notes) builder.notes.add(note)
  for (const { name, why, says } of frame.leftOut) builder.leaveOut({ name, why, use: null }, says)
  const records = new RecordRows(file.name, builder, choices, frame.columns)
  for await (const rows of frame.rows()) {
    for (const row of rows) records.add(new Map(frame.columns.map((column, i) => [column, row[i]])))
    await reading.pause()
  }
  records.end()
}
