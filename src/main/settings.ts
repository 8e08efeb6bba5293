import Store from 'electron-store'
import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { app, ipcMain } from 'electron'
import { z } from 'zod'
import { settingsSchema, type Settings } from '../shared/contract'
import { defaultRunsFolder } from './paths'

const windowSchema = z.object({
  width: z.number(),
  height: z.number(),
  x: z.number(),
  y: z.number(),
  maximized: z.boolean(),
})
export type WindowPlace = z.infer<typeof windowSchema>

/** Settings as they are read: the usual ones stand in for those that are missing or make no sense. */
const storedSchema = z.object({
  theme: settingsSchema.shape.theme.catch(() => defaultSettings().theme),
  engine: settingsSchema.shape.engine.catch(() => defaultSettings().engine),
  runsFolder: settingsSchema.shape.runsFolder.catch(() => defaultSettings().runsFolder),
})

/** Some of the settings; what is undefined stays as it is. */
type SettingsChange = { readonly [K in keyof Settings]?: Settings[K] | undefined }

interface Stored {
  settings: Settings
  window: WindowPlace | null
}

/** The settings, kept in settings.json. A damaged file is set aside under another name, never overwritten silently. */
export class SettingsFile {
  private readonly store: Store<Stored>
  /** The path that a damaged file was set aside at, if one was found. */
  readonly setAside: string | null

  constructor() {
    const defaults: Stored = { settings: defaultSettings(), window: null }
    this.setAside = setAsideIfDamaged(join(app.getPath('userData'), 'settings.json'))
    this.store = new Store<Stored>({ name: 'settings', defaults })
    // The store would tell any page that asks where it lies.
    ipcMain.removeAllListeners('electron-store-get-data')
  }

  get settings(): Settings {
    const { success, data } = storedSchema.safeParse(this.store.get('settings'))
    return success ? data : defaultSettings()
  }

  change(change: SettingsChange): Settings {
    const settings = { ...this.settings, ...withoutUndefined(change) }
    this.store.set('settings', settings)
    return settings
  }

  get windowPlace(): WindowPlace | null {
    const parsed = windowSchema.safeParse(this.store.get('window'))
    return parsed.success ? parsed.data : null
  }

  keepWindowPlace(place: WindowPlace): void {
    this.store.set('window', place)
  }
}

function defaultSettings(): Settings {
  return { theme: 'system', engine: 'auto', runsFolder: defaultRunsFolder() }
}

function withoutUndefined(settings: SettingsChange): Partial<Settings> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
}

/** Opening the store throws on a file that is not JSON, so such a file is moved out of the way first. */
function setAsideIfDamaged(path: string): string | null {
  if (!existsSync(path)) return null
  try {
    new Store({ name: 'settings' })
    return null
  } catch {
    const aside = path.replace(/\.json$/, `.damaged-${Date.now()}.json`)
    renameSync(path, aside)
    return aside
  }
}
