import { fork, type ChildProcess } from 'node:child_process'
import { inProject } from '../../scripts/setup/project.mjs'
import type { Reply } from '../../src/base/failure'
import type {
  ComputeParams,
  ComputePlaces,
  ComputeResult,
  FromCompute,
  InternalChannel,
  ToCompute,
} from '../../src/shared/compute-protocol'
import type { ComputeChannel } from '../../src/shared/contract'
import { runIdIn, type RunState } from '../../src/shared/run'
import { endOf, type Around, type Ended } from './command'
import { orHang } from './waiting'
import { verbatim } from '../../src/words/say'

/** A request that its process did not live to answer, or a state that it did not live to reach. */
export class Lost extends Error {}

/** Whoever answers requests and tells of the run: a compute process, or the window before it. */
export interface Served {
  /** The state of the run as last heard. */
  readonly state: RunState
  readonly isGone: boolean
  /** @returns the reply. @throws Lost if the process ends first */
  request<C extends ComputeChannel>(channel: C, params: ComputeParams<C>): Promise<Reply<ComputeResult<C>>>
}

/** A compute process under our hands: requests and states as main has them, and SIGKILL at any moment. */
export class ComputeClient implements Served {
  /** Failures that nobody waited for. */
  readonly unheard: string[] = []
  /** Requests that are not answered yet. */
  readonly asked = new Map<number, string>()
  private readonly answers = new Map<number, (reply: Reply<unknown> | null) => void>()
  private readonly listeners = new Set<() => void>()
  private nextId = 1
  private last: RunState = { kind: 'idle' }
  private kinds = 1
  private isOver = false
  readonly ended: Promise<Ended>

  private constructor(private readonly child: ChildProcess) {
    this.ended = endOf(child).then((end) => {
      this.isOver = true
      for (const answer of this.answers.values()) answer(null)
      this.tell()
      return end
    })
    child.on('message', (message: FromCompute) => this.hear(message))
    // What is sent to a process that is gone is lost with it.
    child.on('error', () => undefined)
  }

  /** Starts one and tells it its places. */
  static start(places: ComputePlaces, { before = [], nodeOptions = [], env = {} }: Around = {}): ComputeClient {
    const [program, ...options] = [...before, process.execPath, ...nodeOptions]
    const child = fork(inProject('out', 'torture', 'compute-host.js'), [], {
      execPath: program,
      execArgv: options,
      env: { ...process.env, ...env },
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const client = new ComputeClient(child)
    client.post({ kind: 'places', places })
    return client
  }

  get pid(): number {
    return this.child.pid ?? -1
  }

  /** The state of the run as last heard. */
  get state(): RunState {
    return this.last
  }

  get isGone(): boolean {
    return this.isOver
  }

  /** @returns the reply. @throws Lost if the process ends first */
  async request<C extends ComputeChannel | InternalChannel>(
    channel: C,
    params: ComputeParams<C>,
  ): Promise<Reply<ComputeResult<C>>> {
    const id = this.nextId++
    const reply = await orHang(
      channel,
      new Promise<Reply<unknown> | null>((resolve) => {
        if (this.isOver) return resolve(null)
        this.asked.set(id, channel)
        this.answers.set(id, resolve)
        this.post({ kind: 'request', id, channel, params })
      }),
    )
    this.answers.delete(id)
    if (!reply) throw new Lost(channel)
    this.asked.delete(id)
    return reply as Reply<ComputeResult<C>>
  }

  /** Waits for a state of the run, also the present one. @throws Lost if the process ends first */
  async until(what: string, isIt: (state: RunState) => boolean): Promise<RunState> {
    const reached = new Promise<boolean>((resolve) => {
      const look = (): void => {
        if (!isIt(this.last) && !this.isOver) return
        this.listeners.delete(look)
        resolve(isIt(this.last))
      }
      this.listeners.add(look)
      look()
    })
    if (await orHang(`${what}, while it is ${this.last.kind}`, reached)) return this.last
    throw new Lost(what)
  }

  /**
   * Does what lets a run go on that is stuck or has failed, and waits until it does. That its state is told again, such as
   * with another name, is not going on.
   * @throws Lost if the process ends first
   */
  async goOn(act: () => Promise<unknown>): Promise<void> {
    const { kinds } = this
    await act()
    await this.until('it to go on', () => this.kinds > kinds)
  }

  /** Waits until a run that has failed is held no more. @throws Lost if the process ends first */
  async isFree(): Promise<void> {
    const runId = runIdIn(this.last)
    if (runId === null) return
    for (;;) {
      const reply = await this.request('run.leave', { runId })
      if (reply.ok || reply.failure.code !== 'busy') return
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  /** Has the run under way saved and let go of, after which none begins. @throws Lost if the process ends first */
  async letGo(): Promise<void> {
    await this.request('internal.suspend', undefined)
  }

  /** SIGKILL. @returns what was asked and not answered */
  async kill(): Promise<string[]> {
    const pending = [...this.asked.values()]
    this.child.kill('SIGKILL')
    await orHang('the end of a killed process', this.ended)
    return pending
  }

  private post(message: ToCompute): void {
    this.child.send(message, () => undefined)
  }

  private hear(message: FromCompute): void {
    switch (message.kind) {
      case 'reply':
        this.answers.get(message.id)?.(message.reply)
        break
      case 'event':
        if (message.event.type === 'failure') this.unheard.push(message.event.failure.message.english)
        if (message.event.type === 'run' && message.event.event.type === 'state') {
          const { state } = message.event.event
          if (state.kind !== this.last.kind) this.kinds++
          this.last = state
          this.tell()
        }
        break
      case 'engine-port':
        this.post({
          kind: 'engine-port',
          failure: {
            code: 'engine-unavailable',
            message: verbatim('There is no window here.'),
            hint: verbatim('Use the cpu engine.'),
          },
        })
        break
      case 'alive':
      case 'engine-silent':
      case 'probe':
        // Libraries are tried as plain Node.js here.
        break
    }
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener()
  }
}
