import { app, BrowserWindow, dialog, ipcMain, shell, type IpcMainInvokeEvent, type OpenDialogOptions } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { failureOf, StudioError, type Reply } from '../base/failure'
import { REQUEST_CHANNEL } from '../shared/channel-names'
import {
  CHANNELS,
  type Channel,
  type ComputeChannel,
  type MainChannel,
  type Params,
  type Result,
  type Settings,
} from '../shared/contract'
import { numberedTables } from '../shared/filling'
import type { MenuAbility } from '../shared/menu'
import { say } from '../words/say'
import { chooseRunsFolder } from './choose-runs-folder'
import type { ComputeProcess } from './compute-process'
import { licencesFile } from './paths'
import { printReport } from './report-printer'
import { PAGE_URL } from './security'
import type { SettingsFile } from './settings'
import { validRequest } from './valid-request'
import { language, t } from './words'

type MainHandlers = { [C in MainChannel]: (params: Params<C>, window: BrowserWindow) => Result<C> | Promise<Result<C>> }

/** What requests ask of the application as a whole. */
interface Application {
  /** What it is to open that the window has not been told of. */
  readonly openedWith: () => string[]
  /** Does as the settings say, after they have changed. */
  readonly follow: (settings: Settings) => void
  /** Greys out of the menu what can do nothing now. */
  readonly enable: (abilities: readonly MenuAbility[]) => void
  /** Shows which files were opened lately, after that has changed. */
  readonly showRecent: () => void
  /** Projects the window, or takes that back. */
  readonly project: (on: boolean) => void
}

/**
 * Answers the window's requests: each is checked to come from the application's own page and validated against the
 * contract; main answers its own channels and passes the others to the compute process.
 */
export function serveRequests(compute: ComputeProcess, settings: SettingsFile, application: Application): void {
  const handlers = mainHandlers(compute, settings, application)
  ipcMain.handle(REQUEST_CHANNEL, async (event, channel: unknown, params: unknown): Promise<Reply<unknown>> => {
    try {
      const window = trustedWindow(event)
      const valid = validRequest(channel, params)
      if (isComputeChannel(valid.channel)) return await compute.pass(valid.channel, valid.params)
      const handler = handlers[valid.channel] as (params: unknown, window: BrowserWindow) => unknown
      return { ok: true, value: await handler(valid.params, window) }
    } catch (error) {
      return { ok: false, failure: failureOf(error) }
    }
  })
}

function trustedWindow(event: IpcMainInvokeEvent): BrowserWindow {
  const window = BrowserWindow.fromWebContents(event.sender)
  if (window && event.senderFrame?.url === PAGE_URL && event.senderFrame === event.sender.mainFrame) return window
  throw new StudioError('invalid-request', say('compute.request.unknown-page'), say('compute.request.restart'))
}

function isComputeChannel(channel: Channel): channel is ComputeChannel {
  return CHANNELS[channel].side === 'compute'
}

function mainHandlers(
  compute: ComputeProcess,
  file: SettingsFile,
  { openedWith, follow, enable, showRecent, project }: Application,
): MainHandlers {
  return {
    'data.choose': async ({ what }, window) => {
      // Formats are recognised by their content, so that every file may be chosen.
      const properties = [what === 'file' ? 'openFile' : 'openDirectory'] satisfies OpenDialogOptions['properties']
      const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties })
      return canceled ? null : { path: filePaths[0] }
    },
    'runs.emptyBin': async () => {
      for (const folder of await compute.request('internal.binFolders', undefined)) await moveToSystemBin(folder)
    },
    'runs.reveal': async ({ runId }) => {
      shell.showItemInFolder(await compute.request('internal.folderOf', { runId }))
    },
    'samples.export': async (params, window) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: `samples.${params.format}`,
        filters: [{ name: params.format.toUpperCase(), extensions: [params.format] }],
      })
      if (canceled || !filePath) return null
      await compute.request('internal.export', { ...params, path: filePath })
      return { path: filePath }
    },
    'samples.keepBirth': async ({ kind, bytes }, window) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: `sample.${kind}`,
        filters: [{ name: kind === 'gif' ? 'GIF' : 'WebM', extensions: [kind] }],
      })
      if (canceled || !filePath) return null
      await compute.request('internal.writeBytes', { bytes, path: filePath })
      return { path: filePath }
    },
    'report.save': async ({ runIds }, window) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: 'report.html',
        filters: [
          { name: t('frame.dialog.report.page'), extensions: ['html'] },
          { name: 'PDF', extensions: ['pdf'] },
          { name: t('frame.dialog.report.files'), extensions: ['zip'] },
        ],
      })
      if (canceled || !filePath) return null
      const request = { runIds, language: language(), version: app.getVersion() }
      if (extname(filePath).toLowerCase() === '.pdf') {
        const bytes = await printReport(await compute.request('internal.reportPage', request))
        await compute.request('internal.writeBytes', { bytes, path: filePath })
      } else await compute.request('internal.writeReport', { ...request, path: filePath })
      return { path: filePath }
    },
    'parcel.save': async ({ runId }, window) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: 'parcel.zip',
        filters: [{ name: t('frame.dialog.parcel'), extensions: ['zip'] }],
      })
      if (canceled || !filePath) return null
      const request = { runIds: [runId], language: language(), version: app.getVersion(), path: filePath }
      return { path: filePath, ...(await compute.request('internal.writeParcel', request)) }
    },
    'ask.export': async (answer, window) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: `answer.${answer.kind}`,
        filters: [{ name: answer.kind.toUpperCase(), extensions: [answer.kind] }],
      })
      if (canceled || !filePath) return null
      await compute.request('internal.writeAnswer', { answer, path: filePath })
      return { path: filePath }
    },
    'runs.fill': async (params, window) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: 'filled.csv',
        filters: [{ name: 'CSV', extensions: ['csv'] }],
      })
      if (canceled || !filePath) return null
      const summary = await compute.request('internal.fill', { ...params, path: filePath })
      const [{ path }] = numberedTables(filePath, params.seed, params.times)
      return { path, ...summary }
    },
    'addOn.choose': async (_params, window) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        properties: ['openFile'],
        filters: [{ name: t('frame.dialog.add-on-pack'), extensions: ['zip'] }],
      })
      return canceled ? null : compute.request('internal.addOn', { path: filePaths[0] })
    },
    'settings.get': () => file.settings,
    'settings.set': async (change) => {
      try {
        return file.change(change)
      } finally {
        // What could not be kept holds all the same.
        follow(file.settings)
      }
    },
    'settings.chooseRunsFolder': (_params, window) => chooseRunsFolder(window, compute, file),
    'settings.useFormerFolder': async ({ path }) => {
      // Only a person chooses folders, and has chosen these.
      if (!file.formerFolders.includes(path))
        throw new StudioError(
          'invalid-request',
          say('compute.settings.unknown-folder', { path }),
          say('compute.settings.unknown-folder.hint'),
        )
      await compute.request('internal.checkRunsFolder', { path })
      await compute.useRunsFolder(path)
      return file.changeRunsFolder(path)
    },
    'runs.elsewhere': () => compute.request('internal.countRuns', { paths: file.formerFolders }),
    'session.get': () => file.session,
    'session.keep': (change) => {
      const before = recentPaths(file)
      file.keepSession(change)
      if (recentPaths(file) !== before) showRecent()
    },
    'app.menu': ({ abilities }) => enable(abilities),
    'app.project': ({ on }) => project(on),
    'app.info': () => ({
      version: app.getVersion(),
      electronVersion: process.versions.electron ?? '',
      platform: `${process.platform} ${process.arch}`,
      settingsFailure: file.failure,
    }),
    'app.openedWith': openedWith,
    'app.licences': () => readFile(licencesFile, 'utf8').catch(() => t('compute.licences')),
    'app.computeState': () => compute.state,
    'app.restartCompute': () => compute.startAgain(),
  }
}

async function moveToSystemBin(folder: string): Promise<void> {
  try {
    await shell.trashItem(folder)
  } catch (cause) {
    throw new StudioError(
      'not-writable',
      say('compute.bin'),
      say('compute.bin.hint', { folder: folder.replace(/[^/\\]+$/, '') }),
      { cause },
    )
  }
}

function recentPaths(file: SettingsFile): string {
  return JSON.stringify(file.session.recent.map(({ path }) => path))
}
