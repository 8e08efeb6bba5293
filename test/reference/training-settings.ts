import type { TrainingSettings } from '../../src/engine/contract'
import { DEFAULT_OPTIMIZERS } from '../../src/made/optimizer'
import { CONSTANT_STEPS } from '../../src/made/step-schedule'

/** Adam with its usual constants, steps that stay as long as they are, and no penalty. */
export const ADAM: TrainingSettings = { optimizer: DEFAULT_OPTIMIZERS.adam, schedule: CONSTANT_STEPS, l2: 0 }
