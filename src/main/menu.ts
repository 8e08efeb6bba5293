import { basename } from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import type { MenuAbility, MenuCommand } from '../shared/menu'
import { SETTINGS_VIEW, viewOf, WORK_VIEWS, type View } from '../shared/views'
import { t, tell } from './words'

type Item = MenuItemConstructorOptions

/** What the menu shows of the application as it is now. */
export interface MenuState {
  /** Files that were opened before, the last one first, and what opens one of them again. */
  readonly recent: { readonly paths: readonly string[]; readonly open: (path: string) => void }
  /** What can do something now. */
  readonly abilities: ReadonlySet<MenuAbility>
}

const NOTHING: MenuState = { recent: { paths: [], open: () => undefined }, abilities: new Set() }

const SEPARATOR: Item = { type: 'separator' }

/**
 * The application's menu, in the language that main speaks now: what the system would name by itself, it names in English. The
 * window handles the same keys, so most are shown here without being taken.
 * @param send is called with what a person chooses
 * @param platform as `process.platform`
 * @param state what there is to be shown in it
 */
export function menuTemplate(
  send: (command: MenuCommand) => void,
  platform: NodeJS.Platform,
  { recent, abilities }: MenuState = NOTHING,
): Item[] {
  const isMac = platform === 'darwin'
  const item = (label: string, command: MenuCommand, accelerator?: string): Item => ({
    label,
    click: () => send(command),
    ...(accelerator ? { accelerator, registerAccelerator: false } : {}),
  })
  /** An item that can do something only at times. */
  const able = (label: string, ability: MenuAbility, accelerator?: string): Item => ({
    ...item(label, { type: ability }, accelerator),
    id: ability,
    enabled: abilities.has(ability),
  })
  const viewItem = ({ id, key }: View, label: string): Item =>
    item(label, { type: 'show-view', view: id }, `CmdOrCtrl+${key}`)
  const settings = viewItem(SETTINGS_VIEW, t('frame.menu.settings'))
  const quit: Item = { role: 'quit', label: platform === 'win32' ? t('frame.menu.exit') : t('frame.menu.quit') }
  return [
    ...(isMac ? [applicationMenu(settings, quit)] : []),
    {
      label: t('frame.menu.file'),
      submenu: [
        item(t('frame.menu.open-data'), { type: 'open-data' }, 'CmdOrCtrl+O'),
        recentMenu(recent),
        SEPARATOR,
        able(t('frame.menu.export-samples'), 'export-samples', 'CmdOrCtrl+E'),
        able(t('frame.menu.fill-missing'), 'fill-missing'),
        able(t('frame.menu.reveal-run'), 'reveal-run'),
        SEPARATOR,
        ...(isMac ? [] : [settings, SEPARATOR]),
        isMac ? { role: 'close', label: t('frame.menu.close-window') } : quit,
      ],
    },
    editMenu(
      able(t('frame.menu.undo'), 'undo', 'CmdOrCtrl+Z'),
      // Both keys work there; each system shows its own.
      able(t('frame.menu.redo'), 'redo', platform === 'win32' ? 'Ctrl+Y' : 'CmdOrCtrl+Shift+Z'),
    ),
    {
      label: t('frame.menu.run'),
      submenu: [
        able(t('frame.menu.primary-action'), 'primary-action', 'CmdOrCtrl+Enter'),
        // macOS would take the key itself, also from one who types.
        able(t('frame.menu.toggle-pause'), 'toggle-pause', isMac ? undefined : 'Space'),
      ],
    },
    {
      label: t('frame.menu.view'),
      submenu: [
        ...WORK_VIEWS.map((view) => viewItem(view, tell(view.name))),
        SEPARATOR,
        { role: 'resetZoom', label: t('frame.menu.actual-size') },
        { role: 'zoomIn', label: t('frame.menu.zoom-in') },
        { role: 'zoomOut', label: t('frame.menu.zoom-out') },
        { role: 'togglefullscreen', label: t('frame.menu.full-screen') },
        item(t('frame.menu.projector'), { type: 'toggle-projector' }, 'F5'),
      ],
    },
    windowMenu(isMac),
    helpMenu(viewItem),
  ]
}

function recentMenu({ paths, open }: MenuState['recent']): Item {
  return {
    label: t('frame.menu.recent'),
    enabled: paths.length > 0,
    submenu: paths.map((path) => ({ label: basename(path), toolTip: path, click: () => open(path) })),
  }
}

function helpMenu(viewItem: (view: View, label: string) => Item): Item {
  return {
    role: 'help',
    label: t('frame.menu.help'),
    submenu: [viewItem(viewOf('learn'), t('frame.menu.learn')), viewItem(SETTINGS_VIEW, t('frame.menu.about'))],
  }
}

/** The menu that macOS names after the application. */
function applicationMenu(settings: Item, quit: Item): Item {
  return { role: 'appMenu', submenu: [{ role: 'about', label: t('frame.menu.about') }, settings, quit] }
}

function editMenu(undo: Item, redo: Item): Item {
  return {
    role: 'editMenu',
    label: t('frame.menu.edit'),
    submenu: [
      undo,
      redo,
      SEPARATOR,
      { role: 'cut', label: t('frame.menu.cut') },
      { role: 'copy', label: t('frame.menu.copy') },
      { role: 'paste', label: t('frame.menu.paste') },
      { role: 'delete', label: t('frame.menu.delete') },
      SEPARATOR,
      { role: 'selectAll', label: t('frame.menu.select-all') },
    ],
  }
}

function windowMenu(isMac: boolean): Item {
  return {
    role: 'windowMenu',
    label: t('frame.menu.window'),
    submenu: [
      { role: 'minimize', label: t('frame.menu.minimize') },
      { role: 'zoom', label: t('frame.menu.zoom-window') },
      ...(isMac
        ? [SEPARATOR, { role: 'front' as const, label: t('frame.menu.to-front') }]
        : [{ role: 'close' as const, label: t('frame.close') }]),
    ],
  }
}
