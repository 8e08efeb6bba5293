import { validateConnectivity, type Connectivity } from './connectivity'
import { quoted, StudioError } from '../base/failure'
import { say, type Sentence } from '../words/say'
import { finiteJson } from '../base/json'
import { MOST_SEED } from './random'
import { encodeSafetensors, SafetensorsFile, type ByteSource, type NamedTensor } from './safetensors'
import { validateSchedule, type Schedule } from './schedule'
import { parameterTensors, tensorOf, validateSpec, type Activation, type ModelSpec, type Tensors } from './spec'
import { canonicalSpec, variableCount, type VariableRun, type VariableSpec } from './variables'

/** When a run kept a model: after that epoch, from 1, at that validation NLL in nats. */
export interface Validated {
  readonly epoch: number
  readonly validNll: number
}

/** A trained model, complete in itself: architecture, parameters, and the list of connectivities to average over. */
export interface Model {
  readonly spec: ModelSpec
  readonly parameters: Tensors
  /** The stored part of the test-time list; at least one pair. */
  readonly connectivities: readonly Connectivity[]
  /** How the list was drawn, where known: from it a longer list can be made again. */
  readonly schedule?: Schedule | undefined
  /** How its inputs were made of data, where known, as JSON text: `src/shared/model-preparation.ts` knows what it says. */
  readonly preparation?: string | undefined
  /** Which model of its run it is, where known. */
  readonly validated?: Validated | undefined
}

/** At most so many pairs of the test-time list are stored in a model file. */
export const MOST_STORED_CONNECTIVITIES = 64

const FORMAT = 'made'
/** Version 2 says which variables there are; it is written only where they are not all binary, or some lead. */
const VERSIONS = ['1', '2'] as const

/** The pieces of a model file (docs/formats.md), ready to be written one after another. */
export function encodeModel(model: Model): Uint8Array[] {
  const metadata: Record<string, string> = { format: FORMAT, ...describeSpec(canonicalSpec(model.spec)) }
  if (model.schedule) metadata['schedule'] = JSON.stringify(model.schedule)
  if (model.preparation !== undefined) metadata['preparation'] = model.preparation
  if (model.validated) metadata['validated'] = finiteJson(model.validated)
  return encodeSafetensors([...parameterEntries(model), ...connectivityEntries(model)], metadata)
}

function describeSpec(spec: ModelSpec): { readonly version: (typeof VERSIONS)[number]; readonly spec: string } {
  if (!spec.variables && !spec.leading) return { version: '1', spec: JSON.stringify(spec) }
  const { variables = [{ kind: 'binary', count: spec.inputs }], leading = [] } = spec
  return { version: '2', spec: JSON.stringify({ ...spec, variables, leading }) }
}

function parameterEntries({ spec, parameters }: Model): NamedTensor[] {
  return parameterTensors(spec).map(({ name, shape }) => ({ name, shape, data: tensorOf(parameters, name) }))
}

function connectivityEntries({ connectivities }: Model): NamedTensor[] {
  return connectivities
    .slice(0, MOST_STORED_CONNECTIVITIES)
    .flatMap(({ ordering, degrees }, i) => [
      { name: `connectivity.${i}.ordering`, shape: [ordering.length], data: ordering },
      ...degrees.map((data, l) => ({ name: `connectivity.${i}.degrees.${l}`, shape: [data.length], data })),
    ])
}

/**
 * Reads a model file. Nothing in it is trusted: sizes, names, shapes, numbers and permutations are checked first.
 * @throws StudioError 'unknown-format', 'damaged-file', 'invalid-model' or 'too-large'
 */
export async function decodeModel(source: ByteSource): Promise<Model> {
  const file = await SafetensorsFile.open(source)
  const { metadata } = file
  if (metadata['format'] !== FORMAT)
    throw new StudioError('unknown-format', say('model.file.not-made'), say('model.file.not-made.hint'))
  const version = VERSIONS.find((known) => known === metadata['version'])
  if (version === undefined)
    throw new StudioError(
      'unknown-format',
      say('model.file.version', { version: versionIn(metadata), known: VERSIONS }),
      say('model.file.version.hint', { newest: VERSIONS[VERSIONS.length - 1] }),
    )
  const spec = parseSpec(metadata['spec'], version === '2')
  const parameters = await readParameters(file, spec)
  const connectivities = await readConnectivities(file, spec)
  refuseStrangers(file, spec, connectivities.length)
  const schedule = parseSchedule(metadata['schedule'])
  const validated = parseValidated(metadata['validated'])
  return { spec, parameters, connectivities, schedule, preparation: metadata['preparation'], validated }
}

function versionIn({ version }: SafetensorsFile['metadata']): string | Sentence {
  return version === undefined ? say('model.file.no-version') : quoted(version)
}

/** Which model of its run a model file holds, from its header alone; null where it does not say. @throws as `decodeModel` */
export async function readValidated(source: ByteSource): Promise<Validated | null> {
  const { metadata } = await SafetensorsFile.open(source)
  return parseValidated(metadata['validated']) ?? null
}

/** The text in which a model file says how its inputs were made of data, from its header alone. @throws as `decodeModel` */
export async function readPreparation(source: ByteSource): Promise<string | undefined> {
  return (await SafetensorsFile.open(source)).metadata['preparation']
}

function parseValidated(text: string | undefined): Validated | undefined {
  if (text === undefined) return undefined
  const { epoch, validNll } = parseJson(text, 'validated')
  const isEpoch = typeof epoch === 'number' && Number.isSafeInteger(epoch) && epoch >= 1
  if (!isEpoch || typeof validNll !== 'number' || !Number.isFinite(validNll)) throw unreadable('validated')
  return { epoch, validNll }
}

function parseSpec(text: string | undefined, hasVariables: boolean): ModelSpec {
  const value = parseJson(text, 'spec')
  const { inputs, hidden, activation, directConnections = false, conditioningWeights = false } = value
  if (
    typeof inputs !== 'number' ||
    !Array.isArray(hidden) ||
    !hidden.every((units) => typeof units === 'number') ||
    typeof activation !== 'string' ||
    typeof directConnections !== 'boolean' ||
    typeof conditioningWeights !== 'boolean'
  )
    throw unreadable('spec')
  const variables = hasVariables ? parseVariables(value) : requireNoVariables(value)
  const spec = {
    inputs,
    hidden,
    activation: activation as Activation,
    directConnections,
    conditioningWeights,
    ...variables,
  }
  validateSpec(spec)
  return canonicalSpec(spec)
}

function parseVariables(spec: Record<string, unknown>): Pick<Required<VariableSpec>, 'variables' | 'leading'> {
  const { variables, leading = [] } = spec
  if (!Array.isArray(variables) || !Array.isArray(leading)) throw unreadable('variables')
  if (!leading.every((variable) => typeof variable === 'number')) throw unreadable('leading')
  return { variables: variables.map(parseRun), leading }
}

function parseRun(run: unknown): VariableRun {
  const { kind, categories, count } = (run ?? {}) as Record<string, unknown>
  if (count !== undefined && typeof count !== 'number') throw unreadable('count')
  const counted = count === undefined ? {} : { count }
  if (kind === 'binary') return { kind, ...counted }
  if (kind === 'categorical' && typeof categories === 'number') return { kind, categories, ...counted }
  throw unreadable('variable')
}

/** A file of version 1 that names variables would be read as another model than it is. */
function requireNoVariables(spec: Record<string, unknown>): object {
  if (spec['variables'] === undefined && spec['leading'] === undefined) return {}
  throw damagedModel(say('model.file.stray-variables'))
}

function parseJson(text: string | undefined, part: 'validated' | 'spec' | 'schedule'): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '')
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Falls through to the one answer for everything that is not an object.
  }
  throw damagedModel(say('model.file.not-json', { part }))
}

function parseSchedule(text: string | undefined): Schedule | undefined {
  if (text === undefined) return undefined
  const { orderings, singleOrdering, masks, seed } = parseJson(text, 'schedule')
  if (
    typeof orderings !== 'number' ||
    typeof masks !== 'number' ||
    typeof seed !== 'number' ||
    (singleOrdering !== 'natural' && singleOrdering !== 'random')
  )
    throw unreadable('schedule')
  if (!Number.isInteger(seed) || seed < 0 || seed > MOST_SEED) throw damagedModel(say('model.file.seed'))
  const schedule: Schedule = { orderings, singleOrdering, masks, seed }
  validateSchedule(schedule)
  return schedule
}

async function readParameters(file: SafetensorsFile, spec: ModelSpec): Promise<Tensors> {
  const parameters: Tensors = new Map()
  for (const { name, shape } of parameterTensors(spec)) {
    const tensor = await file.floats(name, shape)
    if (!tensor.every(Number.isFinite)) throw damagedModel(say('model.file.no-number', { tensor: name }))
    parameters.set(name, tensor)
  }
  return parameters
}

async function readConnectivities(file: SafetensorsFile, spec: ModelSpec): Promise<Connectivity[]> {
  const connectivities: Connectivity[] = []
  const variables = variableCount(spec)
  for (let i = 0; file.has(`connectivity.${i}.ordering`); i++) {
    const ordering = await file.integers(`connectivity.${i}.ordering`, [variables])
    const degrees: Int32Array[] = []
    for (const [l, units] of spec.hidden.entries())
      degrees.push(await file.integers(`connectivity.${i}.degrees.${l}`, [units]))
    const connectivity = { ordering, degrees }
    validateConnectivity(spec, connectivity)
    connectivities.push(connectivity)
  }
  if (connectivities.length === 0) throw damagedModel(say('model.file.no-connectivity'))
  return connectivities
}

/** A part of a model that its architecture does not have, or that stands after a gap, would silently be left out. */
function refuseStrangers(file: SafetensorsFile, spec: ModelSpec, connectivities: number): void {
  const known = new Set(parameterTensors(spec).map(({ name }) => name))
  for (let i = 0; i < connectivities; i++) {
    known.add(`connectivity.${i}.ordering`)
    spec.hidden.forEach((_, l) => known.add(`connectivity.${i}.degrees.${l}`))
  }
  for (const name of file.names)
    if (/^(hidden|output|direct|connectivity)\./.test(name) && !known.has(name))
      throw damagedModel(say('model.file.stray-tensor', { tensor: quoted(name) }))
}

type Part = 'validated' | 'spec' | 'schedule' | 'variables' | 'leading' | 'count' | 'variable'

function unreadable(part: Part): StudioError {
  return damagedModel(say('model.file.unreadable', { part }))
}

function damagedModel(what: Sentence): StudioError {
  return new StudioError('damaged-file', what, say('model.file.damaged.hint'))
}
