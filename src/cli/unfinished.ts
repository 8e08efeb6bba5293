import type { Sentence } from '../words/say'

/** EX_TEMPFAIL: by it schedulers know that the same command is to be given again. */
export const SAVED_FOR_LATER = 75
const FAILED = 1

/** Work that was interrupted in order and can go on. */
export class Unfinished extends Error {
  constructor(
    /** What happened. */
    readonly says: Sentence,
    /** How it goes on. */
    readonly hint: Sentence,
    /** With which status the command leaves: whether it is worth being given again by itself. */
    readonly status: typeof SAVED_FOR_LATER | typeof FAILED = FAILED,
  ) {
    super(says.english)
  }
}
