import { readFile } from 'node:fs/promises'
import { StudioError } from '../base/failure'
import { DEFAULT_OPTIMIZERS, OPTIMIZER_KINDS, type Optimizer } from '../made/optimizer'
import { PRESETS } from '../shared/presets'
import { DEFAULT_RUN_CONFIG, runConfigSchema, type RunConfig } from '../shared/run-config'
import { migratedSettings } from '../runs/run-versions'
import { issueSentence } from '../shared/issue-words'
import { say } from '../words/say'
import { engineChoiceOf, type EngineOptions } from './engine-options'
import { dataSourceOf, withLearntLabel, withReading } from './places'
import { readingOf, type ColumnOptions, type LayoutOptions } from './reading-options'
import { numberOf, oneOf, UsageError, settingErrorOf, wholeOf, wholesOf } from './usage'

/** The options of `made train` as typed. */
export interface TrainOptions extends EngineOptions, LayoutOptions, ColumnOptions {
  readonly data?: string
  readonly size?: string
  readonly out: string
  readonly hidden?: string
  readonly orderings?: string
  readonly ordering?: string
  readonly masks?: string
  readonly activation?: string
  readonly direct?: true
  readonly conditioning?: true
  readonly initialisation?: string
  readonly outputBiases?: string
  readonly optimizer?: string
  readonly learningRate?: string
  readonly learningRateSchedule?: string
  readonly epsilon?: string
  readonly l2?: string
  readonly batch?: string
  readonly epochs?: string
  readonly untilEpoch?: string
  readonly lookAhead?: string
  readonly averageEpochs?: string
  readonly seed?: string
  readonly config?: string
  readonly preset?: string
  readonly json?: true
}

/**
 * What a run is asked to do: the defaults, a preset or the file of `--config`; over that the options.
 * @throws UsageError, or StudioError if the file cannot be used
 */
export async function runConfigOf(options: TrainOptions): Promise<RunConfig> {
  const base = options.config === undefined ? presetOf(options.preset) : await readConfig(options.config)
  if (options.data === undefined && options.config === undefined)
    throw new UsageError(say('cli.data.none'), say('cli.data.none.hint', { file: say('cli.place.file') }))
  const reading = readingOf(options)
  const parsed = runConfigSchema.safeParse({
    ...base,
    data: withLearntLabel(
      options.data === undefined ? withReading(base.data, reading) : dataSourceOf(options.data, reading),
      options,
    ),
    ...given('hidden', options.hidden, (text) => wholesOf('--hidden', text)),
    ...given('orderings', options.orderings, (text) => wholeOf('--orderings', text, -1)),
    ...given('singleOrdering', options.ordering, (text) => text),
    ...given('masks', options.masks, (text) => wholeOf('--masks', text, -1)),
    ...given('activation', options.activation, (text) => text),
    ...(options.direct ? { directConnections: true } : {}),
    ...(options.conditioning ? { conditioningWeights: true } : {}),
    ...given('initialisation', options.initialisation, (text) => text),
    ...given('outputBiases', options.outputBiases, (text) => text),
    optimizer: optimizerOf(options, base.optimizer),
    ...given('learningRateSchedule', options.learningRateSchedule, (text) => text),
    ...given('l2', options.l2, (text) => numberOf('--l2', text)),
    ...given('batchSize', options.batch, (text) => wholeOf('--batch', text, 1)),
    ...given('epochs', options.epochs, (text) => wholeOf('--epochs', text, 1)),
    ...given('lookAhead', options.lookAhead, (text) => wholeOf('--look-ahead', text, 1)),
    ...given('averagedEpochs', options.averageEpochs, (text) => wholeOf('--average-epochs', text, 1)),
    ...given('seed', options.seed, (text) => wholeOf('--seed', text, 0)),
    // A word that is none is told with the other settings.
    ...given('engine', options.kernels === undefined ? options.engine : engineChoiceOf(options), (choice) => choice),
  })
  if (parsed.success) return parsed.data
  throw settingErrorOf(parsed.error)
}

function given<T>(key: string, text: string | undefined, read: (text: string) => T): Record<string, T> {
  return text === undefined ? {} : { [key]: read(text) }
}

function presetOf(id: string | undefined): RunConfig {
  if (id === undefined) return DEFAULT_RUN_CONFIG
  const preset = PRESETS.find((candidate) => candidate.id === id)
  if (!preset)
    throw new UsageError(
      say('cli.preset.unknown', { preset: id }),
      say('cli.preset.unknown.hint', { presets: PRESETS.map((one) => one.id).join(', ') }),
    )
  return { ...DEFAULT_RUN_CONFIG, ...preset.settings }
}

function optimizerOf(options: TrainOptions, base: Optimizer): Optimizer {
  const kind = options.optimizer === undefined ? base.kind : oneOf('--optimizer', options.optimizer, OPTIMIZER_KINDS)
  const optimizer = kind === base.kind ? base : DEFAULT_OPTIMIZERS[kind]
  return {
    ...optimizer,
    ...changed('learningRate', options.learningRate, optimizer),
    ...changed('epsilon', options.epsilon, optimizer),
  }
}

/** The options of an optimizer's numbers, and what is said where it has none. */
const OPTIMIZER_NUMBERS = {
  learningRate: { option: '--learning-rate', lacking: 'cli.optimizer.no-learning-rate' },
  epsilon: { option: '--epsilon', lacking: 'cli.optimizer.no-epsilon' },
} as const

function changed(
  key: keyof typeof OPTIMIZER_NUMBERS,
  text: string | undefined,
  optimizer: Optimizer,
): Record<string, number> {
  if (text === undefined) return {}
  const { option, lacking } = OPTIMIZER_NUMBERS[key]
  if (key in optimizer) return { [key]: numberOf(option, text) }
  throw new UsageError(say(lacking, { optimizer: optimizer.kind }))
}

/** The settings of a file: settings alone, or the run.json of an earlier run. */
async function readConfig(path: string): Promise<RunConfig> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new StudioError(
      'unreadable-file',
      say('cli.config.unreadable', { path }),
      say('cli.config.unreadable.hint'),
      { cause },
    )
  })
  const parsed = runConfigSchema.safeParse(settingsIn(jsonOf(path, text), path))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new StudioError(
    'invalid-settings',
    say('cli.config.invalid', {
      path,
      issue: issueSentence(issue.path.join('.') || say('cli.config.file'), issue),
    }),
    say('cli.config.hint'),
  )
}

/** What is in the file, with the usual settings for those that it does not name. @throws StudioError 'newer-version' */
function settingsIn(read: unknown, path: string): unknown {
  const settings = migratedSettings(read, path)
  return typeof settings === 'object' && settings !== null ? { ...DEFAULT_RUN_CONFIG, ...settings } : settings
}

function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new StudioError('damaged-file', say('cli.config.no-json', { path }), say('cli.config.hint'), { cause })
  }
}
