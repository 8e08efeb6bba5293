import { open, readFile, stat } from 'node:fs/promises'
import type { EpochRecord, RunHistory, TestResult } from '../shared/run'
import { appendFile, ifAbsent } from '../files/durable-file'

/**
 * metrics.jsonl: one JSON object a line, only ever appended to. After a crash a run goes on from a checkpoint that may
 * be older than the newest lines; a 'resumed' line says from which update, and readers drop what it made obsolete.
 */
export type MetricsLine =
  /** Mean NLL in nats of minibatches `update`, `update` + 1, … */
  | { readonly type: 'losses'; readonly update: number; readonly values: readonly number[] }
  | ({ readonly type: 'epoch' } & EpochRecord)
  | ({ readonly type: 'started' | 'resumed'; readonly update: number } & Stretch)
  | ({ readonly type: 'test' } & TestResult)

/** What a stretch of a run was computed by: those of two builds agree but for the last bits. */
export interface Stretch {
  readonly engine: string
  /** The first runs did not say it. */
  readonly device?: string
  /** Null where there is one only. */
  readonly build?: string | null
}

/** Appends lines. A last line that a crash cut short is closed first, so that the new ones stand alone. */
export async function appendMetrics(path: string, lines: readonly MetricsLine[]): Promise<void> {
  if (lines.length === 0) return
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  await appendFile(path, new TextEncoder().encode((await endsInsideLine(path)) ? `\n${text}` : text))
}

async function endsInsideLine(path: string): Promise<boolean> {
  const size = (await stat(path).catch(ifAbsent(path, null)))?.size ?? 0
  if (size === 0) return false
  const file = await open(path, 'r')
  try {
    const last = new Uint8Array(1)
    await file.read(last, 0, 1, size - 1)
    return last[0] !== 0x0a
  } finally {
    await file.close()
  }
}

/** The curves are drawn from at most so many points. */
const MOST_POINTS = 2000

/**
 * Reads the curves of a run; lines that cannot be read are passed over, obsolete ones dropped.
 * @param minibatchesPerEpoch for the scale of the curve.
 * @throws StudioError 'unreadable-file'
 */
export async function readHistory(
  path: string,
  minibatchesPerEpoch: number,
): Promise<Omit<RunHistory, 'sampleEpochs'>> {
  const text = await readFile(path, 'utf8').catch(ifAbsent(path, ''))
  const losses: number[] = []
  let epochs: EpochRecord[] = []
  for (const line of text.split('\n')) {
    const read = parseLine(line)
    switch (read?.type) {
      case 'losses':
        losses.length = Math.min(losses.length, read.update)
        while (losses.length < read.update) losses.push(NaN)
        losses.push(...read.values)
        break
      case 'epoch': {
        const { type: _, ...record } = read
        epochs.push(record)
        break
      }
      case 'resumed':
        losses.length = Math.min(losses.length, read.update)
        epochs = epochs.filter(
          (epoch) => epoch.update <= read.update && epoch.epoch <= closedEpochs(read.update, minibatchesPerEpoch),
        )
        break
      case 'started':
      case 'test':
      case undefined:
        break
    }
  }
  return { losses: thinned(losses), epochs: dedupe(epochs), minibatchesPerEpoch }
}

function closedEpochs(update: number, minibatchesPerEpoch: number): number {
  return Math.floor(update / minibatchesPerEpoch)
}

/** An epoch that was validated twice, since a crash came between its record and its checkpoint, counts once. */
function dedupe(epochs: readonly EpochRecord[]): EpochRecord[] {
  return [...new Map(epochs.map((epoch) => [epoch.epoch, epoch])).values()]
}

/** What a line says; nothing if a crash cut it short. */
function parseLine(line: string): MetricsLine | undefined {
  try {
    const value = JSON.parse(line) as MetricsLine
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** Means over stretches of equal length; missing values are left out. */
function thinned(losses: readonly number[]): { update: number; loss: number }[] {
  const stretch = Math.max(1, Math.ceil(losses.length / MOST_POINTS))
  const points: { update: number; loss: number }[] = []
  for (let start = 0; start < losses.length; start += stretch) {
    const known = losses.slice(start, start + stretch).filter(Number.isFinite)
    if (known.length > 0)
      points.push({
        update: Math.min(losses.length, start + stretch),
        loss: known.reduce((a, b) => a + b, 0) / known.length,
      })
  }
  return points
}
