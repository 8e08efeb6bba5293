import { cpus } from 'node:os'
import type { ProbeRun } from '../../base/probe'
import type { EngineFinding } from '../choose'
import { threadsFor, type ProcessorUse } from '../processor-use'
import { diagnose, packageWords } from './diagnosis'
import { findPackage } from './package-folder'
import { probe } from './probe'
import { TensorFlowEngine } from './tensorflow-engine'

let found: Promise<EngineFinding> | null = null

/**
 * Looks for TensorFlow and tries it in a process of its own, once. Whatever is wrong with it is a reason, never an exception.
 * @param use of the processor, where there is no GPU
 * @param run starts that process; as plain Node.js unless told otherwise
 */
export function findTensorFlow(use: ProcessorUse, run?: ProbeRun): Promise<EngineFinding> {
  found ??= search(use, run)
  return found
}

/** Looks anew the next time: the add-on pack has come or gone. */
export function forgetTensorFlow(): void {
  found = null
}

async function search(use: ProcessorUse, run?: ProbeRun): Promise<EngineFinding> {
  const place = findPackage()
  if (place.kind !== 'found') return { id: 'tensorflow', available: false, device: null, reason: packageWords(place) }
  const diagnosis = diagnose(await probe(place.folder, run), cpus()[0]?.model ?? '')
  if (!diagnosis.available) return { id: 'tensorflow', available: false, device: null, reason: diagnosis.reason }
  const { device, note } = diagnosis
  return {
    id: 'tensorflow',
    available: true,
    engine: new TensorFlowEngine(place.folder, device, threadsFor(use)),
    note,
  }
}
