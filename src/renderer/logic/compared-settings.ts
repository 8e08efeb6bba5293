import { formatSetting, formatWhole } from './format'
import { dataWords } from './run-groups'
import { ACTIVATION_NAMES, optimizerWords, orderingWords } from './run-words'
import { ENGINES } from '../../made/engines'
import { UNLIMITED } from '../../made/schedule'
import type { RunSummary } from '../../shared/run'
import { t } from '../words'

/** A setting of several runs side by side. */
export interface ComparedSetting {
  readonly label: string
  /** As it is in each run, in their order. */
  readonly values: readonly string[]
  /** The same as numbers; null where they are none. */
  readonly numbers: readonly number[] | null
  /** Whether they are not all the same. */
  readonly differs: boolean
}

/** The settings of runs side by side. */
export function comparedSettings(runs: readonly RunSummary[]): ComparedSetting[] {
  const columns = runs.map(settingsOf)
  return (columns.at(0) ?? []).map(([label], row) => {
    const values = columns.map((column) => column[row][1])
    const known = columns.flatMap((column) => column[row][2] ?? [])
    const numbers = known.length === columns.length ? known : null
    return { label, values, numbers, differs: values.some((value) => value !== values[0]) }
  })
}

/** Every setting of a run, the same ones in the same order of each. */
function settingsOf(run: RunSummary): readonly (readonly [label: string, value: string, number?: number | null])[] {
  const { config } = run
  const yesNo = (value: boolean): string => t(value ? 'list.figure.yes' : 'compare.no')
  return [
    [t('list.figure.data'), dataWords(run)],
    [
      t('list.figure.hidden'),
      config.hidden.map(formatWhole).join(', '),
      config.hidden.length === 1 ? config.hidden[0] : null,
    ],
    [
      t('list.figure.orderings'),
      config.orderings === 0 || config.orderings === 1 ? orderingWords(config) : amount(config.orderings),
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

const INITIALISATION_WORDS = {
  uniform: 'field.initialisation.uniform',
  orthogonal: 'field.initialisation.orthogonal',
  gaussian: 'field.initialisation.gaussian',
} as const satisfies Readonly<Record<RunSummary['config']['initialisation'], string>>

function amount(number: number): string {
  return number === UNLIMITED ? t('list.figure.fresh') : formatWhole(Math.max(1, number))
}
