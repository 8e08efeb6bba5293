import { say, type Sentence } from '../words/say'

/** A probability as per cent, never rounded to certainty. */
export function formatChance(probability: number): Sentence {
  if (probability > 0 && probability < 0.005) return say('common.chance.under', { chance: 0.01 })
  if (probability < 1 && probability >= 0.995) return say('common.chance.over', { chance: 0.99 })
  return say('common.chance', { chance: probability })
}
