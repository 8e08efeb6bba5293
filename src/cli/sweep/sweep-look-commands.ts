import { resolve } from 'node:path'
import { failureOf } from '../../base/failure'
import { csvLine } from '../../data/table-text'
import { replaceFile } from '../../files/durable-file'
import type { RunRecord } from '../../runs/run-record'
import { SweepFolder } from '../../runs/sweep-folder'
import { pointId } from '../../sweeps/points'
import { arrayRange, placesOf, taskCount } from '../../sweeps/tasks'
import type { MessageKey } from '../../words/say'
import { inColumns } from '../columns'
import { remark } from '../remark'
import { wholeOf } from '../usage'
import { t } from '../words'
import { rungOf } from './sweep-rung'

const NAME_WIDTH = 12

/** The options of `made sweep todo` as typed. */
export interface SweepTodoOptions {
  readonly rung?: string
  readonly from?: string
  readonly count?: string
}

/** `made sweep todo`: the tasks that are not over, as batch systems take them: "0,3-5"; nothing where all are. */
export async function sweepTodoCommand(path: string, options: SweepTodoOptions): Promise<void> {
  const sweep = await SweepFolder.open(resolve(path))
  const rung = rungOf(sweep, options.rung)
  const from = options.from === undefined ? 0 : wholeOf('--from', options.from, 0)
  const count = options.count === undefined ? Infinity : wholeOf('--count', options.count, 1)
  const points = await sweep.knownPointsIn(rung)
  const { pack } = sweep.plan
  const end = Math.min(taskCount(rung.places, pack), from + count)
  const left: number[] = []
  for (let task = from; task < end; task++) {
    // Which points are in it is only known when the rung before is over.
    let isLeft = points === null
    for (const place of placesOf(task, points?.length ?? 0, pack))
      isLeft ||= !(await isOver(sweep, points?.[place] ?? 0))
    if (isLeft) left.push(task - from)
  }
  if (left.length > 0) console.log(arrayRange(left))

  /** What cannot be read is not over: whoever does it says what is wrong. */
  function isOver(of: SweepFolder, point: number): Promise<boolean> {
    return of.isOver(point, rung).catch(() => false)
  }
}

/** What a point is doing. */
const STATES = {
  waiting: 'sweep.state.waiting',
  training: 'sweep.state.training',
  saved: 'sweep.state.saved',
  finished: 'sweep.state.finished',
  diverged: 'sweep.state.diverged',
  failed: 'sweep.state.failed',
  unreadable: 'sweep.state.unreadable',
} as const satisfies Readonly<Record<string, MessageKey>>
type State = keyof typeof STATES

/** A point as it is found. */
interface Found {
  readonly number: number
  readonly state: State
  readonly record: RunRecord | null
}

async function found(sweep: SweepFolder, number: number): Promise<Found> {
  try {
    const record = await sweep.record(number)
    if (record === null) return { number, state: 'waiting', record }
    const { status } = record
    if (status === 'finished' || status === 'diverged' || status === 'failed') return { number, state: status, record }
    return { number, state: (await sweep.run(number).isHeld(true)) ? 'training' : 'saved', record }
  } catch (error) {
    remark([failureOf(error, 'options').message])
    return { number, state: 'unreadable', record: null }
  }
}

async function allFound(sweep: SweepFolder): Promise<readonly Found[]> {
  const all: Found[] = []
  for (let number = 0; number < sweep.plan.points; number++) all.push(await found(sweep, number))
  return all
}

/** `made sweep status`: how many points are how far. It only reads. */
export async function sweepStatusCommand(path: string, options: { readonly json?: true }): Promise<void> {
  const sweep = await SweepFolder.open(resolve(path))
  const points = await allFound(sweep)
  const states = Object.keys(STATES) as State[]
  const numbers = (state: State): number[] => points.filter((one) => one.state === state).map(({ number }) => number)
  const rungs = await Promise.all(
    sweep.rungs.map(async ({ number, places, untilEpoch }) => {
      const known = await sweep.knownPointsIn(sweep.rungs[number])
      const there = known?.filter((point) => isThere(points[point], untilEpoch)).length ?? 0
      return { rung: number, places: known?.length ?? places, untilEpoch, there }
    }),
  )
  if (options.json) {
    const counts = Object.fromEntries(states.map((state) => [state, numbers(state).length]))
    console.log(JSON.stringify({ folder: sweep.path, points: points.length, ...counts, rungs }))
    return
  }
  const lines = states
    .filter((state) => numbers(state).length > 0)
    .map((state): [string, string] => [
      t(STATES[state]),
      t('sweep.state.points', { count: numbers(state).length, points: arrayRange(numbers(state)) }),
    ])
  const ofRungs = rungs.map(({ rung, places, untilEpoch, there }): [string, string] => [
    t('sweep.rung', { rung: String(rung) }),
    t('sweep.rung.there', { there, places, epoch: untilEpoch === null ? 'none' : String(untilEpoch) }),
  ])
  console.log(inColumns([...lines, ...(rungs.length > 1 ? ofRungs : [])], NAME_WIDTH))
}

function isThere({ record, state }: Found, untilEpoch: number | null): boolean {
  if (state === 'finished' || state === 'diverged') return true
  return untilEpoch !== null && (record?.epoch ?? 0) >= untilEpoch
}

/** The options of `made sweep collect` as typed. */
export interface SweepCollectOptions {
  readonly out?: string
  readonly json?: true
}

/** `made sweep collect`: a line for each run, with what makes it differ and what came out: CSV, or lines of JSON. It only reads runs. */
export async function sweepCollectCommand(path: string, options: SweepCollectOptions): Promise<void> {
  const sweep = await SweepFolder.open(resolve(path))
  const results: ReturnType<typeof resultOf>[] = []
  const paths = new Set<string>()
  for (const { number, state, record } of await allFound(sweep)) {
    const { settings } = sweep.point(number)
    for (const name of Object.keys(settings)) paths.add(name)
    results.push(resultOf(sweep, number, settings, state, record))
  }
  if (options.json) {
    for (const result of results) console.log(JSON.stringify(result))
    if (options.out === undefined) return
  }
  const names = ['run', 'status', ...paths, 'epochs', 'best_epoch', 'valid_nll', 'test_nll', 'test_interval95', 'test_rows', 'label_error', 'engine', 'build'] // prettier-ignore
  const text = [
    csvLine(names),
    ...results.map(({ run, status, settings, epochs, best, test, engine, build }) =>
      csvLine([
        run,
        status,
        ...[...paths].map((name) => inCell(settings[name])),
        epochs,
        best?.epoch ?? null,
        best?.validNll ?? null,
        test?.nll ?? null,
        test?.interval95 ?? null,
        test?.rows ?? null,
        test?.label?.error ?? null,
        engine,
        build,
      ]),
    ),
  ].join('')
  if (options.out === undefined) process.stdout.write(text)
  else await replaceFile(resolve(options.out), [new TextEncoder().encode(text)])
}

function resultOf(
  sweep: SweepFolder,
  number: number,
  settings: Readonly<Record<string, unknown>>,
  status: State,
  record: RunRecord | null,
) {
  const { epoch: epochs = 0, best = null, test = null, ended = null, engine = null } = record ?? {}
  return {
    run: pointId(number),
    status,
    settings,
    epochs,
    best,
    test,
    reason: ended,
    engine: engine?.id ?? null,
    build: engine?.build ?? null,
    model: best === null ? null : sweep.run(number).bestPath,
  }
}

function inCell(value: unknown): string | number | null {
  if (value === undefined || value === null) return null
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value)
}
