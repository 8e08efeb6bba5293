import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { failureOf, StudioError, type Failure } from '../../base/failure'
import type { DataSet } from '../../data/data-set'
import type { ProcessorUse } from '../../engine/processor-use'
import { CPU_BUILDS } from '../../engine/processor-use'
import type { RunFolder } from '../../runs/run-folder'
import type { RunRecord } from '../../runs/run-record'
import { continuedRecord, newRecord } from '../../runs/runs'
import { SweepFolder, type FrozenPoint } from '../../runs/sweep-folder'
import type { Rung } from '../../sweeps/halving'
import { pointId } from '../../sweeps/points'
import { textOf } from '../../sweeps/sweep'
import { placesOf, taskCount } from '../../sweeps/tasks'
import { validateRun } from '../../training/validate-run'
import { say } from '../../words/say'
import { processorUseOf, type EngineOptions } from '../engine-options'
import { openData, withReadingBar } from '../places'
import { remark } from '../remark'
import { chosenFor, trainRun } from '../trained-run'
import { SAVED_FOR_LATER, Unfinished } from '../unfinished'
import { wholeWithin } from '../usage'
import { t } from '../words'
import { rungOf } from './sweep-rung'

/** The options of `made sweep run` as typed. */
export interface SweepRunOptions extends Omit<EngineOptions, 'engine'> {
  readonly rung?: string
  readonly leaveOut?: true
}

/** How often it is looked whether another worker is done. */
const LOOK_MS = 1000

/** How a point was left. */
type Outcome =
  | { readonly kind: 'over'; readonly isFurther: boolean }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** By a signal. */
  | { readonly kind: 'interrupted'; readonly isFurther: boolean }

/**
 * `made sweep run`: does the points of a task as far as its rung goes. It may be given as often as one likes, by as many as
 * like: what is over stays as it is, what was interrupted goes on, and what another worker does is waited for.
 * @throws StudioError where a point failed; Unfinished where a signal came, with the status 75 if there is more than before
 */
export async function sweepRunCommand(
  path: string,
  task: string,
  options: SweepRunOptions,
  signal: AbortSignal,
): Promise<void> {
  const sweep = await SweepFolder.open(resolve(path))
  const { pack, threads, kernels } = sweep.plan
  const rung = rungOf(sweep, options.rung)
  const number = wholeWithin('<n>', task, 0, taskCount(rung.places, pack) - 1)
  const asked = processorUseOf(options)
  const use = { threads: asked.threads ?? threads, build: asked.build ?? CPU_BUILDS.find((build) => build === kernels) }
  const points = await sweep.pointsIn(rung, options.leaveOut ? 'leave-out' : 'refuse')
  const work = new PointWork(sweep, rung, use, signal)
  let failure: Failure | null = null
  let isFurther = false
  for (const point of placesOf(number, points.length, pack).map((place) => points[place])) {
    const outcome = await work.on(point)
    switch (outcome.kind) {
      case 'over':
        isFurther ||= outcome.isFurther
        console.log(t('sweep.run.over', { point: pointId(point), epoch: rung.untilEpoch === null ? 'none' : String(rung.untilEpoch) })) // prettier-ignore
        break
      case 'failed':
        if (failure) remark([failure.message])
        failure = outcome.failure
        break
      case 'interrupted':
        throw interrupted(point, isFurther || outcome.isFurther)
    }
  }
  if (failure) throw StudioError.of(failure)
}

/** Given again by itself only where it got further: otherwise jobs might queue themselves again for ever. */
function interrupted(point: number, isFurther: boolean): Unfinished {
  const values = { point: pointId(point) }
  return isFurther
    ? new Unfinished(say('sweep.run.saved', values), say('sweep.run.again'), SAVED_FOR_LATER)
    : new Unfinished(say('sweep.run.no-further', values), say('sweep.run.again'))
}

/** The work on one point after another, under one processor and with data that are read once. */
class PointWork {
  private readonly sets = new Map<string, DataSet>()

  constructor(
    private readonly sweep: SweepFolder,
    private readonly rung: Rung,
    private readonly use: ProcessorUse,
    private readonly signal: AbortSignal,
  ) {}

  /** Brings a point as far as the rung goes. */
  async on(number: number): Promise<Outcome> {
    const folder = this.sweep.run(number)
    const before = await savedAt(folder)
    let hasWaited = false
    try {
      for (;;) {
        if (await this.sweep.isOver(number, this.rung)) {
          await this.tidy(number)
          return { kind: 'over', isFurther: hasWaited }
        }
        // What another worker has done in the meantime is more than before, too.
        if (this.signal.aborted) return { kind: 'interrupted', isFurther: (await savedAt(folder)) > before }
        const outcome = await this.train(number).catch((error: unknown): Outcome =>
          this.signal.aborted
            ? { kind: 'interrupted', isFurther: false }
            : { kind: 'failed', failure: failureOf(error, 'options') },
        )
        if (outcome.kind !== 'failed' || outcome.failure.code !== 'busy') return outcome
        if (!hasWaited) remark([say('sweep.run.waiting', { point: pointId(number) })])
        hasWaited = true
        await this.released(folder)
      }
    } catch (error) {
      return { kind: 'failed', failure: failureOf(error, 'options') }
    }
  }

  private async train(number: number): Promise<Outcome> {
    const { signal, use } = this
    const folder = this.sweep.run(number)
    const point = this.sweep.point(number)
    const data = await this.dataOf(point)
    const record = await this.recordOf(number, point, data)
    validateRun(record.config, data)
    const chosen = await chosenFor(record.config, data, use)
    const untilEpoch = this.rung.untilEpoch ?? undefined
    const sheets = this.sweep.plan.keepsAll ? 'each' : 'best'
    if (signal.aborted) return { kind: 'interrupted', isFurther: false }
    const { state, isFurther } = await trainRun({ folder, record, data, chosen, use, untilEpoch, sheets, signal })
    switch (state.kind) {
      case 'finished':
        await this.tidy(number)
        return { kind: 'over', isFurther: true }
      case 'diverged':
        // It would do so again: that is its result.
        remark([state.failure.message])
        return { kind: 'over', isFurther: true }
      case 'failed':
        return { kind: 'failed', failure: state.failure }
      case 'paused':
        return signal.aborted ? { kind: 'interrupted', isFurther } : { kind: 'over', isFurther: true }
    }
  }

  /** The record to go on from, or that of a new run. @throws StudioError 'busy' where another process makes it just now */
  private async recordOf(number: number, point: FrozenPoint, data: DataSet): Promise<RunRecord> {
    const old = await this.sweep.record(number)
    if (old) return continuedRecord(old, data)
    const record = newRecord(point.id, point.config, data)
    await this.sweep.run(number).create(record)
    return record
  }

  private async dataOf({ config, dataHash, id }: FrozenPoint): Promise<DataSet> {
    const key = textOf(config.data)
    const data = this.sets.get(key) ?? (await withReadingBar(this.signal, (reading) => openData(config.data, reading)))
    this.sets.set(key, data)
    if (data.hash !== dataHash)
      throw new StudioError(
        'invalid-data',
        say('sweep.other-data', { point: id, name: data.name }),
        say('sweep.other-data.hint'),
      )
    return data
  }

  /** Drops what a finished run needs no more, if another process has not done so. */
  private async tidy(number: number): Promise<void> {
    const folder = this.sweep.run(number)
    if (this.sweep.plan.keepsAll || (await this.sweep.record(number))?.status !== 'finished') return
    if (!(await folder.hasCheckpoint())) return
    // Where another process is at it, or the disk refuses, the run is finished all the same.
    const hold = await folder.lock().catch(() => null)
    if (hold === null) return
    await folder.dropCheckpoints().catch(() => undefined)
    await hold.release()
  }

  /** Waits until nobody works in the folder, or a signal comes. */
  private async released(folder: RunFolder): Promise<void> {
    do await pause(LOOK_MS, undefined, { signal: this.signal }).catch(() => undefined)
    while (!this.signal.aborted && (await folder.isHeld()))
  }
}

/** When the run was saved last, by the clock of its disk; 0 if it never was. */
async function savedAt(folder: RunFolder): Promise<number> {
  return (await stat(folder.checkpointPath).catch(() => null))?.mtimeMs ?? 0
}
