import { failureOf, StudioError, type Failure, type FailureCode } from '../base/failure'
import { inTurn } from '../base/advice'
import { SerialQueue } from '../base/serial-queue'
import type { Queue, Queued, QueueFile } from '../runs/queue-file'
import type { Params } from '../shared/contract'
import { moved, type QueueState } from '../shared/run-queue'
import type { RunStatus } from '../shared/run'
import type { Longer } from '../shared/run-config'
import type { GroupEnd } from '../shared/run-group'
import { say } from '../words/say'
import { isRunIn, type QueueAdmission } from './queue-admission'
import type { RunGroups } from './run-groups'
import type { RunPlaces } from './run-places'
import type { TrainingService } from './training-service'

/** What the disk says: the next run would fare no better, so that the queue waits for a person. */
const OF_THE_DISK: readonly FailureCode[] = ['disk-full', 'not-writable']
/** What has come to an end has nothing left to do, whatever end that was. */
const OVER: readonly RunStatus[] = ['finished', 'diverged', 'failed']

/**
 * Runs that are trained one after another: when one is over the next begins. Which they are is in a file (`QueueFile`), so that
 * whatever ends the process, the next one goes on with the run that was interrupted. Changes are made one after another.
 */
export class RunQueue {
  private readonly turns = new SerialQueue()
  private done = 0
  /** Whether it goes on by itself; not before the window asks for it, which has other work to do first. */
  private hasBegun = false
  /** The run that it has begun and that is being got together. */
  private starting: string | null = null
  /** The run that is being let go of: it does not go on by itself. */
  private leaving: string | null = null
  /** With what runs were to go on that were taken out, should they be put back. */
  private readonly takenOut = new Map<string, Longer>()
  /** Whether what is being got together is to be paused once it is under way. */
  private pausesNext = false

  /**
   * @param tell hears of it when it has changed
   * @param end hears of each group that has come to its end
   * @param fail hears why a run did not begin
   */
  constructor(
    private readonly file: QueueFile,
    private readonly places: RunPlaces,
    private readonly training: TrainingService,
    private readonly groups: RunGroups,
    private readonly admission: QueueAdmission,
    private readonly tell: (state: QueueState) => void,
    private readonly end: (group: GroupEnd) => void,
    private readonly fail: (failure: Failure) => void,
  ) {
    training.onBegun = (runId) => void this.settleQuietly(() => this.takeIn(runId))
    training.onFree = () => void this.settleQuietly()
    places.isWaiting = (id, isOver) => this.isWaiting(id, isOver)
  }

  /** What is in it. @throws as `QueueFile.read` */
  async state(): Promise<QueueState> {
    return this.stateOf(await this.file.read())
  }

  /** Goes on with it as it was left, by a crash or by a person; one that is paused stays so. */
  begin(): Promise<QueueState> {
    return this.turns.run(async () => {
      this.hasBegun = true
      await this.findAll()
      return this.goOnNow()
    })
  }

  /** Waits until nothing of it is being written. */
  async settled(): Promise<void> {
    await this.turns.run(async () => undefined)
  }

  /** Finds its runs where they are, after another folder of runs is used. */
  async relocate(): Promise<void> {
    await this.turns.run(() => this.findAll())
  }

  /**
   * Lays a new run at its end; it begins at once where nothing is under way and the queue is not paused.
   * @throws as `QueueAdmission.run`
   */
  add(asked: Params<'queue.add'>): Promise<{ runId: string }> {
    return this.turns.run(async () => {
      const entry = await this.admission.run(asked)
      await this.append(entry)
      return { runId: entry.id }
    })
  }

  /** Lays a run at its end that is to go on for more epochs, or on another engine. @throws as `QueueAdmission.longer` */
  addLonger(asked: Params<'queue.longer'>): Promise<QueueState> {
    return this.turns.run(async () => {
      await this.append(await this.admission.longer(asked))
      return this.state()
    })
  }

  /** Lays a group of runs at its end, as one. @throws as `QueueAdmission.group` */
  addGroup(asked: Params<'group.add'>): Promise<{ groupId: string }> {
    return this.turns.run(async () => {
      const entry = await this.admission.group(asked)
      await this.append(entry)
      return { groupId: entry.id }
    })
  }

  private async append(entry: Queued): Promise<void> {
    const { underWayId } = this
    const isHeldBack = this.isPausedByPerson
    await this.change((queue) => {
      const { isPaused, runs: before } = this.withUnderWay(queue, underWayId)
      return { isPaused: isPaused || isHeldBack, runs: [...before.filter(({ id }) => id !== entry.id), entry] }
    })
    this.hasBegun = true
    await this.goOnNow()
  }

  /** What of it is under way: a run, or the group that the run under way is of. */
  private get underWayId(): string | null {
    const { underWayId } = this.training
    return underWayId === null ? null : this.groups.entryOf(underWayId)
  }

  /** Moves a run that waits to another place among those that wait, from 0. */
  move({ runId, place }: Params<'queue.move'>): Promise<QueueState> {
    return this.turns.run(async () => {
      const { underWayId } = this
      await this.change((queue) => {
        const waiting = queue.runs.filter(({ id }) => id !== underWayId)
        const found = waiting.find(({ id }) => id === runId)
        if (!found) return queue
        const first = queue.runs.filter(({ id }) => id === underWayId)
        return { ...queue, runs: [...first, ...moved(waiting, found, place)] }
      })
      return this.state()
    })
  }

  /**
   * Takes a run or a group out of it; what is trained of it stays among the runs, and can go on from there. Of a group that is
   * under way its run is saved and let go of.
   * @throws StudioError 'busy' if it is the run that is under way
   */
  remove(id: string): Promise<QueueState> {
    return this.turns.run(async () => {
      if (id === this.training.underWayId)
        throw new StudioError('busy', say('compute.queue.under-way'), say('compute.queue.under-way.hint'))
      const isUnderWay = id === this.underWayId || id === this.starting
      const { longer } = (await this.file.read()).runs.find((entry) => entry.id === id) ?? {}
      if (longer) this.takenOut.set(id, longer)
      else this.takenOut.delete(id)
      await this.change((queue) => without(queue, [id]))
      if (isUnderWay) await this.training.putAside()
      return this.goOnNow()
    })
  }

  /** Puts a run or a group that is among the runs back at a place among those that wait. @throws StudioError 'not-found' */
  restore({ runId, place }: Params<'queue.restore'>): Promise<QueueState> {
    return this.turns.run(async () => {
      const entry = await this.found(runId)
      const { underWayId } = this
      await this.change((queue) => {
        if (queue.runs.some(({ id }) => id === runId)) return queue
        const first = queue.runs.filter(({ id }) => id === underWayId)
        const waiting = queue.runs.filter(({ id }) => id !== underWayId)
        return { ...queue, runs: [...first, ...waiting.toSpliced(place, 0, entry)] }
      })
      return this.goOnNow()
    })
  }

  private async found(id: string): Promise<Queued> {
    const runs = this.places.of(id)
    const folder = runs.path
    const longer = this.takenOut.get(id)
    if (await runs.has(id)) return { kind: 'run', id, folder, ...(longer ? { longer } : {}) }
    await this.groups.open({ id, folder })
    return { kind: 'group', id, folder }
  }

  /** Pauses all: the run under way, and nothing begins until it goes on. */
  pause(): Promise<QueueState> {
    return this.turns.run(async () => {
      await this.change((queue) => ({ ...queue, isPaused: true }))
      const { underWayId } = this.training
      if (this.training.isBeginning) this.pausesNext = true
      else if (underWayId !== null) this.training.pause(underWayId)
      return this.state()
    })
  }

  /** Goes on with all: the run that is paused, or the next. */
  goOn(): Promise<QueueState> {
    return this.turns.run(async () => {
      this.hasBegun = true
      await this.change((queue) => ({ ...queue, isPaused: false }))
      this.pausesNext = false
      const { underWayId } = this.training
      if (underWayId !== null && !this.training.isBeginning) this.training.resume(underWayId)
      return this.goOnNow()
    })
  }

  /** As a person pauses the run under way, all that wait for it are paused. */
  async pauseRun(runId: string): Promise<void> {
    this.training.pause(runId)
    await this.follow(runId, true)
  }

  async resumeRun(runId: string): Promise<void> {
    this.training.resume(runId)
    await this.follow(runId, false)
  }

  /** Lets go of a run that is paused, in favour of the next. @throws as `TrainingService.leave` */
  async leave(runId: string): Promise<void> {
    this.leaving = runId
    try {
      await this.training.leave(runId)
      await this.settleQuietly(() => this.change((queue) => without(queue, [this.groups.entryOf(runId)])))
    } finally {
      this.leaving = null
    }
  }

  /** Forgets a run that is moved to the bin. */
  async forget(runId: string): Promise<void> {
    await this.turns.run(() => this.change((queue) => without(queue, [runId])))
  }

  private async findAll(): Promise<void> {
    const { runs } = await this.file.read()
    for (const entry of runs)
      if (entry.kind === 'group') await this.groups.open(entry).catch(() => undefined)
      else if (entry.id !== this.training.underWayId) await this.places.know(entry.id, entry.folder)
  }

  private follow(runId: string, isPaused: boolean): Promise<void> {
    return this.settleQuietly(async () => {
      const { runs } = await this.file.read()
      if (runs.some(({ id }) => id === this.groups.entryOf(runId)))
        await this.change((queue) => ({ ...queue, isPaused }))
    })
  }

  /**
   * A run that a person begins or goes on with stands before those that wait: after a crash it is the first. Where no other
   * waits, the queue goes on with it.
   */
  private async takeIn(runId: string): Promise<void> {
    const isToBePaused = this.pausesNext && runId === this.training.underWayId
    if (isToBePaused) this.training.pause(runId)
    this.pausesNext = false
    await this.change((queue) => ({
      ...queue,
      runs: queue.runs.map((entry) => (entry.id === runId ? begun(entry) : entry)),
    }))
    const { isPaused, runs } = await this.file.read()
    if (runs.length === 0) return
    const entryId = this.groups.entryOf(runId)
    const isAlone = runs.length === 1 && runs[0].id === entryId
    if (isAlone && isPaused && !isToBePaused) await this.change((queue) => ({ ...queue, isPaused: false }))
    else if (runs[0].id !== entryId) await this.change((queue) => this.withUnderWay(queue, entryId))
    // Which run of a group is under way, the file does not say.
    else if (entryId !== runId) this.tell(await this.state())
  }

  private withUnderWay(queue: Queue, entryId: string | null): Queue {
    if (entryId === null) return queue
    const known = queue.runs.find(({ id }) => id === entryId)
    // A group that was taken out meanwhile does not come back by itself.
    if (!known && this.groups.state(entryId)) return queue
    const found = known ?? { kind: 'run' as const, id: entryId, folder: this.places.of(entryId).path }
    return { ...queue, runs: [found, ...queue.runs.filter(({ id }) => id !== entryId)] }
  }

  /** Does something and goes on, in turn. What goes wrong is told: nobody waits for it. */
  private async settleQuietly(first: () => Promise<unknown> = async () => undefined): Promise<void> {
    await this.turns
      .run(async () => {
        await first()
        await this.goOnNow()
      })
      .catch((error: unknown) => this.fail(failureOf(error)))
  }

  /** Lets go of what is over, and begins the next run if it may. It is not waited for. */
  private async goOnNow(): Promise<QueueState> {
    await this.dropOver()
    const { isPaused, runs } = await this.file.read()
    const isHeldBack = !this.hasBegun || isPaused || this.starting !== null || !this.training.isFree
    if (!isHeldBack && runs.length > 0) void this.startFirst(runs[0])
    else if (this.starting === null) this.training.rest()
    return this.state()
  }

  private async startFirst(next: Queued): Promise<void> {
    this.starting = next.id
    const begun =
      next.kind === 'group' ? this.groups.begin(next) : this.training.continue({ runId: next.id, ...next.longer })
    const failure = await begun.then(() => null, failureOf)
    await this.settleQuietly(async () => {
      this.starting = null
      if (failure) await this.notBegun(next, failure)
      else if (next.kind === 'group') await this.letGoUnlessWanted(next)
    })
  }

  /** A group that was taken out while its run was being got together is not wanted any more. */
  private async letGoUnlessWanted({ id }: Queued): Promise<void> {
    const { runs } = await this.file.read()
    if (!runs.some((entry) => entry.id === id) && this.underWayId === id) await this.training.putAside()
  }

  /** Those at its beginning that are over leave it, and those that are gone. */
  private async dropOver(): Promise<void> {
    const { runs } = await this.file.read()
    const over: string[] = []
    for (const entry of runs) {
      if (entry.id === this.underWayId || entry.id === this.starting || !(await this.isOver(entry))) break
      over.push(entry.id)
    }
    if (over.length === 0) return
    this.done += over.length
    await this.change((queue) => without(queue, over))
    for (const { kind, id } of runs) if (kind === 'group' && over.includes(id)) this.tellEnd(id)
  }

  private tellEnd(id: string): void {
    const group = this.groups.state(id)
    if (group) this.end({ id, name: group.name, runs: group.runs })
  }

  private async isOver(entry: Queued): Promise<boolean> {
    const { id } = entry
    if (id === this.leaving || (this.leaving !== null && this.groups.entryOf(this.leaving) === id)) return true
    if (entry.kind === 'group') {
      // What keeps it from being looked at is said where it is to begin.
      return this.groups.isOver(entry).catch((error: unknown) => failureOf(error).code === 'not-found')
    }
    const status = await this.places.summary(id).then(
      (run) => run.status,
      (error: unknown) => failureOf(error).code,
    )
    return status === 'not-found' || (!entry.longer && OVER.some((end) => end === status))
  }

  /** What becomes of the queue when a run could not begin: the disk lets it wait, anything else takes that run out of it. */
  private async notBegun({ id }: Queued, failure: Failure): Promise<void> {
    // The application is being closed.
    if (failure.code === 'cancelled') return
    const group = this.groups.state(id)?.name
    const name = group ?? (await this.places.summary(id).catch(() => null))?.name ?? id
    const isOfDisk = OF_THE_DISK.includes(failure.code)
    await this.change((queue) => (isOfDisk ? { ...queue, isPaused: true } : without(queue, [id])))
    const message = say(isOfDisk ? 'compute.queue.waits' : 'compute.queue.passed-over', { name, why: failure.message })
    this.fail({ code: failure.code, message, hint: inTurn(failure.hint, say('compute.queue.kept')) })
  }

  private async change(change: (queue: Queue) => Queue): Promise<void> {
    const before = await this.file.read()
    const after = await this.file.write(change)
    if (before.runs.length === 0 && after.runs.length > 0) this.done = 0
    if (after !== before) this.tell(this.stateOf(after))
  }

  private async isWaiting(runId: string, isOver: boolean): Promise<boolean> {
    const { runs } = await this.file.read().catch(() => ({ runs: [] }))
    if (runId === this.training.underWayId) return false
    const waits = (entry: Queued): boolean => isRunIn(entry, runId) && !this.groups.isOut(entry.id, runId)
    return runs.some((entry) => (entry.id === runId && (!isOver || entry.longer)) || (!isOver && waits(entry)))
  }

  /** Whether the run under way waits for a person who has paused it. */
  private get isPausedByPerson(): boolean {
    const state = this.training.stateOf(null)
    return state.kind === 'paused' && state.reason === null
  }

  private stateOf({ isPaused, runs }: Queue): QueueState {
    const groups = runs.map(({ id }) => this.groups.state(id)).filter((state) => state !== null)
    return { isPaused, runs: runs.map(({ id }) => id), groups, done: this.done }
  }
}

/** A run that goes on with what it was to go on with is over when it is over. */
function begun({ longer: _, ...entry }: Queued): Queued {
  return entry
}

function without({ isPaused, runs }: Queue, ids: readonly string[]): Queue {
  return { isPaused, runs: runs.filter(({ id }) => !ids.includes(id)) }
}
