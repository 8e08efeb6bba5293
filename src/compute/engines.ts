import type { ProbeRun } from '../base/probe'
import type { DataSet } from '../data/data-set'
import { mayBeFastest } from '../engine/choose'
import type { Engine, EngineId } from '../engine/contract'
import type { EngineChoice } from '../made/engines'
import { findEngine, findEngines, findFastEngines } from '../engine/find'
import { REGISTRY, type EngineRegistry } from '../engine/registry'
import { findTensorFlow } from '../engine/tensorflow/find-tensorflow'
import type { EngineReport } from '../shared/contract'
import type { RunConfig } from '../shared/run-config'
import type { RunEstimate } from '../shared/run'
import { chooseForRun, type ChosenEngine, type EngineSearch } from '../training/engine-choice'
import { estimateRun } from '../training/estimate'
import { EngineSpeeds } from '../training/engine-speeds'
import type { EnginePorts } from './gpu-window/engine-ports'
import { GpuEngine } from './gpu-window/gpu-engine'
import { SPARE_CORES } from './spare-cores'

/** The engines of the application: webgpu computes in the hidden window, the others in this process. */
export class Engines {
  private readonly registry: EngineRegistry
  private readonly speeds: EngineSpeeds

  /** @param probeRun starts a process that tries TensorFlow; as plain Node.js unless told otherwise */
  constructor(ports: EnginePorts, speedsFile: string, probeRun?: ProbeRun) {
    const gpu = new GpuEngine(() => ports.open(), ports.silent)
    this.registry = {
      ...REGISTRY,
      webgpu: { ...REGISTRY.webgpu, find: () => gpu.find() },
      tensorflow: { ...REGISTRY.tensorflow, find: (use) => findTensorFlow(use, probeRun) },
    }
    this.speeds = new EngineSpeeds(speedsFile)
  }

  /** Every engine, and why one is not available. */
  async reports(): Promise<EngineReport[]> {
    return (await findEngines(SPARE_CORES, this.registry)).map((finding) =>
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
  find(choice: EngineChoice): Promise<Engine> {
    return findEngine(choice, SPARE_CORES, this.registry)
  }

  /** The engine of a run: the one that was asked for, or the fastest. @throws StudioError 'engine-unavailable' */
  choose(config: RunConfig, data: DataSet): Promise<ChosenEngine> {
    return chooseForRun(config, data, this.search, this.speeds)
  }

  /** About how long a run would take. @throws as `estimateRun` */
  estimate(config: RunConfig, data: DataSet): Promise<RunEstimate> {
    return estimateRun(config, data, this.search, this.speeds)
  }

  private get search(): EngineSearch {
    return {
      find: (id: EngineId) => this.find(id),
      findFast: () => findFastEngines(SPARE_CORES, this.registry),
    }
  }
}
