import { givenUp, SerialQueue } from '../base/serial-queue'
import type { Engine, Session } from '../engine/contract'
import type { Model } from '../made/model-file'
import { TemperedSession } from './tempered-session'

/** A model ready to draw from. */
export interface OpenModel {
  readonly model: Model
  readonly session: Session
  /** Draws from it at other temperatures than its own. */
  readonly tempered: TemperedSession
}

interface Entry {
  readonly opened: Promise<OpenModel>
  /** Who is at work with it or waits for it; each may give up by a signal. */
  readonly users: Set<{ readonly signal: AbortSignal | undefined }>
}

/**
 * Owns the sessions that samples are drawn from. Each stays open as long as someone is at work with it; the one that was
 * asked for last stays open after that, because the next request is most likely for the same model.
 */
export class OpenModels {
  private readonly entries = new Map<string, Entry>()
  private newest: string | null = null
  /** Models are read one at a time, however fast a person goes from one to the next. */
  private readonly openings = new SerialQueue()

  /** @param findEngine what to open models on */
  constructor(private readonly findEngine: () => Promise<Engine>) {}

  /**
   * Works with a model, which is opened unless it is open.
   * @param key tells models apart: the same as long as the model is
   * @param read reads the model
   * @param signal gives the work up where it aborts before it begins
   * @throws StudioError 'cancelled' if it was given up, or what opening or the work throws
   */
  async use<T>(
    key: string,
    read: () => Promise<Model>,
    work: (opened: OpenModel) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    if (signal?.aborted) throw givenUp()
    const entry = this.entries.get(key) ?? this.open(key, read)
    const user = { signal }
    entry.users.add(user)
    this.newest = key
    this.closeUnused()
    try {
      const opened = await entry.opened
      if (signal?.aborted) throw givenUp()
      return await work(opened)
    } finally {
      entry.users.delete(user)
      this.closeUnused()
    }
  }

  private open(key: string, read: () => Promise<Model>): Entry {
    const users: Entry['users'] = new Set()
    const opened = this.openings.run(async () => {
      try {
        if ([...users].every(({ signal }) => signal?.aborted)) throw givenUp()
        const model = await read()
        const engine = await this.findEngine()
        return { model, session: await engine.open(model, null), tempered: new TemperedSession(engine, model) }
      } catch (error) {
        // Whoever asks next tries anew.
        this.entries.delete(key)
        throw error
      }
    })
    const entry: Entry = { opened, users }
    this.entries.set(key, entry)
    return entry
  }

  private closeUnused(): void {
    for (const [key, { opened, users }] of this.entries) {
      if (users.size > 0 || key === this.newest) continue
      this.entries.delete(key)
      // Nobody is left who would hear why it could not be opened or closed.
      opened.then(({ session, tempered }) => Promise.all([session.close(), tempered.close()])).catch(() => undefined)
    }
  }
}
