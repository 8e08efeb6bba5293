import { formatMoment, formatNats, formatSetting, formatWhole } from './format'
import { epochWords, statusWord, testWords } from './run-words'
import { ACTIVATION_NAMES, dataWords, OPTIMIZER_NAMES, orderingWords, scheduleWords } from './setting-words'
import { UNLIMITED } from '../../made/schedule'
import type { RunColumnId } from '../../shared/run-table'
import type { RunSummary, TestResult } from '../../shared/run'
import type { MessageKey } from '../../words/say'

/** A column of the table of runs. */
export interface RunColumn {
  /** Whether it is there before a person chooses columns: 'roomy': only in a window with room for it. */
  readonly isUsual: boolean | 'roomy'
  /** In pixels; null: what is left over. */
  readonly width: number | null
  readonly isNumber: boolean
  /** What runs are put in order by; undefined where a run has none; null: they cannot be put in order by it. */
  readonly order: ((run: RunSummary) => number | string | undefined) | null
  /** Whether one begins with the greatest. */
  readonly isGreatestFirst?: boolean
  /** What stands in its cells; null where that is more than words. */
  readonly words: ((run: RunSummary, now: number) => string) | null
}

/** What columns are called. */
export const COLUMN_NAMES = {
  star: 'list.column.star',
  name: 'list.column.run',
  note: 'list.note',
  data: 'list.figure.data',
  status: 'list.column.status',
  date: 'list.figure.started',
  updates: 'list.column.updates',
  hidden: 'list.figure.hidden',
  orderings: 'list.figure.orderings',
  activation: 'list.figure.activation',
  optimizer: 'list.figure.optimizer',
  learningRate: 'field.learning-rate',
  seed: 'list.figure.seed',
  curve: 'list.column.curve',
  validation: 'list.column.validation',
  test: 'list.column.test',
  unlabelled: 'list.column.unlabelled',
} as const satisfies Readonly<Record<RunColumnId, MessageKey>>

const NONE = '–'

/** Every column of the table of runs. */
export const COLUMNS: Readonly<Record<RunColumnId, RunColumn>> = {
  star: {
    isUsual: true,
    width: 0,
    isNumber: false,
    order: ({ isStarred }) => Number(isStarred),
    isGreatestFirst: true,
    words: null,
  },
  name: {
    isUsual: true,
    width: null,
    isNumber: false,
    order: ({ name }) => name,
    words: null,
  },
  note: {
    isUsual: false,
    width: 196,
    isNumber: false,
    order: ({ note }) => (note === '' ? undefined : note),
    words: ({ note }) => note,
  },
  data: {
    isUsual: false,
    width: 168,
    isNumber: false,
    order: dataWords,
    words: dataWords,
  },
  status: {
    isUsual: true,
    width: 196,
    isNumber: false,
    order: ({ status }) => statusWord(status),
    words: null,
  },
  date: {
    isUsual: false,
    width: 124,
    isNumber: false,
    order: ({ createdAt }) => createdAt,
    isGreatestFirst: true,
    words: ({ createdAt }, now) => formatMoment(createdAt, now),
  },
  updates: {
    isUsual: false,
    width: 104,
    isNumber: true,
    order: updatesOf,
    isGreatestFirst: true,
    words: (run) => formatWhole(updatesOf(run)),
  },
  hidden: {
    isUsual: false,
    width: 132,
    isNumber: true,
    order: ({ config }) => config.hidden.reduce((sum, units) => sum + units, 0),
    words: ({ config }) => config.hidden.map(formatWhole).join(', '),
  },
  orderings: {
    isUsual: false,
    width: 132,
    isNumber: false,
    order: ({ config: { orderings } }) => (orderings === UNLIMITED ? Infinity : orderings),
    words: ({ config }) => orderingWords(config),
  },
  activation: {
    isUsual: false,
    width: 104,
    isNumber: false,
    order: ({ config }) => ACTIVATION_NAMES[config.activation],
    words: ({ config }) => ACTIVATION_NAMES[config.activation],
  },
  optimizer: {
    isUsual: false,
    width: 124,
    isNumber: false,
    order: ({ config }) => scheduleWords(config, OPTIMIZER_NAMES[config.optimizer.kind]),
    words: ({ config }) => scheduleWords(config, OPTIMIZER_NAMES[config.optimizer.kind]),
  },
  learningRate: {
    isUsual: false,
    width: 104,
    isNumber: true,
    order: stepSizeOf,
    words: (run) => settingWords(stepSizeOf(run)),
  },
  seed: {
    isUsual: false,
    width: 80,
    isNumber: true,
    order: ({ config }) => config.seed,
    words: ({ config }) => formatSetting(config.seed),
  },
  curve: {
    isUsual: 'roomy',
    width: 100,
    isNumber: false,
    order: null,
    words: null,
  },
  validation: {
    isUsual: 'roomy',
    width: 104,
    isNumber: true,
    order: ({ best }) => lossOf(best?.validNll),
    words: ({ best }) => (best ? formatNats(best.validNll) : NONE),
  },
  test: {
    isUsual: true,
    width: 140,
    isNumber: true,
    order: ({ test }) => lossOf(test?.nll),
    words: ({ test }) => (test ? testWords(test) : NONE),
  },
  unlabelled: {
    isUsual: false,
    width: 140,
    isNumber: true,
    order: (run) => lossOf(unlabelledTest(run)?.nll),
    words: (run) => {
      const test = unlabelledTest(run)
      return test ? testWords(test) : NONE
    },
  },
}

/** What the kept model of a run makes of the test rows without their label, p(x); null where that is not known. */
export function unlabelledTest({ label, test }: RunSummary): Pick<TestResult, 'nll' | 'interval95'> | null {
  return (label === null ? test : test?.label) ?? null
}

/** The words that a run is found by. */
export function filterWords(run: RunSummary, settings: string): string {
  return [run.name, dataWords(run), statusWord(run.status), epochWords(run), settings, run.note]
    .join('\n')
    .toLocaleLowerCase()
}

function updatesOf({ epoch, minibatches }: RunSummary): number {
  return epoch * minibatches
}

function stepSizeOf({ config: { optimizer } }: RunSummary): number | undefined {
  return optimizer.kind === 'adadelta' ? undefined : optimizer.learningRate
}

function settingWords(value: number | undefined): string {
  return value === undefined ? NONE : formatSetting(value)
}

/** What is no number is no better than anything. */
function lossOf(nats: number | undefined): number | undefined {
  return nats === undefined || !Number.isFinite(nats) ? undefined : nats
}
