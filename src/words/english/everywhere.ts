/** What is said everywhere. */
export const common = {
  /** Two sentences, one after the other. */
  'common.in-turn': '{first} {second}',
  'common.internal': 'Something went wrong inside MADE Studio: {message}.',
  'common.internal.hint': 'What was saved is kept. Please try again; if it happens again, report this sentence.',
  /** Work that nobody waits for any more. */
  'common.given-up': 'This was given up before its turn came.',
  'common.given-up.hint': 'Nothing was changed.',
  /** A probability, never rounded to certainty. */
  'common.chance': '{chance, number, percent}',
  'common.chance.under': 'under {chance, number, percent}',
  'common.chance.over': 'over {chance, number, percent}',
} as const
