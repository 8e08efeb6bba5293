/** What is said everywhere. */
export const common = {
  /** Two sentences, one after the other. */
  'common.in-turn': '{first} {second}',
  'common.internal': 'Something went wrong inside MADE Studio: {message}.',
  'common.internal.hint': 'What was saved is kept. Please try again; if it happens again, report this sentence.',
} as const
