import { Presets, SingleBar } from 'cli-progress'
import type { RunEvent, RunProgress, RunState } from '../shared/run'

/** Bars go to standard error, and only to a terminal. */
function newBar(format: string): SingleBar | null {
  if (!process.stderr.isTTY) return null
  return new SingleBar({ format, hideCursor: true, clearOnComplete: true, stream: process.stderr }, Presets.shades_grey)
}

/** A bar for one thing from 0 to 1. */
export class PhaseBar {
  private readonly bar: SingleBar | null

  constructor(what: string) {
    this.bar = newBar(`${what} {bar} {percentage}% | {eta_formatted} left`)
    this.bar?.start(1000, 0)
  }

  show(share: number): void {
    this.bar?.update(Math.round(1000 * share))
  }

  stop(): void {
    this.bar?.stop()
  }
}

/** The bar of a training run: one step per minibatch of all its epochs. */
export class TrainingBar {
  private bar: SingleBar | null = null
  private validNll: number | null = null

  hear(event: RunEvent): void {
    if (event.type === 'epoch') this.validNll = event.record.validNll
    if (event.type === 'state' && 'progress' in event.state) this.show(event.state)
    if (event.type === 'warning') console.error(`made: ${event.failure.message.english} ${event.failure.hint.english}`)
  }

  stop(): void {
    this.bar?.stop()
    this.bar = null
  }

  private show(state: Extract<RunState, { progress: RunProgress }>): void {
    const { progress } = state
    const total = progress.epochs * progress.minibatches
    if (!this.bar) {
      this.bar = newBar('{phase} {bar} epoch {epoch}/{epochs} | {rate} | {loss} | {left}')
      this.bar?.start(total, 0, words(progress, this.validNll))
    }
    const done = Math.min(total, (progress.epoch - 1) * progress.minibatches + progress.minibatch)
    this.bar?.update(done, words(progress, this.validNll))
  }
}

function words(progress: RunProgress, validNll: number | null): Record<string, string | number> {
  const { phase, phaseShare, epoch, epochs, examplesPerSecond, lastLoss, best, secondsLeft } = progress
  return {
    phase: phase === 'training' ? phase : `${phase} ${Math.round(100 * phaseShare)}%`,
    epoch,
    epochs,
    rate: examplesPerSecond === null ? '…' : `${Math.round(examplesPerSecond).toLocaleString('en')} examples/s`,
    loss: [
      lastLoss === null ? '' : `loss ${lastLoss.toFixed(2)}`,
      validNll === null ? '' : `valid ${validNll.toFixed(2)}`,
      best === null ? '' : `best ${best.validNll.toFixed(2)} (epoch ${best.epoch})`,
    ]
      .filter((part) => part !== '')
      .join(', '),
    left: secondsLeft === null ? '…' : `${durationOf(secondsLeft)} left`,
  }
}

/** Seconds in words: "40 s", "3 min", "2 h 5 min". */
export function durationOf(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
