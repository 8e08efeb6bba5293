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
   * @param make it, from its beginning ("3 rows have") and what they have
   */
  inWords(make: (rows: string, what: string) => string): string[] {
    if (this.count === 0) return []
    return [
      make(this.count === 1 ? '1 row has' : `${this.count.toLocaleString('en')} rows have`, listed([...this.found])),
    ]
  }
}

/** Names in a sentence, at most a few of them. */
export function listed(names: readonly string[]): string {
  const named = names.slice(0, MOST_NAMED).map((name) => `“${name}”`)
  return names.length > MOST_NAMED ? `${named.join(', ')} and others` : named.join(', ')
}
