/** The value of a number of IEEE 754's binary16. @param word its 16 bits */
export function halfFloat(word: number): number {
  const sign = word >>> 15 === 0 ? 1 : -1
  const exponent = (word >>> 10) & 31
  const fraction = word & 1023
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25)
}
