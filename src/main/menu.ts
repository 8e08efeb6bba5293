import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../shared/contract'
import { tell } from './words'
import { SETTINGS_VIEW, WORK_VIEWS, type View } from '../shared/views'

/** The application's menu. The window handles the same keys itself, so most are shown here without being taken. */
export function buildMenu(send: (command: MenuCommand) => void): Menu {
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => send(command),
    ...(accelerator ? { accelerator, registerAccelerator: false } : {}),
  })
  const viewItem = ({ id, key }: View, label: string): MenuItemConstructorOptions =>
    item(label, { type: 'show-view', view: id }, `CmdOrCtrl+${key}`)
  const settings = viewItem(SETTINGS_VIEW, `${tell(SETTINGS_VIEW.name)}…`)
  const mac = process.platform === 'darwin'
  return Menu.buildFromTemplate([
    ...(mac ? [{ label: app.name, submenu: [{ role: 'about' as const }, settings, { role: 'quit' as const }] }] : []),
    {
      label: 'File',
      submenu: [
        item('Open Data…', { type: 'open-data' }, 'CmdOrCtrl+O'),
        ...(mac ? [] : [settings]),
        { type: 'separator' },
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'Run',
      submenu: [
        item('Primary Action', { type: 'primary-action' }, 'CmdOrCtrl+Enter'),
        item('Pause or Resume Training', { type: 'toggle-pause' }, 'Space'),
      ],
    },
    {
      label: 'View',
      submenu: [
        ...WORK_VIEWS.map((view) => viewItem(view, tell(view.name))),
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
