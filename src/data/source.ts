import type { Binarization } from './binarization'
import type { Preparation } from './preparation/preparation'
import type { ReadingChoices } from './reading-choices'
import type { Split } from './split'
import type { SyntheticSet } from './synthetic/synthetic-set'

/** Where the rows of a run come from. */
export type DataSource =
  /** The built-in digits. */
  | {
      readonly kind: 'mnist'
      readonly binarization: Binarization
      /** Whether the model learns the digits' labels too. */
      readonly learnsLabel?: true
    }
  /**
   * A file or a folder in any format that a reader knows; prepared as its contents suggest where nothing else is said, and
   * read as they suggest but for what was decided.
   */
  | {
      readonly kind: 'file'
      readonly path: string
      readonly preparation: Preparation | null
      readonly reading?: ReadingChoices
    }
  /** Rows drawn from a distribution that is known exactly. */
  | {
      readonly kind: 'synthetic'
      readonly set: SyntheticSet
      readonly rows: Readonly<Record<Split, number>>
      readonly seed: number
    }
