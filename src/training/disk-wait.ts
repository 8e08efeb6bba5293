import type { Failure } from '../base/failure'
import type { DiskTrouble } from '../runs/journal'
import { Interruption, type Control } from './control'

/** Holds a run whose disk refuses to be written until a person has made room, or suspends it. */
export class DiskWait implements DiskTrouble {
  private why: Failure | null = null

  /**
   * @param tell tells the state of the run, which is paused meanwhile
   * @param isStopped whether it was stopped and only has to be closed
   */
  constructor(
    private readonly control: Control,
    private readonly tell: () => void,
    private readonly isStopped: () => boolean,
  ) {}

  /** Why the run is held; null if it is not. */
  get failure(): Failure | null {
    return this.why
  }

  /** @throws Interruption when the run is suspended; it then ends as one that is held. Also when its stop is taken back */
  async wait(failure: Failure): Promise<void> {
    this.why = failure
    this.tell()
    const asked = await this.control.hold()
    this.why = null
    // A stop that is not saved has not happened.
    if (asked === 'run' && this.isStopped()) throw new Interruption('run')
    this.tell()
  }
}
