/** Pearson's χ² of counts that should all be equal. */
export function chiSquare(counts: Iterable<number>): number {
  const all = [...counts]
  const expected = all.reduce((sum, count) => sum + count, 0) / all.length
  return all.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

/** The value that χ² of so many degrees of freedom passes once in about 10,000 times (Wilson–Hilferty). */
export function unlikelyChiSquare(freedom: number): number {
  const k = 2 / (9 * freedom)
  return freedom * (1 - k + 3.719 * Math.sqrt(k)) ** 3
}

/** How often each key occurs. */
export function tally<K>(keys: Iterable<K>): Map<K, number> {
  const counts = new Map<K, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}
