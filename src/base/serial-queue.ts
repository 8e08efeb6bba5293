import { say } from '../words/say'
import { StudioError } from './failure'

/** Does work one piece after another, in the order in which it was handed in. A piece that fails does not hold up the next. */
export class SerialQueue {
  private last: Promise<unknown> = Promise.resolve()

  /**
   * Does the work when all that was handed in before is over.
   * @param signal gives the work up where it aborts before its turn; work under way is not interrupted
   * @throws StudioError 'cancelled' if it was given up, or what the work throws
   */
  run<T>(work: () => T | Promise<T>, signal?: AbortSignal): Promise<T> {
    const answered = this.last.then(() => {
      if (signal?.aborted) throw givenUp()
      return work()
    })
    // What came of it is the asker's alone: neither a failure nor a large result is kept for the next one.
    this.last = answered.then(
      () => undefined,
      () => undefined,
    )
    return answered
  }
}

/** What is said of work that nobody waits for any more. */
export function givenUp(): StudioError {
  return new StudioError('cancelled', say('common.given-up'), say('common.given-up.hint'))
}
