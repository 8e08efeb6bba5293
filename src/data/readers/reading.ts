import { setImmediate as nextTurn } from 'node:timers/promises'
import { sentenceOf, type Text } from '../../base/advice'
import { StudioError } from '../../base/failure'
import { inTurns, type Steps } from '../../base/steps'
import { say } from '../../words/say'
import type { ReadingOptions } from '../table'

/** Between two reports of progress, in milliseconds. */
const REPORT_INTERVAL = 100
/** How long a reader may keep the process to itself, in milliseconds. */
const MOST_UNINTERRUPTED = 50

/** One reading under way: says how far it is, lets others have their turn, and stops when asked to. */
export class Reading {
  private before = 0
  private share = 0
  private reported = 0
  private breathed = performance.now()

  /** @param totalBytes of all the files that will be read */
  constructor(
    private readonly options: ReadingOptions,
    private readonly totalBytes: number,
  ) {}

  /**
   * To be called often. @param bytes how many bytes of the present file are done with
   * @throws StudioError 'cancelled' once the reading was aborted
   */
  async reached(bytes: number): Promise<void> {
    await this.pause()
    this.report((this.before + bytes) / Math.max(1, this.totalBytes))
  }

  /** The same where the work is no matter of bytes. @param share how much of all is done, 0 to 1 */
  async reachedShare(share: number): Promise<void> {
    await this.pause()
    this.report(share)
  }

  /** Takes all steps, and lets others have their turn. @throws as `reached`, and whatever the steps throw */
  take<T>(steps: Steps<T>): Promise<T> {
    return inTurns(steps, (share) => this.reachedShare(share))
  }

  /** The same where it is not known how far the work is. */
  async pause(): Promise<void> {
    if (performance.now() - this.breathed > MOST_UNINTERRUPTED) {
      await nextTurn()
      this.breathed = performance.now()
    }
    if (this.options.signal?.aborted) throw cancelled()
  }

  /** The present file is done; the next one begins. */
  fileDone(bytes: number): void {
    this.before += bytes
  }

  /** A share never falls: what is looked at twice was done before. */
  private report(share: number): void {
    const now = performance.now()
    this.share = Math.max(this.share, Math.min(1, share))
    if (now - this.reported < REPORT_INTERVAL) return
    this.reported = now
    this.options.onProgress?.(this.share)
  }
}

function cancelled(): StudioError {
  return new StudioError('cancelled', say('read.table.cancelled'), say('read.table.cancelled.hint'))
}

/**
 * A file that breaks the rules of its format.
 * @param format what it is called
 * @param why a clause that follows a colon, without its full stop: "it ends inside its header"
 */
export function damagedFile(name: string, format: Text, why: Text, cause?: unknown): StudioError {
  return new StudioError(
    'damaged-file',
    say('read.table.damaged', { format: sentenceOf(format), name, why: sentenceOf(why) }),
    say('read.table.damaged.hint'),
    { cause },
  )
}

/** Files that seem to be a set by their names describe different columns: each may still be read alone. */
export class UnlikeParts extends StudioError {
  /** @param message one sentence @param hint one sentence */
  constructor(message: Text, hint: Text = say('read.table.unlike.hint')) {
    super('invalid-data', message, hint)
  }
}
