import { Presets, SingleBar } from 'cli-progress'
import { inTurn } from '../base/advice'
import type { EpochRecord, RunEvent, RunProgress, RunState } from '../shared/run'
import { remark } from './remark'
import { t } from './words'

/** Bars go to standard error, and only to a terminal. @param format with the placeholders of cli-progress */
function newBar(format: string): SingleBar | null {
  if (!process.stderr.isTTY) return null
  // How long is left is not a number at first.
  const formatTime = (seconds: number): string => (Number.isFinite(seconds) ? durationOf(seconds) : '…')
  return new SingleBar(
    { format, formatTime, hideCursor: true, clearOnComplete: true, stream: process.stderr },
    Presets.shades_grey,
  )
}

type Phase = 'cli.bar.reading' | 'cli.bar.scoring' | 'cli.bar.filling' | 'cli.bar.drawing' | 'cli.bar.verifying'

/** A bar for one thing from 0 to 1. */
export class PhaseBar {
  private readonly bar: SingleBar | null

  constructor(phase: Phase) {
    this.bar = newBar(
      t('cli.bar.phase', { phase: t(phase), bar: '{bar}', share: '{percentage}', left: '{eta_formatted}' }),
    )
    this.bar?.start(1000, 0)
  }

  show(share: number): void {
    this.bar?.update(Math.round(1000 * share))
  }

  stop(): void {
    this.bar?.stop()
  }
}

/** The placeholders of cli-progress in the format of a training run. */
const TRAINING_PLACES = {
  phase: '{phase}',
  bar: '{bar}',
  epoch: '{epoch}',
  epochs: '{epochs}',
  rate: '{rate}',
  loss: '{loss}',
  left: '{left}',
} as const

/** The bar of a training run: one step per minibatch of all its epochs. */
export class TrainingBar {
  private bar: SingleBar | null = null
  private validated: EpochRecord | null = null

  hear(event: RunEvent): void {
    if (event.type === 'epoch') this.validated = event.record
    if (event.type === 'state' && 'progress' in event.state) this.show(event.state)
    if (event.type === 'warning') remark([inTurn(event.failure.message, event.failure.hint)])
  }

  stop(): void {
    this.bar?.stop()
    this.bar = null
  }

  private show(state: Extract<RunState, { progress: RunProgress }>): void {
    const { progress } = state
    const total = progress.epochs * progress.minibatches
    if (!this.bar) {
      this.bar = newBar(t('cli.bar.training', TRAINING_PLACES))
      this.bar?.start(total, 0, words(progress, this.validated))
    }
    const done = Math.min(total, (progress.epoch - 1) * progress.minibatches + progress.minibatch)
    this.bar?.update(done, words(progress, this.validated))
  }
}

function words(
  progress: RunProgress,
  validated: EpochRecord | null,
): Record<Exclude<keyof typeof TRAINING_PLACES, 'bar'>, string | number> {
  const { epoch, epochs, examplesPerSecond, lastLoss, best, secondsLeft } = progress
  return {
    phase: phaseOf(progress),
    epoch,
    epochs,
    rate: examplesPerSecond === null ? '…' : t('cli.bar.rate', { examples: Math.round(examplesPerSecond) }),
    loss: [
      lastLoss === null ? '' : t('cli.bar.loss', { nats: lastLoss.toFixed(2) }),
      validated === null ? '' : t('cli.bar.valid', { nats: validated.validNll.toFixed(2) }),
      validated?.label ? t('cli.bar.errors', { share: validated.label.error }) : '',
      best === null ? '' : t('cli.bar.best', { nats: best.validNll.toFixed(2), epoch: best.epoch }),
    ]
      .filter((part) => part !== '')
      .join(', '),
    left: secondsLeft === null ? '…' : t('cli.bar.left', { duration: durationOf(secondsLeft) }),
  }
}

function phaseOf({ phase, phaseShare }: RunProgress): string {
  const share = Math.round(100 * phaseShare)
  switch (phase) {
    case 'training':
      return t('cli.bar.phase.training')
    case 'validating':
      return t('cli.bar.phase.validating', { share })
    case 'testing':
      return t('cli.bar.phase.testing', { share })
  }
}

/** Seconds in words: "40 s", "3 min", "2 h 5 min". */
export function durationOf(seconds: number): string {
  if (seconds < 90) return t('cli.duration.seconds', { seconds: Math.round(seconds) })
  const minutes = Math.round(seconds / 60)
  return minutes < 90
    ? t('cli.duration.minutes', { minutes })
    : t('cli.duration.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
}
