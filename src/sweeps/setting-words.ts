import { say, type Filling, type MessageKey, type Sentence } from '../words/say'

/** What settings are called that a group of runs may vary, by their paths. */
export const VARIED_NAMES = {
  hidden: 'field.hidden',
  'optimizer.learningRate': 'field.learning-rate',
  'optimizer.epsilon': 'field.epsilon',
  orderings: 'field.orderings',
  masks: 'field.masks',
  activation: 'field.activation',
  directConnections: 'field.direct',
  averagedEpochs: 'field.averaged-epochs',
  batchSize: 'field.batch-size',
  l2: 'field.l2',
  seed: 'field.seed',
} as const satisfies Readonly<Record<string, MessageKey>>
export type VariedPath = keyof typeof VARIED_NAMES

export function isVariedPath(path: string): path is VariedPath {
  return Object.hasOwn(VARIED_NAMES, path)
}

/** What a setting is called; its path where it has no name. */
export function settingName(path: string): Filling {
  return isVariedPath(path) ? say(VARIED_NAMES[path]) : path
}

/** A value of a setting as it stands in a sentence. */
export function valueWords(value: unknown): Filling {
  if (typeof value === 'boolean') return say(value ? 'group.value.yes' : 'group.value.no')
  if (Array.isArray(value)) return value.map(plain).join(', ')
  return value === -1 ? say('group.value.fresh') : plain(value)
}

/** The values of a run in one line, such as "500, 500 · 0.001". */
export function valuesInLine(settings: Readonly<Record<string, unknown>>): string {
  return Object.values(settings)
    .map((value) => (Array.isArray(value) ? value.map(plain).join(', ') : plain(value)))
    .join(' · ')
}

/** What mattered, as a sentence. */
export function matteredSentence(
  mattered: {
    readonly path: string
    readonly best: unknown
    readonly worst: unknown
    readonly nats: number
    readonly share: number
  } | null,
  runs: number,
): Sentence {
  if (mattered === null) return say('group.mattered.none', { runs })
  const { path, best, worst, nats, share } = mattered
  return say('group.mattered', {
    setting: settingName(path),
    best: valueWords(best),
    worst: valueWords(worst),
    nats,
    share: Math.round(share * 100),
    runs,
  })
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
