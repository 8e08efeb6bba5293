import { dialog, type BrowserWindow } from 'electron'
import type { ChosenRunsFolder } from '../shared/contract'
import type { TransferKind } from '../shared/runs-folders'
import type { ComputeProcess } from './compute-process'
import type { SettingsFile } from './settings'
import { t } from './words'

/** What is answered to the question what becomes of the runs, by button. */
const ANSWERS = ['move', 'copy', 'leave', 'cancel'] as const

/**
 * Asks for another folder of runs, makes sure that runs can be kept there, and asks what becomes of those in the one before.
 * @returns null if the person cancelled
 * @throws StudioError 'not-writable' or 'disk-full' where runs cannot be kept there; the one before is still used then
 */
export async function chooseRunsFolder(
  window: BrowserWindow,
  compute: ComputeProcess,
  file: SettingsFile,
): Promise<ChosenRunsFolder | null> {
  const from = file.settings.runsFolder
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openDirectory', 'createDirectory'],
    defaultPath: from,
  })
  const [path] = filePaths
  if (canceled || path === from) return null
  await compute.request('internal.checkRunsFolder', { path })
  const { runs } = await compute
    .request('internal.countRuns', { paths: [from] })
    .then(([counted]) => counted ?? { runs: 0 })
  const answer = runs === 0 ? 'leave' : await askForRuns(window, { from, path, runs })
  if (answer === 'cancel') return null
  await compute.useRunsFolder(path)
  const settings = file.changeRunsFolder(path)
  if (answer === 'leave') return { settings, transfer: null }
  return { settings, transfer: await compute.request('internal.transferRuns', { from, kind: answer }) }
}

async function askForRuns(
  window: BrowserWindow,
  { from, path, runs }: { readonly from: string; readonly path: string; readonly runs: number },
): Promise<TransferKind | 'leave' | 'cancel'> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: t('frame.dialog.runs', { runs }),
    detail: t('frame.dialog.runs.detail', { from, path }),
    buttons: [
      t('frame.dialog.runs.move'),
      t('frame.dialog.runs.copy'),
      t('frame.dialog.runs.leave'),
      t('frame.cancel'),
    ],
    defaultId: 0,
    cancelId: 3,
    noLink: true,
  })
  return ANSWERS[response] ?? 'cancel'
}
