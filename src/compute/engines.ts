import type { DataSet } from '../data/data-set'
import { mayBeFastest } from '../engine/choose'
import type { Engine, EngineId } from '../engine/contract'
import { findEngine, findEngines, findFastEngines } from '../engine/find'
import type { EngineReport } from '../shared/contract'
import type { RunConfig } from '../shared/run-config'
import { chooseForRun, type ChosenEngine } from '../training/engine-choice'
import { EngineSpeeds } from '../training/engine-speeds'
import type { EnginePorts } from './gpu-window/engine-ports'
import { GpuEngine } from './gpu-window/gpu-engine'
import { SPARE_CORES } from './spare-cores'

/** The engines of the application: webgpu computes in the hidden window, the others in this process. */
export class Engines {
  private readonly gpu: GpuEngine
  private readonly speeds: EngineSpeeds

  constructor(ports: EnginePorts, speedsFile: string) {
    this.gpu = new GpuEngine(() => ports.open(), ports.silent)
    this.speeds = new EngineSpeeds(speedsFile)
  }

  /** Every engine, and why one is not available. */
  async reports(): Promise<EngineReport[]> {
    return (await findEngines(SPARE_CORES, () => this.gpu.find())).map((finding) =>
      finding.available
        ? {
            id: finding.id,
            available: true,
            device: finding.engine.device,
            reason: null,
            note: finding.note,
            mayBeFastest: mayBeFastest(finding.engine),
          }
        : {
            id: finding.id,
            available: false,
            device: finding.device,
            reason: finding.reason,
            note: null,
            mayBeFastest: false,
          },
    )
  }

  /** @throws StudioError 'engine-unavailable' with the reason of that engine */
  find(choice: EngineId | 'auto'): Promise<Engine> {
    return findEngine(choice, SPARE_CORES, () => this.gpu.find())
  }

  /** The engine of a run: the one that was asked for, or the fastest. @throws StudioError 'engine-unavailable' */
  choose(config: RunConfig, data: DataSet): Promise<ChosenEngine> {
    const search = {
      find: (id: EngineId) => this.find(id),
      findFast: () => findFastEngines(SPARE_CORES, () => this.gpu.find()),
    }
    return chooseForRun(config, data, search, this.speeds)
  }
}
