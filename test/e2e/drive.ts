import type { ElectronApplication, Page } from 'playwright-core'
import { computePids } from './application'

/** The share of dark pixels of the first canvas that has (or is inside what has) that test id. */
export function inkOfCanvas(page: Page, testId: string): Promise<number> {
  return page
    .getByTestId(testId)
    .first()
    .evaluate((element) => {
      const canvas = element instanceof HTMLCanvasElement ? element : element.querySelector('canvas')
      const context = canvas?.getContext('2d')
      if (!canvas || !context || canvas.width === 0 || canvas.height === 0) return 0
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      let dark = 0
      for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 128 && data[i] < 96) dark++
      return dark / (data.length / 4)
    })
}

/** Makes the next save dialogs answer with that path. */
export async function answerSaveDialog(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
}

/** Makes the next open dialogs answer with that path. */
export async function answerOpenDialog(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] })
  }, path)
}

/** Makes the next questions be answered with that button; tells whether one was asked. */
export async function answerQuestion(
  app: ElectronApplication,
  button: number,
): Promise<{ readonly asked: () => Promise<boolean> }> {
  await app.evaluate(({ dialog }, response) => {
    Object.assign(globalThis, { wasAsked: false })
    dialog.showMessageBox = () => {
      Object.assign(globalThis, { wasAsked: true })
      return Promise.resolve({ response, checkboxChecked: false })
    }
  }, button)
  return { asked: () => app.evaluate(() => Reflect.get(globalThis, 'wasAsked') === true) }
}

/** Drops a file or a folder on the middle of the window, as the system would: the page gets it with its path. */
export async function dropOn(
  { app, page }: { readonly app: ElectronApplication; readonly page: Page },
  path: string,
): Promise<void> {
  const { width, height } = await page.evaluate(() => ({ width: window.innerWidth, height: window.innerHeight }))
  await app.evaluate(
    async ({ BrowserWindow }, { x, y, path: dropped }) => {
      const contents = BrowserWindow.getAllWindows().find((window) => window.isVisible())?.webContents
      if (!contents) throw new Error('there is no window to drop on')
      const data = { items: [], files: [dropped], dragOperationsMask: 1 }
      contents.debugger.attach('1.3')
      try {
        for (const type of ['dragEnter', 'dragOver', 'drop'])
          await contents.debugger.sendCommand('Input.dispatchDragEvent', { type, x, y, data })
      } finally {
        contents.debugger.detach()
      }
    },
    { x: Math.round(width / 2), y: Math.round(height / 2), path },
  )
}

/** Holds the process that reads, trains and fills in where it is, so that it cannot be done before the window has asked for something. */
export async function holdCompute(app: ElectronApplication): Promise<{ release(): void }> {
  const [pid] = await computePids(app)
  process.kill(pid, 'SIGSTOP')
  return { release: () => process.kill(pid, 'SIGCONT') }
}

/** Closes the window as its cross does, and waits until the application has ended. */
export async function closeWindow(app: ElectronApplication): Promise<void> {
  const exited = new Promise((resolve) => app.process().once('exit', resolve))
  // Where the application ends at once, nothing is left to answer.
  await app
    .evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.isVisible())
        ?.close(),
    )
    .catch(() => undefined)
  await exited
}
