import { StudioError } from '../base/failure'
import { requireRoom, type RoomWanted } from '../runs/disk-room'
import type { Queued, QueueFile } from '../runs/queue-file'
import { isRunOf } from '../runs/run-group'
import { changedRecord, type Runs } from '../runs/runs'
import type { Params } from '../shared/contract'
import type { GroupForeseen, GroupRequest } from '../shared/run-group'
import { say } from '../words/say'
import type { CheckedGroup, RunGroups } from './run-groups'
import type { RunPlaces } from './run-places'
import type { TrainingService } from './training-service'

/** What the queue takes in, and what it refuses, all of it before anything is there. */
export class QueueAdmission {
  /** @param room refuses what a disk has no room for */
  constructor(
    private readonly file: QueueFile,
    private readonly places: RunPlaces,
    private readonly training: TrainingService,
    private readonly groups: RunGroups,
    private readonly room: (folder: string, runs: readonly RoomWanted[]) => Promise<void> = requireRoom,
  ) {}

  /**
   * Makes a run that is to wait.
   * @throws StudioError 'disk-full' where there is no room for all that wait, what `TrainingService.start` refuses
   */
  async run({ name, config }: Params<'queue.add'>): Promise<Queued> {
    const runs = this.places.current
    const { record, lay } = await this.training.prepared(name, config)
    await this.room(runs.path, [...(await this.roomOfWaiting(runs)), record])
    return { kind: 'run', id: await lay(runs), folder: runs.path }
  }

  /**
   * A run that is to go on when its turn comes, though it may be over.
   * @throws StudioError 'busy' if it is under way or one of a group in the queue, 'invalid-settings' if it has no epoch left,
   * 'diverged', 'disk-full'
   */
  async longer({ runId, ...longer }: Params<'queue.longer'>): Promise<Queued> {
    if (runId === this.training.underWayId)
      throw new StudioError('busy', say('compute.queue.under-way'), say('compute.queue.under-way.hint'))
    await this.requireApart(runId)
    const runs = this.places.of(runId)
    const record = await runs.reading(runId, async (folder) => folder.readRecord())
    await this.room(runs.path, [...(await this.roomOfWaiting(runs)), changedRecord(record, longer)])
    return { kind: 'run', id: runId, folder: runs.path, longer }
  }

  /**
   * What a group would take, and whether it could be trained at all.
   * @throws StudioError 'too-large', 'invalid-settings' or 'disk-full'
   */
  async foresee(request: GroupRequest): Promise<GroupForeseen> {
    return this.groups.foresee(request, await this.checked(request))
  }

  /** Makes a group of runs that is to wait. @throws as `foresee`, 'not-writable' */
  async group({ name, ...request }: Params<'group.add'>): Promise<Queued> {
    const group = await this.checked(request)
    // Whether its time is enough; how long others take is of no matter now.
    if (request.way.kind === 'halving') await this.groups.foresee(request, group)
    return this.groups.create(name, request, group)
  }

  /** @throws StudioError 'busy' if a run belongs to a group that is in the queue */
  async requireApart(runId: string): Promise<void> {
    const { runs } = await this.file.read()
    const of = runs.find((entry) => isRunIn(entry, runId))
    if (!of) return
    const name = this.groups.state(of.id)?.name ?? of.id
    throw new StudioError('busy', say('group.run-in-queue', { name }), say('group.run-in-queue.hint'))
  }

  /** @throws StudioError 'busy' if a group that is in the queue has its runs in a folder, which are not to be moved then */
  async requireNoGroupIn(path: string): Promise<void> {
    const { runs } = await this.file.read()
    const there = runs.find(({ kind, folder }) => kind === 'group' && folder === path)
    if (!there) return
    const name = this.groups.state(there.id)?.name ?? there.id
    throw new StudioError('busy', say('group.not-moved', { name }), say('group.not-moved.hint'))
  }

  private async checked(request: GroupRequest): Promise<CheckedGroup> {
    const group = await this.groups.check(request)
    const runs = this.places.current
    const own = group.points.map(({ config }) => ({ config, data: group.data }))
    await this.room(runs.path, [...(await this.roomOfWaiting(runs)), ...own])
    return group
  }

  /** What is to be trained in a folder of runs besides the run under way, which has its room. */
  private async roomOfWaiting(runs: Runs): Promise<readonly RoomWanted[]> {
    const { runs: queued } = await this.file.read()
    const waiting = queued.filter(({ id, folder }) => folder === runs.path && id !== this.training.underWayId)
    const wanted = waiting.map(async (entry) => {
      if (entry.kind === 'group') return this.groups.roomWanted(entry)
      return runs.reading(entry.id, async (folder) => [await folder.readRecord()]).catch(() => [])
    })
    return (await Promise.all(wanted)).flat()
  }
}

/** Whether a run is one of a group that stands in the queue. */
export function isRunIn({ kind, id }: Queued, runId: string): boolean {
  return kind === 'group' && isRunOf(id, runId)
}
