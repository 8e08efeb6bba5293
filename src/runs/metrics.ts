import { open, stat } from 'node:fs/promises'
import { z } from 'zod'
import { finiteJson } from '../base/json'
import type { EpochRecord, RunHistory, TestResult } from '../shared/run'
import { appendFile, ifAbsent } from '../files/durable-file'

/**
 * metrics.jsonl: one JSON object a line, only ever appended to. After a crash a run goes on from a checkpoint that may
 * be older than the newest lines; a 'resumed' line says from which update, and readers drop what it made obsolete. Each
 * line ends with the number of the lock under which it was written: a process that had lost the run to another, and wrote
 * what it was about to write when it woke up, is not heard.
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

/**
 * Appends lines. A last line that a crash cut short is closed first, so that the new ones stand alone.
 * @param lock the number of the lock of the run (run-lock.ts), or null where nobody holds it
 */
export async function appendMetrics(path: string, lines: readonly MetricsLine[], lock: number | null): Promise<void> {
  if (lines.length === 0) return
  const text = lines.map((line) => `${finiteJson(lock === null ? line : { ...line, lock })}\n`).join('')
  await appendFile(path, standingAlone(path, text))
}

async function* standingAlone(path: string, text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode((await endsInsideLine(path)) ? `\n${text}` : text)
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
/** So many bytes are read at a time. */
const PART_BYTES = 2 ** 20

const count = z.number().int().min(0)
const written = { lock: count.optional() }

/** The lines that make the curves. What is in `values` is looked at when it is used: there may be many of them. */
const curveLineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('losses'),
    update: count,
    values: z.custom<readonly unknown[]>(Array.isArray),
    ...written,
  }),
  z.object({
    type: z.literal('epoch'),
    epoch: count,
    update: count,
    trainNll: z.number(),
    validNll: z.number(),
    isBest: z.boolean(),
    seconds: z.number(),
    label: z.object({ error: z.number(), rows: count }).exactOptional(),
    ...written,
  }),
  z.object({ type: z.literal('resumed'), update: count, ...written }),
])

/**
 * Reads the curves of a run; lines that cannot be read are passed over, obsolete ones dropped.
 * @param minibatchesPerEpoch for the scale of the curve.
 * @throws StudioError 'unreadable-file'
 */
export async function readHistory(
  path: string,
  minibatchesPerEpoch: number,
): Promise<Omit<RunHistory, 'sampleEpochs'>> {
  const losses: number[] = []
  let epochs: EpochRecord[] = []
  let mostLosses = 0
  let lock = 0
  for await (const line of linesOf(path)) {
    const read = parseLine(line)
    if (read?.lock !== undefined && read.lock < lock) continue
    lock = read?.lock ?? lock
    // A line holds fewer losses than letters, so one that says it comes after more than could have been lost is damaged.
    mostLosses += line.length
    switch (read?.type) {
      case 'losses':
        if (read.update > mostLosses) break
        losses.length = Math.min(losses.length, read.update)
        while (losses.length < read.update) losses.push(NaN)
        for (const loss of read.values) losses.push(typeof loss === 'number' ? loss : NaN)
        break
      case 'epoch': {
        const { type: _type, lock: _lock, ...record } = read
        epochs.push(record)
        break
      }
      case 'resumed':
        losses.length = Math.min(losses.length, read.update)
        epochs = epochs.filter(
          (epoch) => epoch.update <= read.update && epoch.epoch <= closedEpochs(read.update, minibatchesPerEpoch),
        )
        break
      case undefined:
        break
    }
  }
  return { losses: thinned(losses), epochs: dedupe(epochs), minibatchesPerEpoch }
}

const stretchLineSchema = z.object({
  type: z.enum(['started', 'resumed']),
  update: count,
  engine: z.string(),
  device: z.string().exactOptional(),
  build: z.string().nullable().exactOptional(),
  ...written,
})

/** What computed a run from an update on. */
export interface ComputedFrom extends Stretch {
  readonly update: number
}

/** What computed a run, stretch by stretch; those that a crash made obsolete are left out. @throws StudioError 'unreadable-file' */
export async function readStretches(path: string): Promise<ComputedFrom[]> {
  let stretches: ComputedFrom[] = []
  let lock = 0
  for await (const line of linesOf(path)) {
    const read = stretchLineSchema.safeParse(jsonOf(line)).data
    if (read === undefined || (read.lock !== undefined && read.lock < lock)) continue
    lock = read.lock ?? lock
    const { type: _type, lock: _lock, ...stretch } = read
    stretches = [...stretches.filter(({ update }) => update < stretch.update), stretch]
  }
  return stretches
}

/** The highest number of a lock that lines were written under; 0 where there is none. @throws StudioError 'unreadable-file' */
export async function newestLockIn(path: string): Promise<number> {
  let newest = 0
  for await (const line of linesOf(path)) newest = Math.max(newest, parseLine(line)?.lock ?? 0)
  return newest
}

/** The lines of a text file, of which no more than a part is held at a time; none where there is no file. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const file = await open(path, 'r').catch(ifAbsent(path, null))
  if (!file) return
  try {
    const decoder = new TextDecoder()
    const part = new Uint8Array(PART_BYTES)
    let rest = ''
    for (;;) {
      const { bytesRead } = await file.read(part, 0, part.length, null).catch(ifAbsent(path, { bytesRead: 0 }))
      if (bytesRead === 0) break
      const lines = (rest + decoder.decode(part.subarray(0, bytesRead), { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
    yield rest
  } finally {
    await file.close()
  }
}

function closedEpochs(update: number, minibatchesPerEpoch: number): number {
  return Math.floor(update / minibatchesPerEpoch)
}

/** An epoch that was validated twice, since a crash came between its record and its checkpoint, counts once. */
function dedupe(epochs: readonly EpochRecord[]): EpochRecord[] {
  return [...new Map(epochs.map((epoch) => [epoch.epoch, epoch])).values()].sort((a, b) => a.epoch - b.epoch)
}

/** What a line says of the curves; nothing if it says something else, or a crash cut it short. */
function parseLine(line: string): z.infer<typeof curveLineSchema> | undefined {
  return curveLineSchema.safeParse(jsonOf(line)).data
}

/** Undefined, which no schema accepts, where the line is not JSON. */
function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** Means over stretches of equal length; missing values, and means too large to be a number, are left out. */
function thinned(losses: readonly number[]): { update: number; loss: number }[] {
  const stretch = Math.max(1, Math.ceil(losses.length / MOST_POINTS))
  const points: { update: number; loss: number }[] = []
  for (let start = 0; start < losses.length; start += stretch) {
    const known = losses.slice(start, start + stretch).filter(Number.isFinite)
    const loss = known.reduce((a, b) => a + b, 0) / known.length
    if (Number.isFinite(loss)) points.push({ update: Math.min(losses.length, start + stretch), loss })
  }
  return points
}
