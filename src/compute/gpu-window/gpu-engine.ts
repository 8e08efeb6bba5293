import type { EngineFinding } from '../../engine/choose'
import { SOFTWARE_NOTE } from '../../engine/webgpu/find-webgpu'
import { failureOf } from '../../base/failure'
import { Connection, PATIENCE } from '../../engine/remote/connection'
import { RemoteEngine } from '../../engine/remote/remote-engine'
import type { PortEnd } from '../../engine/remote/protocol'

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
      return { id: 'webgpu', available: true, engine, note: engine.isSoftware ? SOFTWARE_NOTE : null }
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
    return known?.isUsable ? known : new Connection(await this.openPort(), { ...PATIENCE, silent: this.silent })
  }
}
