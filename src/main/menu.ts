import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../shared/contract'

const ROOMS: readonly { readonly label: string; readonly command: MenuCommand }[] = [
  { label: 'Data', command: 'room-data' },
  { label: 'Model', command: 'room-model' },
  { label: 'Train', command: 'room-train' },
  { label: 'Samples', command: 'room-samples' },
  { label: 'Runs', command: 'room-runs' },
  { label: 'Learn', command: 'room-learn' },
]

/** The application's menu. The window handles the same keys itself, so most are shown here without being taken. */
export function buildMenu(send: (command: MenuCommand) => void): Menu {
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => send(command),
    ...(accelerator ? { accelerator, registerAccelerator: false } : {}),
  })
  const settings = item('Settings…', 'room-settings', 'CmdOrCtrl+,')
  const mac = process.platform === 'darwin'
  return Menu.buildFromTemplate([
    ...(mac
      ? [{ label: app.name, submenu: [{ role: 'about' as const }, settings, { role: 'quit' as const }] }]
      : []),
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
        ...ROOMS.map(({ label, command }, i) => item(label, command, `CmdOrCtrl+${i + 1}`)),
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
