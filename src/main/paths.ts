import { app } from 'electron'
import { join } from 'node:path'

/** Where the application's own files lie, packaged or in a checkout. */
const resources = app.isPackaged ? process.resourcesPath : join(import.meta.dirname, '..', '..', 'resources')
export const mnistFolder = join(resources, 'mnist')
export const tablesFolder = join(resources, 'tables')
export const modelsFolder = join(resources, 'models')
/** The licences of everything in the application, which packaging puts together. */
export const licencesFile = join(process.resourcesPath, 'licences.txt')
export const rendererFolder = join(import.meta.dirname, '..', 'renderer')
export const preloadFile = join(import.meta.dirname, '..', 'preload', 'bridge.cjs')
export const enginePreloadFile = join(import.meta.dirname, '..', 'preload', 'engine-port.cjs')

/** MADE_STUDIO_HOME moves settings and runs elsewhere, for tests and for portable use. */
export function useHome(): void {
  const home = process.env['MADE_STUDIO_HOME']
  if (home) app.setPath('userData', home)
}

/** Where runs are kept unless the person chose another folder. */
export function defaultRunsFolder(): string {
  const base = process.env['MADE_STUDIO_HOME'] ?? app.getPath('documents')
  return join(base, 'MADE Studio', 'runs')
}

/** Where the runs are listed that are still to be trained, beside the settings. */
export function queueFile(): string {
  return join(app.getPath('userData'), 'queue.json')
}

/** Where it is remembered how fast engines are, beside the settings. */
export function speedsFile(): string {
  return join(app.getPath('userData'), 'engine-speeds.json')
}
