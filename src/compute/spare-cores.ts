import type { ProcessorUse } from '../engine/processor-use'

/** The application leaves a core to the person, so that the desktop stays smooth while a model trains. */
export const SPARE_CORES: ProcessorUse = { spareCores: 1 }
