import { labelAsColumn, unlabelledBits, writtenValue, type RowCoding } from '../data/preparation/coding'
import { columnsWithPlaces } from '../data/preparation/drawn-values'
import { summaryOf } from '../training/evaluation'
import type { LabelPlace } from '../made/variables'
import type { RowScores } from '../training/row-scores'
import { t } from './words'

/** A mean loss in nats a row, and half the width of its 95% confidence interval. */
interface Loss {
  readonly nll: number
  readonly interval95: number
}

interface LossOfRows extends Loss {
  /** The mean of −log density: probabilities divided by the widths of bins. Absent where no column is cut into bins. */
  readonly density?: Loss
}

/** What `made evaluate` tells of rows, as it stands in its JSON. */
export interface EvaluationFacts extends LossOfRows {
  /** The loss of the rows without the label that the model learnt, −log p(x); of rows that lack it the loss itself. */
  readonly withoutLabel?: LossOfRows
  /** How well the label is told from the rest of a row. */
  readonly classification?: {
    readonly label: string
    readonly classes: readonly string[]
    readonly error: number
    readonly calibrationError: number
    /** How many rows of each class (list) were taken for each class. */
    readonly confusion: readonly (readonly number[])[]
  }
}

/** A label that a model learnt. */
export interface LearntLabel {
  readonly name: string
  readonly classes: readonly string[]
}

/** What a label is called, and its classes; numbers from 0 where the model does not say it. */
export function learntLabel({ first, end }: LabelPlace, coding: RowCoding | null): LearntLabel {
  const column =
    coding?.label && unlabelledBits(coding) === first
      ? labelAsColumn(coding.label)
      : coding && coding.kind !== 'grey'
        ? columnsWithPlaces(coding).find((one) => one.first === first)?.column
        : undefined
  return {
    name: column?.name ?? 'label',
    classes: Array.from({ length: end - first }, (_, y) => {
      const value = column?.kind === 'categories' ? column.values[y] : undefined
      return column && value !== undefined ? String(writtenValue(column, value)) : String(y)
    }),
  }
}

/** @param widths the logarithms of the widths of the bins of each row; null where no column is cut into bins */
export function evaluationFacts(
  { logs, label: scores }: RowScores,
  widths: Float64Array | null,
  label: LearntLabel | null,
): EvaluationFacts {
  const classification = scores?.classification
  return {
    ...lossOf(logs, widths),
    ...(scores ? { withoutLabel: lossOf(scores.logEvidence, widths) } : {}),
    ...(classification && label
      ? {
          classification: {
            label: label.name,
            classes: label.classes,
            error: classification.error,
            calibrationError: classification.calibrationError,
            confusion: label.classes.map((_, y) => [
              ...classification.confusion.subarray(y * label.classes.length, (y + 1) * label.classes.length),
            ]),
          },
        }
      : {}),
  }
}

function lossOf(logs: Float64Array, widths: Float64Array | null): LossOfRows {
  const loss = meanLoss(logs)
  return widths ? { ...loss, density: meanLoss(logs.map((log, row) => log - widths[row])) } : loss
}

function meanLoss(logs: Float64Array): Loss {
  const { nll, interval95 } = summaryOf(logs, 1)
  return { nll, interval95 }
}

/** What was scored, and by what. */
export interface Scored {
  readonly rows: number
  readonly part: 'train' | 'valid' | 'test' | 'all'
  readonly connectivities: number
  readonly engine: string
}

/** A line for each thing that is told. */
export function evaluationInWords(facts: EvaluationFacts, label: LearntLabel | null, scored: Scored): string {
  const { withoutLabel, classification } = facts
  const lacksLabel = withoutLabel !== undefined && classification === undefined
  const key = lacksLabel ? 'cli.evaluate.result.unlabelled' : 'cli.evaluate.result'
  const lines = [t(key, { ...inDigits(facts), ...scored })]
  if (facts.density) lines.push(t('cli.evaluate.density', inDigits(facts.density)))
  if (withoutLabel && label && !lacksLabel) {
    const { name, classes } = label
    lines.push(t('cli.evaluate.without-label', { ...inDigits(withoutLabel), label: name, classes: classes.length }))
    if (withoutLabel.density) lines.push(t('cli.evaluate.density', inDigits(withoutLabel.density)))
  }
  if (classification) {
    const { error, calibrationError } = classification
    lines.push(
      t('cli.evaluate.classification', {
        label: classification.label,
        error: (100 * error).toFixed(2),
        calibration: (100 * calibrationError).toFixed(2),
      }),
    )
  }
  return lines.join('\n')
}

function inDigits({ nll, interval95 }: Loss): { readonly nll: string; readonly interval: string } {
  return { nll: nll.toFixed(4), interval: interval95.toFixed(4) }
}
