import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { StudioError } from '../base/failure'
import { keepModelFile } from '../runs/model-run'
import { RunFolder } from '../runs/run-folder'
import type { Taken } from '../shared/contract'
import { say } from '../words/say'
import type { RunPlaces } from './run-places'

const MODEL = /\.safetensors$/i

/**
 * Finds out what a person opened or dropped. A run is listed from then on, wherever it lies; a model of its folder stands for
 * it; a model alone is kept as a run; everything else is data.
 * @throws StudioError 'not-found' where there is nothing, or what reading it throws
 */
export async function take(path: string, places: RunPlaces): Promise<Taken> {
  const there = await stat(path).catch(() => null)
  if (there === null)
    throw new StudioError('not-found', say('compute.data.not-there', { path }), say('compute.data.not-there.hint'))
  const isModel = there.isFile() && MODEL.test(path)
  if (!there.isDirectory() && !isModel) return { kind: 'data' }
  const folder = new RunFolder(resolve(isModel ? dirname(path) : path))
  if (await folder.exists()) return { kind: 'run', runId: await places.open(folder) }
  if (!isModel) return { kind: 'data' }
  return { kind: 'run', runId: await keepModelFile(places.current, path) }
}
