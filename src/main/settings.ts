import Store from 'electron-store'
import { renameSync } from 'node:fs'
import { app, ipcMain } from 'electron'
import { join } from 'node:path'
import { failureOf, StudioError, type Failure } from '../base/failure'
import type { Settings } from '../shared/contract'
import type { Session } from '../shared/session'
import { say } from '../words/say'
import { defaultRunsFolder } from './paths'
import { storedSettings, withFormer, type StoredSettings, type WindowPlace } from './stored-settings'

/** Some of the settings; what is undefined stays as it is. */
type SettingsChange = { readonly [K in keyof Settings]?: Settings[K] | undefined }

/** The file, and what it holds; without a store it is left as it is, and settings last as long as the application runs. */
interface Opened {
  readonly store: Store | null
  readonly stored: StoredSettings
  /** What is wrong with it. */
  readonly failure: Failure | null
}

/**
 * The settings, kept in settings.json. A damaged file is set aside under another name, never overwritten; one of a newer
 * MADE Studio, or one that cannot be read, is left as it is.
 */
export class SettingsFile {
  private readonly store: Opened['store']
  private stored: StoredSettings
  /** Why the settings are the usual ones; null if all is well. */
  readonly failure: Failure | null

  constructor() {
    const { store, stored, failure } = opened()
    this.store = store
    this.stored = stored
    this.failure = failure
    // The store would tell any page that asks where it lies.
    ipcMain.removeAllListeners('electron-store-get-data')
  }

  get settings(): Settings {
    return this.stored.settings
  }

  /** Folders of runs that were used before, the last one first. */
  get formerFolders(): readonly string[] {
    return this.stored.formerFolders
  }

  /** Uses another folder of runs and remembers the one before. @throws as `change` */
  changeRunsFolder(runsFolder: string): Settings {
    const formerFolders = withFormer(this.formerFolders, this.settings.runsFolder, runsFolder)
    return this.keep({ ...this.stored, formerFolders, settings: { ...this.settings, runsFolder } })
  }

  /** @throws StudioError 'not-writable' if the change cannot be kept; it holds until the application ends. */
  change(change: SettingsChange): Settings {
    const changed = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    return this.keep({ ...this.stored, settings: { ...this.settings, ...changed } })
  }

  private keep(stored: StoredSettings): Settings {
    this.stored = stored
    try {
      this.save()
    } catch (cause) {
      throw new StudioError(
        'not-writable',
        say('compute.settings.not-written', { why: cause instanceof Error ? cause.message : String(cause) }),
        say('compute.settings.not-written.hint'),
        { cause },
      )
    }
    return this.settings
  }

  /** What was being done. */
  get session(): Session {
    return this.stored.session
  }

  /** Keeps what is being done; what is undefined stays as it is. */
  keepSession(change: { readonly [K in keyof Session]?: Session[K] | undefined }): void {
    const changed = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    this.keepQuietly({ session: { ...this.session, ...changed } })
  }

  get windowPlace(): WindowPlace | null {
    return this.stored.window
  }

  keepWindowPlace(window: WindowPlace): void {
    this.keepQuietly({ window })
  }

  /** Keeps what is no loss where the disk refuses it: a window elsewhere than it was keeps nobody from working. */
  private keepQuietly(change: Partial<StoredSettings>): void {
    this.stored = { ...this.stored, ...change }
    try {
      this.save()
    } catch {
      // It holds until the application ends.
    }
  }

  private save(): void {
    if (this.store) this.store.store = { ...this.stored }
  }
}

function opened(): Opened {
  const usual: Settings = {
    language: 'system',
    theme: 'system',
    engine: 'auto',
    staysAwake: false,
    runsFolder: defaultRunsFolder(),
  }
  const path = join(app.getPath('userData'), 'settings.json')
  try {
    const { store, setAside } = openStore(path)
    const failure: Failure | null =
      setAside === null
        ? null
        : {
            code: 'damaged-file',
            message: say('compute.settings.damaged'),
            hint: say('compute.settings.damaged.hint', { path: setAside }),
          }
    return { store, stored: storedSettings(store.store, usual), failure }
  } catch (error) {
    const { code, message } = failureOf(error)
    const hint = say('compute.settings.unreadable.hint')
    const failure: Failure =
      code === 'newer-version'
        ? { code, message, hint }
        : { code: 'unreadable-file', message: say('compute.settings.unreadable', { path }), hint }
    return { store: null, stored: storedSettings({}, usual), failure }
  }
}

/** Opening the store throws on a file that is not JSON, so such a file is moved out of the way. */
function openStore(path: string): { readonly store: Store; readonly setAside: string | null } {
  try {
    return { store: new Store({ name: 'settings' }), setAside: null }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const setAside = path.replace(/\.json$/, `.damaged-${Date.now()}.json`)
    renameSync(path, setAside)
    return { store: new Store({ name: 'settings' }), setAside }
  }
}
