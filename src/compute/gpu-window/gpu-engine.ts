import type { EngineFinding } from '../../engine/choose'
import { failureOf, type Failure } from '../../base/failure'
import { Connection, PATIENCE, type LossWords } from '../../engine/remote/connection'
import { RemoteEngine } from '../../engine/remote/remote-engine'
import type { PortEnd } from '../../engine/remote/protocol'
import { say, type Sentence } from '../../words/say'

/** Finds the webgpu engine of the hidden window, as often as it is asked for: a window that was lost is made again. */
export class GpuEngine {
  private connection: Promise<Connection> | null = null

  /**
   * @param openPort gives a port to the window
   * @param silent ends a window that hangs
   */
  constructor(
    private readonly openPort: () => Promise<PortEnd>,
    private readonly silent: () => void,
  ) {}

  async find(): Promise<EngineFinding> {
    try {
      const engine = await RemoteEngine.find(await this.connected())
      return { id: 'webgpu', available: true, engine, note: engine.note }
    } catch (error) {
      return { id: 'webgpu', available: false, device: null, reason: failureOf(error) }
    }
  }

  /** Searches wait for each other, so that there is one connection. */
  private connected(): Promise<Connection> {
    this.connection = this.usableAfter(this.connection)
    return this.connection
  }

  private async usableAfter(earlier: Promise<Connection> | null): Promise<Connection> {
    // That search has said why it failed; this one tries anew.
    const known = await earlier?.catch(() => null)
    if (known?.isUsable) return known
    return new Connection(await this.openPort(), { ...PATIENCE, silent: this.silent }, WORDS)
  }
}

function lost(message: Sentence): Failure {
  return { code: 'process-lost', message, hint: say('compute.gpu.lost.hint') }
}

const WORDS: LossWords = {
  stopped: lost(say('compute.gpu.died')),
  silent: lost(say('compute.gpu.silent')),
}
