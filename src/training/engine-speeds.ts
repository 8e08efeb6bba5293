import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { finiteJson } from '../base/json'
import { makeFolder, replaceFile } from '../files/durable-file'

const MOST_SPEEDS = 200
const fileSchema = z.object({ version: z.literal(1), speeds: z.array(z.tuple([z.string(), z.number().positive()])) })

/** Remembers how many updates per second an engine made of a kind of work, in memory and, if it is given one, in a file. */
export class EngineSpeeds {
  private speeds: Promise<Map<string, number>> | null = null

  constructor(private readonly path: string | null = null) {}

  async find(key: string): Promise<number | null> {
    return (await this.read()).get(key) ?? null
  }

  /** A file that cannot be written costs a measurement at the next start, and nothing else. */
  async keep(key: string, updatesPerSecond: number): Promise<void> {
    const speeds = await this.read()
    speeds.delete(key)
    speeds.set(key, updatesPerSecond)
    for (const oldest of [...speeds.keys()].slice(0, Math.max(0, speeds.size - MOST_SPEEDS))) speeds.delete(oldest)
    if (this.path === null) return
    const text = finiteJson({ version: 1, speeds: [...speeds] })
    try {
      await makeFolder(dirname(this.path))
      await replaceFile(this.path, [Buffer.from(text)])
    } catch {
      // It is measured again at the next start.
    }
  }

  /** A file that is damaged is written anew: all that is in it can be measured again. */
  private read(): Promise<Map<string, number>> {
    const { path } = this
    this.speeds ??= path === null ? Promise.resolve(new Map<string, number>()) : readSpeeds(path)
    return this.speeds
  }
}

/** None where there is no such file, or no sense in it. */
async function readSpeeds(path: string): Promise<Map<string, number>> {
  try {
    return new Map(fileSchema.parse(JSON.parse(await readFile(path, 'utf8'))).speeds)
  } catch {
    return new Map()
  }
}
