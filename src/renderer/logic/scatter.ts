import { largest, smallest } from '../../base/extremes'
import { comparedSettings } from './compared-settings'
import { formatSetting } from './format'
import { unlabelledTest } from './run-columns'
import type { RunSummary } from '../../shared/run'
import { t } from '../words'

/** What came of a run. */
export const RESULTS = ['validation', 'test', 'unlabelled'] as const
export type ResultKind = (typeof RESULTS)[number]

/** A setting that results are drawn over. */
export interface ScatterSetting {
  readonly label: string
  /** As it is in each run, in their order. */
  readonly values: readonly string[]
  /** The same as numbers; null where they are none: then each value has a place of its own. */
  readonly numbers: readonly number[] | null
  /** Whether the numbers span so much that ratios tell more than differences. */
  readonly isLogarithmic: boolean
}

/** Numbers that lie as far apart as this are drawn by their ratios. */
const DECADE = 10

/** The settings that differ between runs; all of them where none does. */
export function scatterSettings(runs: readonly RunSummary[]): ScatterSetting[] {
  const all = [stepSize(runs), ...comparedSettings(runs)].flatMap((setting) => setting ?? [])
  const differing = all.filter(({ values }) => values.some((value) => value !== values[0]))
  return (differing.length > 0 ? differing : all).map(({ label, values, numbers }) => ({
    label,
    values,
    numbers,
    isLogarithmic: numbers !== null && smallest(numbers) > 0 && largest(numbers) >= DECADE * smallest(numbers),
  }))
}

/** Which the optimizers have by names of their own; null where not all have one. */
function stepSize(runs: readonly RunSummary[]): Omit<ScatterSetting, 'isLogarithmic'> | null {
  const numbers = runs.flatMap(({ config: { optimizer } }) =>
    optimizer.kind === 'adadelta' ? [] : [optimizer.learningRate],
  )
  if (numbers.length < runs.length) return null
  return { label: t('field.learning-rate'), values: numbers.map(formatSetting), numbers }
}

/** A run among others. */
export interface ScatterPoint {
  /** The setting: a number, or the place of its word. */
  readonly x: number
  /** Mean NLL, nats. */
  readonly y: number
  readonly run: RunSummary
  /** The setting in words. */
  readonly value: string
}

/**
 * Runs over one of their settings, those left out whose result is not known.
 * @param words the values that have places of their own; null where the setting is one of numbers
 * @returns in the order of the setting, which charts take for granted
 */
export function scatterPoints(
  runs: readonly RunSummary[],
  { numbers, values }: ScatterSetting,
  words: readonly string[] | null,
  kind: ResultKind,
): ScatterPoint[] {
  const points = runs.flatMap((run, i) => {
    const y = resultOf(run, kind)
    const x = words === null ? numbers?.[i] : words.indexOf(values[i])
    return y === null || x === undefined ? [] : [{ x, y, run, value: values[i] }]
  })
  return points.sort((a, b) => a.x - b.x)
}

/** What came of a run, mean NLL in nats; null where that is not known or no number. */
export function resultOf(run: RunSummary, kind: ResultKind): number | null {
  const nats = natsOf(run, kind)
  return nats !== undefined && Number.isFinite(nats) ? nats : null
}

function natsOf(run: RunSummary, kind: ResultKind): number | undefined {
  switch (kind) {
    case 'validation':
      return run.best?.validNll
    case 'test':
      return run.test?.nll
    case 'unlabelled':
      return unlabelledTest(run)?.nll
  }
}
