import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { withFile } from '../data/file-source'
import { preparationOf } from '../data/model-data'
import type { ModelPreparation } from '../data/preparation/coding'
import { decodeModel, type Model } from '../made/model-file'
import { keptModel } from '../runs/kept-model'
import { RunFolder } from '../runs/run-folder'
import { requireSameData } from '../runs/runs'
import { decodeModelPreparation } from '../shared/model-preparation'
import { openData, withReadingBar } from './places'

/** A model that a command was given. */
export interface GivenModel {
  readonly model: Model
  /** How its file says that its data were prepared; null where it does not say it, as those of the first runs. */
  readonly preparation: ModelPreparation | null
  /** The run that it is of, if its folder is one. */
  readonly run: RunFolder | null
}

/** The model of a file, or the best one of a run's folder. @throws StudioError as `decodeModel` and `RunFolder` */
export async function modelAt(place: string): Promise<GivenModel> {
  const path = resolve(place)
  // What is not there is told when it is read, as the file or the folder that its name says.
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? !path.endsWith('.safetensors')
  const folder = new RunFolder(isFolder ? path : dirname(path))
  const isRun = isFolder || (await folder.exists())
  if (isFolder) await folder.readRecord()
  const model = isFolder ? await keptModel(folder, 'best') : await withFile(path, decodeModel)
  const { preparation: text, spec } = model
  const preparation = text === undefined ? null : decodeModelPreparation(text, spec.inputs)
  return { model, preparation, run: isRun ? folder : null }
}

/**
 * How the data of a run were prepared, found out by preparing them again.
 * @throws StudioError 'invalid-data' if they have changed since, or what opening them throws
 */
export async function preparationOfRun(run: RunFolder, signal: AbortSignal): Promise<ModelPreparation | null> {
  const record = await run.readRecord()
  const data = await withReadingBar(signal, (reading) => openData(record.config.data, reading))
  requireSameData(record, data)
  return preparationOf(data)
}
