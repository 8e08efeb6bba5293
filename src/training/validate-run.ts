import { validateInitialisation } from '../made/initialisation'
import { validateSchedule } from '../made/schedule'
import { validateSpec } from '../made/spec'
import type { ModelledColumns } from '../made/variables'
import { scheduleOf, specOf, type RunConfig } from '../shared/run-config'
import { requireMemory } from './memory'

/**
 * Checks all that can be known to be wrong before anything is allocated.
 * @throws StudioError 'invalid-model', 'invalid-settings' or 'too-large'
 */
export function validateRun(config: RunConfig, data: ModelledColumns): void {
  const spec = specOf(config, data)
  validateSpec(spec)
  validateSchedule(scheduleOf(config))
  validateInitialisation(spec, config.initialisation)
  requireMemory(config, data)
}
