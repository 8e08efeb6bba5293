import { setImmediate as nextTurn } from 'node:timers/promises'
import { StudioError } from '../base/failure'
import { requireSameData, type Runs } from '../runs/runs'
import type { Verification, VerifyingProgress } from '../shared/verification'
import { verifyRun } from '../training/verification'
import { say } from '../words/say'
import type { OpenData } from './open-data'
import { SPARE_CORES } from './spare-cores'
import type { TrainingService } from './training-service'

/** Between two reports of progress, in milliseconds. */
const REPORT_INTERVAL = 100

/** Trains runs again to compare their parameters, one at a time and only while no run trains: those come first. */
export class Verifying {
  private control: AbortController | null = null

  /** @param runsOf the folder of runs that a run is in */
  constructor(
    private readonly runsOf: (runId: string) => Pick<Runs, 'reading'>,
    private readonly data: Pick<OpenData, 'forRun'>,
    private readonly training: Pick<TrainingService, 'isFree'>,
    private readonly emit: (progress: VerifyingProgress) => void,
  ) {}

  /**
   * Trains a run again and compares its parameters; its files are read at the beginning.
   * @throws StudioError 'busy' while a run trains or another is verified, 'cancelled' where it is given up or a run begins, or as
   * `verifyRun`
   */
  async verify(runId: string): Promise<Verification> {
    if (this.control) throw new StudioError('busy', say('verify.busy'), say('verify.busy.hint'))
    if (!this.training.isFree) throw new StudioError('busy', say('verify.training'), say('verify.training.hint'))
    const control = new AbortController()
    this.control = control
    let reported = -Infinity
    const between = async (share: number): Promise<void> => {
      if (performance.now() - reported >= REPORT_INTERVAL) {
        reported = performance.now()
        this.emit({ runId, share })
      }
      // Other requests are answered in between.
      await nextTurn()
      if (!this.training.isFree) throw new StudioError('cancelled', say('verify.gave-way'), say('verify.gave-way.hint'))
      if (control.signal.aborted)
        throw new StudioError('cancelled', say('verify.given-up'), say('verify.given-up.hint'))
    }
    try {
      // It is read at the beginning only: while it is trained again, it may be renamed or deleted.
      const folder = await this.runsOf(runId).reading(runId, (found) => Promise.resolve(found))
      return await verifyRun({
        folder,
        data: async (record) => {
          const data = await this.data.forRun(record.config.data, { signal: control.signal })
          requireSameData(record, data)
          return data
        },
        use: SPARE_CORES,
        between,
      })
    } finally {
      this.control = null
    }
  }

  /** Gives up what is under way. */
  cancel(): void {
    this.control?.abort()
  }
}
