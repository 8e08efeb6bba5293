import { app, dialog, powerMonitor, type BrowserWindow, type Event } from 'electron'
import { inTurn } from '../base/advice'
import type { RunState } from '../shared/run'
import { say } from '../words/say'
import { Closing } from './closing'
import type { ComputeProcess } from './compute-process'
import { t, tell } from './words'

/** Ways in which a system tells a process to end. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** The application ends when its window is closed and the compute process has let go of the run. */
export function guardClosing(window: BrowserWindow, compute: ComputeProcess): void {
  const closing = new Closing({
    run: () => compute.run,
    askToClose: (run, signal) => askToClose(window, run, signal),
    askToGiveUp: (run, signal) => askToGiveUp(window, run, signal),
    end: (giveUp) => compute.end(giveUp),
    // A page that hangs is not asked whether it wants to close.
    close: () => window.destroy(),
  })
  window.on('close', (event) => {
    if (closing.isClosed) return
    event.preventDefault()
    closing.wanted()
  })
  // Quitting closes windows in any order; the hidden one is to go last.
  app.on('before-quit', (event) => {
    if (closing.isClosed || window.isDestroyed()) return
    event.preventDefault()
    closing.wanted()
  })
  app.on('window-all-closed', () => app.quit())

  const onShutdown = (event: Event): void => {
    // The system waits until the application has ended by itself.
    event.preventDefault()
    closing.sessionEnds()
  }
  // Electron's types leave the event out.
  powerMonitor.on('shutdown', onShutdown as () => void)
  // On Windows; the first of them leaves more time.
  window.on('query-session-end', () => closing.sessionEnds())
  window.on('session-end', () => closing.sessionEnds())
  for (const signal of SIGNALS) {
    // Where a package has listened since before the application was ready, Electron answers the signal, which asks the person;
    // whoever listens anew has it.
    process.removeAllListeners(signal)
    process.on(signal, () => closing.sessionEnds())
  }
}

async function askToClose(window: BrowserWindow, run: RunState, signal: AbortSignal): Promise<boolean> {
  const name = nameOf(run)
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: name === null ? t('frame.dialog.close.nameless') : t('frame.dialog.close', { name }),
    detail: t('frame.dialog.close.detail'),
    buttons: [t('frame.dialog.close.save'), t('frame.dialog.close.keep')],
    defaultId: 0,
    cancelId: 1,
    signal,
  })
  return response === 0
}

async function askToGiveUp(window: BrowserWindow, run: RunState, signal: AbortSignal): Promise<boolean> {
  const name = nameOf(run)
  const reason = run.kind === 'paused' ? run.reason : null
  const why = reason ? inTurn(reason.message, reason.hint) : say('frame.dialog.saving.slow')
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: name === null ? t('frame.dialog.saving.nameless') : t('frame.dialog.saving', { name }),
    detail: tell(inTurn(why, say('frame.dialog.saving.without'))),
    buttons: [t('frame.dialog.saving.close'), t('frame.dialog.saving.wait')],
    defaultId: 1,
    cancelId: 1,
    signal,
  })
  return response === 0
}

function nameOf(run: RunState): string | null {
  return 'name' in run ? run.name : null
}
