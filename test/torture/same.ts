import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { SessionState } from '../../src/engine/contract'
import type { Counters } from '../../src/runs/counters'
import { checkpointShape, type RunFolder } from '../../src/runs/run-folder'
import { isHeld } from '../../src/runs/run-lock'
import { brief, faultsOfEpochs, strangers, type Faults } from './at-rest'
import type { Reference } from './reference'

/**
 * Holds a run that ended against the undisturbed one: the same bits in its checkpoint, best model, sheets of samples,
 * curves and test, and no file that is none of its own.
 * @param wasReopened a run that was stopped and went on counts its epochs without a new best from there
 * @param sheets of which epochs it has kept a sheet of samples
 */
export async function faultsAtEnd(
  folder: RunFolder,
  reference: Reference,
  wasReopened = false,
  sheets: 'each' | 'best' = 'each',
): Promise<Faults> {
  const faults: string[] = []
  const differs = (what: string, found: unknown, expected: unknown): void => {
    if (!isDeepStrictEqual(found, expected))
      faults.push(`${what} differs: ${brief(found)} instead of ${brief(expected)}`)
  }
  const record = await folder.readRecord()
  for (const part of ['status', 'epoch', 'best', 'ended', 'test', 'failure'] as const)
    differs(`${part} of run.json`, record[part], reference.record[part])
  const { checkpoint, failures } = await folder.readCheckpoint(checkpointShape(record))
  for (const { message } of failures) faults.push(message.english)
  if (!checkpoint) faults.push('there is no checkpoint')
  else {
    faults.push(...faultsOfState(checkpoint.state, reference.checkpoint.state))
    differs(
      'the counters',
      timeless(checkpoint.counters, wasReopened),
      timeless(reference.checkpoint.counters, wasReopened),
    )
  }
  if (!(await readFile(folder.bestPath)).equals(await readFile(reference.folder.bestPath)))
    faults.push('the best model differs')
  const history = await folder.readHistory(record)
  differs('the curve', history.losses, reference.history.losses)
  differs('the number of epochs', history.epochs.length, reference.history.epochs.length)
  faults.push(...faultsOfEpochs(history, reference))
  const kept = sheets === 'each' ? reference.history.sampleEpochs : [reference.record.best?.epoch]
  differs('the sheets of samples', history.sampleEpochs, kept)
  for (const epoch of history.sampleEpochs)
    differs(
      `the sheet of epoch ${epoch}`,
      (await folder.readSamples(epoch)).toBytes(),
      (await reference.folder.readSamples(epoch)).toBytes(),
    )
  faults.push(...(await faultsOfLeftovers(folder)))
  return faults
}

/** Holds a run that was stopped early against what the undisturbed one kept after that epoch. */
export async function faultsAtStop(folder: RunFolder, { ends, history }: Reference): Promise<Faults> {
  const { best, test } = await folder.readRecord()
  if (!best) return ['a run that was stopped has no best epoch']
  const end = ends.findLast((candidate) => candidate.bestEpoch === best.epoch)
  const faults: string[] = []
  if (best.validNll !== history.epochs[best.epoch - 1]?.validNll)
    faults.push(`epoch ${best.epoch} is said to be the best with ${best.validNll} nats, which it had not`)
  if (!end || !(await readFile(folder.bestPath)).equals(end.best))
    faults.push(`the model that is kept as that of epoch ${best.epoch} is another one`)
  if (end && test !== null && !isDeepStrictEqual(test, end.test))
    faults.push(`the test of the model of epoch ${best.epoch} differs: ${brief(test)} instead of ${brief(end.test)}`)
  return faults
}

async function faultsOfLeftovers(folder: RunFolder): Promise<Faults> {
  const names = await readdir(folder.path)
  const samples = await readdir(join(folder.path, 'samples'))
  const left = [...strangers(names), ...samples.filter((name) => !/^epoch-\d+\.npy$/.test(name))]
  return [
    ...(left.length > 0 ? [`left over at the end: ${left.join(', ')}`] : []),
    // One that was killed when all was done has not given it back, and nobody has to wait for it.
    ...((await isHeld(folder.path)) ? ['the lock is still held'] : []),
  ]
}

function faultsOfState(found: SessionState, expected: SessionState): Faults {
  const faults: string[] = []
  if (!isDeepStrictEqual(found.parameters, expected.parameters)) faults.push('the parameters of the checkpoint differ')
  if (!isDeepStrictEqual(found.slots, expected.slots)) faults.push('the slots of the optimizer differ')
  return faults
}

function timeless({ epochSeconds: _, epochsSinceBest, ...counters }: Counters, wasReopened: boolean): object {
  return wasReopened ? counters : { ...counters, epochsSinceBest }
}
