import { BrowserWindow, MessageChannelMain, type MessagePortMain } from 'electron'
import { ENGINE_PORT_CHANNEL } from '../shared/engine-port'
import { killProcess } from './kill-process'
import { enginePreloadFile } from './paths'
import { ENGINE_URL } from './security'

/** The hidden page, as `EngineWindow` supervises it. */
export interface EnginePage {
  /** @returns when it has loaded; rejected if it cannot, or was ended. To be called once. */
  load(): Promise<void>
  /** A port on which the page serves its engine. */
  connect(): MessagePortMain
  /** Ends it and its process, also if it hangs. */
  end(): void
}

/**
 * Makes a hidden, sandboxed window.
 * @param gone is called when its process is gone
 */
export function makeEnginePage(gone: () => void): EnginePage {
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
  window.webContents.on('render-process-gone', gone)
  return {
    load: () => window.loadURL(ENGINE_URL),
    connect: () => {
      const { port1, port2 } = new MessageChannelMain()
      window.webContents.postMessage(ENGINE_PORT_CHANNEL, null, [port2])
      return port1
    },
    end: () => {
      if (window.isDestroyed()) return
      killProcess(window.webContents.getOSProcessId())
      window.destroy()
    },
  }
}
