/** The largest of some numbers, however many; −∞ of none, NaN if one of them is. */
export function largest(numbers: Iterable<number>): number {
  let most = -Infinity
  for (const number of numbers) most = Math.max(most, number)
  return most
}

/** The smallest of some numbers, however many; ∞ of none, NaN if one of them is. */
export function smallest(numbers: Iterable<number>): number {
  let least = Infinity
  for (const number of numbers) least = Math.min(least, number)
  return least
}
