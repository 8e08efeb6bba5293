import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { finiteJson } from '../base/json'
import { installedVersions } from '../engine/installed-versions'
import { makeFolder, replaceFile } from '../files/durable-file'

/** So many measurements decide: with fewer a moment in which the computer was busy would. */
const ENOUGH = 3
/** A measurement counts for a week. */
const MOST_AGE_MS = 7 * 24 * 3600 * 1000
/** Kinds of work that are remembered. */
const MOST_KINDS = 200

const measurementSchema = z.object({
  /** Milliseconds since 1970. */
  at: z.number(),
  updatesPerSecond: z.number().positive(),
})
type Measurement = z.infer<typeof measurementSchema>

const fileSchema = z.object({
  version: z.literal(2),
  /** What was installed when these were measured. */
  installed: z.string(),
  /** By engine and kind of work, those measured last at the end. */
  speeds: z.array(z.tuple([z.string(), z.array(measurementSchema)])),
})

/**
 * Remembers how many updates per second an engine made of a kind of work, in memory and, if it is given one, in a file. The
 * median of several measurements counts. What is older than a week, or from before something was installed that may
 * have changed it, is measured anew.
 */
export class EngineSpeeds {
  private speeds: Promise<Map<string, readonly Measurement[]>> | null = null
  private versions: Promise<string> | null = null

  /**
   * @param installed tells the versions of what computes
   * @param now milliseconds since 1970
   */
  constructor(
    private readonly path: string | null = null,
    private readonly installed: () => Promise<string> = installedVersions,
    private readonly now: () => number = Date.now,
  ) {}

  /** Updates per second of that kind of work; null as long as it should be measured, be it for the first time or again. */
  async find(key: string): Promise<number | null> {
    const measured = this.valid((await this.read()).get(key))
    return measured.length < ENOUGH ? null : medianOf(measured)
  }

  /**
   * Adds a measurement. A file that cannot be written costs measurements after the next start, and nothing else.
   * @returns updates per second by all measurements so far
   */
  async keep(key: string, updatesPerSecond: number): Promise<number> {
    const speeds = await this.read()
    const measured = [...this.valid(speeds.get(key)), { at: this.now(), updatesPerSecond }].slice(-ENOUGH)
    // The kind that was measured last comes last; the first ones go.
    speeds.delete(key)
    speeds.set(key, measured)
    for (const oldest of [...speeds.keys()].slice(0, Math.max(0, speeds.size - MOST_KINDS))) speeds.delete(oldest)
    await this.write(speeds)
    return medianOf(measured)
  }

  /** What is from the future was measured before the clock was set back, nobody knows when. */
  private valid(measured: readonly Measurement[] = []): readonly Measurement[] {
    const now = this.now()
    return measured.filter(({ at }) => at <= now && now - at < MOST_AGE_MS)
  }

  private read(): Promise<Map<string, readonly Measurement[]>> {
    this.speeds ??= this.readFile()
    return this.speeds
  }

  /** A file that is damaged, of an earlier form or of other versions is written anew: all that is in it can be measured again. */
  private async readFile(): Promise<Map<string, readonly Measurement[]>> {
    if (this.path === null) return new Map()
    try {
      const { installed, speeds } = fileSchema.parse(JSON.parse(await readFile(this.path, 'utf8')))
      return installed === (await this.installedAtStart()) ? new Map(speeds) : new Map()
    } catch {
      return new Map()
    }
  }

  /** What is installed meanwhile is in use after the next start. */
  private installedAtStart(): Promise<string> {
    this.versions ??= this.installed()
    return this.versions
  }

  private async write(speeds: ReadonlyMap<string, readonly Measurement[]>): Promise<void> {
    if (this.path === null) return
    const content: z.infer<typeof fileSchema> = {
      version: 2,
      installed: await this.installedAtStart(),
      speeds: [...speeds].map(([key, measured]) => [key, [...measured]]),
    }
    try {
      await makeFolder(dirname(this.path))
      await replaceFile(this.path, [Buffer.from(finiteJson(content))])
    } catch {
      // It is measured again after the next start.
    }
  }
}

/** Of an even number, the mean of the middle two. */
function medianOf(measured: readonly Measurement[]): number {
  const sorted = measured.map(({ updatesPerSecond }) => updatesPerSecond).sort((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return (low + high) / 2
}
