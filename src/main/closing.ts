import { isUnderWay, type RunState } from '../shared/run'

/** When saving takes so long, the person is asked whether to wait; where there is no run to wait for, nobody waits. */
export const PATIENT_MS = 10_000
/** Where the system ends the session there is nobody to ask, and the system does not wait for ever either. */
export const SESSION_MS = 20_000

/** What closing needs of the window, of its person and of the compute process. */
export interface ClosingParts {
  /** The run as it is now. */
  readonly run: () => RunState
  /** Asks whether to save the run and close; an aborted question is not answered. */
  readonly askToClose: (run: RunState, signal: AbortSignal) => Promise<boolean>
  /** Asks whether to close although the run is still being saved. */
  readonly askToGiveUp: (run: RunState, signal: AbortSignal) => Promise<boolean>
  /** Saves the run and ends the process; without waiting any longer once `giveUp` is aborted. */
  readonly end: (giveUp: AbortSignal) => Promise<void>
  /** Closes the window for good. */
  readonly close: () => void
}

type State =
  | { readonly kind: 'open' }
  | { readonly kind: 'asking'; readonly question: AbortController }
  /** `patience` is over when the question about it is no longer to be asked. */
  | { readonly kind: 'saving'; readonly giveUp: AbortController; readonly patience: AbortController }
  | { readonly kind: 'closed' }

/**
 * Closing while a run is under way asks first, then saves it so that it can go on at the next start. However it goes, it
 * ends: with a window that is closed, or with a person who has said to keep it open.
 */
export class Closing {
  private state: State = { kind: 'open' }

  constructor(private readonly parts: ClosingParts) {}

  /** Whether the window may go without further ado. */
  get isClosed(): boolean {
    return this.state.kind === 'closed'
  }

  /** The person wants to close the window. */
  wanted(): void {
    if (this.state.kind === 'open') void this.askAndClose()
  }

  /** The system ends the session, or the process is told to end: nobody is asked, and saving has a limit. */
  sessionEnds(): void {
    const { state } = this
    switch (state.kind) {
      case 'closed':
        return
      case 'open':
        return this.saveInTime()
      case 'asking':
        state.question.abort()
        return this.saveInTime()
      case 'saving':
        state.patience.abort()
        return giveUpAfter(SESSION_MS, state.giveUp)
    }
  }

  private async askAndClose(): Promise<void> {
    const run = this.parts.run()
    if (isUnderWay(run)) {
      const question = new AbortController()
      this.state = { kind: 'asking', question }
      // A question that cannot be asked keeps nobody from closing: the run is saved in any case.
      const agreed = await this.parts.askToClose(run, question.signal).catch(() => true)
      if (question.signal.aborted) return
      if (!agreed) {
        this.state = { kind: 'open' }
        return
      }
    }
    const { giveUp, patience } = this.save()
    if (isUnderWay(run)) void this.askPatience(giveUp, patience.signal)
    else giveUpAfter(PATIENT_MS, giveUp)
  }

  private saveInTime(): void {
    giveUpAfter(SESSION_MS, this.save().giveUp)
  }

  private save(): Extract<State, { kind: 'saving' }> {
    const saving = { kind: 'saving', giveUp: new AbortController(), patience: new AbortController() } as const
    this.state = saving
    void this.parts
      .end(saving.giveUp.signal)
      // What went wrong at the very end changes nothing: the last checkpoint is on the disk.
      .catch(() => undefined)
      .then(() => {
        this.state = { kind: 'closed' }
        saving.patience.abort()
        this.parts.close()
      })
    return saving
  }

  /** Asks again and again, as long as the person waits. */
  private async askPatience(giveUp: AbortController, over: AbortSignal): Promise<void> {
    while (!over.aborted && !giveUp.signal.aborted) {
      await pause(PATIENT_MS, over)
      if (over.aborted) return
      const isEnough = await this.parts.askToGiveUp(this.parts.run(), over).catch(() => true)
      if (isEnough && !over.aborted) giveUp.abort()
    }
  }
}

function giveUpAfter(milliseconds: number, giveUp: AbortController): void {
  setTimeout(() => giveUp.abort(), milliseconds).unref()
}

/** @returns after so many milliseconds, or at once when it is over */
function pause(milliseconds: number, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    over.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
