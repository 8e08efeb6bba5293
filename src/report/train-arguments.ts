import { DEFAULT_OPTIMIZERS, type Optimizer } from '../made/optimizer'
import { MNIST_THRESHOLD, type DataSource } from '../shared/data-source'
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../shared/run-config'

/** What computed a run, as far as it is to be the same again. */
export interface ComputedBy {
  readonly engine: RunConfig['engine']
  /** The build of the cpu engine; null of another, or where it is not known. */
  readonly build: string | null
}

/**
 * The words of `made train` that do what a run was asked to do, by options alone; null where no options say it, and its settings
 * are needed as a file.
 */
export function trainOptions(config: RunConfig): string[] | null {
  const data = dataOption(config.data)
  const optimizer = optimizerOptions(config.optimizer)
  const { validationPairs, testPairs } = DEFAULT_RUN_CONFIG
  const isSaid = config.validationPairs === validationPairs && config.testPairs === testPairs
  if (data === null || optimizer === null || !isSaid) return null
  return [
    ...data,
    ...said('--hidden', config.hidden.join(','), DEFAULT_RUN_CONFIG.hidden.join(',')),
    ...said('--orderings', config.orderings, DEFAULT_RUN_CONFIG.orderings),
    ...said('--ordering', config.singleOrdering, DEFAULT_RUN_CONFIG.singleOrdering),
    ...said('--masks', config.masks, DEFAULT_RUN_CONFIG.masks),
    ...said('--activation', config.activation, DEFAULT_RUN_CONFIG.activation),
    ...(config.directConnections ? ['--direct'] : []),
    ...(config.conditioningWeights ? ['--conditioning'] : []),
    ...said('--initialisation', config.initialisation, DEFAULT_RUN_CONFIG.initialisation),
    ...said('--output-biases', config.outputBiases, DEFAULT_RUN_CONFIG.outputBiases),
    ...optimizer,
    ...said('--learning-rate-schedule', config.learningRateSchedule, DEFAULT_RUN_CONFIG.learningRateSchedule),
    ...said('--average-epochs', config.averagedEpochs, DEFAULT_RUN_CONFIG.averagedEpochs),
    ...said('--l2', config.l2, DEFAULT_RUN_CONFIG.l2),
    ...said('--batch', config.batchSize, DEFAULT_RUN_CONFIG.batchSize),
    ...said('--epochs', config.epochs, DEFAULT_RUN_CONFIG.epochs),
    ...said('--look-ahead', config.lookAhead, DEFAULT_RUN_CONFIG.lookAhead),
    ...said('--seed', config.seed, DEFAULT_RUN_CONFIG.seed),
  ]
}

/** What is typed to train a run anew. @param config where its settings are, for those that no options say */
export function trainCommand(config: RunConfig, { engine, build }: ComputedBy, settingsFile: string): string {
  const options = trainOptions(config) ?? ['--config', settingsFile]
  const by = engine === 'auto' ? [] : ['--engine', engine, ...(engine === 'cpu' && build ? ['--kernels', build] : [])]
  return ['made', 'train', ...options, ...by, '--out', 'again'].join(' ')
}

function said(option: string, value: string | number, usual: string | number): string[] {
  return value === usual ? [] : [option, String(value)]
}

function dataOption(data: DataSource): string[] | null {
  switch (data.kind) {
    case 'mnist': {
      const isUsual = JSON.stringify(data.binarization) === JSON.stringify(MNIST_THRESHOLD.binarization)
      return isUsual ? ['--data', 'mnist', ...(data.learnsLabel ? ['--learn-label'] : [])] : null
    }
    case 'synthetic': {
      const { kind, ...settings } = data.set
      const named = Object.entries({ ...settings, ...data.rows, seed: data.seed })
      return ['--data', [`synthetic:${kind}`, ...named.map(([name, value]) => `${name}=${value}`)].join(',')]
    }
    case 'file':
      // How its columns are prepared was decided when it was opened.
      return null
  }
}

function optimizerOptions(optimizer: Optimizer): string[] | null {
  const usual: Readonly<Record<string, unknown>> = { ...DEFAULT_OPTIMIZERS[optimizer.kind] }
  const options = optimizer.kind === DEFAULT_RUN_CONFIG.optimizer.kind ? [] : ['--optimizer', optimizer.kind]
  for (const [key, value] of Object.entries(optimizer)) {
    if (value === usual[key]) continue
    const option = Object.hasOwn(NUMBERS, key) ? NUMBERS[key] : undefined
    if (option === undefined) return null
    options.push(option, String(value))
  }
  return options
}

/** The numbers of optimizers that there are options for. */
const NUMBERS: Readonly<Record<string, string>> = { learningRate: '--learning-rate', epsilon: '--epsilon' }
