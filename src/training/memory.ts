import { totalmem } from 'node:os'
import { StudioError } from '../base/failure'
import { usableMemory } from '../engine/process-limits'
import { modelSize } from '../made/size'
import { specOf, type RunConfig } from '../shared/run-config'
import { MOST_MEMORY_SHARE } from '../shared/setting-limits'

const GIB = 1024 ** 3

/**
 * Refuses a run that would not fit into memory, before anything is allocated.
 * @param inputs D of the data
 * @param memoryBytes of the computer; if absent, what this process may use of it
 * @throws StudioError 'too-large'
 */
export function requireMemory(config: RunConfig, inputs: number, memoryBytes?: number): void {
  const usable = memoryBytes ?? usableMemory()
  const { trainingBytes } = modelSize(specOf(config, inputs), config.optimizer, config.batchSize)
  if (trainingBytes <= MOST_MEMORY_SHARE * usable) return
  const whose = memoryBytes === undefined && usable < totalmem() ? 'this process may use' : 'this computer has'
  throw new StudioError(
    'too-large',
    `Training this model takes about ${gibibytes(trainingBytes)} of memory; ${whose} ${gibibytes(usable)}.`,
    'Use fewer hidden units, a smaller minibatch, or an optimizer with less state such as sgd.',
  )
}

function gibibytes(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GB`
}
