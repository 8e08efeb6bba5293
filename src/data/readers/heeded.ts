import { say } from '../../words/say'
import { mergedChoices, type ReadingChoices } from '../reading-choices'
import type { ReadingOptions } from '../table'
import type { Notes } from './table-builder'

/** A way in which files are read, as far as it leaves choices. */
export type Way = 'text' | 'workbook' | 'database' | 'other-text' | 'arrays' | 'other'
/** What a person may decide of the layout of a file; columns can be chosen in every format. */
type Layout = Exclude<keyof ReadingChoices, 'label' | 'words' | 'numbers' | 'missingMarks'>

const HEEDED: Readonly<Record<Way, readonly Layout[]>> = {
  text: ['header', 'skip', 'separator', 'decimal', 'dayFirst', 'encoding', 'comment', 'transpose'],
  workbook: ['header', 'skip', 'dayFirst', 'comment', 'sheet', 'transpose'],
  database: ['dayFirst', 'sheet'],
  'other-text': ['dayFirst', 'encoding'],
  arrays: ['transpose', 'sheet'],
  other: [],
}
const LAYOUTS: readonly Layout[] = [
  'header',
  'skip',
  'separator',
  'decimal',
  'dayFirst',
  'encoding',
  'comment',
  'sheet',
  'transpose',
]

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
  const useless = LAYOUTS.filter((key) => !HEEDED[way].includes(key))
  for (const choice of useless)
    if (choices?.[choice] !== undefined) notes.add(say('read.text.in-vain', { choice, name }))
  // A sheet called otherwise is no fault in a later file: it is taken where it is there.
  const { sheet: _, ...usual } = likeOthers ?? {}
  const all = mergedChoices(usual, choices) ?? {}
  return Object.fromEntries(Object.entries(all).filter(([key]) => !useless.includes(key as Layout)))
}
