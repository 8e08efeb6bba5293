import { ENGINE_IDS, type EngineChoice } from '../made/engines'
import { chooseEngine, type EngineFinding } from './choose'
import type { Engine, EngineId } from './contract'
import { REGISTRY } from './registry'

/**
 * Looks for every engine on this computer, in the order of `ENGINES`.
 * @param spareCores cores that are left to the person's other work
 * @param registry where they are had; the application has webgpu in another way
 */
export function findEngines(spareCores = 0, registry = REGISTRY): Promise<EngineFinding[]> {
  return findAll(ENGINE_IDS, spareCores, registry)
}

/** As `findEngines`, but only those that may be the fastest. */
export function findFastEngines(spareCores = 0, registry = REGISTRY): Promise<EngineFinding[]> {
  return findAll(
    ENGINE_IDS.filter((id) => registry[id].mayBeWorthFinding()),
    spareCores,
    registry,
  )
}

/**
 * The engine of that choice. GPUs take a moment to try, so they are looked for only when they are asked for: 'auto' is
 * the processor here, which short work is done on; for a run see `chooseForRun`.
 * @throws StudioError 'engine-unavailable' with the reason of that engine.
 */
export async function findEngine(choice: EngineChoice, spareCores = 0, registry = REGISTRY): Promise<Engine> {
  const id = choice === 'auto' ? 'cpu' : choice
  return chooseEngine([await registry[id].find(spareCores)], choice)
}

function findAll(ids: readonly EngineId[], spareCores: number, registry: typeof REGISTRY): Promise<EngineFinding[]> {
  return Promise.all(ids.map((id) => registry[id].find(spareCores)))
}
