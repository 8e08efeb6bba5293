import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { failureOf, StudioError } from '../base/failure'
import { finiteJson } from '../base/json'
import { migrated } from '../base/migration'
import { ifAbsent, makeFolder, replaceFile } from '../files/durable-file'
import type { EpochRecord } from '../shared/run'
import { runConfigSchema, type RunConfig } from '../shared/run-config'
import { variablesShape } from '../shared/variables'
import { groupWaySchema, type GroupResult, type GroupState, type RunInGroup } from '../shared/run-group'
import {
  LAST_SHARE,
  lastStretch,
  placesOfRungs,
  rungTime,
  USUAL_KEEP,
  VISIT_SECONDS,
  type TimedHalving,
} from '../sweeps/budget'
import { goingOn, type Standing } from '../sweeps/halving'
import { pointId } from '../sweeps/points'
import { matteredSentence } from '../sweeps/setting-words'
import { whatMattered, type JudgedPoint } from '../sweeps/what-mattered'
import { say } from '../words/say'
import type { RoomWanted } from './disk-room'
import { RunFolder } from './run-folder'
import type { RunRecord } from './run-record'

const GROUPS = '.groups'
const GROUP = 'group.json'
const VERSION = 1

const groupSchema = z.object({
  version: z.literal(VERSION),
  name: z.string(),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  way: groupWaySchema,
  /** What all of it is trained on: the SHA-256 of the rows, and their columns. */
  data: z.object({ hash: z.string(), columns: z.number().int(), ...variablesShape }),
  points: z
    .array(z.object({ settings: z.record(z.string(), z.unknown()), config: runConfigSchema }))
    .min(1)
    .readonly(),
})
/** What a group was asked to be, frozen before anything of it begins. */
export type FrozenGroup = z.infer<typeof groupSchema>

const rungSchema = z.object({
  version: z.literal(VERSION),
  /** Numbers of its points, the best first. */
  points: z.array(z.number().int().min(0)).readonly(),
  untilSeconds: z.number().min(0),
})

interface GroupRung {
  readonly points: readonly number[]
  /** Seconds of epochs that its runs have in all at its end; null: they are trained to their end, however long. */
  readonly untilSeconds: number | null
}

/** Up to where runs are judged. */
interface Bound {
  readonly untilSeconds: number | null
  /** Whether only a run that has ended is there. */
  readonly mustEnd?: boolean
}

interface TimedStanding {
  readonly standing: Standing
  /** Of epochs that its run has. */
  readonly seconds: number
}

/** What of a group is to be done next. */
export type GroupStep =
  | {
      readonly kind: 'train'
      readonly runId: string
      readonly name: string
      readonly config: RunConfig
      /** After so many seconds of epochs it makes room for others, or, as the last one, is stopped and tested; null: at its end. */
      readonly stretch: { readonly seconds: number; readonly then: 'suspend' | 'stop' } | null
    }
  | { readonly kind: 'over' }

/**
 * A group of runs in a folder of runs (docs/formats.md): its points, frozen in a file, and for each rung after the first a file
 * that says which of them go on and for how long. What is to be done next is read from these and from the runs themselves, so
 * whatever ends the program, the next one goes on where it was. One process works in it.
 */
export class RunGroup {
  private rung = 0
  /** The points of the rung that are over. */
  private over = new Set<number>()

  private constructor(
    readonly id: string,
    private readonly runsFolder: string,
    readonly frozen: FrozenGroup,
    private readonly rungs: GroupRung[],
  ) {
    this.rung = rungs.length - 1
  }

  /** Writes a new group down; until its file is there it is none. @throws StudioError 'not-writable' or 'disk-full' */
  static async create(runsFolder: string, id: string, group: Omit<FrozenGroup, 'version'>): Promise<RunGroup> {
    const frozen: FrozenGroup = { version: VERSION, ...group }
    const folder = join(runsFolder, GROUPS, id)
    await makeFolder(folder)
    await replaceFile(join(folder, GROUP), [bytesOf(frozen)])
    return new RunGroup(id, runsFolder, frozen, [firstRung(frozen)])
  }

  /** @throws StudioError 'not-found', 'damaged-file', 'newer-version' or 'unreadable-file' */
  static async open(runsFolder: string, id: string): Promise<RunGroup> {
    const path = join(runsFolder, GROUPS, id)
    const read = await readJson(join(path, GROUP))
    if (read === null) throw new StudioError('not-found', say('group.gone'), say('group.gone.hint'))
    const parsed = groupSchema.safeParse(migrated(read, [], say('group.in-folder', { path })))
    if (!parsed.success) throw damaged(path)
    const rungs: GroupRung[] = [firstRung(parsed.data)]
    for (;;) {
      const text = await readJson(join(path, rungName(rungs.length)))
      if (text === null) break
      const rung = rungSchema.safeParse(text)
      if (!rung.success || rung.data.points.some((number) => number >= parsed.data.points.length)) throw damaged(path)
      rungs.push(rung.data)
    }
    return new RunGroup(id, runsFolder, parsed.data, rungs)
  }

  /** What its runs say of themselves. */
  get inRun(): RunInGroup {
    return { id: this.id, name: this.frozen.name }
  }

  /** Whether a run of it did not go on from a rung, and is not trained any more. */
  isOut(runId: string): boolean {
    return this.rung > 0 && !this.rungs[this.rung].points.some((number) => this.runId(number) === runId)
  }

  get state(): Omit<GroupState, 'runId'> {
    const { frozen, rung, over } = this
    const of = this.rungs[rung].points.length
    const isOver = over.size / Math.max(1, of)
    const early = this.places.length - 1
    const before = early === 0 ? 0 : 1 - LAST_SHARE
    return {
      id: this.id,
      name: frozen.name,
      runs: frozen.points.length,
      over: over.size,
      of,
      rung: rung + 1,
      rungs: early + 1,
      share: rung < early ? ((1 - LAST_SHARE) * (rung + isOver)) / early : before + (1 - before) * isOver,
    }
  }

  /** Finds what is to be done next; ranks the runs of a rung when it is over. @throws as `open`, 'not-writable' or 'disk-full' */
  async next(): Promise<GroupStep> {
    for (;;) {
      const rung = this.rungs[this.rung]
      for (const number of rung.points) {
        if (this.over.has(number)) continue
        const { standing, seconds } = await this.standing(number, { ...rung, mustEnd: this.isLast })
        if (standing.kind === 'on-its-way') return await this.step(number, seconds)
        this.over.add(number)
      }
      if (this.isLast) return { kind: 'over' }
      await this.rank(rung)
    }
  }

  /** What came of it so far. */
  async result(): Promise<GroupResult> {
    const judged: (JudgedPoint & { readonly runId: string; readonly name: string })[] = []
    const early: JudgedPoint[] = []
    const first = this.rungs[0]
    let isOver = this.isLast
    for (const [number, { settings }] of this.frozen.points.entries()) {
      const record = await this.record(number)
      if (this.rungs[this.rungs.length - 1].points.includes(number)) isOver &&= record !== null && isEnded(record)
      if (record === null || record.best === null) continue
      judged.push({ runId: this.runId(number), name: record.name, settings, validNll: record.best.validNll })
      const { standing } = await this.standing(number, first)
      // All of the first rung were trained alike: later ones had more time.
      if (standing.kind === 'there') early.push({ settings, validNll: standing.validNll })
    }
    judged.sort((a, b) => a.validNll - b.validNll)
    const [best = null] = judged
    return {
      id: this.id,
      name: this.frozen.name,
      runs: judged.map(({ runId }) => runId),
      best: best && { runId: best.runId, name: best.name, validNll: best.validNll },
      mattered: early.length < 2 ? null : matteredSentence(whatMattered(early), early.length),
      isOver,
    }
  }

  /** The room that runs need of which nothing lies on the disk yet. */
  async roomWanted(): Promise<readonly RoomWanted[]> {
    if (this.rung > 0) return []
    const { points, data } = this.frozen
    const begun = await Promise.all(points.map((_, number) => this.folder(number).exists()))
    return points.flatMap(({ config }, number) => (begun[number] ? [] : [{ config, data }]))
  }

  private get isLast(): boolean {
    return this.rung + 1 >= this.places.length
  }

  private get places(): readonly number[] {
    const { way, points } = this.frozen
    return way.kind === 'halving' ? placesOfRungs(points.length, USUAL_KEEP) : [points.length]
  }

  private runId(number: number): string {
    return `${this.id}-${pointId(number)}`
  }

  private folder(number: number): RunFolder {
    return new RunFolder(join(this.runsFolder, this.runId(number)))
  }

  private async step(number: number, seconds: number): Promise<GroupStep> {
    const { untilSeconds, points } = this.rungs[this.rung]
    const left = points.length - this.over.size
    const last = this.isLast && untilSeconds !== null ? lastStretch(this.halving(), await this.spent(), left) : 0
    return {
      kind: 'train',
      runId: this.runId(number),
      name: `${this.frozen.name} ${number + 1}`,
      config: this.frozen.points[number].config,
      stretch:
        untilSeconds === null
          ? null
          : {
              seconds: this.isLast ? last : Math.max(0, untilSeconds - seconds),
              then: this.isLast ? 'stop' : 'suspend',
            },
    }
  }

  /** Null where its run has not begun. */
  private async record(number: number): Promise<RunRecord | null> {
    const folder = this.folder(number)
    return (await folder.exists()) ? folder.readRecord() : null
  }

  /** How far a point is, and the seconds of epochs that its run has. What cannot be read any more is out. */
  private async standing(number: number, bound: Bound): Promise<TimedStanding> {
    try {
      return await this.standingNow(number, bound)
    } catch (error) {
      if (failureOf(error).code !== 'damaged-file') throw error
      return { standing: { kind: 'out' }, seconds: 0 }
    }
  }

  private async standingNow(number: number, { untilSeconds, mustEnd = false }: Bound): Promise<TimedStanding> {
    const record = await this.record(number)
    if (record === null) return { standing: { kind: 'on-its-way' }, seconds: 0 }
    const { epochs } = await this.folder(number).readHistory(record)
    // What came after its checkpoint comes again.
    const kept = epochs.filter(({ epoch }) => epoch <= record.epoch)
    const { within, seconds } = withinTime(kept, untilSeconds)
    const isFull = untilSeconds !== null && !mustEnd && kept.length > 0 && seconds >= untilSeconds
    if (record.status === 'finished' || isFull) {
      const best = within.reduce((least, { validNll }) => Math.min(least, validNll), Infinity)
      return { standing: Number.isFinite(best) ? { kind: 'there', validNll: best } : { kind: 'out' }, seconds }
    }
    return { standing: { kind: isEnded(record) ? 'out' : 'on-its-way' }, seconds }
  }

  /** Writes down which points go on, and for how long; of the others no more is kept than is looked at. */
  private async rank(rung: GroupRung): Promise<void> {
    const halving = this.halving()
    const standings = new Map<number, Standing>()
    for (const number of rung.points) standings.set(number, (await this.standing(number, rung)).standing)
    const next = this.rungs.length
    const points = goingOn(standings, this.places[next])
    const { untilSeconds } = rungTime(
      halving,
      this.frozen.points.length,
      next,
      await this.spent(),
      rung.untilSeconds ?? 0,
    )
    // Where all are out there is nothing to go on with.
    const written = { version: VERSION, points, untilSeconds } as const
    await replaceFile(join(this.runsFolder, GROUPS, this.id, rungName(next)), [bytesOf(written)])
    this.rungs.push(written)
    this.rung = next
    this.over = new Set()
    for (const number of rung.points) if (!points.includes(number)) await this.dropCheckpoints(number)
  }

  private halving(): TimedHalving {
    const { way } = this.frozen
    return { keep: USUAL_KEEP, seconds: way.kind === 'halving' ? way.minutes * 60 : Infinity }
  }

  /** Seconds that its runs have taken so far. */
  private async spent(): Promise<number> {
    let sum = 0
    for (const number of this.frozen.points.keys()) sum += (await this.standing(number, { untilSeconds: null })).seconds
    const visits = this.rungs.reduce((count, { points }) => count + points.length, 0)
    return sum + visits * VISIT_SECONDS
  }

  /** Where somebody is at it, or the disk refuses, they stay. */
  private async dropCheckpoints(number: number): Promise<void> {
    const folder = this.folder(number)
    const hold = await folder.lock().catch(() => null)
    if (hold === null) return
    await folder.dropCheckpoints().catch(() => undefined)
    await hold.release()
  }
}

/** Whether a run belongs to a group, by their ids. */
export function isRunOf(groupId: string, runId: string): boolean {
  return runId.startsWith(`${groupId}-${pointId(0).slice(0, 1)}`) && runId.length === `${groupId}-${pointId(0)}`.length
}

/** Whether a run has come to an end, whatever end that was. */
function isEnded({ status }: RunRecord): boolean {
  return status === 'finished' || status === 'diverged' || status === 'failed'
}

/** The epochs up to the one in which a time was full, and the seconds of all of them. */
function withinTime(
  epochs: readonly EpochRecord[],
  untilSeconds: number | null,
): { readonly within: readonly EpochRecord[]; readonly seconds: number } {
  const within: EpochRecord[] = []
  let seconds = 0
  for (const epoch of epochs) {
    if (untilSeconds === null || seconds < untilSeconds || within.length === 0) within.push(epoch)
    seconds += epoch.seconds
  }
  return { within, seconds }
}

function firstRung({ way, points }: FrozenGroup): GroupRung {
  const seconds = way.kind === 'halving' ? way.minutes * 60 : null
  return {
    points: points.map((_, number) => number),
    untilSeconds:
      seconds === null ? null : rungTime({ keep: USUAL_KEEP, seconds }, points.length, 0, 0, 0).untilSeconds,
  }
}

function rungName(number: number): string {
  return `rung-${number}.json`
}

function damaged(path: string): StudioError {
  return new StudioError('damaged-file', say('group.damaged', { path }), say('group.damaged.hint'))
}

/** Null where there is no file; undefined where it is not JSON. @throws StudioError 'unreadable-file' */
async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(ifAbsent<string | null>(path, null))
  if (text === null) return null
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${finiteJson(value)}\n`)
}
