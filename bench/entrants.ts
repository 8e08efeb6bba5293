import type { Engine } from '../src/engine/contract'
import { findEngines } from '../src/engine/find'
import { cpuBuilds, type Build } from './builds'
import type { Options } from './options'
import { TorchPeer, torchSettings } from './peers/torch-peer'

/** Who takes part, and who does not and why. */
export interface Entrants {
  readonly builds: readonly Build[]
  readonly torch: readonly TorchPeer[]
  /** The tensorflow engine as a peer, unless it is what is timed. */
  readonly tensorflow: Engine | null
  readonly absent: readonly string[]
  /** Whether every build that was asked for is there. */
  readonly isComplete: boolean
}

export async function findEntrants(options: Options): Promise<Entrants> {
  const absent: string[] = []
  const findings = await findEngines()
  const available = (id: string): Engine | null => {
    const finding = findings.find((candidate) => candidate.id === id)
    if (finding?.available) return finding.engine
    absent.push(`${id}: ${finding?.reason.message ?? 'This version does not know this engine.'}`)
    return null
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
    const engine = available(options.engine)
    if (engine) builds.push({ name: engine.device.name, engine })
  }

  const isComplete = builds.length > 0 && absent.length === 0

  const tensorflow = options.engine === 'tensorflow' ? null : available('tensorflow')
  const torch: TorchPeer[] = []
  for (const { name, environment } of torchSettings())
    try {
      torch.push(await TorchPeer.start(name, environment))
    } catch (error) {
      absent.push(`PyTorch (${name}): ${error instanceof Error ? error.message : String(error)}`)
    }
  return { builds, torch, tensorflow, absent, isComplete }
}
