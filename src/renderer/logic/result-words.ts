import { bitsUnit, formatBitsPerInput, formatNats } from './format'
import type { LossUnit } from '../../shared/loss-unit'
import { t } from '../words'
import { formatChance } from '../../shared/chance'
import { UNLIMITED } from '../../made/schedule'
import type { TestResult } from '../../shared/run'
import type { RunConfig } from '../../shared/run-config'
import type { Standing, Verdict } from '../../shared/verdict'
import type { MessageKey } from '../../words/say'

/** A second class of less chance is not spoken of. */
const WORTH_TELLING = 0.01

/** How a test loss is told, by how good it is. */
const RESULTS = {
  'worse-than-coins': 'train.result.worse-than-coins',
  'worse-than-independent': 'train.result.worse-than-independent',
  'better-than-independent': 'train.result.better-than-independent',
  'better-than-mixture': 'train.result.better-than-mixture',
  'near-best': 'train.result.near-best',
  best: 'train.result.best',
} as const satisfies Record<Standing, MessageKey>

/**
 * A test loss, and how good that is, where it is known.
 * @param isPicture whether an input is a pixel
 */
export function resultWords(
  test: Pick<TestResult, 'nll' | 'interval95' | 'label'>,
  verdict: Pick<Verdict, 'standing' | 'end'> | null,
  isPicture: boolean,
): string {
  const { nll, interval95 } = test.label ?? test
  const values = { loss: formatNats(nll), interval: formatNats(interval95) }
  if (!verdict) return t('train.result', values)
  const best = verdict.end ?? 'published'
  return t(RESULTS[verdict.standing], { ...values, input: isPicture ? 'pixel' : 'input', best })
}

/**
 * On what a test loss was measured, over what it is averaged, and what it is per input.
 */
export function testedWords(
  { nll, rows, connectivities }: TestResult,
  { orderings }: Pick<RunConfig, 'orderings'>,
  unit: LossUnit,
): string {
  const { input } = unit
  const values = { rows, bits: formatBitsPerInput(nll, unit), unit: bitsUnit(unit), input }
  if (connectivities <= 1) return t('train.result.tested', values)
  return orderings > 1 || orderings === UNLIMITED
    ? t('train.result.tested-orders', { ...values, orders: connectivities })
    : t('train.result.tested-masks', { ...values, masks: connectivities })
}

/**
 * That a sample is drawn whole, and how typical it is.
 * @param logLikelihood log p of the sample, nats
 * @param testNll mean NLL of the test rows by the same model, nats; null where it is not known
 */
export function allDrawnWords(logLikelihood: number, testNll: number | null): string {
  if (testNll === null) return t('samples.now.all')
  const mean = formatNats(-testNll)
  return t(logLikelihood > -testNll ? 'samples.now.more-typical' : 'samples.now.less-typical', { mean })
}

/** What a model takes a sample for. @param posterior p(y | x), `[classes]` @param words of the classes */
export function thoughtWords(posterior: ArrayLike<number>, words: readonly string[]): string {
  const [first, second] = words.map((word, y) => ({ word, chance: posterior[y] })).sort((a, b) => b.chance - a.chance)
  const likeliest = { word: first.word, chance: formatChance(first.chance) }
  if (second.chance < WORTH_TELLING) return t('label.thinks', likeliest)
  return t('label.thinks.second', {
    ...likeliest,
    second: second.word,
    secondChance: formatChance(second.chance),
  })
}
