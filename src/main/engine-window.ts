import { BrowserWindow, MessageChannelMain, type MessagePortMain } from 'electron'
import { StudioError } from '../made/failure'
import { ENGINE_PORT_CHANNEL } from '../shared/engine-port'
import { enginePreloadFile } from './paths'
import { ENGINE_URL } from './security'

/** A window that is lost so often within a minute is not made again. */
const MOST_LOSSES = 3
const LOSS_WINDOW_MS = 60_000

/**
 * The hidden, sandboxed window in which Chromium computes on the GPU for the compute process. It is made when it is
 * first asked for, and again after it was lost. Calls go past main, through ports that main only hands out; when the
 * window is lost they close.
 */
export class EngineWindow {
  private window: Promise<BrowserWindow> | null = null
  /** The same, from its very beginning. */
  private current: BrowserWindow | null = null
  private losses: number[] = []

  /** A port on which the window serves its engine. @throws StudioError 'engine-unavailable' */
  async connect(): Promise<MessagePortMain> {
    this.window ??= this.open()
    const window = await this.window
    const { port1, port2 } = new MessageChannelMain()
    window.webContents.postMessage(ENGINE_PORT_CHANNEL, null, [port2])
    return port1
  }

  close(): void {
    const { window } = this
    this.forget()
    void window?.then(destroy, () => undefined)
  }

  /** Ends a window that hangs, which counts as lost: the next port is of another. */
  endSilent(): void {
    const { current } = this
    this.forget()
    const pid = current && !current.isDestroyed() ? current.webContents.getOSProcessId() : 0
    // 0 is the group of this process.
    if (pid > 0) process.kill(pid, 'SIGKILL')
  }

  private forget(): void {
    this.window = null
    this.current = null
  }

  private async open(): Promise<BrowserWindow> {
    const now = Date.now()
    this.losses = this.losses.filter((time) => now - time < LOSS_WINDOW_MS)
    try {
      if (this.losses.length >= MOST_LOSSES) throw new Error('it stopped several times within a minute')
      return await this.load()
    } catch (cause) {
      this.window = null
      throw new StudioError(
        'engine-unavailable',
        `The part of MADE Studio that computes on the GPU could not be started: ${cause instanceof Error ? cause.message : String(cause)}.`,
        'Use the cpu engine, or try again after a minute.',
        { cause },
      )
    }
  }

  private async load(): Promise<BrowserWindow> {
    const window = new BrowserWindow({
      show: false,
      title: 'MADE Studio engine',
      skipTaskbar: true,
      webPreferences: {
        preload: enginePreloadFile,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
        // Chromium slows down what is not seen.
        backgroundThrottling: false,
      },
    })
    this.current = window
    window.webContents.on('render-process-gone', () => {
      this.losses.push(Date.now())
      if (this.current === window) this.forget()
      destroy(window)
    })
    await window.loadURL(ENGINE_URL)
    return window
  }
}

function destroy(window: BrowserWindow): void {
  if (!window.isDestroyed()) window.destroy()
}
