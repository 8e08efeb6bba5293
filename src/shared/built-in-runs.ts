/**
 * The runs that come with the application (`resources/models`), by the names of their folders: what is drawn first of all is
 * drawn by the model of the first.
 */
export const BUILT_IN_RUNS = {
  /** MNIST thresholded, with its labels. */
  digits: 'made-studio-digits',
  /** MNIST, binarized at random, its pixels in any order. */
  anyOrder: 'made-studio-any-order',
  /** Mushrooms, a table, its columns in any order. */
  mushrooms: 'made-studio-mushrooms',
} as const

/** Whether a run came with the application. */
export function isBuiltInRun(id: string): boolean {
  return Object.values<string>(BUILT_IN_RUNS).includes(id)
}
