import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { finiteJson } from '../base/json'
import { isFields, migrated, type Migration } from '../base/migration'
import { ifAbsent, makeFolder, replaceFile } from '../files/durable-file'
import { longerSchema, type Longer } from '../shared/run-config'
import { runIdSchema } from '../shared/run-id'
import { say } from '../words/say'

const VERSION = 2
/** At first there were runs only. */
const STEPS: readonly Migration[] = [
  ({ runs, ...rest }) => ({
    ...rest,
    runs: Array.isArray(runs) ? runs.map((run: unknown) => (isFields(run) ? { kind: 'run', ...run } : run)) : runs,
  }),
]

const queueSchema = z.object({
  version: z.literal(VERSION),
  isPaused: z.boolean(),
  /** In their order, each with the folder of runs that it was put into. */
  runs: z
    .array(
      z.object({
        kind: z.enum(['run', 'group']),
        id: runIdSchema,
        folder: z.string(),
        longer: longerSchema.exactOptional(),
      }),
    )
    .readonly(),
})

/** A run in the queue, or a group of runs. */
export interface Queued {
  readonly kind: 'run' | 'group'
  readonly id: string
  /** The folder of runs that it is in. */
  readonly folder: string
  /** With what a run goes on when its turn comes, though it is over. */
  readonly longer?: Longer
}

/** What the file says. */
export interface Queue {
  readonly isPaused: boolean
  readonly runs: readonly Queued[]
}

const EMPTY: Queue = { isPaused: false, runs: [] }

/**
 * The file that says which runs, and which groups of runs, are to be trained, in what order, and whether they wait for a person (docs/formats.md). A run is
 * in it from when it is asked for until it is over, also while it trains: so whatever ends the program at whatever moment, the
 * file says what is left to do, and each change of it is one replacement of the whole.
 */
export class QueueFile {
  private known: Promise<Queue> | null = null

  constructor(private readonly path: string) {}

  /** @throws StudioError 'newer-version' if a later MADE Studio wrote it, 'unreadable-file' */
  read(): Promise<Queue> {
    this.known ??= this.readNow()
    const { known } = this
    // What could not be read is tried again by whoever asks next.
    known.catch(() => {
      if (this.known === known) this.known = null
    })
    return known
  }

  /**
   * Writes it anew; a change that changes nothing writes nothing. Callers take turns.
   * @throws as `read`, 'disk-full' or 'not-writable': it then stays as it was
   */
  async write(change: (queue: Queue) => Queue): Promise<Queue> {
    const before = await this.read()
    const wanted = change(before)
    // An empty one waits for nobody.
    const after = wanted.runs.length === 0 ? EMPTY : wanted
    if (JSON.stringify(after) === JSON.stringify(before)) return before
    await makeFolder(dirname(this.path))
    await replaceFile(this.path, [new TextEncoder().encode(finiteJson({ version: VERSION, ...after }, 2))])
    this.known = Promise.resolve(after)
    return after
  }

  private async readNow(): Promise<Queue> {
    const text = await readFile(this.path, 'utf8').catch(ifAbsent(this.path, ''))
    const read = queueSchema.safeParse(migrated(jsonIn(text), STEPS, say('compute.queue.named')))
    // One that makes no sense was not written by this program: what waited is listed in Runs all the same.
    return read.success ? { isPaused: read.data.isPaused, runs: read.data.runs } : EMPTY
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
