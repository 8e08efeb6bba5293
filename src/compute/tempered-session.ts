import { SerialQueue } from '../base/serial-queue'
import type { Engine, Session } from '../engine/contract'
import type { Model } from '../made/model-file'
import { tempered } from '../made/temperature'

/** A session that draws from a model at the temperature that was asked for last, beside the session of the model itself. */
export class TemperedSession {
  private readonly queue = new SerialQueue()
  private opened: { readonly temperature: number; readonly session: Session } | null = null

  constructor(
    private readonly engine: Engine,
    private readonly model: Model,
  ) {}

  /**
   * Works with the model at a temperature, when those who asked before are done.
   * @param signal gives the work up where it aborts before its turn
   * @throws StudioError 'cancelled' if it was given up, or what opening or the work throws
   */
  use<T>(temperature: number, work: (session: Session) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.queue.run(async () => work(await this.at(temperature)), signal)
  }

  /** Gives back memory when those who asked before are done. */
  close(): Promise<void> {
    return this.queue.run(() => this.closeOpened())
  }

  private async at(temperature: number): Promise<Session> {
    if (this.opened?.temperature === temperature) return this.opened.session
    await this.closeOpened()
    const session = await this.engine.open(tempered(this.model, temperature), null)
    this.opened = { temperature, session }
    return session
  }

  private async closeOpened(): Promise<void> {
    const { opened } = this
    this.opened = null
    await opened?.session.close()
  }
}
