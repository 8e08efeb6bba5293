/** A probability as per cent, never rounded to certainty. */
export function formatChance(probability: number): string {
  if (probability > 0 && probability < 0.005) return 'under 1%'
  if (probability < 1 && probability >= 0.995) return 'over 99%'
  return `${Math.round(100 * probability)}%`
}
