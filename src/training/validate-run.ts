import { validateInitialisation } from '../made/initialisation'
import { StudioError } from '../base/failure'
import type { DataSet } from '../data/data-set'
import { UNLIMITED, validateSchedule } from '../made/schedule'
import { validateSpec } from '../made/spec'
import type { ModelledColumns } from '../made/variables'
import { scheduleOf, specOf, type RunConfig } from '../shared/run-config'
import { say } from '../words/say'
import { requireMemory } from './memory'

/**
 * Checks all that can be known to be wrong before anything is allocated, on the computer that is to train.
 * @throws StudioError 'invalid-model', 'invalid-settings' or 'too-large'
 */
export function validateRun(config: RunConfig, data: ModelledColumns & Pick<DataSet, 'known'>): void {
  validateSettings(config, data)
  requireMemory(config, data)
}

/**
 * The same whatever the computer: settings and data that do not go together.
 * @throws StudioError 'invalid-model' or 'invalid-settings'
 */
export function validateSettings(config: RunConfig, data: ModelledColumns & Pick<DataSet, 'known'>): void {
  const spec = specOf(config, data)
  validateSpec(spec)
  validateSchedule(scheduleOf(config))
  if (data.known && config.orderings !== UNLIMITED)
    throw new StudioError('invalid-settings', say('run.needs-fresh-orderings'), {
      window: say('run.needs-fresh-orderings.window'),
      options: say('run.needs-fresh-orderings.options'),
    })
  validateInitialisation(spec, config.initialisation)
}
