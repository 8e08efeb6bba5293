/** The mean of some numbers, added in their order; NaN of none. */
export function meanOf(numbers: { readonly length: number; readonly [place: number]: number }): number {
  let sum = 0
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]
  return sum / numbers.length
}
