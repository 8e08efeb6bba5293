import { dialog, type BrowserWindow } from 'electron'
import { killProcess } from './kill-process'
import { t } from './words'

/** A page that crashes or hangs leaves a window that is empty or dead: the person can have it shown again. */
export function offerToShowAgain(window: BrowserWindow): void {
  const { webContents } = window
  let question = new AbortController()
  let isToBeShown = false

  /** @returns null where the question is no longer one */
  async function ask(message: string, other: string): Promise<'show' | 'other' | null> {
    question.abort()
    const mine = new AbortController()
    question = mine
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message,
      detail: t('frame.dialog.lost.detail'),
      buttons: [t('frame.dialog.lost.show'), other],
      defaultId: 0,
      cancelId: 1,
      signal: mine.signal,
    })
    if (mine.signal.aborted) return null
    return response === 0 ? 'show' : 'other'
  }

  async function afterLoss(): Promise<void> {
    const answer = isToBeShown ? 'show' : await ask(t('frame.dialog.lost'), t('frame.dialog.lost.close'))
    isToBeShown = false
    if (answer === 'show') webContents.reload()
    else if (answer === 'other') window.close()
  }

  async function whileSilent(): Promise<void> {
    if ((await ask(t('frame.dialog.silent'), t('frame.dialog.silent.wait'))) !== 'show') return
    isToBeShown = true
    killProcess(webContents.getOSProcessId())
  }

  webContents.on('render-process-gone', (_event, { reason }) => {
    // Chromium is still at the end of the old page, and does not bear a new one before that is over.
    if (reason !== 'clean-exit') setImmediate(() => void afterLoss())
  })
  window.on('unresponsive', () => void whileSilent())
  window.on('responsive', () => question.abort())
}
