import { ENGINE_IDS, type EngineChoice } from '../made/engines'
import { chooseEngine, type EngineFinding } from './choose'
import type { Engine, EngineId } from './contract'
import type { ProcessorUse } from './processor-use'
import { REGISTRY } from './registry'

/**
 * Looks for every engine on this computer, in the order of `ENGINES`.
 * @param use how the processor is used
 * @param registry where they are had; the application has webgpu in another way
 */
export function findEngines(use: ProcessorUse = {}, registry = REGISTRY): Promise<EngineFinding[]> {
  return findAll(ENGINE_IDS, use, registry)
}

/** As `findEngines`, but only those that may be the fastest. */
export function findFastEngines(use: ProcessorUse = {}, registry = REGISTRY): Promise<EngineFinding[]> {
  return findAll(
    ENGINE_IDS.filter((id) => registry[id].mayBeWorthFinding()),
    use,
    registry,
  )
}

/**
 * The engine of that choice. GPUs take a moment to try, so they are looked for only when they are asked for: 'auto' is
 * the processor here, which short work is done on; for a run see `chooseForRun`.
 * @throws StudioError 'engine-unavailable' with the reason of that engine.
 */
export async function findEngine(choice: EngineChoice, use: ProcessorUse = {}, registry = REGISTRY): Promise<Engine> {
  const id = choice === 'auto' ? 'cpu' : choice
  return chooseEngine([await registry[id].find(use)], choice)
}

function findAll(ids: readonly EngineId[], use: ProcessorUse, registry: typeof REGISTRY): Promise<EngineFinding[]> {
  return Promise.all(ids.map((id) => registry[id].find(use)))
}
