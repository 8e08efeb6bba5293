import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { attempt, withFile } from '../data/file-source'
import type { ModelPreparation } from '../data/preparation/coding'
import { replaceFile } from '../files/durable-file'
import { decodeModel, encodeModel, type Model } from '../made/model-file'
import type { ModelSpec } from '../made/spec'
import { labelColumns, variablesOnly } from '../made/variables'
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../shared/run-config'
import { decodeModelPreparation } from '../shared/model-preparation'
import { say } from '../words/say'
import { RunFolder } from './run-folder'
import type { RunRecord } from './run-record'
import type { Runs } from './runs'
import { RUN_VERSION } from './run-versions'

const ENDING = /\.safetensors$/i
/** Letters of the hash that tell models of one name apart. */
const HASH_LETTERS = 12

/**
 * Keeps a model that came as a file alone as a run that is over, so that it can be drawn from, looked at and kept like any
 * other. The same file is kept once.
 * @returns the id of the run
 * @throws StudioError as `decodeModel`, 'disk-full' or 'not-writable'
 */
export async function keepModelFile(runs: Runs, path: string): Promise<string> {
  const model = await withFile(path, decodeModel)
  const name = basename(path).replace(ENDING, '')
  const folder = await folderOfFile(runs, 'model', path)
  if (await folder.exists()) return folder.id
  await folder.create(recordOf(model, name, path))
  await replaceFile(folder.bestPath, encodeModel(model))
  return folder.id
}

/** The folder in which what a file holds is kept as a run: the same of the same file, whatever else has its name. */
export async function folderOfFile(
  runs: Pick<Runs, 'path'>,
  kind: 'model' | 'parcel',
  path: string,
): Promise<RunFolder> {
  const hash = createHash('sha256')
  await attempt(path, async () => {
    for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array)
  })
  const slug = basename(path, extname(path))
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 32)
  return new RunFolder(join(runs.path, `${kind}-${slug}-${hash.digest('hex').slice(0, HASH_LETTERS)}`))
}

/** What a model file tells of the run that it came from; of the rest, what is usual. */
function recordOf(model: Model, name: string, path: string): RunRecord {
  const { spec, validated, preparation: text } = model
  const preparation = text === undefined ? null : decodeModelPreparation(text, spec.inputs)
  const now = Date.now()
  return {
    version: RUN_VERSION,
    name,
    createdAt: now,
    changedAt: now,
    config: configOf(model, path),
    status: 'finished',
    data: {
      name: preparation?.data.name ?? '',
      hash: preparation?.data.hash ?? '',
      columns: spec.inputs,
      ...variablesOnly(spec),
      picture: preparation?.picture ?? null,
      rows: { train: 0, valid: 0, test: 0 },
      toFill: 0,
      references: null,
      ...labelOf(spec, preparation),
    },
    engine: null,
    epoch: validated?.epoch ?? 0,
    best: validated ?? null,
    ended: 'stopped',
    test: null,
    failure: null,
  }
}

/** The label that a model has learnt; where its file does not name it, its classes have numbers. */
function labelOf(spec: ModelSpec, preparation: ModelPreparation | null): Pick<RunRecord['data'], 'label'> {
  const named = preparation?.coding.label
  if (named) return { label: named }
  const place = labelColumns(spec)
  if (!place) return {}
  const words = Array.from({ length: place.end - place.first }, (_, y) => String(y + 1))
  return { label: { name: say('run.unnamed-label').english, words } }
}

function configOf({ spec, schedule, connectivities }: Model, path: string): RunConfig {
  const { hidden, activation, directConnections, conditioningWeights } = spec
  // Where it is not known how its list was drawn, there are as many orderings as it stores.
  const drawn = schedule ?? {
    orderings: connectivities.length,
    singleOrdering: 'natural' as const,
    masks: 1,
    seed: DEFAULT_RUN_CONFIG.seed,
  }
  return {
    ...DEFAULT_RUN_CONFIG,
    ...drawn,
    data: { kind: 'file', path, preparation: null },
    hidden: [...hidden],
    activation,
    directConnections,
    conditioningWeights,
  }
}
