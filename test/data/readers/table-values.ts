import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { noteAt, type Note, type Place } from '../../../src/base/advice'
import { readTable } from '../../../src/data/readers/read-table'
import { bitAt, columnCount, isMissing, NO_LABEL, type ReadingOptions, type Table } from '../../../src/data/table'

/** A value of a table as a number: of categories their code, NaN where it is missing or text. */
export function valueAt({ values }: Table, row: number, column: number): number {
  if (values.kind === 'bits') return values.bits.get(row, column)
  if (values.kind === 'grey') return values.pixels[row * values.columns + column]
  const one = values.columns[column]
  if (isMissing(one, row)) return NaN
  switch (one.kind) {
    case 'bits':
      return bitAt(one.words, row)
    case 'integers':
    case 'numbers':
      return one.values[row]
    case 'categories':
      return one.codes[row]
    case 'text':
      return NaN
  }
}

/** All values, row by row, as `valueAt` gives them. */
export function rowsOfTable(table: Table): number[][] {
  return Array.from({ length: table.rows }, (_, row) =>
    Array.from({ length: columnCount(table.values) }, (_, column) => valueAt(table, row, column)),
  )
}

/** The label of each row in words; null where it has none. */
export function labelWords({ labels, rows }: Table): (string | null)[] {
  return Array.from({ length: rows }, (_, row) => {
    const code = labels?.codes[row] ?? NO_LABEL
    return code === NO_LABEL ? null : (labels?.words[code] ?? null)
  })
}

/** What was noticed, as it is said at that place. */
export function sentencesOf(
  { notes = [] }: { readonly notes?: readonly Note[] | undefined },
  place: Place = 'options',
): string[] {
  return notes.map((note) => noteAt(place, note).english)
}

/** The number of rows of each part. */
export function partRows({ parts }: Table): Record<string, number> {
  return Object.fromEntries(parts.map(({ name, start, end }) => [name, end - start]))
}

/** Writes files into a folder of their own, reads the first of them with its set ("." is the folder), and leaves nothing behind. */
export async function readFiles(
  files: Readonly<Record<string, Uint8Array | string>>,
  options: ReadingOptions = {},
): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'made-readers-'))
  try {
    for (const [name, bytes] of Object.entries(files)) {
      if (name === '.') continue
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), bytes)
    }
    return await readTable(join(folder, Object.keys(files)[0]), options)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
