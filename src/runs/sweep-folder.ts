import { link, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { StudioError } from '../base/failure'
import { finiteJson } from '../base/json'
import { migrated } from '../base/migration'
import { ifAbsent, makeFolder, makeOneFolder, replaceFile } from '../files/durable-file'
import { withTemporary } from '../files/temporary-file'
import { runConfigSchema } from '../shared/run-config'
import { goingOn, rungsOf, type Rung, type Standing } from '../sweeps/halving'
import { pointId, type SweepPoint } from '../sweeps/points'
import { textOf } from '../sweeps/sweep'
import { say } from '../words/say'
import { RunFolder } from './run-folder'
import type { RunRecord } from './run-record'

const PLAN = 'plan.json'
const POINTS = 'points.jsonl'
const RUNS = 'runs'
const RUNGS = 'rungs'
const VERSION = 1

/** How the runs of a sweep are done. */
const planSchema = z.object({
  version: z.literal(VERSION),
  points: z.number().int().min(1),
  /** How many points a task does, one after another. */
  pack: z.number().int().min(1),
  threads: z.number().int().min(1),
  kernels: z.string().nullable(),
  /** Whether a sheet of samples of every epoch and the checkpoints of finished runs are kept. */
  keepsAll: z.boolean(),
  halving: z.object({ keep: z.number(), epochs: z.array(z.number().int()).readonly() }).nullable(),
  /** What was asked for. */
  sweep: z.unknown(),
})
export type SweepPlan = z.infer<typeof planSchema>

const pointSchema = z.object({
  id: z.string(),
  settings: z.record(z.string(), z.unknown()),
  config: runConfigSchema,
  /** SHA-256 of the rows that it is to be trained on. */
  dataHash: z.string(),
})

/** A point as it was written down when the sweep was prepared. */
export interface FrozenPoint extends SweepPoint {
  readonly dataHash: string
}

const rankingSchema = z.object({ version: z.literal(VERSION), points: z.array(z.number().int().min(0)) })

/**
 * The folder of a sweep (docs/formats.md, Sweep): its points, frozen, a folder of runs, and for each rung of a halved sweep
 * which points go on. Any number of processes on any number of computers work in it; none of them leads.
 */
export class SweepFolder {
  readonly rungs: readonly Rung[]

  private constructor(
    readonly path: string,
    readonly plan: SweepPlan,
    private readonly lines: readonly string[],
  ) {
    this.rungs = rungsOf(plan.halving, plan.points)
  }

  /**
   * Writes a new sweep; until all of it is there it is none.
   * @param others files beside, by their names
   * @throws StudioError 'busy' if there is one already, 'not-writable' or 'disk-full'
   */
  static async create(
    path: string,
    plan: Omit<SweepPlan, 'version' | 'points'>,
    points: readonly FrozenPoint[],
    others: ReadonlyMap<string, string>,
  ): Promise<SweepFolder> {
    if ((await stat(join(path, PLAN)).catch(ifAbsent(join(path, PLAN), null))) !== null)
      throw new StudioError('busy', say('sweep.folder-taken', { path }), say('sweep.folder-taken.hint'))
    await makeFolder(path)
    const full: SweepPlan = { version: VERSION, points: points.length, ...plan }
    const lines = points.map((point) => finiteJson(point))
    await replaceFile(join(path, POINTS), [bytesOf(lines.map((line) => `${line}\n`).join(''))])
    await makeFolder(join(path, RUNS))
    for (const { id } of points) await makeOneFolder(join(path, RUNS, id))
    for (const [name, text] of others) {
      await makeFolder(join(path, name, '..'))
      await replaceFile(join(path, name), [bytesOf(text)])
    }
    await replaceFile(join(path, PLAN), [bytesOf(`${finiteJson(full, 2)}\n`)])
    return new SweepFolder(path, full, lines)
  }

  /** @throws StudioError 'not-found', 'unreadable-file', 'damaged-file' or 'newer-version' */
  static async open(path: string): Promise<SweepFolder> {
    const text = await readText(join(path, PLAN))
    if (text === null) throw new StudioError('not-found', say('sweep.none', { path }), say('sweep.none.hint'))
    const plan = planSchema.safeParse(migrated(jsonIn(text), [], say('sweep.in-folder', { path })))
    const lines = ((await readText(join(path, POINTS))) ?? '').split('\n').filter((line) => line !== '')
    if (!plan.success || lines.length !== plan.data.points) throw damaged(path)
    return new SweepFolder(path, plan.data, lines)
  }

  /** The point of a number, from 0. @throws StudioError 'damaged-file' */
  point(number: number): FrozenPoint {
    const point = pointSchema.safeParse(jsonIn(this.lines[number]))
    if (!point.success || point.data.id !== pointId(number)) throw damaged(this.path)
    return point.data
  }

  /** The folder of its run. */
  run(number: number): RunFolder {
    return new RunFolder(join(this.path, RUNS, pointId(number)))
  }

  /**
   * What run.json says of a point; null where its run has not begun.
   * @throws StudioError as `RunFolder.readRecord`; 'invalid-settings' where the run has other settings than the point
   */
  async record(number: number): Promise<RunRecord | null> {
    const folder = this.run(number)
    if (!(await folder.exists())) return null
    const record = await folder.readRecord()
    if (textOf(record.config) !== textOf(this.point(number).config))
      throw new StudioError(
        'invalid-settings',
        say('sweep.other-settings', { point: pointId(number), path: folder.path }),
        say('sweep.other-settings.hint'),
      )
    return record
  }

  /**
   * The points of a rung, in the order of its places. Whoever comes first ranks those of the rung before and writes it down,
   * once: what happens to runs afterwards changes nothing.
   * @param missing what to do where points of the rung before are still on their way
   * @throws StudioError 'busy' where there are some and they are waited for
   */
  async pointsIn(rung: Rung, missing: 'refuse' | 'leave-out'): Promise<readonly number[]> {
    const known = await this.knownPointsIn(rung)
    if (known !== null) return known
    const before = this.rungs[rung.number - 1]
    const standings = new Map<number, Standing>()
    for (const number of await this.pointsIn(before, missing))
      standings.set(number, await this.standing(number, before))
    const late = [...standings].flatMap(([number, { kind }]) => (kind === 'on-its-way' ? [number] : []))
    if (late.length > 0 && missing === 'refuse') throw this.notYet(before, late)
    await this.writeRanking(rung, goingOn(standings, rung.places))
    return (await this.knownPointsIn(rung)) ?? []
  }

  /** The same where it is known already; null where it is not. */
  async knownPointsIn(rung: Rung): Promise<readonly number[] | null> {
    if (rung.number === 0) return Array.from({ length: this.plan.points }, (_, number) => number)
    const text = await readText(this.rankingPath(rung))
    if (text === null) return null
    const ranking = rankingSchema.safeParse(jsonIn(text))
    if (!ranking.success) throw damaged(this.path)
    return ranking.data.points
  }

  /** Whether a point has nothing to do in a rung any more. @throws as `record` */
  async isOver(number: number, { untilEpoch }: Rung): Promise<boolean> {
    const record = await this.record(number)
    if (record === null) return false
    if (record.status === 'finished' || record.status === 'diverged') return true
    return untilEpoch !== null && record.epoch >= untilEpoch
  }

  private async standing(number: number, { untilEpoch }: Rung): Promise<Standing> {
    const record = await this.record(number)
    if (record === null) return { kind: 'on-its-way' }
    const last = untilEpoch ?? Infinity
    const { epochs } = await this.run(number).readHistory(record)
    const within = epochs.filter(({ epoch }) => epoch <= last)
    // A run that diverged later was still there in this rung.
    if (record.status === 'finished' || within.some(({ epoch }) => epoch === last)) {
      const best = within.reduce((least, { validNll }) => Math.min(least, validNll), Infinity)
      return Number.isFinite(best) ? { kind: 'there', validNll: best } : { kind: 'out' }
    }
    return record.status === 'diverged' ? { kind: 'out' } : { kind: 'on-its-way' }
  }

  /** Writes down which points are in a rung, unless somebody else has. */
  private async writeRanking(rung: Rung, points: readonly number[]): Promise<void> {
    const path = this.rankingPath(rung)
    await makeFolder(join(this.path, RUNGS))
    await withTemporary(path, async (draft) => {
      await replaceFile(draft, [bytesOf(`${finiteJson({ version: VERSION, points })}\n`)])
      await link(draft, path).catch(async () => {
        // Where there are no hard links, two who come at once write the same.
        if ((await readText(path)) === null) await replaceFile(path, [await readFile(draft)])
      })
    })
  }

  private rankingPath({ number }: Rung): string {
    return join(this.path, RUNGS, `rung-${number}.json`)
  }

  private notYet({ number, untilEpoch }: Rung, late: readonly number[]): StudioError {
    const points = late.slice(0, MOST_NAMED).map(pointId).join(', ')
    return new StudioError(
      'busy',
      say('sweep.rung-incomplete', { late: late.length, epoch: untilEpoch ?? 0, points }),
      say('sweep.rung-incomplete.hint', { rung: number }),
    )
  }
}

/** Points that are named in a sentence. */
const MOST_NAMED = 10

function damaged(path: string): StudioError {
  return new StudioError('damaged-file', say('sweep.damaged', { path }), say('sweep.damaged.hint'))
}

/** Null where there is no file. @throws StudioError 'unreadable-file' */
function readText(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(ifAbsent<string | null>(path, null))
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
