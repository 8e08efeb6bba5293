import { failureOf, StudioError } from '../base/failure'
import type { DataSet } from '../data/data-set'
import { modelSize } from '../made/size'
import { variablesOnly } from '../made/variables'
import { largest, smallest } from '../base/extremes'
import { bytesOf, type RoomWanted } from '../runs/disk-room'
import type { Queued } from '../runs/queue-file'
import { RunGroup } from '../runs/run-group'
import { specOf } from '../shared/run-config'
import type { GroupForeseen, GroupRequest, GroupResult, GroupState } from '../shared/run-group'
import { pointsOf, type SweepPoint } from '../sweeps/points'
import { valuesInLine } from '../sweeps/setting-words'
import { readSweep } from '../sweeps/sweep'
import { epochCost } from '../training/estimate'
import { validateRun } from '../training/validate-run'
import { say } from '../words/say'
import type { OpenData } from './open-data'
import type { RunPlaces } from './run-places'
import type { TrainingService } from './training-service'

/** The points of a group that can be trained, all of them. */
export interface CheckedGroup {
  readonly points: readonly SweepPoint[]
  readonly data: DataSet
}

/** The share of a budget that one epoch of each run may take: with less there would be nothing to choose by. */
const MOST_FIRST_EPOCHS = 0.5

/** Groups of runs: what is asked for is made out and checked, what is in the queue is kept at hand. */
export class RunGroups {
  private readonly known = new Map<string, RunGroup>()
  private runUnderWay: { readonly groupId: string; readonly runId: string } | null = null

  constructor(
    private readonly places: RunPlaces,
    private readonly training: TrainingService,
    private readonly data: OpenData,
  ) {}

  /**
   * Makes out the runs of a group, and checks each of them with its data on this computer.
   * @throws StudioError 'too-large' or 'invalid-settings', which names the run and what is wrong with it
   */
  async check({ base, vary, search }: GroupRequest): Promise<CheckedGroup> {
    const sweep = readSweep({ base, vary, search })
    if (Object.values(vary).every(({ length }) => length < 2))
      throw new StudioError('invalid-settings', say('group.nothing-varies'), say('group.nothing-varies.hint'))
    const nameOf = (_id: string, settings: SweepPoint['settings']): string => `“${valuesInLine(settings)}”`
    const data = await this.data.forRun(base.data)
    const points = pointsOf(sweep, nameOf)
    for (const { id, config, settings } of points)
      try {
        validateRun(config, data)
      } catch (error) {
        const { code, message, hint } = failureOf(error)
        throw new StudioError(code, say('sweep.point', { point: nameOf(id, settings), issue: message }), hint)
      }
    return { points, data }
  }

  /** What a group takes. @throws StudioError 'invalid-settings' where its budget is too short to begin with */
  async foresee({ way }: GroupRequest, { points, data }: CheckedGroup): Promise<GroupForeseen> {
    const epochs = await this.epochSeconds(points, data)
    const bytes = points.reduce((sum, { config }) => sum + bytesOf({ config, data }), 0)
    if (way.kind === 'whole') {
      const seconds = epochs && points.reduce((sum, { config }, i) => sum + config.epochs * epochs[i], 0)
      return { runs: points.length, seconds, bytes }
    }
    const first = (epochs ?? []).reduce((sum, seconds) => sum + seconds, 0)
    const seconds = way.minutes * 60
    if (first > MOST_FIRST_EPOCHS * seconds)
      throw new StudioError(
        'invalid-settings',
        say('group.short', { runs: points.length, needed: Math.ceil(first / 60), minutes: way.minutes }),
        say('group.short.hint'),
      )
    return { runs: points.length, seconds, bytes }
  }

  /** Writes a group down in the folder of runs that is used now. */
  async create(name: string, { way }: GroupRequest, { points, data }: CheckedGroup): Promise<Queued> {
    const runs = this.places.current
    const group = await RunGroup.create(runs.path, runs.newId(name), {
      name,
      createdAt: Date.now(),
      way,
      data: { hash: data.hash, columns: data.columns, ...variablesOnly(data) },
      points: points.map(({ settings, config }) => ({ settings, config: { ...config, data: data.source } })),
    })
    this.known.set(group.id, group)
    return { kind: 'group', id: group.id, folder: runs.path }
  }

  /** @throws as `RunGroup.open` */
  async open({ id, folder }: Pick<Queued, 'id' | 'folder'>): Promise<RunGroup> {
    const group = this.known.get(id) ?? (await RunGroup.open(folder, id))
    this.known.set(id, group)
    return group
  }

  /** What came of a group, wherever its runs are. @throws as `RunGroup.open` */
  async result(groupId: string): Promise<GroupResult> {
    const known = this.known.get(groupId)
    return (known ?? (await RunGroup.open(this.places.of(groupId).path, groupId))).result()
  }

  /** A group as it is told of; null where it is not at hand. */
  state(id: string): GroupState | null {
    const group = this.known.get(id)
    if (!group) return null
    const { runUnderWay } = this
    return { ...group.state, runId: runUnderWay?.groupId === id ? runUnderWay.runId : null }
  }

  /** Whether a run of a group is not trained any more. */
  isOut(groupId: string, runId: string): boolean {
    return this.known.get(groupId)?.isOut(runId) ?? false
  }

  /** What stands in the queue for a run: its group, where that trains it. */
  entryOf(runId: string): string {
    return this.runUnderWay?.runId === runId ? this.runUnderWay.groupId : runId
  }

  /** Whether a group is done, so that there is nothing of it left to begin. @throws as `RunGroup.next` */
  async isOver(entry: Queued): Promise<boolean> {
    return (await (await this.open(entry)).next()).kind === 'over'
  }

  /** Begins the next run of a group. @throws what keeps it from beginning */
  async begin(entry: Queued): Promise<void> {
    const group = await this.open(entry)
    const step = await group.next()
    if (step.kind === 'over') return
    const { kind: _kind, runId, ...asked } = step
    this.places.expect(runId, entry.folder)
    this.runUnderWay = { groupId: group.id, runId }
    const { hash: dataHash } = group.frozen.data
    await this.training.continue({ runId }, { ...asked, group: group.inRun, dataHash })
  }

  /** The room that is needed by runs of a group that are still to be made. */
  async roomWanted(entry: Queued): Promise<readonly RoomWanted[]> {
    const group = await this.open(entry).catch(() => null)
    return (await group?.roomWanted()) ?? []
  }

  /** Seconds of an epoch of each run; null where it cannot be told now. */
  private async epochSeconds(points: readonly SweepPoint[], data: DataSet): Promise<readonly number[] | null> {
    const sizes = points.map(
      ({ config }) => modelSize(specOf(config, data), config.optimizer, config.batchSize).parameters,
    )
    const timed = [sizes.indexOf(smallest(sizes)), sizes.indexOf(largest(sizes))]
    const known: { readonly size: number; readonly perCost: number }[] = []
    for (const number of new Set(timed)) {
      const { config } = points[number]
      const estimate = await this.training.estimate(config).catch(() => null)
      if (estimate === null) return null
      known.push({ size: sizes[number], perCost: estimate.secondsPerEpoch / epochCost(config, data) })
    }
    return points.map(({ config }, i) => {
      const farOff = ({ size }: { readonly size: number }): number => Math.abs(Math.log(size / sizes[i]))
      const [nearest] = [...known].sort((a, b) => farOff(a) - farOff(b))
      return nearest.perCost * epochCost(config, data)
    })
  }
}
