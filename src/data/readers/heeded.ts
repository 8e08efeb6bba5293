import { mergedChoices, type ReadingChoices } from '../reading-choices'
import type { ReadingOptions } from '../table'
import type { Notes } from './table-builder'

/** A way in which files are read, as far as it leaves choices. */
export type Way = 'text' | 'workbook' | 'database' | 'other-text' | 'arrays' | 'other'
/** What a person may decide of the layout of a file; columns can be chosen in every format. */
type Layout = Exclude<keyof ReadingChoices, 'label' | 'words' | 'numbers' | 'missingMarks'>

const HEEDED: Readonly<Record<Way, readonly Layout[]>> = {
  text: ['header', 'skip', 'separator', 'decimal', 'encoding', 'comment', 'transpose'],
  workbook: ['header', 'skip', 'comment', 'sheet', 'transpose'],
  database: ['sheet'],
  'other-text': ['encoding'],
  arrays: ['transpose', 'sheet'],
  other: [],
}
const WORDS: Readonly<Record<Layout, string>> = {
  header: 'Whether the first row holds names',
  skip: 'How many lines above are not read',
  separator: 'What stands between fields',
  decimal: 'The decimal mark',
  encoding: 'The encoding',
  comment: 'What remarks begin with',
  sheet: 'The sheet',
  transpose: 'Whether rows and columns change places',
}

/**
 * The choices that a file is read by: those of a person, and where they say nothing those that other files like it were read
 * by; a sheet only if a person chose it. What its format has no use for is left out.
 * @param name of the file
 * @param notes hears what a person chose in vain
 */
export function heededChoices(
  way: Way,
  name: string,
  { choices, likeOthers }: ReadingOptions,
  notes: Notes,
): ReadingChoices {
  const useless = (Object.keys(WORDS) as Layout[]).filter((key) => !HEEDED[way].includes(key))
  for (const key of useless)
    if (choices?.[key] !== undefined)
      notes.add(`${WORDS[key]} was chosen in vain: the format of ${name} leaves no choice in that.`)
  // A sheet called otherwise is no fault in a later file: it is taken where it is there.
  const { sheet: _, ...usual } = likeOthers ?? {}
  const all = mergedChoices(usual, choices) ?? {}
  return Object.fromEntries(Object.entries(all).filter(([key]) => !useless.includes(key as Layout)))
}
