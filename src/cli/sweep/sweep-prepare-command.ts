import { statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { failureOf, StudioError } from '../../base/failure'
import type { DataSet } from '../../data/data-set'
import { SweepFolder, type FrozenPoint } from '../../runs/sweep-folder'
import { rungsOf } from '../../sweeps/halving'
import { pointsOf, type SweepPoint } from '../../sweeps/points'
import { runBytes } from '../../sweeps/room'
import { textOf } from '../../sweeps/sweep'
import { taskCount } from '../../sweeps/tasks'
import { validateSettings } from '../../training/validate-run'
import { say } from '../../words/say'
import { inColumns } from '../columns'
import { processorUseOf, type EngineOptions } from '../engine-options'
import { openData, sentencesOn, withReadingBar } from '../places'
import { remark } from '../remark'
import { UsageError, wholeWithin } from '../usage'
import { t } from '../words'
import { readSweepFile } from './sweep-file'
import { builtProgram, jobFiles } from './sweep-jobs'

/** The options of `made sweep prepare` as typed. */
export interface SweepPrepareOptions extends Omit<EngineOptions, 'engine'> {
  readonly out: string
  readonly pack?: string
  readonly time: string
  readonly keepAll?: true
  readonly json?: true
}

const MOST_IN_A_TASK = 1000
/** 90 (minutes), 30:00, 12:00:00, 2-12 or 2-12:00:00, as Slurm has it. */
const TIME = /^(\d+-)?\d+(:\d{1,2}){0,2}$/
/** Room that stays free beside the runs, as a share of what they take. */
const SPARE = 0.05
const NAME_WIDTH = 12
const MEGABYTE = 1e6

/**
 * `made sweep prepare`: makes out the points of a sweep, checks every one of them with its data and the room on the disk, and
 * writes them down with the jobs that do them. Nothing is written where anything is wrong.
 */
export async function sweepPrepareCommand(
  file: string,
  options: SweepPrepareOptions,
  signal: AbortSignal,
): Promise<void> {
  const folder = resolve(options.out)
  const { threads = 1, build = null } = processorUseOf(options)
  const pack = options.pack === undefined ? 1 : wholeWithin('--pack', options.pack, 1, MOST_IN_A_TASK)
  if (!TIME.test(options.time)) throw new UsageError(say('sweep.time', { text: options.time }))
  const { sweep, read } = await readSweepFile(file)
  const points = pointsOf(sweep)
  const { frozen, bytes } = await withData(points, signal)
  await requireRoom(folder, bytes)
  const { halving } = sweep
  const rungs = rungsOf(halving, points.length)
  const plan = { pack, threads, kernels: build, keepsAll: options.keepAll === true, halving, sweep: read }
  const jobs = jobFiles({ folder, rungs, pack, threads, time: options.time }, builtProgram())
  signal.throwIfAborted()
  await SweepFolder.create(folder, plan, frozen, jobs)
  if (options.json) {
    console.log(JSON.stringify({ folder, runs: points.length, tasks: taskCount(points.length, pack), rungs, bytes }))
    return
  }
  const lines: [string, string][] = [
    [
      t('sweep.prepared.runs'),
      t('sweep.prepared.runs.room', { runs: points.length, megabytes: Math.ceil(bytes / MEGABYTE) }),
    ],
    [t('sweep.prepared.tasks'), rungs.map(({ places }) => String(taskCount(places, pack))).join(' → ')],
    [t('sweep.prepared.folder'), folder],
    [t('sweep.prepared.slurm'), ['sh', resolve(folder, 'jobs', 'submit-slurm.sh')].join(' ')],
    [t('sweep.prepared.here'), ['sh', resolve(folder, 'jobs', 'parallel.sh')].join(' ')],
    [t('sweep.prepared.results'), ['made', 'sweep', 'collect', folder].join(' ')],
  ]
  console.log(inColumns(lines, NAME_WIDTH))
}

/** The points with their data named with nothing left open, and about how many bytes all runs take. */
async function withData(
  points: readonly SweepPoint[],
  signal: AbortSignal,
): Promise<{ readonly frozen: readonly FrozenPoint[]; readonly bytes: number }> {
  const sets = new Map<string, DataSet>()
  const frozen: FrozenPoint[] = []
  let bytes = 0
  for (const point of points) {
    const key = textOf(point.config.data)
    let data = sets.get(key)
    if (!data) {
      data = await withReadingBar(signal, (reading) => openData(point.config.data, reading))
      remark(sentencesOn(data))
      sets.set(key, data)
    }
    const config = { ...point.config, data: data.source }
    try {
      validateSettings(config, data)
    } catch (error) {
      const { code, message, hint } = failureOf(error, 'options')
      throw new StudioError(code, say('sweep.point', { point: point.id, issue: message }), hint)
    }
    bytes += runBytes(config, data)
    frozen.push({ ...point, config, dataHash: data.hash })
  }
  return { frozen, bytes }
}

/** @throws StudioError 'disk-full' where the disk of a folder has no room for so many bytes */
async function requireRoom(folder: string, bytes: number): Promise<void> {
  const free = await freeBytes(folder)
  if (free === null || free >= bytes * (1 + SPARE)) return
  throw new StudioError(
    'disk-full',
    say('sweep.no-room', {
      path: folder,
      needed: Math.ceil(bytes / MEGABYTE),
      free: Math.floor(free / MEGABYTE),
    }),
    say('sweep.no-room.hint'),
  )
}

/** What is free on the disk on which a folder is, or is to be; null where nobody tells. */
async function freeBytes(folder: string): Promise<number | null> {
  for (let at = folder; ; at = dirname(at)) {
    const disk = await statfs(at).catch(() => null)
    if (disk) return disk.bavail * disk.bsize
    if (at === dirname(at)) return null
  }
}
