import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { StudioError } from '../base/failure'
import { keepParcel } from '../report/taken-parcel'
import { keepModelFile } from '../runs/model-run'
import { RunFolder } from '../runs/run-folder'
import { transferRun } from '../runs/transfer'
import { freeName } from '../shared/free-name'
import type { Taken } from '../shared/contract'
import { say } from '../words/say'
import type { RunPlaces } from './run-places'

const MODEL = /\.safetensors$/i
const ZIP = /\.zip$/i

/**
 * Finds out what a person opened or dropped. A run is listed from then on, wherever it lies; a model of its folder stands for
 * it; a model alone, and a parcel, is kept as a run, and so is a copy of a run where another is known by the name of its folder;
 * everything else is data.
 * @throws StudioError 'not-found' where there is nothing, or what reading it throws
 */
export async function take(path: string, places: RunPlaces): Promise<Taken> {
  const there = await stat(path).catch(() => null)
  if (there === null)
    throw new StudioError('not-found', say('compute.data.not-there', { path }), say('compute.data.not-there.hint'))
  if (there.isFile() && ZIP.test(path)) {
    const names = async (): Promise<readonly string[]> => (await places.list()).map(({ name }) => name)
    const runId = await keepParcel(places.current, path, names)
    return runId === null ? { kind: 'data' } : { kind: 'run', runId }
  }
  const isModel = there.isFile() && MODEL.test(path)
  if (!there.isDirectory() && !isModel) return { kind: 'data' }
  const folder = new RunFolder(resolve(isModel ? dirname(path) : path))
  if (await folder.exists())
    return { kind: 'run', runId: (await places.open(folder)) ?? (await copied(folder, places)) }
  if (!isModel) return { kind: 'data' }
  return { kind: 'run', runId: await keepModelFile(places.current, path) }
}

/** A copy of a run among those of a person's own, under a name that is free. @returns its id */
async function copied(folder: RunFolder, places: RunPlaces): Promise<string> {
  const { name } = await folder.readRecord()
  const copy = places.current.place(name)
  await transferRun(folder, copy, 'copy')
  await copy.rename(
    freeName(
      name,
      (await places.list()).filter(({ id }) => id !== copy.id).map((run) => run.name),
    ),
  )
  return copy.id
}
