import { app, dialog, type BrowserWindow } from 'electron'
import { isUnderWay } from '../shared/run'
import type { ComputeProcess } from './compute-process'

/**
 * Closing during training asks first, then saves the run so that it can go on at the next start. The application ends
 * when its window is closed and the compute process has let go of the run.
 */
export function guardClosing(window: BrowserWindow, compute: ComputeProcess): void {
  let closing: 'no' | 'asking' | 'saving' | 'saved' = 'no'
  window.on('close', (event) => {
    if (closing === 'saved') return
    event.preventDefault()
    if (closing !== 'no') return
    closing = 'asking'
    void mayClose(window, compute).then(async (agreed) => {
      if (!agreed) {
        closing = 'no'
        return
      }
      closing = 'saving'
      await compute.end()
      closing = 'saved'
      window.close()
    })
  })
  // Quitting closes windows in any order; the hidden one is to go last.
  app.on('before-quit', (event) => {
    if (closing === 'saved' || window.isDestroyed()) return
    event.preventDefault()
    window.close()
  })
  app.on('window-all-closed', () => app.quit())
}

async function mayClose(window: BrowserWindow, compute: ComputeProcess): Promise<boolean> {
  const { run } = compute
  if (!isUnderWay(run)) return true
  const name = 'name' in run ? run.name : ''
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: `“${name}” is still training.`,
    detail: 'It can be saved where it is now and go on the next time you start MADE Studio.',
    buttons: ['Save and close', 'Keep training'],
    defaultId: 0,
    cancelId: 1,
  })
  return response === 0
}
