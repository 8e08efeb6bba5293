import { app, dialog, powerMonitor, type BrowserWindow, type Event } from 'electron'
import type { RunState } from '../shared/run'
import { Closing } from './closing'
import type { ComputeProcess } from './compute-process'

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
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: `“${nameOf(run)}” is still training.`,
    detail: 'It can be saved where it is now and go on the next time you start MADE Studio.',
    buttons: ['Save and close', 'Keep training'],
    defaultId: 0,
    cancelId: 1,
    signal,
  })
  return response === 0
}

async function askToGiveUp(window: BrowserWindow, run: RunState, signal: AbortSignal): Promise<boolean> {
  const reason = run.kind === 'paused' ? run.reason : null
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: `“${nameOf(run)}” is still being saved.`,
    detail: `${reason ? `${reason.message.english} ${reason.hint.english}` : 'A large model or a busy disk takes a while.'} Without it the run goes on from its last checkpoint.`,
    buttons: ['Close without saving', 'Keep waiting'],
    defaultId: 1,
    cancelId: 1,
    signal,
  })
  return response === 0
}

function nameOf(run: RunState): string {
  return 'name' in run ? run.name : 'The run'
}
