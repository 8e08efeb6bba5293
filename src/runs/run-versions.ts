import type { Text } from '../base/advice'
import { inField, isFields, migrated, type Fields, type Migration } from '../base/migration'
import { verbatim } from '../words/say'

/**
 * How run.json has changed from version to version. Settings stand in it, and also alone in the files of `made train
 * --config`: a change of theirs is a step of both.
 */
interface Step {
  readonly settings: Migration
  /** What is around the settings. */
  readonly record: Migration
}

const STEPS: readonly Step[] = [
  // Version 1 grew for a while without a number of its own: what the first runs did not keep is added where it is lacking.
  {
    settings: inField('data', dataFrom1),
    record: (old) =>
      inField('engine', (engine) => ({ measured: null, ...engine }))(
        inField('data', (data) => ({ toFill: 0, references: null, ...data }))(old),
      ),
  },
  // Version 2 kept what had gone wrong, and what computed, as English texts.
  {
    settings: (old) => old,
    record: (old) => inField('engine', engineFrom2)(inField('failure', failureFrom2)(old)),
  },
  // Version 3 knew bits alone: each was a variable, and no label was learnt.
  {
    settings: inField('data', dataFrom3),
    record: (old) => old,
  },
  // In version 4 steps were as long as the optimizer makes them, and weights taken as they are.
  {
    settings: (old) => ({ learningRateSchedule: 'constant', averagedEpochs: 1, ...old }),
    record: (old) => old,
  },
  // In version 5 all biases began at zero.
  {
    settings: (old) => ({ outputBiases: 'zero', ...old }),
    record: (old) => old,
  },
]

/** The version of run.json that is written. */
export const RUN_VERSION = STEPS.length + 1

const SETTINGS_STEPS = STEPS.map(({ settings }) => settings)
const RECORD_STEPS = STEPS.map(
  ({ settings, record }): Migration =>
    (old) =>
      inField('config', settings)(record(old)),
)

/** Brings what was read from run.json to that version. @throws StudioError 'newer-version' */
export function migratedRecord(read: unknown, what: Text): unknown {
  return migrated(read, RECORD_STEPS, what)
}

/** The settings that were read, in a run.json or alone in a file, brought to that version. @throws StudioError 'newer-version' */
export function migratedSettings(read: unknown, what: Text): unknown {
  if (!isFields(read) || !('config' in read)) return migrated(read, SETTINGS_STEPS, what)
  const record = migratedRecord(read, what)
  return isFields(record) ? record['config'] : record
}

/** The first runs named .npz files by a kind of their own, and their preparations knew less. */
function dataFrom1(old: Fields): Fields {
  if (old['kind'] === 'npz') return { ...old, kind: 'file', preparation: null }
  return inField('preparation', (preparation) => ({ ownBits: [], pictureSize: null, ...preparation }))(old)
}

function dataFrom3(old: Fields): Fields {
  return inField('preparation', (preparation) => ({ valuesAs: 'bits', learnsLabel: false, ...preparation }))(old)
}

function failureFrom2(old: Fields): Fields {
  return { ...old, message: sentenceFrom2(old['message']), hint: sentenceFrom2(old['hint']) }
}

function engineFrom2(old: Fields): Fields {
  return { ...old, device: sentenceFrom2(old['device']) }
}

function sentenceFrom2(text: unknown): unknown {
  return typeof text === 'string' ? verbatim(text) : text
}
