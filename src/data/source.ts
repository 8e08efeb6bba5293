/** How grey pixels become bits. */
export type Binarization =
  /** A pixel of this value or more (1..255) is a one. */
  | { readonly kind: 'threshold'; readonly threshold: number }
  /** A pixel is a one with probability value/255, drawn once from the seed. */
  | { readonly kind: 'random'; readonly seed: number }

/** Where the rows of a run come from. */
export type DataSource =
  /** The built-in digits. */
  | { readonly kind: 'mnist'; readonly binarization: Binarization }
  /** A .npz file with arrays train, valid and test of zeros and ones. */
  | { readonly kind: 'npz'; readonly path: string }
