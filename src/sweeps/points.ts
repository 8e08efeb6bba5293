import { failureOf, quoted, StudioError } from '../base/failure'
import { isFields, type Fields } from '../base/migration'
import { DEFAULT_OPTIMIZERS } from '../made/optimizer'
import { PURPOSE, RandomStream } from '../made/random'
import { validateSchedule } from '../made/schedule'
import { MNIST_THRESHOLD, SYNTHETIC_SETS, syntheticSource, type SyntheticKind } from '../shared/data-source'
import { issueSentence } from '../shared/issue-words'
import { DEFAULT_RUN_CONFIG, runConfigSchema, scheduleOf, type RunConfig } from '../shared/run-config'
import { say, type Sentence } from '../words/say'
import { textOf, twice, type Sweep } from './sweep'

/** One run of a sweep. */
export interface SweepPoint {
  /** Its name, and that of its folder: "p00000", "p00001", … in the order of the sweep. */
  readonly id: string
  /** What makes it differ from the others: values of settings by their paths. */
  readonly settings: Fields
  /** All of its settings. */
  readonly config: RunConfig
}

const DIGITS = 5

/** The name of the point of a number. */
export function pointId(number: number): string {
  return `p${String(number).padStart(DIGITS, '0')}`
}

/** What a point is called where something is wrong with it. */
export type PointName = (id: string, settings: Fields) => string

/**
 * Makes out the points of a sweep. Of lists that are combined the last one changes fastest. Point k of a random search
 * depends on the seed and those before it alone, so that more points of the same search begin with these.
 * @param nameOf names a point in sentences; by its id unless told otherwise
 * @throws StudioError 'invalid-settings', which names the point and the setting
 */
export function pointsOf(sweep: Sweep, nameOf: PointName = (id) => id): readonly SweepPoint[] {
  const seen = new Map<string, string>()
  return [...settingsOf(sweep.points)].map((settings, number) => {
    const id = pointId(number)
    const name = nameOf(id, settings)
    const config = configOf(name, sweep.base, settings)
    const text = textOf(config)
    const same = seen.get(text)
    if (same !== undefined) throw twice(say('sweep.same-points', { first: same, second: name }))
    seen.set(text, name)
    const last = sweep.halving?.epochs.at(-1) ?? 0
    if (config.epochs <= last) throw refused(name, say('sweep.rung-beyond', { epochs: config.epochs, rung: last }))
    return frozen({ id, settings, config })
  })
}

function* settingsOf(points: Sweep['points']): Generator<Fields> {
  if (points.kind === 'list') return yield* points.list
  const { vary, search } = points
  const lists = [...vary]
  const places = search.kind === 'grid' ? gridOf([...vary.values()]) : drawnFrom([...vary.values()], search)
  for (const place of places) yield Object.fromEntries(lists.map(([path, values], axis) => [path, values[place[axis]]]))
}

/** Every combination of places in the lists. */
function* gridOf(lists: readonly (readonly unknown[])[]): Generator<readonly number[]> {
  const count = lists.reduce((product, { length }) => product * length, 1)
  for (let number = 0; number < count; number++) {
    const places: number[] = []
    let rest = number
    for (const { length } of lists.toReversed()) {
      places.unshift(rest % length)
      rest = Math.floor(rest / length)
    }
    yield places
  }
}

/** So many different combinations: one that was drawn before is drawn again. */
function* drawnFrom(
  lists: readonly (readonly unknown[])[],
  { count, seed }: { readonly count: number; readonly seed: number },
): Generator<readonly number[]> {
  const seen = new Set<string>()
  for (let number = 0; number < count; number++) {
    const stream = new RandomStream(seed, PURPOSE.sweep, number)
    let places: readonly number[]
    do places = lists.map(({ length }) => stream.below(length))
    while (seen.has(places.join()))
    seen.add(places.join())
    yield places
  }
}

/** The complete settings of a point. @throws StudioError 'invalid-settings' */
function configOf(id: string, base: Fields, settings: Fields): RunConfig {
  let given = base
  for (const [path, value] of Object.entries(settings)) given = withSetting(id, given, path.split('.'), value)
  const parsed = runConfigSchema.safeParse(completed(given))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw refused(id, issueSentence(issue.path.join('.'), issue))
  }
  const unknown = unknownIn(given, parsed.data)
  if (unknown !== null) throw unknownSetting(id, unknown)
  try {
    validateSchedule(scheduleOf(parsed.data))
  } catch (error) {
    throw refused(id, failureOf(error).message)
  }
  return parsed.data
}

/** The same settings with one changed. */
function withSetting(id: string, fields: Fields, [name, ...below]: readonly string[], value: unknown): Fields {
  if (below.length === 0) return { ...fields, [name]: value }
  const inner = Object.hasOwn(fields, name) ? fields[name] : {}
  if (!isFields(inner)) throw unknownSetting(id, { path: [name, ...below].join('.'), known: [] })
  return { ...fields, [name]: withSetting(id, inner, below, value) }
}

/** With the usual values of what is left out. Computed on the processor unless something else is asked for: on all machines alike. */
function completed(given: Fields): Fields {
  return {
    ...DEFAULT_RUN_CONFIG,
    engine: 'cpu',
    ...given,
    optimizer: completedOptimizer(given['optimizer'] ?? {}),
    data: completedData(given['data'] ?? {}),
  }
}

function completedOptimizer(given: unknown): unknown {
  if (!isFields(given)) return given
  const { kind = DEFAULT_RUN_CONFIG.optimizer.kind } = given
  const usual = Object.values(DEFAULT_OPTIMIZERS).find((optimizer) => optimizer.kind === kind)
  return { ...usual, ...given }
}

function completedData(given: unknown): unknown {
  if (!isFields(given)) return given
  const { kind = MNIST_THRESHOLD.kind, set } = given
  if (kind === 'file') return { preparation: null, ...given }
  if (kind !== 'synthetic') return { ...MNIST_THRESHOLD, ...given }
  if (!isFields(set) || !isSyntheticKind(set['kind'])) return given
  const usual = syntheticSource(set['kind'])
  const rows = isFields(given['rows']) ? { ...usual.rows, ...given['rows'] } : (given['rows'] ?? usual.rows)
  return { ...usual, ...given, set: { ...usual.set, ...set }, rows }
}

function isSyntheticKind(kind: unknown): kind is SyntheticKind {
  return typeof kind === 'string' && Object.hasOwn(SYNTHETIC_SETS, kind)
}

interface UnknownSetting {
  readonly path: string
  /** What there is in its place. */
  readonly known: readonly string[]
}

/** The first of the given settings that there is none of: the schemas pass over what they do not know. */
function unknownIn(given: Fields, known: Fields, above = ''): UnknownSetting | null {
  for (const [name, value] of Object.entries(given)) {
    const path = `${above}${name}`
    if (!Object.hasOwn(known, name)) return { path, known: Object.keys(known).map((one) => `${above}${one}`) }
    const inner = known[name]
    const found = isFields(value) && isFields(inner) ? unknownIn(value, inner, `${path}.`) : null
    if (found !== null) return found
  }
  return null
}

function unknownSetting(id: string, { path, known }: UnknownSetting): StudioError {
  const hint =
    known.length === 0
      ? say('sweep.unknown-setting.below')
      : say('sweep.unknown-setting.hint', { settings: known.join(', ') })
  return new StudioError('invalid-settings', say('sweep.unknown-setting', { point: id, path: quoted(path) }), hint)
}

function refused(id: string, issue: Sentence): StudioError {
  return new StudioError('invalid-settings', say('sweep.point', { point: id, issue }), {
    window: say('group.point.hint'),
    options: say('sweep.point.hint'),
  })
}

/** A value that nobody can change any more. */
function frozen<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) frozen(inner)
  return Object.freeze(value)
}
