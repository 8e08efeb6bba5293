import { totalmem } from 'node:os'
import { StudioError } from '../base/failure'
import { say, type Sentence } from '../words/say'
import { usableMemory } from '../engine/process-limits'
import { modelSize } from '../made/size'
import type { ModelledColumns } from '../made/variables'
import { specOf, type RunConfig } from '../shared/run-config'
import { MOST_MEMORY_SHARE } from '../shared/setting-limits'

const GIB = 1024 ** 3

/**
 * Refuses a run that would not fit into memory, before anything is allocated.
 * @param memoryBytes of the computer; if absent, what this process may use of it
 * @throws StudioError 'too-large'
 */
export function requireMemory(config: RunConfig, data: ModelledColumns, memoryBytes?: number): void {
  const usable = memoryBytes ?? usableMemory()
  const { trainingBytes } = modelSize(
    specOf(config, data),
    config.optimizer,
    config.batchSize,
    config.averagedEpochs > 1,
  )
  if (trainingBytes <= MOST_MEMORY_SHARE * usable) return
  const whose = memoryBytes === undefined && usable < totalmem() ? 'process' : 'computer'
  throw new StudioError(
    'too-large',
    say('run.memory', { needed: gibibytes(trainingBytes), whose, usable: gibibytes(usable) }),
    say('run.memory.hint'),
  )
}

function gibibytes(bytes: number): Sentence {
  return say('run.gigabytes', { gigabytes: bytes / GIB })
}
