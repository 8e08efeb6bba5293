import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../shared/contract'

const VIEWS: readonly { readonly label: string; readonly command: MenuCommand }[] = [
  { label: 'Data', command: 'view-data' },
  { label: 'Model', command: 'view-model' },
  { label: 'Train', command: 'view-train' },
  { label: 'Samples', command: 'view-samples' },
  { label: 'Runs', command: 'view-runs' },
  { label: 'Learn', command: 'view-learn' },
]

/** The application's menu. The window handles the same keys itself, so most are shown here without being taken. */
export function buildMenu(send: (command: MenuCommand) => void): Menu {
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => send(command),
    ...(accelerator ? { accelerator, registerAccelerator: false } : {}),
  })
  const settings = item('Settings…', 'view-settings', 'CmdOrCtrl+,')
  const mac = process.platform === 'darwin'
  return Menu.buildFromTemplate([
    ...(mac ? [{ label: app.name, submenu: [{ role: 'about' as const }, settings, { role: 'quit' as const }] }] : []),
    {
      label: 'File',
      submenu: [
        item('Open Data…', 'open-data', 'CmdOrCtrl+O'),
        ...(mac ? [] : [settings]),
        { type: 'separator' },
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'Run',
      submenu: [
        item('Primary Action', 'primary-action', 'CmdOrCtrl+Enter'),
        item('Pause or Resume Training', 'toggle-pause', 'Space'),
      ],
    },
    {
      label: 'View',
      submenu: [
        ...VIEWS.map(({ label, command }, i) => item(label, command, `CmdOrCtrl+${i + 1}`)),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
  ])
}
