import type { Language } from '../words/languages'
import { isList } from '../words/placeholders'
import { inWords, type Filling, type Sentence } from '../words/say'

/** What readers call columns that have no names; in quotes where they are listed, in a bit before a sign or between two. */
const NUMBERED = /^(?<before>“|\S+ < )?column (?<number>[1-9]\d*)(?=”?$| [=>≤] )/
/** What they call a label that has none. */
const UNNAMED_LABEL = 'label'

/**
 * What a column is called in that language: as in its file, where it has a name there, otherwise by its number in words. In files,
 * settings and commands it stays what readers call it, by which it is known again.
 * @param name of a column, or of one of its bits, such as "column 3 = red"
 */
export function columnIn(language: Language, name: string): string {
  if (name === UNNAMED_LABEL) return inWords(language, 'run.unnamed-label')
  const { before = '', number } = NUMBERED.exec(name)?.groups ?? {}
  if (number === undefined) return name
  return name.replace(NUMBERED, before + inWords(language, 'data.column.numbered', { number }))
}

/** The placeholders that the names of columns fill. */
const OF_COLUMNS: ReadonlySet<string> = new Set(['column', 'columns', 'label'])

/** The same sentence with its columns as they are called in that language. */
export function withColumnsIn(language: Language, sentence: Sentence): Sentence {
  const values = Object.entries(sentence.values).map(([key, filling]) => [
    key,
    columnsIn(language, filling, OF_COLUMNS.has(key)),
  ])
  return { ...sentence, values: Object.fromEntries(values) as Sentence['values'] }
}

function columnsIn(language: Language, filling: Filling, isOfColumns: boolean): Filling {
  const titled = <One extends string | number | Sentence>(one: One): string | One | Sentence => {
    if (typeof one === 'string') return isOfColumns ? columnIn(language, one) : one
    return typeof one === 'object' ? withColumnsIn(language, one) : one
  }
  return isList(filling) ? filling.map(titled) : titled(filling)
}
