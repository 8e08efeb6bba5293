import { inTurn } from '../base/advice'
import { StudioError, type Failure } from '../base/failure'
import type { EngineChoice } from '../made/engines'
import { say, type Sentence } from '../words/say'
import type { DeviceInfo, Engine, EngineId } from './contract'

/** An engine as found on this computer: ready to open, or the reason why not. */
export type EngineFinding =
  | {
      readonly id: EngineId
      readonly available: true
      readonly engine: Engine
      /** What is worth knowing about it, such as why a faster way is not used. */
      readonly note: Sentence | null
    }
  | { readonly id: EngineId; readonly available: false; readonly device: DeviceInfo | null; readonly reason: Failure }

/** Whether an engine may be the fastest: the processor itself, or a GPU. A processor that stands in for a GPU never is. */
export function mayBeFastest({ id, device }: Pick<Engine, 'id' | 'device'>): boolean {
  return id === 'cpu' || device.kind === 'gpu'
}

/**
 * The engine that was asked for; 'auto' takes the first that is available, in the order of the findings.
 * @throws StudioError 'engine-unavailable' with the reason of that engine.
 */
export function chooseEngine(findings: readonly EngineFinding[], choice: EngineChoice): Engine {
  const finding = findings.find(({ id, available }) => (choice === 'auto' ? available : id === choice))
  if (finding?.available) return finding.engine
  const hint = finding ? inTurn(finding.reason.message, finding.reason.hint) : say('engine.cannot-be-used.hint')
  throw new StudioError('engine-unavailable', say('engine.cannot-be-used', { engine: choice }), hint)
}
