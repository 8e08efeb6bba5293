import { createHash } from 'node:crypto'
import { withFile } from '../data/file-source'
import type { SessionState } from '../engine/contract'
import { StudioError } from '../base/failure'
import { say, type Sentence } from '../words/say'
import { finiteJson } from '../base/json'
import { slotNames, type Optimizer } from '../made/optimizer'
import { encodeSafetensors, SafetensorsFile, type ByteSource, type NamedTensor } from '../made/safetensors'
import { parameterTensors, tensorOf, type ModelSpec, type Tensors } from '../made/spec'
import { countersSchema, type Counters } from './counters'
import { replaceFile, writingFailure } from '../files/durable-file'

/** All that is needed to go on with a run exactly where it was. */
export interface Checkpoint {
  readonly counters: Counters
  readonly state: SessionState
  /** Of the weights over the epochs; null where none is taken, or none is over yet. */
  readonly average: Tensors | null
}

const FORMAT = 'made-checkpoint'
const VERSION = '1'
const AVERAGE = 'average.'

/** What a checkpoint must fit. */
export interface CheckpointShape {
  readonly spec: ModelSpec
  readonly optimizer: Optimizer
}

/**
 * Writes a checkpoint in place of the old one, which moves only when the new one has been read back and its checksum is
 * right.
 * @param previous where the old one is moved to
 * @param record the text of run.json, kept inside so that a damaged run.json can be made again.
 * @param requireMayReplace is called when the new one is written; what it throws keeps the old one.
 */
export async function writeCheckpoint(
  path: string,
  previous: string,
  shape: CheckpointShape,
  checkpoint: Checkpoint,
  record: string,
  requireMayReplace: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const tensors = namedTensors(shape, checkpoint)
  const counters = finiteJson(checkpoint.counters)
  const { ofAll: checksum } = checksumsOf(tensors, counters)
  const pieces = encodeSafetensors(tensors, { format: FORMAT, version: VERSION, counters, run: record, checksum })
  const verify = async (temporary: string): Promise<void> => {
    await readCheckpoint(temporary, shape).catch((error: unknown) => {
      throw notReadBack(path, error)
    })
    await requireMayReplace()
  }
  await replaceFile(path, pieces, { verify, previous })
}

/**
 * Reads and verifies a checkpoint.
 * @throws StudioError 'not-found', 'unreadable-file', 'unknown-format' or 'damaged-file'
 */
export async function readCheckpoint(path: string, shape: CheckpointShape): Promise<Checkpoint> {
  return withFile(path, async (source) => {
    const { file, counters } = await openCheckpoint(source)
    const read = async (prefix: string): Promise<Tensors> => {
      const tensors: Tensors = new Map()
      for (const tensor of parameterTensors(shape.spec))
        tensors.set(tensor.name, await file.floats(prefix + tensor.name, tensor.shape))
      return tensors
    }
    const parameters = await read('')
    const slots = new Map<string, Tensors>()
    for (const slot of slotNames(shape.optimizer)) slots.set(slot, await read(slotPrefix(slot)))
    const state = { update: counters.update, parameters, slots }
    const [first] = parameterTensors(shape.spec)
    const average = file.has(AVERAGE + first.name) ? await read(AVERAGE) : null
    const { ofTensors, ofAll } = checksumsOf(namedTensors(shape, { state, average }), file.metadata['counters'] ?? '')
    const { checksum } = file.metadata
    // That of the tensors alone is in checkpoints of earlier builds.
    if (checksum !== ofAll && checksum !== ofTensors) throw damaged(say('run.checkpoint.checksum'))
    return { counters, state, average }
  })
}

/** The text of run.json that a checkpoint carries. @throws like `readCheckpoint` */
export async function readCheckpointRecord(path: string): Promise<string> {
  return withFile(path, async (source) => (await openCheckpoint(source)).file.metadata['run'] ?? '')
}

async function openCheckpoint(source: ByteSource): Promise<{ file: SafetensorsFile; counters: Counters }> {
  const file = await SafetensorsFile.open(source)
  if (file.metadata['format'] !== FORMAT || file.metadata['version'] !== VERSION)
    throw damaged(say('run.checkpoint.version'))
  const counters = countersSchema.safeParse(jsonOf(file.metadata['counters']))
  if (!counters.success) throw damaged(say('run.checkpoint.counters'))
  return { file, counters: counters.data }
}

/** What was written and cannot be read back was not written: why, for a person. */
function notReadBack(path: string, error: unknown): unknown {
  if (!(error instanceof StudioError)) return error
  const { cause } = error
  if (cause instanceof Error && 'code' in cause) return writingFailure(path, cause)
  const reason = say('file.reason.read-back')
  return new StudioError('not-writable', say('file.not-written', { path, reason }), say('file.not-writable.hint'), {
    cause: error,
  })
}

/** Undefined, which no schema accepts, where the text is not JSON. */
function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

function namedTensors(
  { spec, optimizer }: CheckpointShape,
  { state, average }: Pick<Checkpoint, 'state' | 'average'>,
): NamedTensor[] {
  const named = (prefix: string, tensors: Tensors): NamedTensor[] =>
    parameterTensors(spec).map(({ name, shape }) => ({ name: prefix + name, shape, data: tensorOf(tensors, name) }))
  return [
    ...named('', state.parameters),
    ...slotNames(optimizer).flatMap((slot) => named(slotPrefix(slot), slotOf(state, slot))),
    ...(average ? named(AVERAGE, average) : []),
  ]
}

function slotOf(state: SessionState, slot: string): Tensors {
  const tensors = state.slots.get(slot)
  if (!tensors) throw new Error(`the optimizer slot ${slot} is missing`)
  return tensors
}

function slotPrefix(slot: string): string {
  return `slot.${slot}.`
}

/** SHA-256 of the tensors, and of those and the text of the counters. */
function checksumsOf(
  tensors: readonly NamedTensor[],
  counters: string,
): { readonly ofTensors: string; readonly ofAll: string } {
  const hash = createHash('sha256')
  for (const { data } of tensors) hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  const ofTensors = hash.copy().digest('hex')
  return { ofTensors, ofAll: hash.update(counters).digest('hex') }
}

function damaged(what: Sentence): StudioError {
  return new StudioError('damaged-file', what, say('run.checkpoint.hint'))
}
