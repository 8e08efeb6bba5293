import { app, BrowserWindow, dialog, Menu, nativeTheme } from 'electron'
import { failureOf } from '../made/failure'
import { EVENT_CHANNEL } from '../shared/channel-names'
import type { StudioEvent } from '../shared/contract'
import { guardClosing } from './closing'
import { ComputeProcess } from './compute-process'
import { buildMenu } from './menu'
import { mnistFolder, useHome } from './paths'
import { serveRequests } from './requests'
import { enforceSecurity, prepareSecurity } from './security'
import { SettingsFile } from './settings'
import { openWindow } from './window'

app.setName('MADE Studio')
useHome()
prepareSecurity()
if (app.requestSingleInstanceLock()) app.whenReady().then(start, reportFailedStart)
else app.quit()

function start(): void {
  enforceSecurity()
  const settings = new SettingsFile()
  const { theme, runsFolder } = settings.settings
  nativeTheme.themeSource = theme
  const compute = new ComputeProcess({ mnistFolder, runsFolder }, send)
  serveRequests(compute, settings)
  Menu.setApplicationMenu(buildMenu((command) => send({ type: 'command', command })))
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows()
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    send({ type: 'open-file', path })
  })
  guardClosing(openWindow(settings), compute)
}

/** Tells every window of an event. */
function send(event: StudioEvent): void {
  for (const window of BrowserWindow.getAllWindows()) window.webContents.send(EVENT_CHANNEL, event)
}

function reportFailedStart(error: unknown): void {
  const { message, hint } = failureOf(error)
  dialog.showErrorBox('MADE Studio cannot start', `${message} ${hint}`)
  app.exit(1)
}
