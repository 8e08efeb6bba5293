import type { MessagePortMain } from 'electron'
import { StudioError } from '../base/failure'
import { say, type Sentence } from '../words/say'
import type { EnginePage } from './engine-page'

/** A page that is lost so often within a minute is not made again. */
const MOST_LOSSES = 3
const LOSS_WINDOW_MS = 60_000
/** It loads within a second. */
export const MOST_LOADING_MS = 30_000

interface Opened {
  readonly page: EnginePage
  readonly loaded: Promise<void>
}

/**
 * The hidden window in which Chromium computes on the GPU for the compute process. It is made when it is first asked for,
 * and again after it was lost, be it that its process is gone, that it hangs or that it does not load. Calls go past main,
 * through ports that main only hands out; when the window is lost they close.
 */
export class EngineWindow {
  private opened: Opened | null = null
  private losses: number[] = []

  constructor(private readonly makePage: (gone: () => void) => EnginePage) {}

  /** A port on which the window serves its engine. @throws StudioError 'engine-unavailable' */
  async connect(): Promise<MessagePortMain> {
    try {
      this.opened ??= this.open()
      const { page, loaded } = this.opened
      await loaded
      return page.connect()
    } catch (cause) {
      if (cause instanceof StudioError) throw cause
      const why = cause instanceof Error ? cause.message : String(cause)
      throw notStarted(say('compute.gpu.no-start', { why }), { cause })
    }
  }

  close(): void {
    const { opened } = this
    this.opened = null
    opened?.page.end()
  }

  /** Ends a window that hangs, which counts as lost: the next port is of another. */
  endSilent(): void {
    if (this.opened) this.lose(this.opened)
  }

  private open(): Opened {
    const now = Date.now()
    this.losses = this.losses.filter((time) => now - time < LOSS_WINDOW_MS)
    if (this.losses.length >= MOST_LOSSES) throw notStarted(say('compute.gpu.no-start.often'))
    const page = this.makePage(() => this.lose(opened))
    const opened: Opened = { page, loaded: inTime(page.load()) }
    opened.loaded.catch(() => this.lose(opened))
    return opened
  }

  private lose(lost: Opened): void {
    if (this.opened !== lost) return
    this.losses.push(Date.now())
    this.close()
  }
}

function notStarted(message: Sentence, options?: ErrorOptions): StudioError {
  return new StudioError('engine-unavailable', message, say('compute.gpu.no-start.hint'), options)
}

/** @throws StudioError 'engine-unavailable' if it takes too long */
async function inTime(loading: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(notStarted(say('compute.gpu.no-start.late'))), MOST_LOADING_MS)
  })
  try {
    await Promise.race([loading, late])
  } finally {
    clearTimeout(timer)
  }
}
