import './standard-streams'
import { app, dialog, Menu, nativeTheme, type BrowserWindow } from 'electron'
import { inTurn } from '../base/advice'
import { failureOf } from '../base/failure'
import { BUILT_IN_RUNS } from '../shared/built-in-runs'
import { EVENT_CHANNEL } from '../shared/channel-names'
import type { Settings, StudioEvent } from '../shared/contract'
import { MENU_ABILITIES, type MenuAbility } from '../shared/menu'
import { MNIST_OFFERED } from '../shared/data-source'
import { languageMeant, type Language, type LanguageChoice } from '../words/languages'
import { ComputeProcess } from './compute-process'
import { prepareGpu } from './gpu-switches'
import { guardClosing } from './guard-closing'
import { menuTemplate } from './menu'
import { OpenedPaths, pathsIn } from './opened-paths'
import { mnistFolder, modelsFolder, queueFile, speedsFile, tablesFolder, useHome } from './paths'
import { Projection } from './projection'
import { serveRequests } from './requests'
import { enforceSecurity, prepareSecurity } from './security'
import { SettingsFile } from './settings'
import { openWindow } from './window'
import { offerToShowAgain } from './window-recovery'
import { workShownBy } from './system-work'
import { language, speak, t, tell } from './words'

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
  speak(languageNow('system'))
  const settings = new SettingsFile()
  enforceSecurity(() => ({ language: language(), view: settings.session.view }))
  let window: BrowserWindow | null = null
  let projection: Projection | null = null
  const send = (event: StudioEvent): void => {
    if (window && !window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, event)
  }
  const tellFailure = (thrown: unknown): void => {
    console.error(thrown)
    send({ type: 'failure', failure: failureOf(thrown) })
  }
  process.on('uncaughtException', tellFailure)
  process.on('unhandledRejection', tellFailure)
  const work = workShownBy(
    () => window,
    () => settings.settings.staysAwake,
  )
  let abilities: ReadonlySet<MenuAbility> = new Set()
  const showMenu = (): void => {
    const recent = {
      paths: settings.session.recent.map(({ path }) => path),
      open: (path: string) => send({ type: 'open-file', path }),
    }
    const state = { recent, abilities }
    const template = menuTemplate((command) => send({ type: 'command', command }), process.platform, state)
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }
  const enable = (able: readonly MenuAbility[]): void => {
    abilities = new Set(able)
    // Not built anew, which would close it in a person's hand.
    for (const ability of MENU_ABILITIES) {
      const item = Menu.getApplicationMenu()?.getMenuItemById(ability)
      if (item) item.enabled = abilities.has(ability)
    }
  }
  const follow = (wanted: Settings): void => {
    nativeTheme.themeSource = wanted.theme
    work.follow()
    const next = languageNow(wanted.language)
    if (next === language()) return
    speak(next)
    showMenu()
    send({ type: 'language', language: next })
  }
  follow(settings.settings)
  showMenu()
  const { runsFolder } = settings.settings
  const compute = new ComputeProcess(
    { mnistFolder, tablesFolder, modelsFolder, runsFolder, speedsFile: speedsFile(), queueFile: queueFile() },
    (event) => {
      work.hear(event)
      send(event)
    },
  )
  const { view, data } = settings.session
  // What the window will ask for first; if nothing comes of it, asking for it says why.
  const ahead =
    view === 'home'
      ? compute.request('internal.openModelAhead', { runId: BUILT_IN_RUNS.digits })
      : compute.request('internal.openAhead', { source: data ?? MNIST_OFFERED })
  ahead.catch(() => undefined)
  const openedWith = (): string[] => opened.take((path) => send({ type: 'open-file', path }))
  const project = (on: boolean): void => (on ? projection?.begin() : projection?.end())
  serveRequests(compute, settings, { openedWith, follow, enable, showRecent: showMenu, project })
  app.on('second-instance', (_event, argv, folder) => {
    if (window?.isMinimized()) window.restore()
    window?.show()
    window?.focus()
    for (const path of pathsIn(argv, folder, app.isPackaged)) opened.open(path)
  })
  window = openWindow(settings)
  projection = new Projection(window, () => send({ type: 'command', command: { type: 'toggle-projector' } }))
  offerToShowAgain(window)
  guardClosing(window, compute)
}

/** The language that is chosen; that of the system is asked for anew, since a person may have changed it. */
function languageNow(choice: LanguageChoice): Language {
  return languageMeant(choice, [...app.getPreferredSystemLanguages(), app.getLocale()])
}

function reportFailedStart(error: unknown): void {
  const { message, hint } = failureOf(error)
  dialog.showErrorBox(t('frame.dialog.no-start'), tell(inTurn(message, hint)))
  app.exit(1)
}
