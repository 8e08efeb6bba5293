import type { Engine, EngineId } from '../src/engine/contract'
import { findEngine } from '../src/engine/find'
import { WebGpuEngine } from '../src/engine/webgpu/webgpu-engine'
import { failureOf } from '../src/base/failure'
import { cpuBuilds, webGpuBuild, type Build } from './builds'
import type { Options } from './options'
import { TorchPeer, torchSettings } from './peers/torch-peer'

/** Who takes part, and who does not and why. */
export interface Entrants {
  readonly builds: readonly Build[]
  readonly torch: readonly TorchPeer[]
  /** The tensorflow engine as a peer of the cpu engine. */
  readonly tensorflow: Engine | null
  readonly absent: readonly string[]
  /** Whether every build that was asked for is there. */
  readonly isComplete: boolean
}

export async function findEntrants(options: Options): Promise<Entrants> {
  const absent: string[] = []
  const available = async (id: EngineId): Promise<Engine | null> => {
    try {
      return await findEngine(id)
    } catch (error) {
      const { message, hint } = failureOf(error)
      absent.push(`${id}: ${message.english} ${hint.english}`)
      return null
    }
  }

  const builds: Build[] = []
  if (options.engine === 'cpu') {
    const offered = await cpuBuilds()
    for (const name of options.builds ?? [offered[0].name]) {
      const build = offered.find((candidate) => candidate.name === name)
      if (build) builds.push(build)
      else absent.push(`cpu, build ${name}: it does not work on this computer, or is not built.`)
    }
  } else {
    const engine = await available(options.engine)
    if (engine instanceof WebGpuEngine && engine.isSoftware && !options.software)
      absent.push(
        `webgpu: ${engine.device.name.english} is the processor playing a GPU, whose figures say nothing; --software times it all the same.`,
      )
    else if (engine instanceof WebGpuEngine) builds.push(webGpuBuild(engine))
    else if (engine) builds.push({ name: engine.id, engine })
  }

  const isComplete = builds.length > 0 && absent.length === 0

  // On a GPU PyTorch is the peer: the TensorFlow that can be had computes on the processor.
  const tensorflow = options.engine === 'cpu' ? await available('tensorflow') : null
  const torch: TorchPeer[] = []
  // Nobody is asked to come where there is nothing to be compared with.
  for (const { name, environment } of builds.length > 0 ? torchSettings(options.engine) : [])
    try {
      torch.push(await TorchPeer.start(name, environment))
    } catch (error) {
      absent.push(`PyTorch (${name}): ${error instanceof Error ? error.message : String(error)}`)
    }
  return { builds, torch, tensorflow, absent, isComplete }
}
