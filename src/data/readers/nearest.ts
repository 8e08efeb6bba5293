/** Of so many words the nearest are told. */
const MOST_TOLD = 8

/** The words that are most like a wanted one, the likest first: for sentences about a name that is not there. */
export function nearest(wanted: string, words: readonly string[], most = MOST_TOLD): string[] {
  const own = wanted.toLowerCase()
  return words
    .map((word, i) => ({ word, i, distance: distance(own, word.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || a.i - b.i)
    .slice(0, most)
    .map(({ word }) => word)
}

/** Levenshtein's distance: the fewest letters to put in, leave out or change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]
}
