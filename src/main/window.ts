import { BrowserWindow, dialog, nativeTheme, screen } from 'electron'
import { preloadFile } from './paths'
import { LOAD_REPLACED, PAGE_URL } from './security'
import type { SettingsFile } from './settings'
import type { WindowPlace } from './stored-settings'
import { fitZoom } from './window-zoom'
import { t } from './words'

const DEFAULT_SIZE = { width: 1280, height: 800 }
const LEAST_SIZE = { minWidth: 1024, minHeight: 700 }

/** Opens the one window, where it was when it was last closed. */
export function openWindow(settings: SettingsFile): BrowserWindow {
  const place = visible(settings.windowPlace)
  const window = new BrowserWindow({
    ...DEFAULT_SIZE,
    ...LEAST_SIZE,
    ...(place ? { x: place.x, y: place.y, width: place.width, height: place.height } : {}),
    show: false,
    title: 'MADE Studio',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#161719' : '#f5f5f6',
    webPreferences: {
      preload: preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  })
  if (place?.maximized) window.maximize()
  fitZoom(window)
  window.once('ready-to-show', () => window.show())
  window.on('close', () => {
    settings.keepWindowPlace({ ...window.getNormalBounds(), maximized: window.isMaximized() })
  })
  window.webContents.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
    if (isMainFrame && url === PAGE_URL && code !== LOAD_REPLACED)
      dialog.showErrorBox(t('frame.dialog.no-window'), t('frame.dialog.no-window.detail', { description }))
  })
  void window.loadURL(PAGE_URL)
  return window
}

/** A remembered place, if it is still on a screen. */
function visible(place: WindowPlace | null): WindowPlace | null {
  if (!place) return null
  const { workArea } = screen.getDisplayMatching(place)
  const overlaps =
    place.x < workArea.x + workArea.width &&
    place.x + place.width > workArea.x &&
    place.y < workArea.y + workArea.height &&
    place.y + place.height > workArea.y
  return overlaps ? place : null
}
