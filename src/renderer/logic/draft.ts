import { inTurn } from '../../base/advice'
import { StudioError } from '../../base/failure'
import { validateInitialisation } from '../../made/initialisation'
import { DEFAULT_OPTIMIZERS, OPTIMIZER_KINDS, type Optimizer } from '../../made/optimizer'
import { MOST_SEED } from '../../made/random'
import { MOST_CONNECTIVITIES, UNLIMITED, validateSchedule } from '../../made/schedule'
import { LIMITS, validateSpec } from '../../made/spec'
import type { ModelledColumns } from '../../made/variables'
import type { DataSource } from '../../shared/data-source'
import type { Draft, ListMode, NumberKey, OptimizerKey } from '../../shared/draft'
import { PRESETS, type PresetId } from '../../shared/presets'
import { scheduleOf, specOf, type RunConfig } from '../../shared/run-config'
import { SETTING_LIMITS } from '../../shared/setting-limits'
import { t, tell } from '../words'
import { formatSetting, formatWhole } from './format'

/** Where a problem is shown: beside that field. */
export type FieldId = NumberKey | OptimizerKey | 'name' | 'hidden' | 'initialisation' | `hidden.${number}`

export type DraftReading =
  | { readonly ok: true; readonly config: RunConfig }
  | { readonly ok: false; readonly problems: ReadonlyMap<FieldId, string> }

interface Bounds {
  readonly least: number
  readonly most: number
  readonly whole: boolean
  /** Whether `most` itself is allowed. */
  readonly below?: true
}

export const NUMBER_BOUNDS: Readonly<Record<NumberKey, Bounds>> = {
  orderings: { least: 2, most: MOST_CONNECTIVITIES, whole: true },
  masks: { least: 2, most: MOST_CONNECTIVITIES, whole: true },
  l2: { ...SETTING_LIMITS.l2, whole: false },
  batchSize: { ...SETTING_LIMITS.batchSize, whole: true },
  epochs: { ...SETTING_LIMITS.epochs, whole: true },
  lookAhead: { ...SETTING_LIMITS.lookAhead, whole: true },
  averagedEpochs: { ...SETTING_LIMITS.averagedEpochs, whole: true },
  seed: { least: 0, most: MOST_SEED, whole: true },
  validationPairs: { ...SETTING_LIMITS.pairs, whole: true },
  testPairs: { ...SETTING_LIMITS.pairs, whole: true },
}

export const OPTIMIZER_BOUNDS: Readonly<Record<OptimizerKey, Bounds>> = {
  learningRate: { ...SETTING_LIMITS.learningRate, whole: false },
  epsilon: { ...SETTING_LIMITS.epsilon, whole: false },
  rho: { least: 0, most: 1, whole: false, below: true },
  beta1: { least: 0, most: 1, whole: false, below: true },
  beta2: { least: 0, most: 1, whole: false, below: true },
  decay: { least: 0, most: 1, whole: false },
  momentum: { least: 0, most: 1, whole: false, below: true },
}

/** How long a list of orderings or masks is unless told otherwise. */
export const USUAL_LIST = 32

const HIDDEN_BOUNDS: Bounds = { ...LIMITS.hiddenUnits, whole: true }

/** The limits of a number in the reader's words, such as "1 to 10,000". */
export function boundsWords(bounds: Bounds): string {
  const most = bounds.whole ? formatWhole(bounds.most) : formatSetting(bounds.most)
  const least = formatSetting(bounds.least).replace(/^-/, '−')
  return bounds.below ? t('field.bounds.below', { least, most }) : t('field.bounds', { least, most })
}

/**
 * Reads a typed number.
 * @returns the number, or a sentence for the reader that says what is wrong.
 */
export function readNumber(text: string, bounds: Bounds): number | string {
  const cleaned = text
    .trim()
    .replace(/[,_\s]/g, '')
    .replace('−', '-')
  const value = cleaned === '' ? Number.NaN : Number(cleaned)
  const fits =
    Number.isFinite(value) &&
    value >= bounds.least &&
    (bounds.below ? value < bounds.most : value <= bounds.most) &&
    (!bounds.whole || Number.isInteger(value))
  if (fits) return value
  return t(bounds.whole ? 'field.whole-number' : 'field.number', { bounds: boundsWords(bounds) })
}

/** The draft that asks for exactly `config`. */
export function draftOf(config: Omit<RunConfig, 'data'>, name: string): Draft {
  const optimizerNumbers = { sgd: {}, adagrad: {}, adadelta: {}, adam: {} }
  for (const kind of OPTIMIZER_KINDS)
    optimizerNumbers[kind] = optimizerTexts(
      kind === config.optimizer.kind ? config.optimizer : DEFAULT_OPTIMIZERS[kind],
    )
  return {
    name,
    hidden: config.hidden.map(String),
    orderingMode: modeOf(config.orderings),
    singleOrdering: config.singleOrdering,
    maskMode: modeOf(config.masks),
    activation: config.activation,
    directConnections: config.directConnections,
    conditioningWeights: config.conditioningWeights,
    initialisation: config.initialisation,
    outputBiases: config.outputBiases,
    optimizer: config.optimizer.kind,
    learningRateSchedule: config.learningRateSchedule,
    optimizerNumbers,
    numbers: {
      orderings: String(config.orderings > 1 ? config.orderings : USUAL_LIST),
      masks: String(config.masks > 1 ? config.masks : USUAL_LIST),
      l2: formatSetting(config.l2),
      batchSize: String(config.batchSize),
      epochs: String(config.epochs),
      lookAhead: String(config.lookAhead),
      averagedEpochs: String(config.averagedEpochs),
      seed: String(config.seed),
      validationPairs: String(config.validationPairs),
      testPairs: String(config.testPairs),
    },
    engine: config.engine,
  }
}

function modeOf(number: number): ListMode {
  if (number === UNLIMITED) return 'fresh'
  return number > 1 ? 'list' : 'one'
}

/** The numbers of an optimizer as text, by key. */
function optimizerTexts(optimizer: Optimizer): Partial<Record<OptimizerKey, string>> {
  switch (optimizer.kind) {
    case 'sgd':
      return {
        learningRate: formatSetting(optimizer.learningRate),
        decay: formatSetting(optimizer.decay),
        momentum: formatSetting(optimizer.momentum),
      }
    case 'adagrad':
      return { learningRate: formatSetting(optimizer.learningRate), epsilon: formatSetting(optimizer.epsilon) }
    case 'adadelta':
      return { rho: formatSetting(optimizer.rho), epsilon: formatSetting(optimizer.epsilon) }
    case 'adam':
      return {
        learningRate: formatSetting(optimizer.learningRate),
        beta1: formatSetting(optimizer.beta1),
        beta2: formatSetting(optimizer.beta2),
        epsilon: formatSetting(optimizer.epsilon),
      }
  }
}

/** Reads the draft for such data: the run's settings, or every problem by field. */
export function readDraft(draft: Draft, source: DataSource, data: ModelledColumns): DraftReading {
  const problems = new Map<FieldId, string>()
  const read = (field: FieldId, text: string, bounds: Bounds): number => {
    const value = readNumber(text, bounds)
    if (typeof value === 'number') return value
    problems.set(field, value)
    return Number.NaN
  }
  const number = (key: NumberKey): number => read(key, draft.numbers[key], NUMBER_BOUNDS[key])
  const list = (key: 'orderings' | 'masks', mode: ListMode): number => {
    if (mode === 'list') return number(key)
    return mode === 'fresh' ? UNLIMITED : 1
  }
  const name = draft.name.trim()
  if (name === '') problems.set('name', t('field.name.missing'))
  if (name.length > SETTING_LIMITS.name.most)
    problems.set('name', t('field.name.long', { most: SETTING_LIMITS.name.most }))

  const config: RunConfig = {
    data: source,
    hidden: draft.hidden.map((text, l) => read(`hidden.${l}`, text, HIDDEN_BOUNDS)),
    activation: draft.activation,
    directConnections: draft.directConnections,
    conditioningWeights: draft.conditioningWeights,
    orderings: list('orderings', draft.orderingMode),
    singleOrdering: draft.singleOrdering,
    masks: list('masks', draft.maskMode),
    initialisation: draft.initialisation,
    outputBiases: draft.outputBiases,
    optimizer: readOptimizer(draft, read),
    learningRateSchedule: draft.learningRateSchedule,
    l2: number('l2'),
    batchSize: number('batchSize'),
    epochs: number('epochs'),
    lookAhead: number('lookAhead'),
    averagedEpochs: number('averagedEpochs'),
    seed: number('seed'),
    // Their fields show only with an unlimited control.
    validationPairs: isFresh(draft) ? number('validationPairs') : hiddenNumber(draft, 'validationPairs'),
    testPairs: isFresh(draft) ? number('testPairs') : hiddenNumber(draft, 'testPairs'),
    engine: draft.engine,
  }
  if (problems.size === 0) checkTogether(config, data, problems)
  return problems.size === 0 ? { ok: true, config } : { ok: false, problems }
}

/** Whether orderings or masks are fresh at every update. */
export function isFresh(draft: Draft): boolean {
  return draft.orderingMode === 'fresh' || draft.maskMode === 'fresh'
}

function hiddenNumber(draft: Draft, key: 'validationPairs' | 'testPairs'): number {
  const value = readNumber(draft.numbers[key], NUMBER_BOUNDS[key])
  return typeof value === 'number' ? value : NUMBER_BOUNDS[key].least
}

function readOptimizer(draft: Draft, read: (field: FieldId, text: string, bounds: Bounds) => number): Optimizer {
  const texts = draft.optimizerNumbers[draft.optimizer]
  const number = (key: OptimizerKey): number => read(key, texts[key] ?? '', OPTIMIZER_BOUNDS[key])
  switch (draft.optimizer) {
    case 'sgd':
      return { kind: 'sgd', learningRate: number('learningRate'), decay: number('decay'), momentum: number('momentum') }
    case 'adagrad':
      return { kind: 'adagrad', learningRate: number('learningRate'), epsilon: number('epsilon') }
    case 'adadelta':
      return { kind: 'adadelta', rho: number('rho'), epsilon: number('epsilon') }
    case 'adam':
      return {
        kind: 'adam',
        learningRate: number('learningRate'),
        beta1: number('beta1'),
        beta2: number('beta2'),
        epsilon: number('epsilon'),
      }
  }
}

/** The limits that hold between fields. */
function checkTogether(config: RunConfig, data: ModelledColumns, problems: Map<FieldId, string>): void {
  const spec = specOf(config, data)
  const check = (field: FieldId, validate: () => void): void => {
    try {
      validate()
    } catch (thrown) {
      if (!(thrown instanceof StudioError)) throw thrown
      const { message, hint } = thrown.toFailure()
      problems.set(field, tell(inTurn(message, hint)))
    }
  }
  check('hidden', () => validateSpec(spec))
  check(config.orderings > 1 ? 'orderings' : 'masks', () => validateSchedule(scheduleOf(config)))
  check('initialisation', () => validateInitialisation(spec, config.initialisation))
}

/** The preset whose settings the draft has, if any; name, seed and engine are free. */
export function presetOf(draft: Draft): PresetId | null {
  const words = (settings: Draft): string =>
    JSON.stringify({
      ...settings,
      name: '',
      engine: '',
      optimizerNumbers: settings.optimizerNumbers[settings.optimizer],
      singleOrdering: settings.orderingMode === 'one' ? settings.singleOrdering : '',
      numbers: {
        ...settings.numbers,
        seed: '',
        orderings: settings.orderingMode === 'list' ? settings.numbers.orderings : '',
        masks: settings.maskMode === 'list' ? settings.numbers.masks : '',
      },
    })
  const wanted = words(draft)
  const found = PRESETS.find(({ settings }) => words(draftOf({ ...settings, seed: 0, engine: 'auto' }, '')) === wanted)
  return found?.id ?? null
}
