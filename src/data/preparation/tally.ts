import { say, type Sentence } from '../../words/say'

/** So many things are named of those that were found. */
const MOST_NAMED = 6

/** Rows in which something was found, and what. */
export class Tally {
  private count = 0
  private last = -1
  private readonly found = new Set<string>()

  /** The row has that. Rows come in ascending order. */
  add(row: number, what: string): void {
    if (row !== this.last) this.count++
    this.last = row
    if (this.found.size <= MOST_NAMED) this.found.add(what)
  }

  /**
   * What was found as a sentence; none where nothing was.
   * @param make it, from the number of rows and what they have
   */
  inWords(make: (rows: number, what: Named) => Sentence): Sentence[] {
    return this.count === 0 ? [] : [make(this.count, named([...this.found]))]
  }
}

/** Names as they are listed in a sentence. */
export type Named = readonly (string | Sentence)[]

/** Names for a sentence, at most a few of them. */
export function named(names: readonly string[]): Named {
  const quoted = names.slice(0, MOST_NAMED).map((name) => `“${name}”`)
  return names.length > MOST_NAMED ? [...quoted, say('prepare.others')] : quoted
}
