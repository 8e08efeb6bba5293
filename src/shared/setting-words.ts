import { ENGINES } from '../made/engines'
import type { Initialisation } from '../made/initialisation'
import type { Optimizer } from '../made/optimizer'
import { UNLIMITED } from '../made/schedule'
import type { Activation } from '../made/spec'
import type { Reader } from '../words/reader'
import type { MessageKey } from '../words/say'
import { builtInTable, SYNTHETIC_NAMES, type BuiltInTable, type DataSource } from './data-source'
import { figuresFor, formatSetting } from './figures'
import type { RunConfig } from './run-config'
import type { RunSummary } from './run'

/** What methods are called, in every language. */
export const OPTIMIZER_NAMES: Readonly<Record<Optimizer['kind'], string>> = {
  adam: 'Adam',
  adagrad: 'AdaGrad',
  adadelta: 'AdaDelta',
  sgd: 'SGD',
}
export const ACTIVATION_NAMES: Readonly<Record<Activation, string>> = {
  relu: 'ReLU',
  softplus: 'Softplus',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
}
const INITIALISATION_WORDS = {
  uniform: 'field.initialisation.uniform',
  orthogonal: 'field.initialisation.orthogonal',
  gaussian: 'field.initialisation.gaussian',
} as const satisfies Readonly<Record<Initialisation, MessageKey>>
/** The name of each built-in table. */
export const TABLE_NAMES = { mushrooms: 'data.offer.mushrooms' } as const satisfies Readonly<
  Record<BuiltInTable, MessageKey>
>

/** A setting: what it is called, what it is, and the same as a number where it is one. */
export type Setting = readonly [label: string, value: string, number?: number | null]

/** What a reader is told of the settings of a run. */
export interface SettingWords {
  /** What data are called: sets that are drawn and tables that are built in in the reader's language, others as they are. */
  readonly dataTitle: (data: { readonly source: DataSource; readonly name: string }) => string
  /** What a run was trained on, and how greys became bits: "MNIST, threshold 128". */
  readonly dataWords: (run: Pick<RunSummary, 'dataName' | 'config'>) => string
  /** In which order, or in how many, a model goes through its inputs. */
  readonly orderingWords: (config: Pick<RunConfig, 'orderings' | 'singleOrdering'>) => string
  /** An optimizer with the length of its steps: "Adam, step size 0.001, cosine schedule". */
  readonly optimizerWords: (config: Pick<RunConfig, 'optimizer' | 'learningRateSchedule'>) => string
  /** Says of steps that they shrink, where they do: "Adam, cosine schedule". */
  readonly scheduleWords: (config: Pick<RunConfig, 'learningRateSchedule'>, steps: string) => string
  /** Every setting of a run, the same ones in the same order of each. */
  readonly settingsOf: (run: Pick<RunSummary, 'dataName' | 'config' | 'engine'>) => readonly Setting[]
}

/** How settings are told to a reader. */
export function settingWordsFor(reader: Pick<Reader, 'locale' | 't'>): SettingWords {
  const { t } = reader
  const { formatWhole } = figuresFor(reader)

  const tableTitle = (source: DataSource): string | null => {
    const table = source.kind === 'file' ? builtInTable(source.path) : null
    return table ? t(TABLE_NAMES[table]) : null
  }
  const dataTitle: SettingWords['dataTitle'] = ({ source, name }) =>
    source.kind === 'synthetic' ? t(SYNTHETIC_NAMES[source.set.kind]) : (tableTitle(source) ?? name)
  const dataWords: SettingWords['dataWords'] = ({ dataName, config: { data } }) => {
    const name = dataTitle({ source: data, name: dataName === '' ? t('run.unknown-data') : dataName })
    const binarization = binarizationOf(data)
    switch (binarization?.kind) {
      case undefined:
        return name
      case 'threshold':
        return t('list.data.threshold', { name, threshold: binarization.threshold })
      case 'random':
        return t('list.data.random', { name, seed: String(binarization.seed) })
      case 'redrawn':
        return t('list.data.redrawn', { name, seed: String(binarization.seed) })
    }
  }
  const orderingWords: SettingWords['orderingWords'] = ({ orderings, singleOrdering }) => {
    if (orderings === UNLIMITED) return t('list.settings.orderings-fresh')
    if (orderings > 1) return t('list.settings.orderings', { orderings })
    return t(singleOrdering === 'natural' ? 'list.settings.natural' : 'list.settings.random')
  }
  const scheduleWords: SettingWords['scheduleWords'] = ({ learningRateSchedule }, steps) =>
    learningRateSchedule === 'cosine' ? t('list.settings.cosine', { steps }) : steps
  const optimizerWords: SettingWords['optimizerWords'] = (config) => {
    const { optimizer } = config
    const name = OPTIMIZER_NAMES[optimizer.kind]
    const steps =
      optimizer.kind === 'adadelta'
        ? t('list.settings.epsilon', { optimizer: name, size: formatSetting(optimizer.epsilon) })
        : t('list.settings.step-size', { optimizer: name, size: formatSetting(optimizer.learningRate) })
    return scheduleWords(config, steps)
  }
  const amount = (number: number): string =>
    number === UNLIMITED ? t('list.figure.fresh') : formatWhole(Math.max(1, number))
  const yesNo = (value: boolean): string => t(value ? 'list.figure.yes' : 'compare.no')

  const settingsOf: SettingWords['settingsOf'] = (run) => {
    const { config } = run
    const isOneOrdering = config.orderings === 0 || config.orderings === 1
    return [
      [t('list.figure.data'), dataWords(run)],
      [
        t('list.figure.hidden'),
        config.hidden.map(formatWhole).join(', '),
        config.hidden.length === 1 ? config.hidden[0] : null,
      ],
      [
        t('list.figure.orderings'),
        isOneOrdering ? orderingWords(config) : amount(config.orderings),
        config.orderings > 1 ? config.orderings : null,
      ],
      [t('list.figure.masks'), amount(config.masks), config.masks === UNLIMITED ? null : Math.max(1, config.masks)],
      [t('list.figure.activation'), ACTIVATION_NAMES[config.activation]],
      [t('list.figure.direct'), yesNo(config.directConnections)],
      [t('list.figure.conditioning'), yesNo(config.conditioningWeights)],
      [t('field.initialisation'), t(INITIALISATION_WORDS[config.initialisation])],
      [
        t('field.output-biases'),
        t(config.outputBiases === 'zero' ? 'field.output-biases.zero' : 'field.output-biases.frequencies'),
      ],
      [t('list.figure.optimizer'), optimizerWords(config)],
      [t('field.l2'), formatSetting(config.l2), config.l2],
      [t('list.figure.minibatch'), formatWhole(config.batchSize), config.batchSize],
      [t('list.figure.averaged'), formatWhole(config.averagedEpochs), config.averagedEpochs],
      [t('field.epochs'), formatWhole(config.epochs), config.epochs],
      [t('field.look-ahead'), formatWhole(config.lookAhead), config.lookAhead],
      [t('list.figure.seed'), formatSetting(config.seed), config.seed],
      [t('list.figure.engine'), run.engine === null ? t('list.figure.engine.none') : ENGINES[run.engine].name],
    ]
  }

  return { dataTitle, dataWords, orderingWords, optimizerWords, scheduleWords, settingsOf }
}

function binarizationOf(data: DataSource): Extract<DataSource, { kind: 'mnist' }>['binarization'] | null {
  if (data.kind === 'mnist') return data.binarization
  return data.kind === 'file' && data.preparation?.grey ? data.preparation.binarization : null
}
