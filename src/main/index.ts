import { app, dialog, Menu, nativeTheme, type BrowserWindow } from 'electron'
import { failureOf } from '../base/failure'
import { EVENT_CHANNEL } from '../shared/channel-names'
import type { StudioEvent } from '../shared/contract'
import { MNIST_THRESHOLD } from '../shared/data-source'
import { ComputeProcess } from './compute-process'
import { prepareGpu } from './gpu-switches'
import { guardClosing } from './guard-closing'
import { buildMenu } from './menu'
import { OpenedPaths, pathsIn } from './opened-paths'
import { mnistFolder, speedsFile, useHome } from './paths'
import { serveRequests } from './requests'
import { enforceSecurity, prepareSecurity } from './security'
import { SettingsFile } from './settings'
import { openWindow } from './window'
import { offerToShowAgain } from './window-recovery'

app.setName('MADE Studio')
useHome()
prepareSecurity()
prepareGpu()
const opened = new OpenedPaths()
// On macOS the system tells of a file that was double-clicked before the application is ready.
app.on('open-file', (event, path) => {
  event.preventDefault()
  opened.open(path)
})
if (app.requestSingleInstanceLock()) {
  for (const path of pathsIn(process.argv, process.cwd(), app.isPackaged)) opened.open(path)
  app.whenReady().then(start, reportFailedStart)
} else app.quit()

function start(): void {
  enforceSecurity()
  const settings = new SettingsFile()
  const { theme, runsFolder } = settings.settings
  nativeTheme.themeSource = theme
  let window: BrowserWindow | null = null
  const send = (event: StudioEvent): void => {
    if (window && !window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, event)
  }
  const tellFailure = (thrown: unknown): void => {
    console.error(thrown)
    send({ type: 'failure', failure: failureOf(thrown) })
  }
  process.on('uncaughtException', tellFailure)
  process.on('unhandledRejection', tellFailure)
  const compute = new ComputeProcess({ mnistFolder, runsFolder, speedsFile: speedsFile() }, send)
  // If nothing comes of it, opening it for the window says why.
  compute.request('internal.openAhead', { source: settings.session.data ?? MNIST_THRESHOLD }).catch(() => undefined)
  serveRequests(compute, settings, () => opened.take((path) => send({ type: 'open-file', path })))
  Menu.setApplicationMenu(buildMenu((command) => send({ type: 'command', command })))
  app.on('second-instance', (_event, argv, folder) => {
    if (window?.isMinimized()) window.restore()
    window?.show()
    window?.focus()
    for (const path of pathsIn(argv, folder, app.isPackaged)) opened.open(path)
  })
  window = openWindow(settings)
  offerToShowAgain(window)
  guardClosing(window, compute)
}

function reportFailedStart(error: unknown): void {
  const { message, hint } = failureOf(error)
  dialog.showErrorBox('MADE Studio cannot start', `${message} ${hint}`)
  app.exit(1)
}
