import type { TrainingSettings } from '../../src/engine/contract'
import { DEFAULT_OPTIMIZERS } from '../../src/made/optimizer'

/** Adam with its usual constants, and no penalty. */
export const ADAM: TrainingSettings = { optimizer: DEFAULT_OPTIMIZERS.adam, l2: 0 }
