/** The three parts of a data set, in the order in which they are read, hashed and listed. */
export const SPLITS = ['train', 'valid', 'test'] as const
export type Split = (typeof SPLITS)[number]

/** One value per part. @param make called once per part, in the order of `SPLITS`. */
export function bySplit<T>(make: (split: Split) => T): Record<Split, T> {
  return { train: make('train'), valid: make('valid'), test: make('test') }
}
